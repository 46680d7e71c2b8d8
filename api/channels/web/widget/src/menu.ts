/** The menu and its sheets: what is known, going on elsewhere, deleting everything, what is kept. */

import { company } from "./company";
import { button, h } from "./dom";
import type { MoveCode, Profile } from "./messages";
import { moving } from "./moving";
import { paragraphs, type Sheet } from "./sheet";
import type { Talk } from "./talk";
import * as say from "./wording";
import * as words from "./wording-sheets";

export class Menu {
  constructor(
    private readonly sheet: Sheet,
    private readonly talk: Talk,
  ) {}

  open(): void {
    const ways: [string, () => void][] = [
      [say.ABOUT_COMPANY, () => void this.company()],
      [say.CONTINUE, () => void this.move()],
      [say.WHAT_IS_KEPT, () => this.keeping()],
      [say.ERASE, () => this.erase()],
    ];
    const buttons = ways.map(([label, go]) => h("li", {}, button({}, go, label)));
    this.sheet.open(say.MENU, h("ul", { class: "menu" }, ...buttons));
  }

  keeping(): void {
    this.sheet.open(say.WHAT_IS_KEPT, ...paragraphs(...words.KEEPING));
  }

  private company(): Promise<void> {
    return this.fetched<Profile>(say.ABOUT_COMPANY, "GET", "/profile", 200, company, words.NOTHING_KNOWN);
  }

  private move(): Promise<void> {
    return this.fetched<MoveCode>(say.CONTINUE, "POST", "/link", 201, moving, words.NO_DOORS);
  }

  /** `without` is said of a gateway that has no such thing. */
  private async fetched<T>(
    title: string,
    method: string,
    path: string,
    good: number,
    content: (body: T) => HTMLElement[],
    without: string,
  ): Promise<void> {
    this.sheet.open(title, ...paragraphs(words.LOADING));
    const answer = await this.talk.once<T>(method, path);
    const isWanted = this.sheet.isOpen && this.sheet.title === title;
    if (!isWanted) return;
    if (answer?.status === good) this.sheet.open(title, ...content(answer.body));
    else this.sheet.open(title, ...paragraphs(answer?.status === 404 ? without : words.NOT_LOADED));
  }

  private erase(): void {
    const told = h("p", { role: "status", class: "trouble" });
    const yes = button({}, () => void this.erased(told), words.ERASE_YES);
    const no = button({ class: "strong" }, () => this.sheet.close(), words.ERASE_NO);
    this.sheet.open(words.ERASE_NOW, ...paragraphs(...words.ERASED_ARE), h("div", { class: "choices" }, yes, no), told);
  }

  private async erased(told: HTMLElement): Promise<void> {
    told.textContent = "";
    if (!(await this.talk.erase())) {
      told.textContent = words.NOT_ERASED;
      return;
    }
    this.sheet.close();
    this.talk.view.tell(words.ERASED);
  }
}
