/** One thing kept in the browser; where that is forbidden, it is kept until the page is left. */

export class Box<T> {
  private inMemory: T | null = null;
  private isForbidden = false;

  constructor(
    private readonly storage: () => Storage,
    readonly name: string,
  ) {}

  get(): T | null {
    if (this.isForbidden) return this.inMemory;
    try {
      return JSON.parse(this.storage().getItem(this.name)!) as T | null;
    } catch {
      return this.inMemory;
    }
  }

  set(value: T | null): void {
    this.inMemory = value;
    try {
      if (value === null) this.storage().removeItem(this.name);
      else this.storage().setItem(this.name, JSON.stringify(value));
    } catch {
      this.isForbidden = true;
    }
  }
}

export const inBrowser = <T>(name: string) => new Box<T>(() => localStorage, name);
export const inTab = <T>(name: string) => new Box<T>(() => sessionStorage, name);
