// What the page knows of the sandbox: people, groups, chats, the bot, the time.

import { ChatModel } from "../chat/model.js";
import { fullName } from "./format.js";
import { t } from "./words.js";

export const store = {
  people: [],
  groups: [],
  chats: new Map(),
  bot: { id: 0, name: "" },
  now: 0,
  session: null,
  connected: false,
  online: true,
  ahead: 0,
};

/** The sandbox's time in seconds since the epoch. */
export function sandboxNow() {
  return Date.now() / 1000 + store.ahead;
}

export function personOf(id) {
  return store.people.find((one) => one.id === id);
}

function groupOf(id) {
  return store.groups.find((one) => one.id === id);
}

/** The chat with this id, as far as it is known. */
export function chatOf(id) {
  if (!store.chats.has(id)) store.chats.set(id, new ChatModel(id));
  return store.chats.get(id);
}

/** The name of whoever has this id. */
export function nameOf(id) {
  if (id === store.bot.id) return store.bot.name || t("bot");
  const person = personOf(id);
  return person ? fullName(person) : String(id);
}

/** The name of a chat: its person's, or its title. */
export function chatName(id) {
  return groupOf(id)?.title ?? nameOf(id);
}
