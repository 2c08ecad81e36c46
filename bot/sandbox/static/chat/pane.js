// A chat's pane: head, pinned message, messages, composer. The same for a phone and the group.

import { get, post } from "../core/api.js";
import { byId, partsOf } from "../core/dom.js";
import { attempt } from "../core/toast.js";
import { t, translatePage } from "../core/words.js";
import { Composer } from "./composer.js";
import { showReplyKeyboard } from "./keyboards.js";
import { MessageLog } from "./log.js";
import { openMessageMenu, react } from "./message_menu.js";
import { seatRights } from "./rights.js";
import { summary } from "./summary.js";

export class ChatPane {
  /**
   * @param {Element} root where the chat goes
   * @param {object} hooks {forward(seat, message), back and menu: the names of these buttons}
   */
  constructor(root, hooks) {
    root.append(byId("chat-template").content.cloneNode(true));
    this.root = root;
    this.parts = partsOf(root);
    this.hooks = hooks;
    this.parts.back.dataset.tLabel = hooks.back;
    this.parts.chatMenu.dataset.tLabel = hooks.menu;
    this.seat = null;
    this.keysOpen = new Map();
    this.pinnedAt = 0;
    this.composer = new Composer(this.parts);
    this.log = new MessageLog(this.parts, {
      onMenu: (message) => this.menu(message),
      onReact: (message, emoji) => react(this.seat, message, emoji),
      onCommand: (text) => this.composer.send({ text }),
    });
    this.parts.keys.addEventListener("click", () => {
      this.keysOpen.set(this.seat.key, !this.keyboardOpen());
      this.drawFoot();
    });
    this.parts.pinned.addEventListener("click", () => this.nextPinned());
    this.parts.start.addEventListener("click", () => this.start());
    this.parts.unblock.addEventListener("click", () => attempt(() => this.unblock()));
    document.addEventListener("visibilitychange", () => this.log.stuck && this.log.read());
    translatePage(root);
  }

  /** Show a seat: a chat, one of its topics, and as whom. */
  open(seat) {
    const same = this.seat?.key === seat.key && this.seat.chat.session === seat.chat.session;
    this.seat = seat;
    if (!same) {
      this.pinnedAt = 0;
      this.composer.open(seat);
      this.log.open(seat);
    }
    this.draw();
  }

  /** Nothing is open any more. */
  close() {
    this.seat = null;
    this.log.seat = null;
  }

  /** Draw what the last answer of the API changed. */
  update() {
    if (!this.seat) return;
    this.log.update();
    this.draw();
  }

  /** Draw everything anew: in another language, or for a bot by another name. */
  redraw() {
    translatePage(this.root);
    if (!this.seat) return;
    this.log.redraw();
    this.draw();
  }

  draw() {
    this.drawPinned();
    this.drawFoot();
  }

  focus() {
    const { intro, unblock, start, text, scroll } = this.parts;
    const target = !intro.hidden ? start : !unblock.hidden ? unblock : !this.parts.composer.hidden ? text : scroll;
    target.focus({ preventScroll: true });
  }

  keyboardOpen() {
    return this.keysOpen.get(this.seat.key) ?? true;
  }

  /** Why nobody can write here now, or nothing. */
  obstacle(rights) {
    const name = this.seat.actor.name;
    if (!this.seat.chat.isGroup) return "";
    if (!rights.inside) return t("notMemberFoot", { name });
    if (!rights.speak) return t("mayNotWriteFoot", { name });
    return rights.write ? "" : t("topicClosedFoot");
  }

  drawFoot() {
    const { seat, parts } = this;
    const view = seat.chat.view;
    parts.foot.hidden = !view;
    if (!view) return;
    const group = seat.chat.isGroup;
    const why = this.obstacle(seatRights(seat));
    const usable = group ? !why : view.started && !view.blocked;
    parts.start.textContent = t("start");
    parts.intro.hidden = group || view.started;
    parts.unblock.hidden = group || !view.blocked;
    parts.obstacle.hidden = !why;
    parts.obstacle.textContent = why;
    parts.composer.hidden = !usable;
    const keyboard = usable ? seat.keyboard() : null;
    const known = JSON.stringify(keyboard);
    if (this.keyboardKnown !== known) this.keysOpen.delete(seat.key);
    this.keyboardKnown = known;
    showReplyKeyboard(parts, keyboard, this.keyboardOpen(), (asked) => this.composer.sendAsked(asked));
  }

  drawPinned() {
    const { pinned, pinnedTitle, pinnedText } = this.parts;
    const messages = this.seat.chat.pinnedIn(this.seat.thread);
    pinned.hidden = messages.length === 0;
    if (!messages.length) return;
    this.pinnedAt %= messages.length;
    pinnedTitle.textContent = messages.length > 1 ? t("pinnedOf", { at: this.pinnedAt + 1, n: messages.length }) : t("pinned");
    pinnedText.textContent = summary(messages[this.pinnedAt]);
  }

  nextPinned() {
    const messages = this.seat.chat.pinnedIn(this.seat.thread);
    this.log.jump(messages[this.pinnedAt % messages.length].message_id);
    this.pinnedAt += 1;
    this.drawPinned();
  }

  menu(message) {
    return openMessageMenu(this.seat, message, {
      may: { ...seatRights(this.seat), write: !this.parts.composer.hidden },
      compose: (...what) => this.composer.compose(...what),
      forward: (one) => this.hooks.forward(this.seat, one),
    });
  }

  start() {
    const payload = this.parts.payload.value.trim();
    this.parts.payload.value = "";
    return this.composer.send({ text: payload ? `/start ${payload}` : "/start" });
  }

  async unblock() {
    await post("/unblock", this.seat.who());
    await this.composer.send({ text: "/start" });
  }

  /** Say in the head what goes on; `active` for something that is happening right now. */
  status(text, { active = false, bad = false } = {}) {
    this.parts.status.textContent = text;
    this.parts.status.classList.toggle("active", active);
    this.parts.status.classList.toggle("bad", bad);
  }
}

/** The bot as a person with this app language sees it. */
export function botFor(languageCode) {
  return get(`/bot?language_code=${languageCode ?? ""}`);
}
