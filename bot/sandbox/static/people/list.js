// The list of people on the left.

import { avatar } from "../core/avatar.js";
import { byId, h, syncList } from "../core/dom.js";
import { fullName, shortMoment } from "../core/format.js";
import { sandboxNow, store } from "../core/store.js";
import { currentLanguage, hasWords, t } from "../core/words.js";
import { placeName, placeOf } from "./places.js";

/** The last message of a chat in a few words. */
function preview(person) {
  if (person.blocked) return t("blocked");
  const { last } = person;
  if (!last) return t("notStarted");
  const what = last.text || t(last.kind !== "text" && hasWords(last.kind) ? last.kind : "message");
  return last.by_bot ? what : `${t("you")}: ${what}`;
}

/** Staff have phones of their own; they are listed once they were used. */
function shown(current) {
  return store.people.filter((one) => !one.staff || one.started || one.id === current);
}

function row(person, current, choose) {
  const place = placeOf(person.id);
  const unread = person.unread
    ? h("span", { class: "unread", "aria-label": t("unread", { n: person.unread }) }, String(Math.min(person.unread, 99)))
    : null;
  const button = h("button", { type: "button", class: "row person", "data-person": person.id, "aria-current": person.id === current ? "true" : null, onclick: () => choose(person.id) },
    avatar(person.id, fullName(person)),
    h("span", { class: "row-text" },
      h("span", { class: "row-top" },
        h("bdi", { class: "row-name" }, fullName(person)),
        h("span", { class: "person-code" }, person.language_code),
        person.last ? h("time", {}, shortMoment(person.last.date, sandboxNow())) : null),
      h("span", { class: "row-bottom" },
        h("span", { class: "row-last", dir: "auto" }, preview(person)), unread),
      person.staff ? h("span", { class: "row-place" }, t("staffPhone")) : null,
      place ? h("span", { class: "row-place" }, placeName(place)) : null));
  return h("li", {}, button);
}

/** Show the people. */
export function showPeople(current, choose) {
  syncList(byId("people"), shown(current).map((person) => ({
    key: String(person.id),
    state: JSON.stringify([person, person.id === current, currentLanguage(), placeOf(person.id)]),
    make: () => row(person, current, choose),
  })));
}
