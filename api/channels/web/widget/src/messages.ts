/** What the gateway sends, as the conversation API words it. */

export type Mode = "bot" | "waiting" | "human";

export interface Ref {
  title: string;
  source_title: string | null;
  source_url: string | null;
  source_date: string | null;
  checked_on: string | null;
}

export interface Choice {
  id: string;
  label: string;
}

export interface Message {
  id: string;
  role: "bot" | "user" | "staff" | "system";
  text: string;
  topic: string | null;
  refs: Ref[];
  choices: Choice[];
  attachments: { title: string; url: string }[];
  sender?: string | null;
}

export interface Replies {
  mode: Mode;
  messages: Message[];
}

export interface Opened extends Replies {
  conversation_id: string;
  token: string;
}

export interface Problem {
  type: string;
  title: string;
  detail: string;
}

export interface Profile {
  industry: string | null;
  employees: number | null;
  prefecture: string | null;
  municipality: string | null;
  handles_personal_data: boolean | null;
  telework: boolean | null;
  byod: boolean | null;
  customer_demands: boolean | null;
  self_check: { points: number; most: number; parts: Record<string, number>; finished_on: string } | null;
}

export interface MoveCode {
  code: string;
  expires_at: string;
  doors: string[];
}
