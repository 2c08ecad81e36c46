// Writing: text, attachments, commands, replies, quotes and edits.

import { get, post } from "../core/api.js";
import { menuDialog } from "../core/dialogs.js";
import { attempt } from "../core/toast.js";
import { t } from "../core/words.js";
import { askPlace, chooseAttachment, contactDialog } from "./attachments.js";
import { summary } from "./summary.js";

const MAX_HEIGHT = 160;

export class Composer {
  /** @param {object} parts the chat's elements */
  constructor(parts) {
    this.parts = parts;
    this.text = parts.text;
    this.seat = null;
    this.mode = null;
    this.message = null;
    this.quote = "";
    this.drafts = new Map();
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => this.onKey(event));
    parts.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
      this.text.focus();
    });
    parts.composingCancel.addEventListener("click", () => this.stop());
    parts.attach.addEventListener("click", () => this.attach());
    parts.commands.addEventListener("click", () => attempt(() => this.chooseCommand()));
  }

  /** Write from another seat; what was begun is kept for when it is taken again. */
  open(seat) {
    if (this.seat) this.drafts.set(this.seat.key, this.mode === "edit" ? "" : this.text.value);
    this.stop();
    this.seat = seat;
    this.text.value = this.drafts.get(seat.key) ?? "";
    this.grow();
    this.refreshCommands();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, MAX_HEIGHT)}px`;
    this.parts.send.classList.toggle("ready", this.text.value.trim() !== "");
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.mode) {
      this.stop();
    } else if (event.key === "ArrowUp" && !this.text.value && !this.mode) {
      const message = this.lastOwn();
      if (!message) return;
      event.preventDefault();
      this.compose("edit", message);
    }
  }

  lastOwn() {
    return this.seat.entries().map((entry) => entry.message)
      .findLast((one) => this.seat.owns(one) && one.text && !one.forward_origin);
  }

  /** Answer or change a message: mode is "reply" or "edit". */
  compose(mode, message, quote = "") {
    this.mode = mode;
    this.message = message;
    this.quote = quote;
    this.parts.composing.hidden = false;
    this.parts.composingTitle.textContent = t(mode === "edit" ? "editing" : quote ? "quoting" : "replying");
    this.parts.composingText.textContent = quote || summary(message);
    if (mode === "edit") this.text.value = message.text ?? message.caption ?? "";
    this.grow();
    this.text.focus();
  }

  stop() {
    if (this.mode === "edit") this.text.value = "";
    this.mode = this.message = null;
    this.quote = "";
    this.parts.composing.hidden = true;
    this.grow();
  }

  /** Send a content from this seat; undefined if it failed. */
  send(content) {
    return attempt(() => post("/send", { ...this.seat.here(), ...content }));
  }

  replyFields() {
    if (this.mode !== "reply") return {};
    return { reply_to: this.message.message_id, ...(this.quote ? { quote: this.quote } : {}) };
  }

  async submit() {
    const text = this.text.value;
    if (!text.trim()) return;
    const { mode, message, quote } = this;
    const content = mode === "edit" ? { edit: { message_id: message.message_id, text } } : { text, ...this.replyFields() };
    this.text.value = "";
    this.stop();
    if (await this.send(content)) return;
    if (mode) this.compose(mode, message, quote);
    this.text.value = text;
    this.grow();
  }

  /** Do what a button of the reply keyboard asks for. */
  async sendAsked(asked) {
    let content = asked;
    if (asked.location) content = await askPlace(this.seat.actor);
    else if (asked.contact) content = await contactDialog(this.seat.actor, true);
    if (content) await this.send(content);
  }

  async attach() {
    const content = await attempt(() => chooseAttachment(this.seat.actor));
    if (!content) return;
    const reply = this.replyFields();
    if (this.mode === "reply") this.stop();
    await this.send({ ...content, ...reply });
  }

  commandsPath() {
    const { chat, actor } = this.seat;
    return `/commands?user=${actor.id}${chat.isGroup ? `&chat=${chat.id}` : ""}`;
  }

  async chooseCommand() {
    const { commands } = await get(this.commandsPath());
    const command = await menuDialog(t("commands"), commands.map((one) => ({ value: `/${one.command}`, label: `/${one.command}`, hint: one.description })));
    if (command) await this.send({ text: command });
  }

  /** Show the "/" button when there are commands for this person here. */
  async refreshCommands() {
    const { seat } = this;
    const answer = await get(this.commandsPath()).catch(() => ({ commands: [] }));
    if (seat === this.seat) this.parts.commands.hidden = answer.commands.length === 0;
  }
}
