// The reactions under a message: which, how many, and by whom.

import { avatar, botAvatar } from "../core/avatar.js";
import { h } from "../core/dom.js";
import { chatName, store } from "../core/store.js";
import { t } from "../core/words.js";

export const EMOJI = ["👍", "👎", "❤", "🙏", "🔥", "🤝"];
const FACES = 3;

/** An emoji with the sign without which many fonts draw a heart as a letter. */
export function asPicture(emoji) {
  return `${emoji}\ufe0f`;
}

function face(id) {
  return id === store.bot.id ? botAvatar("tiny") : avatar(id, chatName(id), "tiny");
}

/**
 * Build the row of reactions, or nothing.
 * @param {object} reactions what each person gave, by their id
 * @param {number} mine who looks
 * @param {boolean} faces whether to show who reacted, as groups do
 * @param {(emoji: string) => void} toggle sets or takes back one's own
 */
export function reactionRow(reactions, mine, faces, toggle) {
  const byEmoji = new Map();
  for (const [id, given] of Object.entries(reactions)) {
    for (const one of given) byEmoji.set(one.emoji, [...(byEmoji.get(one.emoji) ?? []), Number(id)]);
  }
  if (!byEmoji.size) return null;
  return h("span", { class: "reactions" }, ...[...byEmoji].map(([emoji, ids]) => {
    const label = t("reactionBy", { emoji, n: ids.length, names: ids.map(chatName).join(", ") });
    const own = ids.includes(mine);
    return h("button", { type: "button", class: `reaction ${own ? "mine" : ""}`, "aria-pressed": String(own), "aria-label": label, title: label, onclick: () => toggle(emoji) },
      h("span", { class: "reaction-emoji" }, asPicture(emoji)),
      ids.length > FACES || !faces ? h("span", { class: "reaction-count" }, String(ids.length)) : null,
      faces && ids.length <= FACES ? h("span", { class: "faces" }, ...ids.map(face)) : null);
  }));
}
