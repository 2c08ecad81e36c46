// The messages of a seat: drawn as they come, scrolled, read.

import { post } from "../core/api.js";
import { h, syncList } from "../core/dom.js";
import { dayOf } from "../core/format.js";
import { sandboxNow } from "../core/store.js";
import { t } from "../core/words.js";
import { authorKey, bubble, face } from "./bubble.js";
import { inlineKeyboard } from "./keyboards.js";
import { serviceText } from "./service.js";

const NEAR_END = 80;
const AT_FIRST = 200;
// Messages of one author that are closer than this share a name and a face.
const TOGETHER_SECONDS = 600;

let drawn = 0;
const states = new WeakMap();

/** A short name for the state of an entry: the model makes a new one for each change. */
function stateOf(entry) {
  if (!states.has(entry)) states.set(entry, ++drawn);
  return states.get(entry);
}

/** Gather the parts of albums; the rest stays alone. */
function blocksOf(entries) {
  const blocks = [];
  for (const entry of entries) {
    const album = entry.message.media_group_id;
    const last = blocks.at(-1);
    if (album && last?.album === album) last.entries.push(entry);
    else blocks.push({ album, entries: [entry] });
  }
  return blocks;
}

export class MessageLog {
  /** @param {object} parts the chat's elements; @param {object} actions what bubbles ask for */
  constructor(parts, actions) {
    this.parts = parts;
    this.scroll = parts.scroll;
    this.list = parts.messages;
    this.actions = actions;
    this.seat = null;
    this.fresh = 0;
    this.top = 0;
    this.stuck = true;
    this.limit = AT_FIRST;
    this.scroll.addEventListener("scroll", () => this.onScroll(), { passive: true });
    parts.toEnd.addEventListener("click", () => this.toEnd(true));
    const follow = new ResizeObserver(() => this.stuck && this.seat && this.toEnd());
    follow.observe(this.scroll);
    follow.observe(this.list);
  }

  /** Show another seat, from its end. */
  open(seat) {
    this.seat = seat;
    this.fresh = 0;
    this.limit = AT_FIRST;
    this.last = this.lastId();
    this.list.replaceChildren();
    this.draw();
    this.toEnd();
  }

  /** Draw what changed. */
  update() {
    const before = this.last;
    const news = this.seat.entries().filter(({ message }) => message.message_id > before);
    this.last = this.lastId();
    this.draw();
    if (!this.stuck) this.fresh += news.length;
    this.showFresh();
    if (this.stuck || news.some(({ message }) => this.seat.owns(message))) this.toEnd();
  }

  redraw() {
    this.list.replaceChildren();
    this.draw();
    if (this.stuck) this.toEnd();
  }

  lastId() {
    return this.seat.entries().at(-1)?.message.message_id ?? 0;
  }

  draw() {
    const entries = this.seat.entries();
    const blocks = blocksOf(entries.slice(-this.limit));
    const wanted = [];
    if (entries.length > this.limit) wanted.push(this.earlier());
    let day = "";
    let previous = null;
    for (const { entries: own } of blocks) {
      const { message } = own[0];
      const today = dayOf(message.date, sandboxNow());
      if (today !== day) {
        wanted.push({ key: `day ${today}`, state: today, make: () => h("li", { class: "day" }, h("span", {}, today)) });
        previous = null;
      }
      day = today;
      const told = serviceText(message);
      wanted.push(told === null ? this.block(own, previous) : this.service(own[0], told));
      previous = told === null ? own.at(-1).message : null;
    }
    if (!blocks.length) wanted.push(this.empty());
    syncList(this.list, wanted);
  }

  block(entries, previous) {
    const { message } = entries[0];
    const follows = previous !== null && authorKey(previous) === authorKey(message)
      && message.date - previous.date < TOGETHER_SECONDS;
    const state = `${follows} ${entries.map(stateOf).join(" ")}`;
    return { key: `${message.message_id}`, state, make: () => this.message(entries, follows) };
  }

  message(entries, follows) {
    const { message } = entries[0];
    const own = this.seat.owns(message);
    const group = this.seat.chat.isGroup;
    return h("li", { class: `message ${own ? "own" : "theirs"} ${follows ? "follows" : ""} ${group && !own ? "faced" : ""}`, "data-message": message.message_id },
      group && !own ? face(message) : null,
      h("div", { class: "message-body" }, bubble(entries, { seat: this.seat, onJump: (id) => this.jump(id), ...this.actions }),
        inlineKeyboard(this.seat, entries.at(-1).message)));
  }

  service(entry, told) {
    const { message } = entry;
    return {
      key: `${message.message_id}`, state: `${told} ${stateOf(entry)}`,
      make: () => h("li", { class: "day service", "data-message": message.message_id }, h("span", { dir: "auto" }, told)),
    };
  }

  earlier() {
    return {
      key: "earlier", state: "",
      make: () => h("li", { class: "day" }, h("button", { type: "button", class: "pill", onclick: () => this.showEarlier() }, t("earlier"))),
    };
  }

  showEarlier() {
    const below = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.limit += AT_FIRST;
    this.draw();
    this.scroll.scrollTop = this.scroll.scrollHeight - below;
  }

  empty() {
    const told = t(this.seat.chat.isGroup ? "nothingYet" : "emptyChat");
    return { key: "empty", state: told, make: () => h("li", { class: "day empty" }, h("span", {}, told)) };
  }

  jump(id) {
    if (!this.list.querySelector(`[data-message="${id}"]`)) {
      this.limit = Infinity;
      this.draw();
    }
    const node = this.list.querySelector(`[data-message="${id}"]`);
    if (!node) return;
    this.stuck = false;
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
    this.parts.toEnd.hidden = this.stuck;
    this.parts.toEndCount.textContent = this.fresh ? String(this.fresh) : "";
  }

  /** Tell the sandbox what has been seen; in sight is what is on the screen, in a page that is. */
  read() {
    const seat = this.seat;
    if (!seat || document.hidden || !this.scroll.offsetParent) return;
    const last = this.lastId();
    const told = `${seat.chat.session} ${last}`;
    if (last <= seat.readUpTo || this.toldRead === told) return;
    this.toldRead = told;
    // A chat that is gone by now needs no reading.
    post("/read", { ...seat.here(), message_id: last }).catch(() => {});
  }
}
