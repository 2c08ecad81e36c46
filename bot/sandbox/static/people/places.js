// Where people are: a place of their own, kept in this browser, that "send location" offers first.

import { field, formDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { t } from "../core/words.js";

const KEY = "sandbox-places";

const CITIES = {
  almaty: [43.2389, 76.8897],
  astana: [51.1605, 71.4704],
  shymkent: [42.3417, 69.5901],
  aktau: [43.6532, 51.1975],
  aktobe: [50.2839, 57.167],
  atyrau: [47.0945, 51.9238],
  karaganda: [49.8047, 73.1094],
  turkistan: [43.2973, 68.2518],
  oral: [51.2278, 51.3865],
  tashkent: [41.2995, 69.2401],
  dushanbe: [38.5598, 68.787],
  bishkek: [42.8746, 74.5698],
};

function readAll() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** A person's place: {city}, or {latitude, longitude}; nothing if none was said. */
export function placeOf(personId) {
  const place = readAll()[personId];
  if (!place) return null;
  return place.city && !(place.city in CITIES) ? null : place;
}

export function setPlace(personId, place) {
  const all = readAll();
  if (place) all[personId] = place;
  else delete all[personId];
  localStorage.setItem(KEY, JSON.stringify(all));
}

/** Forget all places: the people they belong to are gone. */
export function forgetPlaces() {
  localStorage.removeItem(KEY);
}

export function placeName(place) {
  return place.city ? t(place.city) : `${place.latitude.toFixed(2)}, ${place.longitude.toFixed(2)}`;
}

function coordinates(place) {
  if (!place.city) return place;
  const [latitude, longitude] = CITIES[place.city];
  return { latitude, longitude };
}

/** The cities to choose from, with a word for none or for one's own coordinates. */
function cityOptions(...others) {
  return [...others, ...Object.keys(CITIES).map((key) => [key, t(key)])];
}

/** Fields for a place; `readPlace` takes it from their form. */
export function placeFields(place) {
  const chosen = place ? place.city ?? "own" : "";
  const { latitude, longitude } = place ? coordinates(place) : { latitude: 43.25, longitude: 76.95 };
  const number = (name, limit, value) => h("input", { name, type: "number", step: "any", min: -limit, max: limit, value, required: true });
  const pair = h("div", { class: "pair", hidden: chosen !== "own" },
    field(t("latitude"), number("latitude", 90, latitude)), field(t("longitude"), number("longitude", 180, longitude)));
  const select = h("select", { name: "city", onchange: () => { pair.hidden = select.value !== "own"; } },
    ...cityOptions(["", t("noPlace")], ["own", t("ownPlace")]).map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
  return [field(t("myPlace"), select), pair];
}

export function readPlace(form) {
  const city = form.elements.city.value;
  if (!city) return null;
  return city === "own" ? { latitude: Number(form.elements.latitude.value), longitude: Number(form.elements.longitude.value) } : { city };
}

/** Ask for a place to send; the person's own comes first. Resolves with coordinates or nothing. */
export function placeDialog(person) {
  const mine = placeOf(person.id);
  return formDialog(t("place"), () => {
    const radio = (value, label, checked) => h("label", { class: "choice" }, h("input", { type: "radio", name: "place", value, checked }), h("span", { dir: "auto" }, label));
    const city = h("input", { type: "radio", name: "place", value: "city", checked: !mine });
    const own = h("input", { type: "radio", name: "place", value: "own" });
    const cities = h("select", { name: "city", "aria-label": t("city"), onfocus: () => { city.checked = true; }, onchange: () => { city.checked = true; } },
      ...cityOptions().map(([value, label]) => h("option", { value }, label)));
    const number = (name, limit, value) => h("input", { name, type: "number", step: "any", min: -limit, max: limit, value, required: true, onfocus: () => { own.checked = true; } });
    return [h("fieldset", { "aria-label": t("place") },
      mine ? radio("mine", t("personsPlace", { place: placeName(mine) }), true) : null,
      h("div", { class: "choice" }, h("label", { class: "choice" }, city, h("span", {}, t("city"))), cities),
      h("label", { class: "choice" }, own, h("span", {}, t("ownPlace"))),
      h("div", { class: "pair" }, field(t("latitude"), number("latitude", 90, 43.25)), field(t("longitude"), number("longitude", 180, 76.95))))];
  }, (form) => {
    const chosen = form.elements.place.value;
    if (chosen === "mine") return coordinates(mine);
    if (chosen === "city") return coordinates({ city: form.elements.city.value });
    return { latitude: Number(form.elements.latitude.value), longitude: Number(form.elements.longitude.value) };
  });
}
