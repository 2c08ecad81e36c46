// One chat as the page knows it, and the seats from which people see it.

import { GENERAL } from "../core/avatar.js";

/** A message, the reactions to it, and who wrote it; a new object whenever one of them changed. */
class Entry {
  constructor(message, reactions, authorId) {
    this.message = message;
    this.reactions = reactions;
    this.authorId = authorId;
  }
}

/** A private chat with the bot, or a group. */
export class ChatModel {
  constructor(id) {
    this.id = id;
    this.now = 0;
    this.session = null;
    this.entries = new Map();
    this.view = null;
  }

  /** The sandbox began anew: nothing of this is known any more. */
  forget() {
    this.now = 0;
    this.session = null;
    this.entries.clear();
    this.view = null;
  }

  get isGroup() {
    return this.id < 0;
  }

  get isForum() {
    return Boolean(this.view?.is_forum);
  }

  /** Take in what an answer of the API tells; returns the answers to button presses in it. */
  take(view) {
    this.session = view.session;
    this.now = view.now;
    for (const message of view.messages) {
      const id = message.message_id;
      this.entries.set(id, new Entry(message, view.reactions[id] ?? {}, view.authors[id] ?? message.from?.id));
    }
    for (const id of view.deleted) this.entries.delete(id);
    this.view = view;
    this.view.actionEnds = Date.now() + (view.action_seconds ?? 0) * 1000;
    return view.notices;
  }

  /** What the bot is doing right now in a topic, such as "typing". */
  action(thread) {
    const { action = "", action_thread: where = 0, actionEnds = 0 } = this.view ?? {};
    if (!action || Date.now() >= actionEnds) return "";
    return !this.isForum || (where || GENERAL) === thread ? action : "";
  }

  member(userId) {
    return this.view?.members?.find((one) => one.user.id === userId);
  }

  topic(thread) {
    return this.view?.topics?.find((one) => one.id === thread);
  }

  /** The messages of a topic, or of the whole chat, in order. */
  inThread(thread) {
    const all = [...this.entries.values()];
    return this.isForum && thread !== null ? all.filter((entry) => threadOf(entry.message) === thread) : all;
  }

  /** The pinned messages of a topic, the latest first. */
  pinnedIn(thread) {
    const pinned = (this.view?.pinned ?? []).map((id) => this.entries.get(id)?.message).filter(Boolean);
    return pinned.filter((one) => !this.isForum || threadOf(one) === thread).reverse();
  }

  /** Up to where somebody has read a topic, or the chat. */
  readUpTo(thread, userId) {
    const read = this.isForum && thread !== GENERAL ? this.topic(thread)?.read : this.view?.read;
    return read?.[userId] ?? 0;
  }
}

/** The topic a message stands in. */
export function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** Where somebody sits: a chat, the topic of it that is open, and as whom. */
export class Seat {
  constructor(chat, thread, actor) {
    this.chat = chat;
    this.thread = thread;
    this.actor = actor;
  }

  get key() {
    return `${this.chat.id}:${this.thread ?? ""}:${this.actor.id}`;
  }

  /** Who acts, as the API takes it. */
  who() {
    return this.chat.isGroup ? { user: this.actor.id, chat: this.chat.id } : { user: this.actor.id };
  }

  /** Who writes and where, as the API takes it. */
  here() {
    const inTopic = this.chat.isForum && this.thread !== null && this.thread !== GENERAL;
    return inTopic ? { ...this.who(), thread: this.thread } : this.who();
  }

  entries() {
    return this.chat.inThread(this.thread);
  }

  /** Whether a message is the person's own, also one that was written anonymously. */
  owns(message) {
    return (this.chat.entries.get(message.message_id)?.authorId ?? message.from?.id) === this.actor.id;
  }

  /** The ids of a message and, if it is part of an album, of the rest of it. */
  togetherWith(message) {
    const album = message.media_group_id;
    if (!album) return [message.message_id];
    return this.entries().filter((one) => one.message.media_group_id === album).map((one) => one.message.message_id);
  }

  /** The reply keyboard that the person sees here. */
  keyboard() {
    return this.chat.isGroup ? this.chat.view?.keyboards?.[this.actor.id] ?? null : this.chat.view?.keyboard ?? null;
  }

  get readUpTo() {
    return this.chat.readUpTo(this.thread, this.actor.id);
  }
}
