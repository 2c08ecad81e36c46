// Renders text with Bot API entities as elements. Offsets count UTF-16 units, as JavaScript does.

import { h } from "../core/dom.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["blockquote", "pre"]);

function isSafe(url) {
  return /^(https?|tg|tel|mailto):/i.test(url);
}

function link(href, external = true) {
  if (!isSafe(href)) return h("span");
  return h("a", external ? { href, target: "_blank", rel: "noopener noreferrer" } : { href });
}

function element(entity, text, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url);
    case "url":
      return link(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
    case "email":
      return link(`mailto:${text}`, false);
    case "phone_number":
      return link(`tel:${text.replace(/[^\d+]/g, "")}`, false);
    case "pre":
      return h("pre", entity.language ? { "data-language": entity.language } : {});
    case "spoiler": {
      const cover = h("span", { class: "spoiler", role: "button", tabindex: "0" });
      const open = () => cover.classList.add("open");
      cover.addEventListener("click", open);
      cover.addEventListener("keydown", (event) => event.key === "Enter" && open());
      return cover;
    }
    case "bot_command":
      return h("button", { type: "button", class: "inline-command", onclick: () => onCommand(text) });
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return h("span", { class: "tag" });
    default:
      return h(PLAIN[entity.type] ?? "span");
  }
}

/**
 * Turn a text and its entities into nodes.
 * @param {string} text the text
 * @param {Array<object>} entities by offset, the longer first; nested ones lie inside
 * @param {(command: string) => void} onCommand called when a command in the text is pressed
 */
export function renderText(text, entities = [], onCommand = () => {}) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...entities], onCommand);
  return fragment;
}

function fill(parent, text, from, to, entities, onCommand) {
  let at = from;
  while (entities.length) {
    const entity = entities.shift();
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    if (begin > at) parent.append(text.slice(at, begin));
    const inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    // What reaches over the end is split in two, as Telegram's apps do.
    for (const one of inner) {
      const over = one.offset + one.length - end;
      if (over > 0) entities.unshift({ ...one, offset: end, length: over });
    }
    const node = element(entity, text.slice(begin, end), onCommand);
    fill(node, text, begin, end, inner, onCommand);
    parent.append(node);
    // A block ends its line by itself: the line break behind it is not another one.
    at = BLOCKS.has(node.localName) && end < to && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) parent.append(text.slice(at, to));
}
