// What can be attached: pictures, albums, sounds, files, stickers, places, contacts.

import { base64 } from "../core/api.js";
import { field, formDialog, menuDialog, showDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { fullName } from "../core/format.js";
import { t } from "../core/words.js";
import { placeDialog } from "../people/places.js";
import { STICKERS, drawSticker, stickerFile } from "./stickers.js";

const ICONS = { photo: "photo", video: "film", voice: "voice", audio: "note", video_note: "round", sticker: "smile", document: "file", location: "pin", contact: "person" };
const ACCEPTS = { photo: "image/png,image/jpeg,image/webp", video: "video/*", video_note: "video/*", audio: "audio/*", voice: "audio/ogg,audio/mpeg,audio/mp4" };
// There is no ready film.
const WITHOUT_SAMPLE = ["video", "video_note"];
// What several at once make an album of.
const ALBUMS = ["photo", "video", "document"];
const ALBUM_LIMIT = 10;

/**
 * Ask for files or the ready sample; resolves with {files, caption, samples} or nothing.
 * @param {string} kind what they are
 * @param {object} options {album: whether there may be several, caption: the words to begin with}
 */
function fileDialog(kind, { album, caption = "" }) {
  const ready = !WITHOUT_SAMPLE.includes(kind);
  const empty = t(ready ? "sampleFile" : "needsFile");
  const chosen = h("bdi", {}, empty);
  const count = h("input", { name: "samples", type: "number", min: "1", max: String(ALBUM_LIMIT), value: "1", required: true });
  const samples = ready && album ? field(t("howMany"), count) : null;
  const input = h("input", { name: "file", type: "file", class: "sr-only", tabindex: "-1", "aria-label": t("chooseFile"), accept: ACCEPTS[kind], multiple: album, required: !ready, onchange: () => {
    const { files } = input;
    chosen.textContent = files.length > 1 ? t("filesChosen", { n: files.length }) : files[0]?.name ?? empty;
    if (samples) samples.hidden = files.length > 0;
  } });
  return formDialog(t(kind), () => [
    h("div", { class: "file-choice" }, chosen, input,
      h("button", { type: "button", onclick: () => input.click() }, t(album ? "chooseFiles" : "chooseFile"))),
    samples ?? "",
    kind === "video_note" ? "" : field(t("caption"), h("input", { name: "caption", maxlength: "1024", dir: "auto", autocomplete: "off", value: caption })),
  ], (form) => ({
    files: [...form.elements.file.files].slice(0, ALBUM_LIMIT),
    caption: form.elements.caption?.value ?? "",
    samples: Number(form.elements.samples?.value ?? 1),
  }));
}

async function fileContent(file) {
  return { data: await base64(file), file_name: file.name, mime_type: file.type };
}

/** The kinds of file that a message of one's own can get another of. */
export const REPLACEABLE = ["photo", "video", "audio", "document"];

/** Ask for another file of a message; resolves with {kind: file} or nothing. */
export async function chooseReplacement(kind, caption) {
  const chosen = await fileDialog(kind, { album: false, caption });
  if (!chosen) return null;
  const file = chosen.files.length ? await fileContent(chosen.files[0]) : {};
  return { [kind]: { ...file, caption: chosen.caption } };
}

/** Ask for a file, or several as an album; resolves with the content to send or nothing. */
async function chooseFiles(kind) {
  const chosen = await fileDialog(kind, { album: ALBUMS.includes(kind) });
  if (!chosen) return null;
  const files = chosen.files.length ? await Promise.all(chosen.files.map(fileContent)) : Array.from({ length: chosen.samples }, () => ({}));
  const [first, ...rest] = files;
  const worded = chosen.caption ? { ...first, caption: chosen.caption } : first;
  if (!rest.length) return { [kind]: worded };
  return { album: [worded, ...rest].map((file) => ({ [kind]: file })) };
}

/** Ask for a phone number to share; resolves with a contact or nothing. */
export async function contactDialog(person, own) {
  return formDialog(t(own ? "shareContact" : "contact"), () => [
    field(t("phone"), h("input", { name: "phone", type: "tel", required: true, value: "+70000000000", autocomplete: "off" })),
    field(t("name"), h("input", { name: "name", required: true, value: fullName(person), maxlength: "64", dir: "auto", autocomplete: "off" })),
  ], (form) => ({ contact: { phone_number: form.elements.phone.value, first_name: form.elements.name.value, own } }));
}

function stickerDialog() {
  return showDialog(t("sticker"), (close) => h("div", { class: "sticker-grid" }, ...STICKERS.map((sticker) => {
    const button = h("button", { type: "button", "aria-label": sticker.emoji, onclick: () => close(sticker) });
    button.append(drawSticker(sticker));
    return button;
  })));
}

/** Ask for the place of somebody; resolves with the content to send or nothing. */
export async function askPlace(person) {
  const location = await placeDialog(person);
  return location ? { location } : null;
}

/** Ask what to attach; resolves with the content to send or nothing. */
export async function chooseAttachment(person) {
  const kind = await menuDialog(t("attach"), Object.keys(ICONS).map((value) => ({ value, label: t(value), icon: ICONS[value] })));
  switch (kind) {
    case undefined:
      return null;
    case "voice":
      return { voice: {} };
    case "location":
      return askPlace(person);
    case "contact":
      return contactDialog(person, false);
    case "sticker": {
      const sticker = await stickerDialog();
      return sticker ? { sticker: await stickerFile(sticker) } : null;
    }
    default:
      return chooseFiles(kind);
  }
}
