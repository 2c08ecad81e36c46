// One message, or an album, as a bubble: author, quote, media, words, time, reactions.

import { avatar, botAvatar } from "../core/avatar.js";
import { h, icon } from "../core/dom.js";
import { clockTime, fullMoment, fullName } from "../core/format.js";
import { t } from "../core/words.js";
import { renderText } from "./entities.js";
import { media } from "./media.js";
import { reactionRow } from "./reactions.js";
import { summary } from "./summary.js";

const TONES = 6;

/** What identifies the author of a message, also an anonymous one. */
export function authorKey(message) {
  return message.sender_chat?.id ?? message.from?.id ?? 0;
}

function authorName(message) {
  return message.sender_chat?.title ?? fullName(message.from ?? {});
}

/** Whether the bot wrote it: an anonymous administrator's messages come from a bot of Telegram's. */
function byBot(message) {
  return Boolean(message.from?.is_bot) && !message.sender_chat;
}

/** The author's face, beside a bubble in a group. */
export function face(message) {
  if (byBot(message)) return botAvatar("small face");
  return avatar(authorKey(message), authorName(message), "small face");
}

function authorLine(message) {
  const title = message.author_signature ?? message.sender_tag ?? "";
  const role = byBot(message) ? t("bot") : title;
  return h("p", { class: `author tone-${Math.abs(authorKey(message)) % TONES}` },
    h("bdi", {}, authorName(message)), role ? h("span", { class: "author-role" }, role) : null);
}

function forwardedFrom(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user_name ?? (origin.sender_user ? fullName(origin.sender_user) : null)
    ?? origin.sender_chat?.title ?? origin.chat?.title ?? "";
  return h("p", { class: "forwarded", dir: "auto" }, t("forwardedFrom", { name }));
}

function answered(message, jump) {
  const source = message.reply_to_message;
  const outside = message.external_reply;
  const quoted = message.quote?.text;
  if (outside) {
    const name = outside.chat?.title ?? outside.origin?.sender_user?.first_name ?? "";
    return h("div", { class: "quote" }, h("bdi", { class: "quote-name" }, name), h("span", { class: "quote-text", dir: "auto" }, quoted ?? summary(outside)));
  }
  // In a topic, a message that answers to nothing answers to the one that created the topic.
  if (!source || (source.forum_topic_created && !quoted)) return null;
  return h("button", { type: "button", class: quoted ? "quote quoted" : "quote", onclick: () => jump(source.message_id) },
    h("bdi", { class: "quote-name" }, authorName(source)),
    h("span", { class: "quote-text", dir: "auto" }, quoted ?? summary(source)));
}

function whenLine(message) {
  const iso = (seconds) => new Date(seconds * 1000).toISOString();
  return h("span", { class: "when" },
    message.has_protected_content ? h("span", { class: "protected", title: t("protectedWhy") }, icon("lock"), h("span", { class: "sr-only" }, t("protectedMark"))) : null,
    message.edit_date ? h("span", { class: "edited", title: fullMoment(message.edit_date) }, t("editedAt", { time: clockTime(message.edit_date) }), " · ") : null,
    h("time", { datetime: iso(message.date) }, clockTime(message.date)));
}

function menuButton(message, context) {
  return h("button", {
    type: "button", class: "icon small message-menu", "aria-haspopup": "menu",
    "aria-label": `${t("messageMenu")}: ${summary(message).slice(0, 40)}`,
    onclick: () => context.onMenu(message),
  }, icon("more"));
}

function onRightButton(message, context) {
  return (event) => {
    if (event.target.closest("a, img, input")) return;
    event.preventDefault();
    event.stopPropagation();
    context.onMenu(message);
  };
}

function tile(entry, context) {
  const { message } = entry;
  const row = reactionRow(entry.reactions, context.seat.actor.id, context.seat.chat.isGroup, (emoji) => context.onReact(message, emoji));
  return h("div", { class: "tile", "data-message": message.message_id, oncontextmenu: onRightButton(message, context) },
    media(message), row, menuButton(message, context));
}

/** What an album shows: pictures and films as tiles, anything else below one another. */
function album(entries, context) {
  const visual = entries.every(({ message }) => message.photo || message.video);
  return h("div", { class: visual ? `album of-${Math.min(entries.length, 10)}` : "album files", role: "group", "aria-label": t("album") },
    ...entries.map((entry) => tile(entry, context)));
}

/**
 * Build a bubble.
 * @param {Array<object>} entries a message with its reactions, or those of an album
 * @param {object} context {seat, onMenu, onReact, onCommand, onJump}
 */
export function bubble(entries, context) {
  const { seat } = context;
  const worded = entries.find(({ message }) => message.text ?? message.caption) ?? entries[0];
  const { message, reactions } = worded;
  const text = message.text ?? message.caption;
  const words = text
    ? h("div", { class: "words", dir: "auto" }, renderText(text, message.entities ?? message.caption_entities, context.onCommand))
    : null;
  const many = entries.length > 1;
  const shown = many ? album(entries, context) : media(message);
  const wordsLast = Boolean(words) && !(shown && message.show_caption_above_media);
  const parts = wordsLast ? [shown, words] : [words, shown];
  const row = many ? null : reactionRow(reactions, seat.actor.id, seat.chat.isGroup, (emoji) => context.onReact(message, emoji));
  const below = h("div", { class: "below" }, row, whenLine(message));
  // The time stands in the last line of the words if there is room.
  if (wordsLast) words.append(below);
  const bare = message.sticker && !message.reply_to_message?.from;
  const named = seat.chat.isGroup && !seat.owns(message);
  return h("div", { class: `bubble ${bare ? "bare" : ""}`, oncontextmenu: onRightButton(message, context) },
    named ? authorLine(message) : null,
    forwardedFrom(message), answered(message, context.onJump), ...parts,
    wordsLast ? null : below, many ? null : menuButton(message, context));
}

