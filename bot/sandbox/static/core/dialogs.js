// Dialogs and menus, all on <dialog>: Escape closes, focus stays inside and returns.

import { arrowKeys, h, icon } from "./dom.js";
import { t } from "./words.js";

/** Show a dialog; `build(close)` returns its content. Resolves with what `close` was given. */
export function showDialog(title, build, className = "") {
  return new Promise((resolve) => {
    const opener = document.activeElement;
    // A dialog has the colour of the side it belongs to.
    const side = opener?.closest(".staff") ? "staff" : "";
    const dialog = h("dialog", { class: `dialog ${className} ${side}`, "aria-label": title });
    const finish = (value) => {
      if (!dialog.isConnected) return;
      dialog.remove();
      opener?.isConnected && opener.focus({ preventScroll: true });
      resolve(value);
    };
    // The "close" event comes late; whoever types on at once must not be ahead of the answer.
    const close = (value) => {
      dialog.close();
      finish(value);
    };
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => finish());
    dialog.append(
      h("h3", { dir: "auto" }, title), build(close),
      h("button", { type: "button", class: "icon small dialog-close", "aria-label": t("close"), onclick: () => close() }, icon("close")));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Show a text that must be read. */
export function alertDialog(text, url = "") {
  return showDialog(text, (close) =>
    h("div", { class: "actions" },
      url && /^https?:/i.test(url)
        ? h("a", { class: "button", href: url, target: "_blank", rel: "noopener noreferrer" }, t("openLink"))
        : null,
      h("button", { type: "button", class: "primary", autofocus: true, onclick: () => close(true) }, t("ok")),
    ), "alert");
}

/** Ask whether to do something; resolves with true for yes. `yes` is what the button says. */
export function confirmDialog(text, yes) {
  return showDialog(text, (close) =>
    h("div", { class: "actions" },
      h("button", { type: "button", onclick: () => close(false) }, t("cancel")),
      h("button", { type: "button", class: "primary", autofocus: true, onclick: () => close(true) }, yes),
    ), "alert");
}

/** Show a menu; entries are {label, value, icon?, hint?, kind?, node?}. Arrow keys move. */
export function menuDialog(title, entries) {
  return showDialog(title, (close) => {
    const menu = h("div", { class: "menu", role: "menu" });
    for (const entry of entries.filter(Boolean)) {
      menu.append(h("button", { type: "button", role: "menuitem", class: entry.kind ?? "", onclick: () => close(entry.value) },
        entry.node ?? (entry.icon ? icon(entry.icon) : null),
        h("span", { class: "menu-label", dir: "auto" }, entry.label),
        entry.hint ? h("span", { class: "menu-hint", dir: "auto" }, entry.hint) : null));
    }
    arrowKeys(menu, "button");
    return menu;
  }, "sheet");
}

/** A labelled field. */
export function field(label, input) {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

/** A box to tick, with its label. */
export function check(name, label, checked, more = {}) {
  return h("label", { class: "choice" }, h("input", { type: "checkbox", name, checked, ...more }), h("span", {}, label));
}

/** Choices from a list of [value, label]. */
export function choices(name, options, chosen) {
  return h("select", { name }, ...options.map(([value, label]) => h("option", { value, selected: String(value) === String(chosen) }, label)));
}

/**
 * Show a form.
 * @param {string} title what it is about
 * @param {(form: HTMLFormElement) => Array<Node>} build makes its fields
 * @param {(form: HTMLFormElement) => any} read takes from it what the promise resolves with
 * @param {string} submit what the button says
 */
export function formDialog(title, build, read, submit = t("send")) {
  return showDialog(title, (close) => {
    const form = h("form", { method: "dialog" });
    form.append(...build(form));
    form.append(h("div", { class: "actions" },
      h("button", { type: "button", onclick: () => close() }, t("cancel")),
      h("button", { type: "submit", class: "primary" }, submit)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(read(form));
    });
    return form;
  });
}
