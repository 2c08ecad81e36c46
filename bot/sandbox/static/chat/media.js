// What a message shows besides words: pictures, sounds, files, places, contacts.

import { fileUrl } from "../core/api.js";
import { h, icon } from "../core/dom.js";
import { fileSize, fullName } from "../core/format.js";
import { t } from "../core/words.js";

function fileMissing(event) {
  event.target.replaceWith(h("span", { class: "missing" }, t("gone")));
}

function openPicture(source, name) {
  const dialog = h("dialog", { class: "viewer", "aria-label": name });
  const close = () => dialog.close();
  dialog.append(h("img", { src: source, alt: name }),
    h("button", { type: "button", class: "icon", "aria-label": t("close"), onclick: close }, icon("close")));
  dialog.addEventListener("click", (event) => event.target.tagName !== "IMG" && close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function picture(fileId, width, height, name, className = "picture") {
  const image = h("img", { class: className, src: fileUrl(fileId), width, height, alt: name, loading: "lazy", onerror: fileMissing });
  return h("button", { type: "button", class: "viewer-button", "aria-label": name, onclick: () => openPicture(image.src, name) }, image);
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

function film(kind, file) {
  return h("video", { class: kind, src: fileUrl(file.file_id), controls: true, preload: "none", "aria-label": t(kind) });
}

/** Build what a message shows besides words, or nothing. */
export function media(message) {
  if (message.location) return place(message);
  if (message.contact) {
    const phone = message.contact.phone_number;
    return card("person", fullName(message.contact), [phone], `tel:${phone.replace(/[^\d+]/g, "")}`);
  }
  if (message.photo) {
    const best = message.photo.at(-1);
    return picture(best.file_id, best.width, best.height, t("photo"));
  }
  if (message.sticker) return picture(message.sticker.file_id, 160, 160, message.sticker.emoji ?? t("sticker"), "sticker-image");
  if (message.voice) return player(message.voice, t("voice"));
  if (message.audio) return player(message.audio, message.audio.title ?? message.audio.file_name ?? t("audio"));
  for (const kind of ["animation", "video", "video_note"]) {
    if (message[kind]) return film(kind, message[kind]);
  }
  if (message.document) {
    const file = message.document;
    return card("file", file.file_name ?? t("document"), [fileSize(file.file_size ?? 0)], fileUrl(file.file_id));
  }
  return null;
}
