// Service messages: what happened in a group, in the page's language.

import { fullName } from "../core/format.js";
import { t } from "../core/words.js";
import { summary } from "./summary.js";

function author(message) {
  return message.sender_chat?.title ?? fullName(message.from ?? {});
}

function names(users) {
  return users.map(fullName).join(", ");
}

function edited(who, change) {
  return change.name ? t("didTopicRenamed", { who, name: change.name }) : t("didTopicIcon", { who });
}

function joined(message, who) {
  const added = message.new_chat_members;
  const themselves = added.length === 1 && added[0].id === message.from?.id;
  return themselves ? t("didJoin", { names: names(added) }) : t("didAdd", { who, names: names(added) });
}

function left(message, who) {
  const name = fullName(message.left_chat_member);
  return message.left_chat_member.id === message.from?.id ? t("didLeave", { name }) : t("didRemove", { who, name });
}

const DID = {
  forum_topic_created: (message, who) => t("didTopicCreated", { who, name: message.forum_topic_created.name }),
  forum_topic_edited: (message, who) => edited(who, message.forum_topic_edited),
  forum_topic_closed: (_, who) => t("didTopicClosed", { who }),
  forum_topic_reopened: (_, who) => t("didTopicReopened", { who }),
  general_forum_topic_hidden: (_, who) => t("didGeneralHidden", { who }),
  general_forum_topic_unhidden: (_, who) => t("didGeneralShown", { who }),
  pinned_message: (message, who) => t("didPin", { who, text: summary(message.pinned_message).slice(0, 60) }),
  new_chat_members: joined,
  left_chat_member: left,
  new_chat_title: (message, who) => t("didTitle", { who, title: message.new_chat_title }),
  group_chat_created: (_, who) => t("didCreateGroup", { who }),
  supergroup_chat_created: (_, who) => t("didCreateGroup", { who }),
  chat_owner_changed: (message, who) => t("didNewOwner", { who, name: fullName(message.chat_owner_changed.new_owner) }),
  migrate_to_chat_id: () => t("didMigrateTo"),
  migrate_from_chat_id: () => t("didMigrateFrom"),
};

// What a message has besides its content; anything else that is left is something that happened.
const CONTENT = ["text", "photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document", "location", "contact", "dice", "poll"];

/** Say what a service message is about; nothing for an ordinary message. */
export function serviceText(message) {
  const kind = Object.keys(DID).find((one) => one in message);
  if (kind) return DID[kind](message, author(message));
  return CONTENT.some((one) => one in message) ? null : t("didSomething", { who: author(message) });
}
