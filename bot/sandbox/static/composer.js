// Writing: text, attachments, commands, replies and edits.

import { base64, get, post } from "./api.js";
import { summary } from "./bubble.js";
import { contactDialog, fileDialog, menuDialog, placeDialog, showDialog } from "./dialogs.js";
import { byId, h } from "./dom.js";
import { t } from "./messages.js";
import { STICKERS, drawSticker, stickerFile } from "./stickers.js";
import { toast } from "./toast.js";

const state = { person: null, mode: null, message: null, drafts: new Map(), lastOwn: () => null };

/** Say that something failed instead of failing. */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(t("failed", { why: error.message }));
    return false;
  }
}

function grow() {
  const text = byId("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  byId("send").classList.toggle("ready", text.value.trim() !== "");
}

/** Answer or change a message: mode is "reply" or "edit". */
export function compose(mode, message) {
  state.mode = mode;
  state.message = message;
  byId("composing").hidden = false;
  byId("composing-title").textContent = t(mode === "edit" ? "editing" : "replying");
  byId("composing-text").textContent = summary(message);
  if (mode === "edit") byId("text").value = message.text ?? message.caption ?? "";
  grow();
  byId("text").focus();
}

function stopComposing() {
  if (state.mode === "edit") byId("text").value = "";
  state.mode = state.message = null;
  byId("composing").hidden = true;
  grow();
}

/** Write as another person; what was begun is kept for when they come back. */
export function composeAs(person) {
  if (state.person) state.drafts.set(state.person.id, state.mode === "edit" ? "" : byId("text").value);
  stopComposing();
  state.person = person;
  byId("text").value = state.drafts.get(person.id) ?? "";
  grow();
}

export function send(content) {
  return attempt(() => post("/send", { user: state.person.id, ...content }));
}

async function submit() {
  const text = byId("text").value;
  if (!text.trim()) return;
  const { mode, message } = state;
  const content = mode === "edit"
    ? { edit: { message_id: message.message_id, text } }
    : { text, ...(mode === "reply" ? { reply_to: message.message_id } : {}) };
  byId("text").value = "";
  stopComposing();
  if (!(await send(content))) {
    byId("text").value = text;
    if (mode) compose(mode, message);
    byId("text").value = text;
    grow();
  }
}

/** Do what a button of the reply keyboard asks for. */
export async function sendAsked(asked) {
  if (asked.location) {
    const location = await placeDialog();
    if (location) await send({ location });
  } else if (asked.contact) {
    const contact = await contactDialog(state.person, true);
    if (contact) await send({ contact });
  } else {
    await send(asked);
  }
}

async function sendFile(kind) {
  const chosen = await fileDialog(kind);
  if (!chosen) return;
  await attempt(async () => {
    const own = chosen.file ? { data: await base64(chosen.file), file_name: chosen.file.name, mime_type: chosen.file.type } : {};
    await post("/send", { user: state.person.id, [kind]: { ...own, caption: chosen.caption } });
  });
}

function stickerDialog() {
  return showDialog(t("sticker"), (close) => h("div", { class: "sticker-grid" }, ...STICKERS.map((sticker) => {
    const button = h("button", { type: "button", "aria-label": sticker.emoji, onclick: () => close(sticker) });
    button.append(drawSticker(sticker));
    return button;
  })));
}

async function attach() {
  const kind = await menuDialog(t("attach"), ["photo", "voice", "sticker", "document", "location", "contact"].map((value) => ({
    value,
    label: t(value),
    icon: { photo: "photo", voice: "voice", sticker: "smile", document: "file", location: "pin", contact: "person" }[value],
  })));
  if (kind === "photo" || kind === "document") await sendFile(kind);
  else if (kind === "voice") await send({ voice: {} });
  else if (kind === "location") await sendAsked({ location: true });
  else if (kind === "contact") {
    const contact = await contactDialog(state.person, false);
    if (contact) await send({ contact });
  } else if (kind === "sticker") {
    const sticker = await stickerDialog();
    if (sticker) await send({ sticker: await stickerFile(sticker) });
  }
}

async function chooseCommand() {
  const { commands } = await get(`/commands?user=${state.person.id}`);
  const command = await menuDialog(t("commands"), commands.map((one) => ({ value: `/${one.command}`, label: `/${one.command}`, hint: one.description })));
  if (command) await send({ text: command });
}

/** Show the "/" button when there are commands for this person. */
export async function refreshCommands() {
  const person = state.person;
  const { commands } = await get(`/commands?user=${person.id}`);
  if (person === state.person) byId("commands").hidden = commands.length === 0;
}

/** Connect the composer; `lastOwn` finds the person's last text message. */
export function startComposer(lastOwn) {
  state.lastOwn = lastOwn;
  const text = byId("text");
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && state.mode) {
      stopComposing();
    } else if (event.key === "ArrowUp" && !text.value && !state.mode) {
      const message = state.lastOwn();
      if (message) {
        event.preventDefault();
        compose("edit", message);
      }
    }
  });
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    text.focus();
  });
  byId("composing-cancel").addEventListener("click", stopComposing);
  byId("attach").addEventListener("click", attach);
  byId("commands").addEventListener("click", () => attempt(chooseCommand));
}
