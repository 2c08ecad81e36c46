// Faces: initials on a colour, a topic's icon.

import { h, icon } from "./dom.js";

const TONES = 6;

/** Up to two initials of a name on a colour of its own. */
export function avatar(id, name, size = "") {
  const words = name.split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  const initials = letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
  return h("span", { class: `avatar tone-${Math.abs(id) % TONES} ${size}`, "aria-hidden": "true" }, initials);
}

export function botAvatar(size = "") {
  return h("span", { class: `avatar bot-avatar ${size}`, "aria-hidden": "true" }, icon("bot"));
}

export const GENERAL = 1;

/** A topic's icon: # for General, its emoji, or its first letter on its colour. */
export function topicIcon(topic, size = "") {
  const node = h("span", { class: `topic-icon ${size}`, "aria-hidden": "true" });
  if (topic.id === GENERAL) {
    node.classList.add("general");
    node.append("#");
  } else if (topic.icon_emoji) {
    node.classList.add("emoji");
    node.append(topic.icon_emoji);
  } else {
    node.append([...topic.name][0]?.toUpperCase() ?? "?");
    // A style attribute would be refused by the page's own security policy; a property is not.
    node.style.setProperty("--topic", `#${topic.icon_color.toString(16).padStart(6, "0")}`);
  }
  return node;
}
