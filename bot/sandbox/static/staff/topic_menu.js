// What can be done with a topic.

import { post } from "../core/api.js";
import { GENERAL } from "../core/avatar.js";
import { confirmDialog, menuDialog } from "../core/dialogs.js";
import { attempt } from "../core/toast.js";
import { t } from "../core/words.js";
import { Seat } from "../chat/model.js";
import { seatRights } from "../chat/rights.js";
import { topicDialog } from "./topic_dialog.js";
import { topicName } from "./topics.js";

function act(seat, action, more = {}) {
  return attempt(() => post("/topics", { ...seat.who(), action, ...more }));
}

/** Open a new topic; resolves with it or nothing. */
export async function createTopic(seat) {
  const told = await topicDialog();
  if (!told) return null;
  return (await act(seat, "create", told))?.topic ?? null;
}

async function edit(seat, topic) {
  const told = await topicDialog(topic);
  if (!told) return;
  // Telegram refuses a change to what is already so, and General has no icon of its own.
  const icon = topic.id === GENERAL || told.icon_emoji === topic.icon_emoji ? {} : { icon_emoji: told.icon_emoji };
  const name = told.name === topic.name ? {} : { name: told.name };
  if (Object.keys({ ...icon, ...name }).length) await act(seat, "edit", { thread: topic.id, ...name, ...icon });
}

/** What the person in a seat may do to its topic, as entries of a menu. */
export function topicActions(seat) {
  const topic = seat.chat.topic(seat.thread);
  const rights = seatRights(seat);
  if (!topic || !(rights.topics || rights.ownTopic)) return [];
  const general = topic.id === GENERAL;
  return [
    { value: "edit", label: t("editTopic"), icon: "pencil" },
    topic.closed ? { value: "reopen", label: t("reopenTopic"), icon: "unlock" } : { value: "close", label: t("closeTopic"), icon: "lock" },
    general && rights.topics ? (topic.hidden ? { value: "unhide", label: t("showGeneral"), icon: "shown" } : { value: "hide", label: t("hideGeneral"), icon: "hidden" }) : null,
    general ? null : { value: "delete", label: t("deleteTopic"), icon: "bin", kind: "danger" },
  ];
}

/** Open the menu of a seat's topic and do what is chosen. */
export async function openTopicMenu(seat) {
  const topic = seat.chat.topic(seat.thread);
  const name = topicName(topic);
  const chosen = await menuDialog(name, topicActions(new Seat(seat.chat, seat.thread, seat.actor)));
  if (chosen === "edit") await edit(seat, topic);
  else if (chosen === "delete") {
    if (await confirmDialog(t("deleteTopicAsk", { name }), t("deleteTopic"))) await act(seat, "delete", { thread: topic.id });
  } else if (chosen) await act(seat, chosen, { thread: topic.id });
}
