// Asks what an administrator, a restricted member, or everybody may do.

import { check, choices, field, formDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { sandboxNow } from "../core/store.js";
import { t } from "../core/words.js";

const RIGHTS = ["can_manage_topics", "can_pin_messages", "can_delete_messages", "can_restrict_members", "can_invite_users", "can_change_info", "can_promote_members"];
const PERMISSIONS = [
  "can_send_messages", "can_send_photos", "can_send_videos", "can_send_voice_notes", "can_send_video_notes", "can_send_audios",
  "can_send_documents", "can_send_other_messages", "can_react_to_messages", "can_invite_users", "can_pin_messages", "can_manage_topics", "can_change_info",
];
const HOUR = 3600;
const DAY = 86400;

function boxes(names, held) {
  return names.map((name) => check(name, t(name), held.includes(name)));
}

/** Those of `names` that are ticked, and of the rest what was held before. */
function ticked(form, names, before) {
  const kept = before.filter((name) => !names.includes(name));
  return [...kept, ...names.filter((name) => form.elements[name].checked)];
}

/**
 * Ask for an administrator's rights; resolves with {rights, anonymous?, custom_title?} or nothing.
 * @param {string} title whose rights they are
 * @param {object} member how they stand now
 * @param {boolean} isBot a bot is never anonymous
 */
export function rightsDialog(title, member, isBot) {
  const fresh = member.status !== "administrator" && member.status !== "creator";
  const held = fresh ? RIGHTS.filter((name) => name !== "can_promote_members") : member.rights;
  const owner = member.status === "creator";
  return formDialog(title, () => [
    owner ? "" : h("fieldset", {}, ...boxes(RIGHTS, held)),
    isBot ? "" : check("anonymous", t("anonymousLong"), member.anonymous),
    isBot ? "" : field(t("customTitle"), h("input", { name: "custom_title", maxlength: "16", dir: "auto", value: member.custom_title, autocomplete: "off" })),
  ], (form) => ({
    ...(owner ? {} : { rights: ticked(form, RIGHTS, fresh ? [] : member.rights) }),
    ...(isBot ? {} : { anonymous: form.elements.anonymous.checked }),
    ...(isBot || form.elements.custom_title.value === member.custom_title ? {} : { custom_title: form.elements.custom_title.value }),
  }), t("save"));
}

/** Ask what a member may still do, and for how long; resolves with {permissions, until} or nothing. */
export function restrictDialog(title, member, usual) {
  const held = member.status === "restricted" ? member.permissions : [];
  const shown = PERMISSIONS.filter((name) => usual.includes(name));
  return formDialog(title, () => [
    h("fieldset", {}, ...boxes(shown, held)),
    field(t("until"), choices("until", [[0, t("forever")], [HOUR, t("plusHour")], [DAY, t("plusDay")], [7 * DAY, t("plusWeek")]], 0)),
  ], (form) => {
    const seconds = Number(form.elements.until.value);
    return { permissions: ticked(form, shown, []), until: seconds ? Math.round(sandboxNow()) + seconds : 0 };
  }, t("save"));
}

/** Boxes for what a group lets everybody do; `readPermissions` takes them from their form. */
export function permissionFields(held) {
  return h("details", { class: "more-fields" }, h("summary", {}, t("everybodyMay")), h("fieldset", {}, ...boxes(PERMISSIONS, held)));
}

export function readPermissions(form, before) {
  return ticked(form, PERMISSIONS, before);
}
