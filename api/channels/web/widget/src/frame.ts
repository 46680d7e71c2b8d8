/** The launcher and the panel: opened and closed, large on a phone, in its place within a page if asked. */

import { button, h, HOUSE, icon, type Child } from "./dom";
import { isConverting } from "./composer";
import * as say from "./wording";

/** Too little room to stand beside anything: the panel takes all of it. */
const SMALL = "(max-width: 40em), (max-height: 30em)";

export class Frame {
  readonly element: HTMLElement;
  readonly heading = h("h2", { id: "title", tabindex: "-1" }, icon(HOUSE), h("span", {}, say.NAME, h("small", {}, say.WHAT_IT_IS)));
  readonly mode = h("p", { class: "mode", role: "status" });
  private readonly news = h("p", { class: "for-ears", role: "status" });
  private readonly badge = h("span", { class: "badge", hidden: "" });
  private readonly launcher = button(
    { class: "launcher", "aria-expanded": "false", "aria-controls": "panel" },
    () => (this.isOpen ? this.close() : this.open()),
    icon(HOUSE),
    h("span", {}, say.LAUNCH),
    this.badge,
  );
  private readonly panel: HTMLElement;
  private readonly small = matchMedia(SMALL);

  constructor(
    readonly isInPage: boolean,
    tools: Child[],
    content: Child[],
    private readonly on: { opened(): void; closed(): void; back(): boolean },
  ) {
    const close = button({}, () => this.close(), say.CLOSE);
    const header = h("header", {}, this.heading, h("div", { class: "tools" }, ...tools, !isInPage && close));
    this.panel = h(isInPage ? "section" : "dialog", { id: "panel", class: "panel", "aria-labelledby": "title" }, header, this.mode, ...content);
    this.element = h("section", { class: `m ${isInPage ? "page" : "corner"}`, lang: "ja", "aria-label": say.WHAT_IT_IS }, this.panel);
    if (isInPage) return;
    this.element.prepend(this.launcher, this.news);
    this.panel.addEventListener("keydown", (event) => this.pressed(event));
    this.panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.back();
    });
    this.panel.addEventListener("close", () => this.isOpen || this.closed());
    this.small.addEventListener("change", () => {
      if (this.isOpen) this.show();
    });
    for (const type of ["resize", "scroll"]) visualViewport?.addEventListener(type, () => this.fit());
  }

  get isSmall(): boolean {
    return this.small.matches;
  }

  get isOpen(): boolean {
    return this.isInPage || this.panel.hasAttribute("open");
  }

  open(): void {
    this.show();
    this.on.opened();
  }

  /** Without taking the focus: the page was open before it was loaded again. */
  show(): void {
    const dialog = this.panel as HTMLDialogElement;
    if (dialog.open) dialog.close();
    if (this.small.matches) dialog.showModal();
    else dialog.setAttribute("open", "");
    this.launcher.setAttribute("aria-expanded", "true");
    this.fit();
  }

  close(): void {
    if (!this.isInPage) (this.panel as HTMLDialogElement).close();
  }

  private closed(): void {
    this.launcher.setAttribute("aria-expanded", "false");
    this.on.closed();
    this.launcher.focus();
  }

  unread(count: number): void {
    this.badge.hidden = !count;
    this.badge.textContent = String(count);
    this.news.textContent = count ? say.unread(count) : "";
    this.launcher.setAttribute("aria-label", count ? `${say.LAUNCH}（${say.unread(count)}）` : say.LAUNCH);
  }

  private back(): void {
    if (!this.on.back()) this.close();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || isConverting(event)) return;
    event.preventDefault();
    this.back();
  }

  /** Above the keyboard of a phone, which covers a page without making it smaller. */
  private fit(): void {
    const view = visualViewport;
    if (!view || view.scale > 1.01 || !this.isOpen) return;
    this.panel.style.setProperty("--top", `${view.offsetTop}px`);
    this.panel.style.setProperty("--height", `${view.height}px`);
  }
}
