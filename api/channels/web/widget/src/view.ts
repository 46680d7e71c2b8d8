/** What a talk needs of whatever shows it. */

import type { Message, Mode } from "./messages";

export interface View {
  show(messages: Message[]): void;
  has(id: string): boolean;
  clear(): void;
  onItsWay(words: string, isResent: boolean): void;
  arrived(): void;
  giveBack(words?: string): void;
  changeMode(mode: Mode): void;
  typing(isTyping: boolean): void;
  tell(words: string, isTrouble?: boolean): void;
  lost(): void;
}
