/** Elements from plain text: nothing that comes from elsewhere is ever read as HTML. */

export type Child = Node | string | null | undefined | false;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function button(attributes: Record<string, string>, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
export const HOUSE = "M3 12.5 12 5l9 7.5M6.5 13v6.5h11V13";
export const THUMB = "M3.5 10.5H7v9H3.5zM7 10.5l3.5-7C12 3.5 13 4.5 13 6v3.5h5.5c1 0 1.8.8 1.5 2L18.5 18c-.3 1-1 1.5-2 1.5H7";

export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Only what is plainly on the web becomes a link; anything else stays words. */
export function link(address: string | null, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(address ?? "")) return h("span", {}, text);
  return h("a", { href: address!, target: "_blank", rel: "noopener noreferrer" }, text);
}
