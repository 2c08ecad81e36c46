// The open chat: messages as they come, scrolling, reading, notices.

import { post } from "./api.js";
import { bubble, summary } from "./bubble.js";
import { compose, send } from "./composer.js";
import { alertDialog, menuDialog } from "./dialogs.js";
import { byId, h } from "./dom.js";
import { inlineKeyboard, pressAnswered } from "./keyboards.js";
import { currentLanguage, t } from "./messages.js";
import { toast } from "./toast.js";

const NEAR_END = 80;

/** What the page knows of one chat. */
export class Chat {
  constructor(personId) {
    this.personId = personId;
    this.now = 0;
    this.session = null;
    this.messages = new Map();
    this.reactions = new Map();
    this.keyboard = null;
    this.keyboardOpen = true;
    this.action = "";
    this.started = false;
    this.blocked = false;
    this.readUpTo = 0;
  }

  /** Take in an answer of the API; returns the ids that changed. */
  take(view) {
    if (this.session !== null && this.session !== view.session) {
      this.messages.clear();
      this.reactions.clear();
    }
    this.session = view.session;
    this.now = view.now;
    for (const message of view.messages) this.messages.set(message.message_id, message);
    for (const message of view.messages) this.reactions.set(message.message_id, view.reactions[message.message_id] ?? {});
    for (const id of view.deleted) this.messages.delete(id);
    if (JSON.stringify(view.keyboard) !== JSON.stringify(this.keyboard)) this.keyboardOpen = true;
    this.keyboard = view.keyboard;
    this.action = view.action;
    this.started = view.started;
    this.blocked = view.blocked;
    this.readUpTo = view.read_up_to;
  }

  lastOwnText() {
    return [...this.messages.values()].findLast((one) => !one.from.is_bot && one.text && !one.forward_origin) ?? null;
  }
}

function dayOf(message) {
  const date = new Date(message.date * 1000);
  if (date.toDateString() === new Date().toDateString()) return t("today");
  return date.toLocaleDateString(currentLanguage(), { day: "numeric", month: "long", year: "numeric" });
}

async function act(work) {
  try {
    await work();
  } catch (error) {
    toast(t("failed", { why: error.message }));
  }
}

async function openMenu(chat, message) {
  const own = !message.from.is_bot;
  const text = message.text ?? message.caption;
  const editable = own && !message.forward_origin && (message.text || message.photo || message.document || message.voice);
  const entries = [
    { value: "reply", label: t("reply") },
    editable ? { value: "edit", label: t("edit") } : null,
    text ? { value: "copy", label: t("copy") } : null,
    { value: "forward", label: t("forward") },
    ...(own ? [] : ["👍", "👎", "❤"].map((emoji) => ({ value: emoji, label: emoji, kind: "emoji" }))),
    { value: "delete", label: t("remove"), kind: "danger" },
  ].filter(Boolean);
  const chosen = await menuDialog(summary(message).slice(0, 60), entries);
  const target = { user: chat.personId, message_id: message.message_id };
  if (chosen === "reply" || chosen === "edit") compose(chosen, message);
  else if (chosen === "copy") await act(() => navigator.clipboard.writeText(text).then(() => toast(t("copied"))));
  else if (chosen === "forward") await send({ forward: { message_id: message.message_id } });
  else if (chosen === "delete") await act(() => post("/delete", target));
  else if (chosen) {
    const mine = chat.reactions.get(message.message_id)?.[chat.personId]?.[0]?.emoji;
    await act(() => post("/react", { ...target, emoji: mine === chosen ? "" : chosen }));
  }
}

/** Draws a Chat into the page and keeps it drawn. */
export class ChatView {
  constructor() {
    this.chat = null;
    this.scroll = byId("scroll");
    this.list = byId("messages");
    this.fresh = 0;
    this.top = 0;
    this.scroll.addEventListener("scroll", () => this.onScroll(), { passive: true });
    byId("to-end").addEventListener("click", () => this.toEnd(true));
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.scroll);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    this.stuck = true;
  }

  open(chat) {
    this.chat = chat;
    this.fresh = 0;
    this.list.replaceChildren();
    this.drawAll();
    this.toEnd();
  }

  /** Draw everything anew: another chat, or another language. */
  drawAll() {
    this.list.replaceChildren();
    for (const message of this.chat.messages.values()) this.place(message);
    this.days();
  }

  /** Draw what an answer of the API changed. */
  update(view, previous) {
    if (previous !== null && previous !== view.session) {
      this.drawAll();
      return;
    }
    for (const id of view.deleted) this.find(id)?.remove();
    for (const message of view.messages) {
      const isNew = this.place(message);
      if (isNew && !this.stuck) this.fresh += 1;
    }
    this.days();
    this.showFresh();
    if (this.stuck || view.messages.some((one) => !one.from.is_bot && !one.edit_date)) this.toEnd();
    for (const notice of view.notices) this.notice(notice);
  }

  find(id) {
    return this.list.querySelector(`[data-message="${id}"]`);
  }

  place(message) {
    const own = !message.from.is_bot;
    const node = h("li", { class: `message ${own ? "own" : "theirs"}`, "data-message": message.message_id, "data-date": message.date },
      bubble(message, {
        reactions: this.chat.reactions.get(message.message_id),
        onMenu: (one) => openMenu(this.chat, one),
        onCommand: (command) => send({ text: command }),
        onJump: (id) => this.jump(id),
      }), inlineKeyboard(this.chat.personId, message));
    const old = this.find(message.message_id);
    if (old) {
      const focused = old.contains(document.activeElement) ? [...old.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
      old.replaceWith(node);
      if (focused >= 0) (node.querySelectorAll("button, a")[focused] ?? node.querySelector("button"))?.focus({ preventScroll: true });
      return false;
    }
    this.list.append(node);
    return true;
  }

  days() {
    for (const node of this.list.querySelectorAll(".day")) node.remove();
    let last = "";
    for (const node of [...this.list.children]) {
      const day = dayOf({ date: Number(node.dataset.date) });
      if (day !== last) node.before(h("li", { class: "day" }, h("span", {}, day)));
      last = day;
    }
    if (!this.list.children.length) this.list.append(h("li", { class: "day empty" }, h("span", {}, t("emptyChat"))));
  }

  notice(notice) {
    if (!pressAnswered(notice.callback_query_id)) return;
    if (notice.show_alert || notice.url) alertDialog(notice.text, notice.url);
    else if (notice.text) toast(notice.text);
  }

  jump(id) {
    const node = this.find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("flash");
    node.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
  }

  toEnd(focus = false) {
    this.stuck = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.top = this.scroll.scrollTop;
    this.fresh = 0;
    this.showFresh();
    this.read();
    if (focus) this.scroll.focus({ preventScroll: true });
  }

  onScroll() {
    const left = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight;
    const up = this.scroll.scrollTop < this.top - 1;
    this.top = this.scroll.scrollTop;
    // Only somebody who scrolls up leaves the end: a keyboard that opens below does not.
    if (left < NEAR_END) this.stuck = true;
    else if (up) this.stuck = false;
    if (this.stuck) {
      this.fresh = 0;
      this.read();
    }
    this.showFresh();
  }

  showFresh() {
    byId("to-end").hidden = this.stuck;
    byId("to-end-count").textContent = this.fresh ? String(this.fresh) : "";
  }

  /** Tell the sandbox what has been seen. */
  read() {
    const chat = this.chat;
    if (!chat || document.hidden || byId("shell").dataset.view !== "chat" || !chat.messages.size) return;
    const last = Math.max(...chat.messages.keys());
    if (last <= chat.readUpTo) return;
    chat.readUpTo = last;
    act(() => post("/read", { user: chat.personId, message_id: last }));
  }
}
