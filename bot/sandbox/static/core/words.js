// The page's own words in Russian, Kazakh and English.

import chat from "../words/chat.js";
import page from "../words/page.js";
import people from "../words/people.js";
import staff from "../words/staff.js";
import strip from "../words/strip.js";

const WORDS = { ...page, ...people, ...chat, ...staff, ...strip };
const KEY = "sandbox-language";
const LANGUAGES = ["ru", "kk", "en"];
let language = firstLanguage();

function firstLanguage() {
  const stored = localStorage.getItem(KEY);
  if (LANGUAGES.includes(stored)) return stored;
  const wanted = (navigator.language || "ru").slice(0, 2);
  return LANGUAGES.includes(wanted) ? wanted : "ru";
}

export function currentLanguage() {
  return language;
}

/** The page's language for dates and times: in English with 24 hours, as in the other two. */
export function dateLanguage() {
  return language === "en" ? "en-GB" : language;
}

export function setLanguage(code) {
  language = code;
  localStorage.setItem(KEY, code);
}

/** Whether there are words under this key. */
export function hasWords(key) {
  return key in WORDS;
}

/** Return a word or sentence of the page, with {names} filled in; {n} chooses the plural. */
export function t(key, values = {}) {
  const words = WORDS[key];
  if (!words) throw new Error(`no text for ${key}`);
  let chosen = words[language];
  if (typeof chosen === "object") chosen = chosen[new Intl.PluralRules(language).select(values.n)] ?? chosen.other;
  return chosen.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Write the page's words into the elements that ask for them. */
export function translatePage(root = document) {
  if (root === document) document.documentElement.lang = language;
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.tLabel);
  }
  for (const node of root.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
}
