// Asks about a topic: its name, its colour or emoji.

import { topicIcon } from "../core/avatar.js";
import { field, formDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { t } from "../core/words.js";

// https://core.telegram.org/bots/api#createforumtopic
const COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
// Some of the emoji that Telegram offers for topics, those of use to a helpline.
export const EMOJI = ["❗️", "‼️", "❓", "✅", "📝", "💬", "🔥", "⭐️", "💼", "🏠", "🏛", "💰", "🪪", "🛃", "🩺", "👶", "🎓", "✈️", "📱", "📁"];

function radios(name, options, chosen) {
  return h("div", { class: "swatches" }, ...options.map(([value, label, face]) =>
    h("label", { class: "swatch", title: label }, h("input", { type: "radio", name, value, checked: String(value) === String(chosen), "aria-label": label }), face)));
}

/**
 * Ask for a topic's name and icon; resolves with {name, icon_color, icon_emoji} or nothing.
 * @param {object} [topic] which to change; a new one if left out: only a new one may choose its colour
 */
export function topicDialog(topic) {
  const fresh = !topic;
  const emoji = [["", t("noEmoji"), h("span", { class: "topic-icon small none", "aria-hidden": "true" }, "–")],
    ...EMOJI.map((one) => [one, one, topicIcon({ id: 0, name: "", icon_emoji: one }, "small")])];
  return formDialog(fresh ? t("newTopic") : t("editTopic"), () => [
    field(t("topicName"), h("input", { name: "name", required: true, maxlength: "128", dir: "auto", value: topic?.name ?? "", autocomplete: "off", autofocus: true })),
    fresh ? h("fieldset", {}, h("legend", {}, t("iconColor")),
      radios("color", COLORS.map((color, at) => [color, t("colorN", { n: at + 1 }), topicIcon({ id: 0, name: "A", icon_color: color }, "small")]), COLORS[0])) : "",
    h("fieldset", {}, h("legend", {}, t("iconEmoji")), radios("emoji", emoji, topic?.icon_emoji ?? "")),
  ], (form) => ({
    name: form.elements.name.value.trim(),
    ...(fresh ? { icon_color: Number(form.elements.color.value) } : {}),
    icon_emoji: form.elements.emoji.value,
  }), t("save"));
}
