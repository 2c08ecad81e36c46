// The list of people on the left.

import { byId, h } from "./dom.js";
import { currentLanguage, t } from "./messages.js";

const TONES = 6;

/** The first letter of a name on a colour of its own. */
export function avatar(person) {
  const letter = [...person.name][0] ?? "?";
  return h("span", { class: `avatar tone-${person.id % TONES}`, "aria-hidden": "true" }, letter.toUpperCase());
}

export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(currentLanguage(), { hour: "2-digit", minute: "2-digit" });
}

function preview(person) {
  if (person.blocked) return t("blocked");
  if (!person.last) return t("notStarted");
  const what = person.last.text || t(person.last.kind === "text" ? "message" : person.last.kind);
  return person.last.by_bot ? what : `${t("you")}: ${what}`;
}

function row(person, current, choose) {
  const unread = person.unread
    ? h("span", { class: "unread", "aria-label": t("unread", { n: person.unread }) }, String(Math.min(person.unread, 99)))
    : null;
  const button = h("button", { type: "button", class: "person", "data-person": person.id, "aria-current": person.id === current ? "true" : null, onclick: () => choose(person.id) },
    avatar(person),
    h("span", { class: "person-text" },
      h("span", { class: "person-top" },
        h("bdi", { class: "person-name" }, person.name),
        h("span", { class: "person-code" }, person.language_code),
        person.last ? h("time", {}, clockTime(person.last.date)) : null),
      h("span", { class: "person-bottom" },
        h("span", { class: "person-last", dir: "auto" }, preview(person)), unread)));
  return h("li", {}, button);
}

/** Show the people; nothing is touched if nothing changed, so that focus stays. */
export function showPeople(people, current, choose) {
  const list = byId("people");
  const state = JSON.stringify([people, current, currentLanguage()]);
  if (list.dataset.state === state) return;
  list.dataset.state = state;
  const focused = document.activeElement?.closest?.("[data-person]")?.dataset.person;
  list.replaceChildren(...people.map((person) => row(person, current, choose)));
  if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
}
