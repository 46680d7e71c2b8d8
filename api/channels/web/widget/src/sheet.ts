/** A sheet of paper laid over the conversation: the menu and what it leads to. */

import { button, h, type Child } from "./dom";
import * as say from "./wording";

export class Sheet {
  readonly element = h("section", { class: "sheet", role: "dialog", "aria-labelledby": "sheet", hidden: "" });
  title = "";
  private opener: HTMLElement | null = null;

  /** What lies under it, and cannot be reached meanwhile. */
  private get under(): HTMLElement[] {
    return ([...this.element.parentElement!.children] as HTMLElement[]).filter((each) => each !== this.element);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(title: string, ...content: Child[]): void {
    if (!this.isOpen) this.opener = (this.element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    this.title = title;
    const heading = h("h2", { id: "sheet", tabindex: "-1" }, title);
    const back = button({ class: "back" }, () => this.close(), say.BACK);
    this.element.replaceChildren(h("div", { class: "sheet-top" }, heading, back), h("div", { class: "sheet-text" }, ...content));
    this.element.hidden = false;
    for (const each of this.under) each.inert = true;
    heading.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    for (const each of this.under) each.inert = false;
    this.opener?.focus();
  }
}

export const paragraphs = (...texts: string[]): HTMLElement[] => texts.map((text) => h("p", {}, text));
