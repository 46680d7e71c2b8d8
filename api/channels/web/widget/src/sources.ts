/** Where an answer comes from: one quiet line that opens. */

import { h, link } from "./dom";
import type { Ref } from "./messages";

export function sources(refs: Ref[]): HTMLElement {
  const first = refs[0]!;
  const count = refs.length > 1 ? `${refs.length}件` : "";
  const published = first.source_date ? `（${inJapanese(first.source_date)}）` : "";
  const title = `出典${count}：${first.source_title ?? first.title}${published}`;
  return h("details", { class: "sources" }, h("summary", {}, title), h("ul", {}, ...refs.map(source)));
}

function source(ref: Ref): HTMLElement {
  const dates = [
    ref.source_date && `発行 ${inJapanese(ref.source_date)}`,
    ref.checked_on && `確認 ${inJapanese(ref.checked_on)}`,
  ].filter(Boolean);
  return h(
    "li",
    {},
    h("b", {}, ref.title),
    ref.source_title && link(ref.source_url, ref.source_title),
    dates.length > 0 && h("span", {}, dates.join("／")),
  );
}

/** 2023, 2026-03 or 2026-03-15 as 2023年, 2026年3月, 2026年3月15日. */
export function inJapanese(date: string): string {
  return date
    .split("-")
    .map((part, place) => Number(part) + "年月日"[place]!)
    .join("");
}
