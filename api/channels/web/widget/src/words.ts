/** An answer's text as paragraphs; addresses and telephone numbers in it can be followed. */

import { h, link, type Child } from "./dom";

const ADDRESS = String.raw`https?:\/\/[!#-;=?-~]+[\w/]`;
const TELEPHONE = String.raw`#\d{4}|0\d{1,4}-\d{1,4}-\d{3,4}`;
/** 110番 and 119番, but no other number before a 番. */
const EMERGENCY = String.raw`11[09](?=番)`;
const LINKS = new RegExp(`(${ADDRESS})|(^|[^\\w-])(${TELEPHONE}|${EMERGENCY})(?![\\d-])`, "g");

/** One block a line, so that what follows ① on the next line stands under the words, not under the number. */
export function words(text: string, isLinked: boolean): HTMLElement {
  const lines = text.split("\n").flatMap((line) => [
    h("span", /^[①-⑳・]/.test(line) ? { class: "step" } : {}, ...(isLinked ? linked(line) : [line])),
    "\n",
  ]);
  return h("p", { class: "words" }, ...lines);
}

function linked(line: string): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const { 0: whole, 1: address, 2: before, 3: number, index } of line.matchAll(LINKS)) {
    parts.push(line.slice(from, index), before);
    parts.push(address ? link(address, address) : h("a", { href: `tel:${encodeURIComponent(number!)}` }, number));
    from = index! + whole.length;
  }
  return [...parts, line.slice(from)];
}
