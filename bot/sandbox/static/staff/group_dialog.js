// Asks about a group: a new one, or how an old one is to be.

import { check, choices, field, formDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { fullName } from "../core/format.js";
import { store } from "../core/store.js";
import { t } from "../core/words.js";
import { permissionFields, readPermissions } from "./rights_dialog.js";

function titleField(title) {
  return field(t("groupTitle"), h("input", { name: "title", required: true, maxlength: "128", dir: "auto", value: title, autocomplete: "off", autofocus: true }));
}

/** Ask about a new group; resolves with the body of the request or nothing. */
export function newGroupDialog() {
  const staff = store.people.filter((one) => one.staff);
  const people = staff.length ? staff : store.people;
  return formDialog(t("newGroup").replace("…", ""), () => [
    titleField(""),
    h("div", { class: "pair" },
      field(t("groupKind"), choices("kind", [["supergroup", t("kind_supergroup")], ["group", t("kind_group")]], "supergroup")),
      field(t("owner"), choices("creator", people.map((one) => [one.id, fullName(one)]), people.at(-1)?.id))),
    check("forum", t("topicsOn"), true),
    h("fieldset", {}, h("legend", {}, t("members")), ...people.map((one) => check(`member-${one.id}`, fullName(one), true))),
    field(t("botRole"), choices("bot", [["administrator", t("status_administrator")], ["member", t("status_member")], ["left", t("status_left")]], "administrator")),
  ], (form) => {
    const creator = Number(form.elements.creator.value);
    const kind = form.elements.kind.value;
    return {
      title: form.elements.title.value.trim(), kind, creator, bot: form.elements.bot.value,
      // A basic group has no topics.
      forum: kind === "supergroup" && form.elements.forum.checked,
      members: people.map((one) => one.id).filter((id) => id !== creator && form.elements[`member-${id}`].checked),
    };
  }, t("save"));
}

/** Ask how a group is to be; resolves with what is to change or nothing. */
export function groupDialog(view) {
  return formDialog(t("groupSettings").replace("…", ""), () => [
    titleField(view.title),
    field(t("description"), h("textarea", { name: "description", rows: "2", maxlength: "255", dir: "auto" }, view.description ?? "")),
    check("forum", t("topicsOn"), view.is_forum),
    permissionFields(view.permissions),
  ], (form) => {
    const title = form.elements.title.value.trim();
    const description = form.elements.description.value.trim();
    const forum = form.elements.forum.checked;
    const permissions = readPermissions(form, view.permissions);
    const same = permissions.length === view.permissions.length && permissions.every((name) => view.permissions.includes(name));
    return {
      ...(title === view.title ? {} : { title }),
      ...(description === (view.description ?? "") ? {} : { description }),
      ...(forum === view.is_forum ? {} : { forum }),
      ...(same ? {} : { permissions }),
    };
  }, t("save"));
}
