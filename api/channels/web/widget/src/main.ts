/** One script tag: `<script src="https://…/widget.js" data-association="…"></script>`. */

import { styled } from "./styles";
import { Widget } from "./widget";

const NAME = "mamori-chat";

// known only while the script runs for the first time; a module is never told
const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
const base = new URL(".", script?.src ?? location.href).href.replace(/\/$/, "");

class MamoriChat extends HTMLElement {
  private widget: Widget | undefined;

  connectedCallback(): void {
    if (!this.widget) {
      this.widget = new Widget({
        base,
        association: this.getAttribute("association"),
        isInPage: this.getAttribute("place") === "page",
      });
      styled(this.attachShadow({ mode: "open" })).append(this.widget.element);
    }
    this.widget.start();
  }

  disconnectedCallback(): void {
    this.widget?.stop();
  }
}

function place(): void {
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  const { association, place: where } = script?.dataset ?? {};
  if (association) element.setAttribute("association", association);
  if (where) element.setAttribute("place", where);
  if (where && script?.parentNode) script.after(element);
  else document.body.append(element);
}

if (!customElements.get(NAME)) customElements.define(NAME, MamoriChat);
if (document.body) place();
else addEventListener("DOMContentLoaded", place);
