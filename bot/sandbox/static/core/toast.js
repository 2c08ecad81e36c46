// Short notices at the bottom of the page.

import { byId, h } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 4000;

export function toast(text) {
  const node = h("div", { class: "toast", dir: "auto" }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}

/** Do something; say that it failed instead of failing. Returns undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(t("failed", { why: error.message }));
    return undefined;
  }
}
