/** A code with which the owner goes on at another door, LINE for example. */

import { button, h } from "./dom";
import type { MoveCode } from "./messages";
import { paragraphs } from "./sheet";
import * as say from "./wording-sheets";

export function moving({ code, expires_at, doors }: MoveCode): HTMLElement[] {
  const ways = doors.map((door) => say.HOW_TO_MOVE[door]).filter((way): way is string => Boolean(way));
  if (!ways.length) return paragraphs(say.NO_DOORS);
  const until = new Date(expires_at).toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit" });
  const copied = h("span", { role: "status" });
  const copy = button({}, () => void navigator.clipboard.writeText(code).then(() => (copied.textContent = say.COPIED)), say.COPY);
  copy.hidden = !navigator.clipboard;
  return [
    h("p", { class: "code", "aria-label": `${say.CODE} ${code}` }, code),
    h("p", {}, copy, copied),
    ...paragraphs(...ways, `${until}まで。${say.ONCE}`),
  ];
}
