// Inline keyboards under messages and the reply keyboard under the composer.

import { post } from "./api.js";
import { byId, h } from "./dom.js";
import { t } from "./messages.js";
import { toast } from "./toast.js";

// How long a pressed button waits; Telegram's apps stop about here too.
const PRESS_MS = 15000;
const waiting = new Map();

function stopWaiting(queryId) {
  const press = waiting.get(queryId);
  if (!press) return;
  waiting.delete(queryId);
  clearTimeout(press.timer);
  press.stop();
}

/** A callback query was answered: its button stops turning. */
export function pressAnswered(queryId) {
  const known = waiting.has(queryId);
  stopWaiting(queryId);
  return known;
}

async function press(person, message, data, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  const stop = () => node.removeAttribute("aria-busy");
  node.setAttribute("aria-busy", "true");
  try {
    const { callback_query_id: queryId } = await post("/press", { user: person, message_id: message.message_id, data });
    const timer = setTimeout(() => {
      stopWaiting(queryId);
      toast(t("noAnswer"));
    }, PRESS_MS);
    waiting.set(queryId, { stop, timer });
  } catch (error) {
    stop();
    toast(t("failed", { why: error.message }));
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch (error) {
    toast(t("failed", { why: error.message }));
  }
}

function inlineButton(person, message, button) {
  const style = button.style ? `key ${button.style}` : "key";
  if (button.url) {
    return h("a", { class: `${style} external`, href: /^(https?|tg):/i.test(button.url) ? button.url : "#", target: "_blank", rel: "noopener noreferrer", dir: "auto" }, button.text);
  }
  if (button.copy_text) {
    return h("button", { type: "button", class: `${style} copying`, dir: "auto", onclick: () => copy(button.copy_text.text) }, button.text);
  }
  return h("button", { type: "button", class: style, dir: "auto", onclick: (event) => press(person, message, button.callback_data, event.currentTarget) }, button.text);
}

/** Build the buttons under a message, or nothing. */
export function inlineKeyboard(person, message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "inline-keys", role: "group", "aria-label": t("keyboard") },
    ...rows.map((row) => h("div", { class: "keys-row" }, ...row.map((button) => inlineButton(person, message, button)))));
}

/** Show the reply keyboard; `send` gets {text}, {location: true} or {contact: true}. */
export function showReplyKeyboard(keyboard, open, send) {
  const box = byId("keyboard");
  const rows = keyboard?.keyboard;
  byId("keys").hidden = !rows;
  byId("keys").setAttribute("aria-expanded", String(Boolean(rows && open)));
  box.hidden = !rows || !open;
  byId("text").placeholder = keyboard?.input_field_placeholder || t("message");
  const state = JSON.stringify(rows ?? []);
  if (box.dataset.state === state) return;
  box.dataset.state = state;
  box.replaceChildren(...(rows ?? []).map((row) => h("div", { class: "keys-row" }, ...row.map((button) => {
    const asks = button.request_location ? { location: true } : button.request_contact ? { contact: true } : { text: button.text };
    return h("button", { type: "button", class: "key reply-key", dir: "auto", onclick: () => send(asks) }, button.text);
  }))));
}
