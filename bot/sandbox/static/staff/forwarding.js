// Where a message of a group can be forwarded to.

import { post } from "../core/api.js";
import { avatar, botAvatar, topicIcon, GENERAL } from "../core/avatar.js";
import { menuDialog } from "../core/dialogs.js";
import { chatOf, store } from "../core/store.js";
import { attempt, toast } from "../core/toast.js";
import { t } from "../core/words.js";
import { topicName } from "./topics.js";

function targets(seat) {
  const topics = seat.chat.isForum ? seat.chat.view.topics : [];
  const groups = store.groups.filter((one) => one.id !== seat.chat.id && !one.migrated_to);
  return [
    ...topics.map((topic) => ({ value: { chat: seat.chat.id, thread: topic.id }, label: topicName(topic), node: topicIcon(topic, "small") })),
    seat.chat.isForum ? null : { value: { chat: seat.chat.id }, label: seat.chat.view.title, node: avatar(seat.chat.id, seat.chat.view.title, "small") },
    { value: { chat: seat.actor.id }, label: t("ownBotChat"), node: botAvatar("small") },
    ...groups.map((one) => ({ value: { chat: one.id }, label: one.title, node: avatar(one.id, one.title, "small") })),
  ];
}

/** Ask where to forward a message, and do it. */
export async function forwardMessage(seat, message) {
  const target = await menuDialog(t("forwardWhere"), targets(seat));
  if (!target) return;
  const thread = target.thread && target.thread !== GENERAL && chatOf(target.chat).isForum ? { thread: target.thread } : {};
  const done = await attempt(() => post("/send", {
    user: seat.actor.id, chat: target.chat, ...thread,
    forward: { message_ids: seat.togetherWith(message), chat: seat.chat.id },
  }));
  if (done) toast(t("forwarded"));
}
