// A message in a few words.

import { t } from "../core/words.js";

const KINDS = ["venue", "location", "contact", "photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"];

/** A message in a few words, for replies, lists and the composer. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text;
  if (message.sticker?.emoji) return `${message.sticker.emoji} ${t("sticker")}`;
  const kind = KINDS.find((one) => one in message);
  return t(kind ?? "message");
}
