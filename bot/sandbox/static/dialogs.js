// Dialogs and menus, all on <dialog>: Escape closes, focus stays inside and returns.

import { h, icon } from "./dom.js";
import { currentLanguage, t } from "./messages.js";

/** Show a dialog; `build(close)` returns its content. Resolves with what `close` was given. */
export function showDialog(title, build, className = "") {
  return new Promise((resolve) => {
    const opener = document.activeElement;
    const dialog = h("dialog", { class: `dialog ${className}`, "aria-label": title });
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
    dialog.append(h("h3", { dir: "auto" }, title), build(close));
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

export function confirmDialog(text) {
  return showDialog(text, (close) =>
    h("div", { class: "actions" },
      h("button", { type: "button", onclick: () => close(false) }, t("cancel")),
      h("button", { type: "button", class: "primary", autofocus: true, onclick: () => close(true) }, t("ok")),
    ), "alert");
}

/** Show a menu; entries are {label, value, icon?, hint?, kind?}. Arrow keys move. */
export function menuDialog(title, entries) {
  return showDialog(title, (close) => {
    const menu = h("div", { class: "menu", role: "menu" });
    for (const entry of entries) {
      menu.append(h("button", { type: "button", role: "menuitem", class: entry.kind ?? "", onclick: () => close(entry.value) },
        entry.icon ? icon(entry.icon) : null,
        h("span", { class: "menu-label", dir: "auto" }, entry.label),
        entry.hint ? h("span", { class: "menu-hint", dir: "auto" }, entry.hint) : null));
    }
    menu.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const items = [...menu.children];
      items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
    });
    return menu;
  }, "sheet");
}

function field(label, input) {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

function formDialog(title, build, read, submit = t("send")) {
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

const PLACES = [
  ["almaty", 43.2389, 76.8897],
  ["astana", 51.1605, 71.4704],
  ["shymkent", 42.3417, 69.5901],
];

/** Ask for a place; resolves with {latitude, longitude} or nothing. */
export function placeDialog() {
  return formDialog(t("place"), () => {
    const radios = PLACES.map(([key], index) =>
      h("label", { class: "choice" },
        h("input", { type: "radio", name: "place", value: key, checked: index === 0 }), h("span", {}, t(key))));
    const own = h("input", { type: "radio", name: "place", value: "own" });
    const number = (name, limit, value) =>
      h("input", { name, type: "number", step: "any", min: -limit, max: limit, value, required: true, onfocus: () => { own.checked = true; } });
    return [h("fieldset", {}, ...radios, h("label", { class: "choice" }, own, h("span", {}, t("ownPlace"))),
      h("div", { class: "pair" }, field(t("latitude"), number("latitude", 90, 43.25)), field(t("longitude"), number("longitude", 180, 76.95))))];
  }, (form) => {
    const known = PLACES.find(([key]) => key === form.elements.place.value);
    if (known) return { latitude: known[1], longitude: known[2] };
    return { latitude: Number(form.elements.latitude.value), longitude: Number(form.elements.longitude.value) };
  });
}

/** Ask for a phone number to share; resolves with a contact or nothing. */
export function contactDialog(person, own) {
  return formDialog(own ? t("shareContact") : t("contact"), () => [
    field(t("phone"), h("input", { name: "phone", type: "tel", required: true, value: "+70000000000", autocomplete: "off" })),
    field(t("name"), h("input", { name: "name", required: true, value: person.name, maxlength: 64, dir: "auto", autocomplete: "off" })),
  ], (form) => ({ phone_number: form.elements.phone.value, first_name: form.elements.name.value, own }));
}

/** Ask for a file or the ready sample; resolves with {file, caption} or nothing. */
export function fileDialog(kind) {
  const chosen = h("bdi", {}, t("sampleFile"));
  const input = h("input", { name: "file", type: "file", hidden: true, accept: kind === "photo" ? "image/png,image/jpeg,image/gif,image/webp" : undefined,
    onchange: () => { chosen.textContent = input.files[0]?.name ?? t("sampleFile"); } });
  return formDialog(t(kind), () => [
    h("div", { class: "file-choice" }, chosen, input, h("button", { type: "button", onclick: () => input.click() }, t("chooseFile"))),
    field(t("caption"), h("input", { name: "caption", maxlength: 1024, dir: "auto", autocomplete: "off" })),
  ], (form) => ({
    file: form.elements.file.files[0],
    caption: form.elements.caption.value,
  }));
}

const APP_LANGUAGES = ["kk", "ru", "uz", "tg", "ky", "en", "tr", "fa"];

function languageName(code) {
  return new Intl.DisplayNames([currentLanguage()], { type: "language" }).of(code);
}

/** Ask for a person's name and app language; resolves with them or nothing. */
export function personDialog(person) {
  return formDialog(t(person ? "editPerson" : "addPerson"), () => [
    field(t("name"), h("input", { name: "name", required: true, maxlength: 64, dir: "auto", value: person?.name ?? "", autocomplete: "off", autofocus: true })),
    field(t("appLanguage"), h("select", { name: "language" }, ...APP_LANGUAGES.map((code) =>
      h("option", { value: code, selected: code === (person?.language_code ?? "ru") }, `${languageName(code)} (${code})`)))),
  ], (form) => ({ name: form.elements.name.value.trim(), language_code: form.elements.language.value }), t("save"));
}
