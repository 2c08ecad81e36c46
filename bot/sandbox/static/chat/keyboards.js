// Inline keyboards under messages and the reply keyboard under the composer.

import { post } from "../core/api.js";
import { alertDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { toast } from "../core/toast.js";
import { t } from "../core/words.js";

// How long a pressed button waits; Telegram's apps stop about here too.
const PRESS_MS = 15000;
const waiting = new Map();
// Answers that were there before the press was known to have been sent.
const early = new Map();

function stopWaiting(queryId) {
  const press = waiting.get(queryId);
  if (!press) return;
  waiting.delete(queryId);
  clearTimeout(press.timer);
  press.stop();
}

function show(notice) {
  if (notice.show_alert || notice.url) alertDialog(notice.text, notice.url);
  else if (notice.text) toast(notice.text);
}

/** A callback query was answered: its button stops turning, and what was said is shown. */
export function pressAnswered(notice) {
  const queryId = notice.callback_query_id;
  if (!waiting.has(queryId)) {
    early.set(queryId, notice);
    return;
  }
  stopWaiting(queryId);
  show(notice);
}

async function press(seat, message, data, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  const stop = () => node.removeAttribute("aria-busy");
  node.setAttribute("aria-busy", "true");
  early.clear();
  try {
    const { callback_query_id: queryId } = await post("/press", { ...seat.who(), message_id: message.message_id, data });
    const timer = setTimeout(() => {
      stopWaiting(queryId);
      toast(t("noAnswer"));
    }, PRESS_MS);
    waiting.set(queryId, { stop, timer });
    if (early.has(queryId)) pressAnswered(early.get(queryId));
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

function inlineButton(seat, message, button) {
  const style = button.style ? `key ${button.style}` : "key";
  if (button.url) {
    return h("a", { class: `${style} external`, href: /^(https?|tg):/i.test(button.url) ? button.url : "#", target: "_blank", rel: "noopener noreferrer", dir: "auto" }, button.text);
  }
  if (button.copy_text) {
    return h("button", { type: "button", class: `${style} copying`, dir: "auto", onclick: () => copy(button.copy_text.text) }, button.text);
  }
  return h("button", { type: "button", class: style, dir: "auto", onclick: (event) => press(seat, message, button.callback_data, event.currentTarget) }, button.text);
}

/** Build the buttons under a message, or nothing. */
export function inlineKeyboard(seat, message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keys", role: "group", "aria-label": t("keyboard") },
    ...rows.map((row) => h("div", { class: "keys-row" }, ...row.map((button) => inlineButton(seat, message, button)))));
}

function replyButton(button, send) {
  const label = typeof button === "string" ? button : button.text;
  const asks = button.request_location ? { location: true } : button.request_contact ? { contact: true } : { text: label };
  return h("button", { type: "button", class: "key reply-key", dir: "auto", onclick: () => send(asks) }, label);
}

/** Show the reply keyboard; `send` gets {text}, {location: true} or {contact: true}. */
export function showReplyKeyboard(parts, keyboard, open, send) {
  const box = parts.keyboard;
  const rows = keyboard?.keyboard;
  parts.keys.hidden = !rows;
  parts.keys.setAttribute("aria-expanded", String(Boolean(rows && open)));
  box.hidden = !rows || !open;
  parts.text.placeholder = keyboard?.input_field_placeholder || t("message");
  const state = JSON.stringify(rows ?? []);
  if (box.dataset.state === state) return;
  box.dataset.state = state;
  box.replaceChildren(...(rows ?? []).map((row) => h("div", { class: "keys-row" }, ...row.map((button) => replyButton(button, send)))));
}
