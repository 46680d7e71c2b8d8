/** The widget's looks. As constructed style sheets they pass a page's policy that allows no styles of ours. */

import card from "./card.css";
import frame from "./frame.css";
import paper from "./paper.css";
import sheet from "./sheet.css";
import special from "./special.css";

const css = [paper, frame, card, sheet, special].join("");

export function styled(root: ShadowRoot): ShadowRoot {
  try {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    root.adoptedStyleSheets = [made];
  } catch {
    // before Safari 16.4
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
  return root;
}
