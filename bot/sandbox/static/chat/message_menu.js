// What can be done with a message: the menu behind "⋯" and the right mouse button.

import { post } from "../core/api.js";
import { formDialog, menuDialog, showDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { attempt, toast } from "../core/toast.js";
import { t } from "../core/words.js";
import { REPLACEABLE, chooseReplacement } from "./attachments.js";
import { EMOJI, asPicture } from "./reactions.js";
import { summary } from "./summary.js";

const EDITABLE = ["text", "photo", "video", "document", "voice", "audio", "animation"];

/** Set or take back one's reaction. */
export function react(seat, message, emoji) {
  const mine = seat.chat.entries.get(message.message_id)?.reactions[seat.actor.id]?.[0]?.emoji;
  return attempt(() => post("/react", { ...seat.who(), message_id: message.message_id, emoji: mine === emoji ? "" : emoji }));
}

function selectedIn(messageId) {
  const selection = getSelection();
  const node = selection.anchorNode?.parentElement?.closest("[data-message]");
  return Number(node?.dataset.message) === messageId ? selection.toString().trim() : "";
}

/** Ask which words to quote; resolves with them or nothing. */
function quoteDialog(text, chosen) {
  const at = chosen ? text.indexOf(chosen) : -1;
  return formDialog(t("quoteAsk"), () => {
    const words = h("textarea", { class: "quote-words", name: "words", rows: "5", readonly: true, dir: "auto", autofocus: true, "aria-label": t("quoteAsk") });
    words.value = text;
    const select = () => words.setSelectionRange(Math.max(at, 0), at < 0 ? text.length : at + chosen.length);
    setTimeout(select);
    return [words];
  }, (form) => {
    const { value, selectionStart, selectionEnd } = form.elements.words;
    return value.slice(selectionStart, selectionEnd).trim() || value;
  }, t("quoteUse"));
}

function showJson(message) {
  return showDialog(t("details"), () => h("pre", { class: "json", tabindex: "0" }, JSON.stringify(message, null, 2)), "wide");
}

function entriesFor(seat, message, may) {
  const own = seat.owns(message);
  const text = message.text ?? message.caption;
  const free = !message.has_protected_content;
  const group = seat.chat.isGroup;
  const pinned = seat.chat.view?.pinned?.includes(message.message_id);
  return [
    ...EMOJI.map((emoji) => ({ value: { react: emoji }, label: asPicture(emoji), kind: "emoji" })),
    may.write ? { value: "reply", label: t("reply"), icon: "reply" } : null,
    may.write && text ? { value: "quote", label: t("quote"), icon: "quote" } : null,
    own && !message.forward_origin && EDITABLE.some((kind) => kind in message) ? { value: "edit", label: t("edit"), icon: "pencil" } : null,
    own && !message.forward_origin && REPLACEABLE.some((kind) => kind in message) ? { value: "replace", label: t("replaceFile"), icon: "photo" } : null,
    text && free ? { value: "copy", label: t("copy"), icon: "copy" } : null,
    free ? { value: "forward", label: t(group ? "forwardTo" : "forward"), icon: "forward" } : null,
    may.pin ? { value: "pin", label: t(pinned ? "unpin" : "pin"), icon: "tack" } : null,
    { value: "json", label: t("details"), icon: "code" },
    own || may.deleteOthers ? { value: "delete", label: t("remove"), kind: "danger", icon: "bin" } : null,
    ...(free ? [] : [{ value: null, label: t("protectedWhy"), icon: "lock", kind: "note" }]),
  ];
}

/**
 * Open the menu of a message and do what is chosen.
 * @param {object} seat who looks, and where
 * @param {object} message a Bot API Message
 * @param {object} context {may, compose(mode, message, quote), forward(message)}
 */
export async function openMessageMenu(seat, message, { may, compose, forward }) {
  const selected = selectedIn(message.message_id);
  const text = message.text ?? message.caption;
  const chosen = await menuDialog(summary(message).slice(0, 60), entriesFor(seat, message, may));
  const target = { ...seat.who(), message_id: message.message_id };
  if (chosen?.react) await react(seat, message, chosen.react);
  switch (chosen) {
    case "reply":
    case "edit":
      compose(chosen, message);
      break;
    case "quote": {
      const quote = await quoteDialog(text, selected);
      if (quote) compose("reply", message, quote);
      break;
    }
    case "replace": {
      const kind = REPLACEABLE.find((one) => one in message);
      const file = await chooseReplacement(kind, message.caption);
      if (file) await attempt(() => post("/send", { ...seat.who(), edit: { message_id: message.message_id, ...file } }));
      break;
    }
    case "copy":
      await attempt(() => navigator.clipboard.writeText(text).then(() => toast(t("copied"))));
      break;
    case "forward":
      await forward(message);
      break;
    case "pin":
      await attempt(() => post("/pin", { ...target, pinned: !seat.chat.view.pinned.includes(message.message_id) }));
      break;
    case "json":
      await showJson(message);
      break;
    case "delete":
      await attempt(() => post("/delete", target));
      break;
    default:
  }
}
