// The list of topics: icon, name, last message, what is unread, what is closed or pinned.

import { GENERAL, avatar, topicIcon } from "../core/avatar.js";
import { byId, h, icon, syncList } from "../core/dom.js";
import { fullName, shortMoment } from "../core/format.js";
import { sandboxNow } from "../core/store.js";
import { currentLanguage, t } from "../core/words.js";
import { Seat, threadOf } from "../chat/model.js";
import { serviceText } from "../chat/service.js";
import { summary } from "../chat/summary.js";

export function topicName(topic) {
  return topic.id === GENERAL && topic.name === "General" ? t("generalTopic") : topic.name;
}

/** What one person sees of a topic: its last message, and how much is unread. */
function look(chat, topic, actor, entries) {
  const seat = new Seat(chat, topic.id, actor);
  const seen = seat.readUpTo;
  const unread = entries.filter(({ message }) =>
    message.message_id > seen && !seat.owns(message) && serviceText(message) === null).length;
  return { last: entries.at(-1)?.message ?? null, unread, seat };
}

function byThread(chat) {
  const threads = new Map();
  for (const entry of chat.entries.values()) {
    const thread = threadOf(entry.message);
    if (!threads.has(thread)) threads.set(thread, []);
    threads.get(thread).push(entry);
  }
  return threads;
}

/** How many messages in a group somebody has not read. */
export function unreadIn(chat, actor) {
  if (!chat.view || !actor) return 0;
  return listed(chat, actor).reduce((sum, one) => sum + one.unread, 0);
}

/** The topics in the order of the list: General first, then the latest. */
function listed(chat, actor) {
  if (!chat.isForum) {
    const topic = { id: null, name: t("allMessages"), closed: false, hidden: false };
    return [{ topic, ...look(chat, topic, actor, [...chat.entries.values()]) }];
  }
  const threads = byThread(chat);
  const rows = chat.view.topics.map((topic) => ({ topic, ...look(chat, topic, actor, threads.get(topic.id) ?? []) }));
  const rank = ({ topic, last }) => (topic.id === GENERAL ? Infinity : last?.message_id ?? topic.id);
  return rows.sort((a, b) => rank(b) - rank(a));
}

function preview({ last, seat }) {
  if (!last) return t("nothingYet");
  const service = serviceText(last);
  if (service !== null) return service;
  const author = seat.owns(last) ? t("you") : last.sender_chat?.title ?? fullName(last.from ?? {});
  return `${author}: ${summary(last)}`;
}

function marks(topic, chat, unread) {
  const pinned = topic.id !== null && chat.pinnedIn(topic.id).length > 0;
  const mark = (name, label) => h("span", { class: "mark", title: label }, icon(name), h("span", { class: "sr-only" }, label));
  return h("span", { class: "marks" },
    topic.hidden ? mark("hidden", t("topicHidden")) : null,
    topic.closed ? mark("lock", t("topicClosed")) : null,
    pinned ? mark("tack", t("hasPinned")) : null,
    unread ? h("span", { class: "unread", "aria-label": t("unread", { n: unread }) }, String(Math.min(unread, 99))) : null);
}

function row(one, chat, current, choose) {
  const { topic, last, unread } = one;
  const face = topic.id === null ? avatar(chat.id, chat.view.title) : topicIcon(topic);
  const button = h("button", {
    type: "button", class: `row topic ${topic.hidden ? "faint" : ""}`, "data-topic": String(topic.id),
    "aria-current": topic.id === current ? "true" : null, onclick: () => choose(topic.id),
  },
  face,
  h("span", { class: "row-text" },
    h("span", { class: "row-top" }, h("bdi", { class: "row-name" }, topicName(topic)),
      last ? h("time", {}, shortMoment(last.date, sandboxNow())) : null),
    h("span", { class: "row-bottom" }, h("span", { class: "row-last", dir: "auto" }, preview(one)), marks(topic, chat, unread))));
  return h("li", {}, button);
}

/** Show the topics of a group as one of its members sees them. */
export function showTopics(chat, actor, current, choose) {
  const rows = chat.view && actor ? listed(chat, actor) : [];
  syncList(byId("topics"), rows.map((one) => ({
    key: String(one.topic.id),
    state: JSON.stringify([one.topic, one.last, one.unread, one.topic.id === current, currentLanguage(), chat.view.title, actor.id,
      one.topic.id !== null && chat.pinnedIn(one.topic.id).length]),
    make: () => row(one, chat, current, choose),
  })));
}
