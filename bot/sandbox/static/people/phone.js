// The left half: the phone of one person, talking to the bot.

import { post } from "../core/api.js";
import { avatar } from "../core/avatar.js";
import { menuDialog } from "../core/dialogs.js";
import { byId } from "../core/dom.js";
import { fullName } from "../core/format.js";
import { chatOf, personOf, store } from "../core/store.js";
import { attempt } from "../core/toast.js";
import { t } from "../core/words.js";
import { ChatPane, botFor } from "../chat/pane.js";
import { Seat } from "../chat/model.js";
import { showPeople } from "./list.js";
import { personDialog } from "./person_dialog.js";
import { placeName, placeOf, setPlace } from "./places.js";

export class Phone {
  /** @param {object} hooks {onChange(): another person was chosen, onShow(): look at the chat, forward} */
  constructor(hooks) {
    this.root = byId("phone");
    this.hooks = hooks;
    this.current = null;
    this.pane = new ChatPane(byId("phone-chat"), {
      back: "back",
      menu: "chatMenu",
      forward: (seat, message) => this.pane.composer.send({ forward: { message_ids: seat.togetherWith(message) } }),
    });
    this.pane.parts.back.addEventListener("click", () => this.showList());
    this.pane.parts.chatMenu.addEventListener("click", () => this.menu());
    byId("add-person").addEventListener("click", () => this.add());
    byId("phone-owner").addEventListener("click", () => this.edit());
  }

  get person() {
    return personOf(this.current);
  }

  /** Take a person's phone. */
  choose(id, { focus = true } = {}) {
    this.current = id;
    this.root.dataset.view = "chat";
    byId("phone-chat").hidden = false;
    byId("nobody").hidden = true;
    this.pane.open(new Seat(chatOf(id), null, this.person));
    this.drawHead();
    this.drawPeople();
    attempt(() => this.showBot());
    this.hooks.onChange();
    this.hooks.onShow();
    if (focus && matchMedia("(pointer: fine)").matches && chatOf(id).view) this.pane.focus();
  }

  showList() {
    this.root.dataset.view = "list";
    this.hooks.onShow();
    byId("people").querySelector(`[data-person="${this.current}"]`)?.focus();
  }

  /** Take in what an answer of the API changed. */
  update() {
    this.drawPeople();
    if (this.current === null) return;
    const { person } = this;
    if (!person) {
      this.leave();
      return;
    }
    this.pane.seat.actor = person;
    this.pane.update();
    this.pane.composer.refreshCommands();
    this.drawHead();
  }

  /** The person is gone with a reset: back to the list. */
  leave() {
    store.chats.delete(this.current);
    this.current = null;
    this.pane.close();
    byId("phone-chat").hidden = true;
    byId("nobody").hidden = false;
    this.root.dataset.view = "list";
    this.drawHead();
    this.drawPeople();
    this.hooks.onChange();
  }

  translate() {
    this.pane.redraw();
    this.drawHead();
    this.drawPeople();
    if (this.person) attempt(() => this.showBot());
  }

  drawPeople() {
    showPeople(this.current, (id) => this.choose(id));
  }

  drawHead() {
    const { person } = this;
    const owner = byId("phone-owner");
    owner.hidden = !person;
    byId("phone-title").textContent = person ? t("phoneOf", { name: fullName(person) }) : t("phoneTitle");
    if (!person) return;
    const place = placeOf(person.id);
    byId("phone-about").textContent = [person.language_code, place ? placeName(place) : ""].filter(Boolean).join(" · ");
    byId("phone-face").replaceChildren(avatar(person.id, fullName(person), "tiny"));
    this.pane.parts.who.textContent = fullName(person);
    this.drawStatus();
  }

  drawStatus() {
    const open = this.current === null ? null : chatOf(this.current);
    if (!open) return;
    const action = open.action(null);
    if (!store.online) this.pane.status(t("offline"), { bad: true });
    else if (open.view?.blocked) this.pane.status(t("blocked"), { bad: true });
    else if (action) this.pane.status(t(action === "typing" ? "typing" : "busy"), { active: true });
    else this.pane.status(t(store.connected ? "botOn" : "botOff"), { bad: !store.connected });
  }

  async showBot() {
    const bot = await botFor(this.person?.language_code);
    this.pane.parts.title.textContent = bot.name;
  }

  async menu() {
    const view = chatOf(this.current).view ?? {};
    const chosen = await menuDialog(fullName(this.person), [
      { value: "person", label: t("editPerson"), icon: "person" },
      view.started && !view.blocked ? { value: "block", label: t("block"), kind: "danger", icon: "stop" } : null,
      view.blocked ? { value: "unblock", label: t("unblock"), icon: "ok" } : null,
    ]);
    if (chosen === "person") await this.edit();
    else if (chosen) await attempt(() => post(`/${chosen}`, { user: this.current }));
  }

  async edit() {
    const { person } = this;
    const changed = await personDialog(person);
    if (!changed) return;
    setPlace(person.id, changed.place);
    await attempt(() => post("/people", { id: person.id, ...changed.told }));
    this.drawHead();
    this.drawPeople();
    attempt(() => this.showBot());
  }

  async add() {
    const told = await personDialog();
    if (!told) return;
    const answer = await attempt(() => post("/people", told.told));
    if (!answer) return;
    setPlace(answer.person.id, told.place);
    await this.hooks.refresh();
    this.choose(answer.person.id);
  }
}
