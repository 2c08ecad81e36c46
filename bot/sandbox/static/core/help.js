// A short explanation of the page, and its keys.

import { showDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./words.js";

const KEYS = [["Enter", "keyEnter"], ["↑", "keyUp"], ["Esc", "keyEscape"], ["F6", "keyNext"]];

export function helpDialog() {
  return showDialog(t("help"), () => h("div", { class: "help" },
    h("p", {}, t("helpPhone")), h("p", {}, t("helpStaff")), h("p", {}, t("helpStrip")),
    h("h4", {}, t("helpKeys")),
    h("dl", {}, ...KEYS.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(words))]))));
}
