// Short notices at the bottom of the page.

import { byId, h } from "./dom.js";

const SHOWN_MS = 4000;

export function toast(text) {
  const node = h("div", { class: "toast", dir: "auto" }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}
