// The right half: a staff group, seen and acted in as one of its members.

import { post } from "../core/api.js";
import { GENERAL, avatar, topicIcon } from "../core/avatar.js";
import { menuDialog } from "../core/dialogs.js";
import { byId, h } from "../core/dom.js";
import { fullName } from "../core/format.js";
import { chatOf, nameOf, personOf, store } from "../core/store.js";
import { attempt, toast } from "../core/toast.js";
import { t } from "../core/words.js";
import { ChatPane } from "../chat/pane.js";
import { Seat } from "../chat/model.js";
import { may } from "../chat/rights.js";
import { forwardMessage } from "./forwarding.js";
import { groupDialog, newGroupDialog } from "./group_dialog.js";
import { isInside, membersDialog } from "./members.js";
import { createTopic, openTopicMenu, topicActions } from "./topic_menu.js";
import { showTopics, topicName, unreadIn } from "./topics.js";

const KEY = "sandbox-acting";
const FACES = 4;

export class GroupPane {
  /** @param {object} hooks {onChange(), onShow(), openPhone(id), refresh()} */
  constructor(hooks) {
    this.root = byId("staff");
    this.hooks = hooks;
    this.group = null;
    this.topic = undefined;
    this.actingId = Number(sessionStorage.getItem(KEY)) || null;
    this.redraws = new Set();
    this.pane = new ChatPane(byId("staff-chat"), { back: "backToTopics", menu: "topicMenu", forward: forwardMessage });
    this.pane.parts.back.addEventListener("click", () => this.showList());
    this.pane.parts.chatMenu.addEventListener("click", () => openTopicMenu(this.pane.seat));
    byId("acting").addEventListener("change", (event) => this.actAs(Number(event.target.value)));
    byId("members").addEventListener("click", () => this.members());
    byId("group-title").addEventListener("click", () => this.chooseGroup());
    byId("group-menu").addEventListener("click", () => this.menu());
    byId("new-topic").addEventListener("click", () => this.newTopic());
    byId("new-group").addEventListener("click", () => this.newGroup());
  }

  get chat() {
    return this.group === null ? null : chatOf(this.group);
  }

  get actor() {
    return personOf(this.actingId) ?? null;
  }

  get unread() {
    return this.chat ? unreadIn(this.chat, this.actor) : 0;
  }

  /** Show a group; which of its topics is open is forgotten. */
  choose(id) {
    if (id === this.group) return;
    this.group = id;
    this.leaveTopic();
    this.hooks.onChange();
    this.update();
  }

  /** Take in what an answer of the API changed. */
  update() {
    const known = store.groups.find((one) => one.id === this.group);
    if (known?.migrated_to) {
      this.choose(known.migrated_to);
      return;
    }
    if (!known) {
      const next = store.groups.find((one) => !one.migrated_to);
      this.group = null;
      this.leaveTopic();
      if (next) {
        this.choose(next.id);
        return;
      }
    }
    this.takeActor();
    this.draw();
    if (this.topic === undefined) return;
    if (!this.topicThere()) {
      this.leaveTopic();
      toast(t("topicGone"));
      this.draw();
    } else if (this.pane.seat) this.pane.update();
    else this.openWanted();
  }

  topicThere() {
    const { chat } = this;
    if (!chat?.view) return true;
    return chat.isForum ? Boolean(chat.topic(this.topic)) : this.topic === null;
  }

  /** Act as somebody of the group; the first counsellor unless somebody was chosen. */
  takeActor() {
    const members = this.chat?.view?.members;
    if (!members || (this.actor && this.chat.member(this.actingId))) return;
    const inside = members.filter(isInside);
    this.actingId = (inside.find((one) => one.status === "member") ?? inside[0])?.user.id ?? null;
  }

  actAs(id) {
    this.actingId = id;
    sessionStorage.setItem(KEY, String(id));
    if (this.topic !== undefined && this.pane.seat) this.pane.open(new Seat(this.chat, this.topic, this.actor));
    this.draw();
  }

  /** Open a topic: its number, or null for a group without topics. */
  open(topic, { focus = true } = {}) {
    this.topic = topic;
    this.openWanted();
    this.hooks.onChange();
    this.hooks.onShow();
    if (focus && this.pane.seat && matchMedia("(pointer: fine)").matches) this.pane.focus();
  }

  openWanted() {
    if (!this.chat?.view || !this.actor || !this.topicThere()) return;
    this.root.dataset.view = "chat";
    byId("staff-chat").hidden = false;
    byId("no-topic").hidden = true;
    this.pane.open(new Seat(this.chat, this.topic, this.actor));
    this.draw();
  }

  leaveTopic() {
    this.topic = undefined;
    this.pane.close();
    this.root.dataset.view = "list";
    byId("staff-chat").hidden = true;
    byId("no-topic").hidden = false;
  }

  showList() {
    this.root.dataset.view = "list";
    this.hooks.onShow();
    byId("topics").querySelector(`[data-topic="${this.topic}"]`)?.focus();
  }

  /** Draw everything anew: in another language, or for a bot by another name. */
  redraw() {
    this.pane.redraw();
    this.draw();
  }

  draw() {
    const { chat } = this;
    const there = Boolean(chat?.view);
    byId("no-group").hidden = this.group !== null;
    byId("group-head").hidden = !there;
    byId("staff-owner").hidden = !there;
    if (!there) {
      showTopics({ view: null }, null, undefined, () => {});
      return;
    }
    this.drawActing();
    this.drawHead();
    showTopics(chat, this.actor, this.topic, (topic) => this.open(topic));
    if (this.pane.seat) this.drawTopicHead();
    for (const redraw of this.redraws) redraw();
  }

  drawActing() {
    const select = byId("acting");
    const members = this.chat.view.members.filter((one) => isInside(one) || one.user.id === this.actingId);
    const options = members.map((one) => [one.user.id, `${fullName(one.user)} · ${t(`status_${one.status}`)}${one.anonymous ? `, ${t("anonymous")}` : ""}`]);
    const state = JSON.stringify([options, this.actingId]);
    if (select.dataset.state === state) return;
    select.dataset.state = state;
    select.replaceChildren(...options.map(([value, label]) => h("option", { value, selected: value === this.actingId }, label)));
    select.value = String(this.actingId);
    byId("acting-face").replaceChildren(this.actor ? avatar(this.actingId, fullName(this.actor), "tiny") : "");
  }

  drawHead() {
    const { view } = this.chat;
    const inside = view.members.filter(isInside);
    byId("group-name").textContent = view.title;
    byId("group-face").replaceChildren(avatar(this.group, view.title));
    byId("group-about").textContent = [t(`kind_${view.kind}`), t("memberCount", { n: inside.length + (view.bot.status === "left" || view.bot.status === "kicked" ? 0 : 1) })].join(" · ");
    byId("members-faces").replaceChildren(...inside.slice(0, FACES).map((one) => avatar(one.user.id, fullName(one.user), "tiny")));
    const mine = this.actor ? this.chat.member(this.actingId) : undefined;
    byId("new-topic").hidden = !view.is_forum || !may(mine, "can_manage_topics", view.permissions);
  }

  drawTopicHead() {
    const { chat, pane } = this;
    const topic = chat.topic(this.topic);
    const { parts, seat } = pane;
    parts.title.textContent = topic ? topicName(topic) : chat.view.title;
    parts.face.replaceChildren(topic ? topicIcon(topic) : avatar(chat.id, chat.view.title));
    parts.who.textContent = topic ? t(topic.closed ? "topicClosed" : topic.hidden ? "topicHidden" : "topicOpen") : "";
    parts.chatMenu.hidden = topicActions(seat).length === 0;
    const action = chat.action(this.topic ?? GENERAL);
    if (!store.online) pane.status(t("offline"), { bad: true });
    else if (action) pane.status(`${store.bot.name} ${t(action === "typing" ? "typing" : "busy")}`, { active: true });
    else pane.status(topic && topic.id !== GENERAL && topic.creator_id ? t("topicBy", { name: nameOf(topic.creator_id) }) : "");
  }

  async chooseGroup() {
    const groups = store.groups.filter((one) => !one.migrated_to);
    const chosen = await menuDialog(t("chooseGroup"), [
      ...groups.map((one) => ({ value: one.id, label: one.title, hint: t(`kind_${one.kind}`), node: avatar(one.id, one.title, "small") })),
      { value: "new", label: t("newGroup"), icon: "plus" },
    ]);
    if (chosen === "new") await this.newGroup();
    else if (chosen) this.choose(chosen);
  }

  async menu() {
    const { view } = this.chat;
    const mine = this.chat.member(this.actingId);
    const owner = mine?.status === "creator";
    const chosen = await menuDialog(view.title, [
      { value: "members", label: t("members"), icon: "people" },
      may(mine, "can_change_info", view.permissions) ? { value: "settings", label: t("groupSettings"), icon: "pencil" } : null,
      view.kind === "group" && owner ? { value: "upgrade", label: t("upgrade"), icon: "up" } : null,
      { value: "new", label: t("newGroup"), icon: "plus" },
    ]);
    if (chosen === "members") await this.members();
    else if (chosen === "settings") await this.settings();
    else if (chosen === "upgrade") await this.change({ upgrade: true });
    else if (chosen === "new") await this.newGroup();
  }

  async change(wish) {
    const answer = await attempt(() => post("/groups/change", { chat: this.group, user: this.actingId, ...wish }));
    if (!answer || answer.chat.id === this.group) return;
    await this.hooks.refresh();
    this.choose(answer.chat.id);
  }

  async settings() {
    const wish = await groupDialog(this.chat.view);
    if (wish && Object.keys(wish).length) await this.change(wish);
  }

  async newGroup() {
    const told = await newGroupDialog();
    const answer = told && (await attempt(() => post("/groups", told)));
    if (!answer) return;
    await this.hooks.refresh();
    this.actAs(told.creator);
    this.choose(answer.chat.id);
  }

  async newTopic() {
    const topic = await createTopic(new Seat(this.chat, null, this.actor));
    if (!topic) return;
    await this.hooks.refresh();
    this.open(topic.id);
  }

  members() {
    return membersDialog(() => (this.chat?.view && this.actor ? new Seat(this.chat, this.topic ?? null, this.actor) : null), {
      actAs: (id) => this.actAs(id),
      openPhone: (id) => this.hooks.openPhone(id),
      onChange: (redraw) => {
        this.redraws.add(redraw);
        return () => this.redraws.delete(redraw);
      },
    });
  }
}
