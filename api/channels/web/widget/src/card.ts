/** One line of the conversation: an answer as a card of paper, the owner's own words beside it. */

import { h, link } from "./dom";
import type { Message } from "./messages";
import { rating, type Rate } from "./rating";
import { sources } from "./sources";
import { words } from "./words";
import * as say from "./wording";

/** Topics of which nobody needs to say whether they helped. */
const UNRATED = ["unavailable", "about", "chitchat", "human", "privacy"];

export function said(text: string): HTMLElement {
  // the owner's own words carry no links: an address they were told of may be the trap
  return h("div", { class: "said" }, h("span", { class: "for-ears" }, say.YOU), words(text, false));
}

export function card(message: Message, base: string, rate: Rate): HTMLElement {
  const { role, topic } = message;
  const [kind, flag] = kindOf(message);
  const element = h(
    "article",
    { class: `card ${kind}`, tabindex: "-1" },
    role === "bot" && h("span", { class: "for-ears" }, `${say.NAME}：`),
    flag && h("p", { class: "flag" }, flag),
    words(message.text, true),
    ...message.attachments.map(({ title, url }) => h("p", { class: "paper" }, link(new URL(url, `${base}/`).href, title))),
  );
  const foot = h("div", { class: "foot" }, message.refs.length > 0 && sources(message.refs));
  element.append(foot);
  if (role === "bot" && topic && !UNRATED.includes(topic)) {
    const [thumbs, below] = rating(rate);
    foot.append(thumbs);
    element.append(below);
  }
  return element;
}

function kindOf({ role, topic, sender }: Message): [string, string?] {
  if (role === "staff") return ["staff", sender ? `${say.STAFF}　${sender}` : say.STAFF];
  if (role === "system") return ["kept quiet", say.NOTICE];
  if (topic === "unavailable") return ["kept", say.NOTICE];
  return topic === "incident_response" ? ["urgent", say.URGENT] : [""];
}
