// Asks about a person: name, app language, where they are.

import { choices, field, formDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { languageName } from "../core/format.js";
import { t } from "../core/words.js";
import { placeFields, placeOf, readPlace } from "./places.js";

const APP_LANGUAGES = ["kk", "ru", "uz", "tg", "ky", "en", "tr", "fa"];

/**
 * Ask for a person's name, app language and place; resolves with {told, place} or nothing.
 * @param {object} [person] whom to change; a new one if left out
 * @param {object} options {title, place: whether to ask where they are}
 */
export function personDialog(person, { title, place = true } = {}) {
  const known = person?.language_code ?? "ru";
  const languages = APP_LANGUAGES.includes(known) ? APP_LANGUAGES : [known, ...APP_LANGUAGES].filter(Boolean);
  return formDialog(title ?? t(person ? "editPerson" : "addPerson"), () => [
    field(t("name"), h("input", { name: "name", required: true, maxlength: "64", dir: "auto", value: person?.name ?? "", autocomplete: "off", autofocus: true })),
    field(t("appLanguage"), choices("language", languages.map((code) => [code, `${languageName(code)} (${code})`]), known)),
    ...(place ? placeFields(person ? placeOf(person.id) : null) : []),
  ], (form) => ({
    told: { name: form.elements.name.value.trim(), language_code: form.elements.language.value },
    place: place ? readPlace(form) : null,
  }), t("save"));
}
