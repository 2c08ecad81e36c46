// One message as a bubble: media, text, time, reactions.

import { fileUrl } from "./api.js";
import { h, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { currentLanguage, t } from "./messages.js";
import { clockTime } from "./people.js";

function fileMissing(event) {
  event.target.replaceWith(h("span", { class: "missing" }, t("gone")));
}

function picture(fileId, width, height, name, className = "picture") {
  const image = h("img", { class: className, src: fileUrl(fileId), width, height, alt: name, loading: "lazy", onerror: fileMissing });
  return h("button", { type: "button", class: "viewer-button", "aria-label": name, onclick: () => view(image.src, name) }, image);
}

function view(source, name) {
  const dialog = h("dialog", { class: "viewer", "aria-label": name });
  const close = () => dialog.close();
  dialog.append(h("img", { src: source, alt: name }), h("button", { type: "button", class: "icon", "aria-label": t("close"), onclick: close }, icon("close")));
  dialog.addEventListener("click", (event) => event.target.tagName !== "IMG" && close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function player(file, title) {
  const sound = new Audio(fileUrl(file.file_id));
  sound.preload = "none";
  const button = h("button", { type: "button", class: "icon play", "aria-label": t("play") }, icon("play"));
  const bar = h("progress", { max: "1", value: "0", "aria-label": title });
  const set = (playing) => {
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", t(playing ? "pause" : "play"));
  };
  button.addEventListener("click", () => (sound.paused ? sound.play().catch(() => set(false)) : sound.pause()));
  sound.addEventListener("play", () => set(true));
  for (const kind of ["pause", "ended", "error"]) sound.addEventListener(kind, () => set(false));
  sound.addEventListener("timeupdate", () => { bar.value = sound.duration ? sound.currentTime / sound.duration : 0; });
  return h("div", { class: "player" }, button,
    h("div", { class: "player-text" }, h("span", { dir: "auto" }, title), bar),
    h("span", { class: "muted" }, t("seconds", { n: file.duration })));
}

function size(bytes) {
  const unit = bytes < 1024 * 1024 ? "kilobyte" : "megabyte";
  const amount = bytes / (unit === "kilobyte" ? 1024 : 1024 * 1024);
  return new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

function card(kind, title, lines, href) {
  const inside = [h("span", { class: "card-icon" }, icon(kind)),
    h("span", { class: "card-text" }, h("bdi", { class: "card-title" }, title), ...lines.map((line) => h("span", { class: "muted", dir: "auto" }, line)))];
  return href
    ? h("a", { class: "card", href, target: "_blank", rel: "noopener noreferrer" }, ...inside)
    : h("div", { class: "card" }, ...inside);
}

function place(message) {
  const { latitude, longitude } = message.location;
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const lines = message.venue ? [message.venue.address, t("openMap")] : [where, t("openMap")];
  return card("pin", message.venue?.title ?? t("location"), lines, map);
}

function media(message) {
  if (message.location) return place(message);
  if (message.contact) {
    const { phone_number: phone, first_name: first, last_name: last = "" } = message.contact;
    return card("person", `${first} ${last}`.trim(), [phone], `tel:${phone.replace(/[^\d+]/g, "")}`);
  }
  if (message.photo) {
    const best = message.photo.at(-1);
    return picture(best.file_id, best.width, best.height, t("photo"));
  }
  if (message.sticker) return picture(message.sticker.file_id, 160, 160, message.sticker.emoji ?? t("sticker"), "sticker-image");
  if (message.voice) return player(message.voice, t("voice"));
  if (message.audio) return player(message.audio, message.audio.title ?? message.audio.file_name ?? t("audio"));
  for (const kind of ["animation", "video", "video_note"]) {
    if (message[kind]) {
      return h("video", { class: kind, src: fileUrl(message[kind].file_id), controls: true, preload: "none", "aria-label": t(kind) });
    }
  }
  if (message.document) {
    const file = message.document;
    return card("file", file.file_name ?? t("document"), [size(file.file_size)], fileUrl(file.file_id));
  }
  return null;
}

/** A message in a few words, for replies and the composer. */
export function summary(message) {
  const kinds = ["venue", "location", "contact", "photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"];
  const kind = kinds.find((one) => one in message);
  return message.text ?? message.caption ?? (kind ? t(kind) : t("message"));
}

function forwardedFrom(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user_name ?? origin.sender_user?.first_name ?? origin.chat?.title ?? "";
  return h("p", { class: "forwarded", dir: "auto" }, t("forwardedFrom", { name }));
}

function answered(message, jump) {
  const source = message.reply_to_message;
  if (!source) return null;
  return h("button", { type: "button", class: "quote", onclick: () => jump(source.message_id) },
    h("bdi", { class: "quote-name" }, source.from?.first_name ?? ""),
    h("span", { class: "quote-text", dir: "auto" }, message.quote?.text ?? summary(source)));
}

function reactionRow(reactions) {
  const shown = Object.values(reactions ?? {}).flat();
  return shown.length ? h("span", { class: "reactions" }, ...shown.map((one) => h("span", { class: "reaction" }, one.emoji))) : null;
}

/**
 * Build a bubble.
 * @param {object} message a Bot API Message
 * @param {object} context {own, reactions, onMenu, onCommand, onJump}
 */
export function bubble(message, context) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const words = text ? h("div", { class: "words", dir: "auto" }, renderText(text, entities, context.onCommand)) : null;
  const shown = media(message);
  const wordsLast = Boolean(words) && !(shown && message.show_caption_above_media);
  const parts = wordsLast ? [shown, words] : [words, shown];
  const when = h("span", { class: "when" },
    message.edit_date ? h("span", {}, t("edited"), " ") : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)));
  const below = h("div", { class: "below" }, reactionRow(context.reactions), when);
  // The time stands in the last line of the words if there is room.
  if (wordsLast) words.append(below);
  const menu = h("button", { type: "button", class: "icon small message-menu", "aria-haspopup": "menu", "aria-label": `${t("messageMenu")}: ${summary(message).slice(0, 40)}`, onclick: () => context.onMenu(message) }, icon("more"));
  const bare = message.sticker && !message.reply_to_message;
  return h("div", { class: `bubble ${bare ? "bare" : ""}`, oncontextmenu: (event) => {
    if (event.target.closest("a, img")) return;
    event.preventDefault();
    context.onMenu(message);
  } },
  forwardedFrom(message), answered(message, context.onJump), ...parts,
  wordsLast ? null : below, menu);
}
