// The dialog of members and roles: who is in the group, and what each may do.

import { post } from "../core/api.js";
import { avatar, botAvatar } from "../core/avatar.js";
import { menuDialog, showDialog } from "../core/dialogs.js";
import { h, icon } from "../core/dom.js";
import { fullName } from "../core/format.js";
import { personOf, store } from "../core/store.js";
import { attempt } from "../core/toast.js";
import { t } from "../core/words.js";
import { may, seatRights } from "../chat/rights.js";
import { personDialog } from "../people/person_dialog.js";
import { restrictDialog, rightsDialog } from "./rights_dialog.js";

const OUTSIDE = ["left", "kicked"];

/** Whether a member is in the group. */
export function isInside(member) {
  return !OUTSIDE.includes(member.status);
}

/** How the bot stands to a group, in the form of a member. */
function botMember(chat) {
  const user = { id: store.bot.id, first_name: store.bot.name, is_bot: true };
  return { user, permissions: [], anonymous: false, custom_title: "", until: 0, ...chat.view.bot };
}

function change(seat, member, wish) {
  const target = member.user.is_bot ? "bot" : member.user.id;
  return attempt(() => post("/members", { ...seat.who(), member: target, ...wish }));
}

function self(member, status) {
  const own = status === "left" ? t("leave") : t("becomeMember");
  return { value: { status, self: true }, label: own, icon: status === "left" ? "out" : "plus", kind: status === "left" ? "danger" : "" };
}

/** What the acting person may do to a member. */
function actionsFor(seat, member) {
  const own = member.user.id === seat.actor.id;
  const { isGroup } = seat.chat;
  if (!isGroup) return [];
  const mine = seat.chat.member(seat.actor.id);
  const usual = seat.chat.view.permissions;
  const mayRestrict = mine && ["creator", "administrator"].includes(mine.status) && may(mine, "can_restrict_members", usual);
  const mayPromote = mine && ["creator", "administrator"].includes(mine.status) && may(mine, "can_promote_members", usual);
  const mayInvite = may(mine, "can_invite_users", usual);
  const owner = mine?.status === "creator";
  const inside = isInside(member);
  const bot = Boolean(member.user.is_bot);
  const { status } = member;
  return [
    !bot && !own && inside ? { value: { actAs: true }, label: t("actAs"), icon: "person" } : null,
    !bot ? { value: { phone: true }, label: t("openPhone"), icon: "phone" } : null,
    own && status === "creator" ? { value: { rights: true }, label: t("adminRights"), icon: "key" } : null,
    !own && mayPromote && inside && status === "member" ? { value: { rights: true }, label: t("makeAdmin"), icon: "key" } : null,
    !own && mayPromote && status === "administrator" ? { value: { rights: true }, label: t("adminRights"), icon: "key" } : null,
    !own && mayPromote && status === "administrator" ? { value: { status: "member" }, label: t("dismissAdmin"), icon: "down" } : null,
    !own && owner && !bot && inside && seat.chat.view.kind === "supergroup" ? { value: { status: "creator" }, label: t("makeOwner"), icon: "crown" } : null,
    !own && mayRestrict && inside && !bot && status !== "administrator" && status !== "creator" ? { value: { restrict: true }, label: t("restrict"), icon: "stop" } : null,
    !own && mayRestrict && status === "restricted" ? { value: { status: "member" }, label: t("liftRestriction"), icon: "ok" } : null,
    !own && mayInvite && status === "left" ? { value: { status: "member" }, label: t("returnMember"), icon: "plus" } : null,
    !own && mayRestrict && status === "kicked" ? { value: { status: "left" }, label: t("unban"), icon: "ok" } : null,
    !own && mayRestrict && inside && status !== "creator" ? { value: { status: "left" }, label: t("removeMember"), icon: "out", kind: "danger" } : null,
    !own && mayRestrict && inside && status !== "creator" ? { value: { status: "kicked" }, label: t("ban"), icon: "stop", kind: "danger" } : null,
    own && inside ? self(member, "left") : null,
    own && !inside ? self(member, "member") : null,
  ].filter(Boolean);
}

async function changeMember(seat, member, hooks) {
  const name = fullName(member.user);
  const chosen = await menuDialog(`${name} · ${t(`status_${member.status}`)}`, actionsFor(seat, member));
  if (!chosen) return;
  if (chosen.actAs) hooks.actAs(member.user.id);
  else if (chosen.phone) hooks.openPhone(member.user.id);
  else if (chosen.rights) {
    const wish = await rightsDialog(`${t("adminRights").replace("…", "")}: ${name}`, member, Boolean(member.user.is_bot));
    if (wish) await change(seat, member, { status: member.status === "creator" ? "creator" : "administrator", ...wish });
  } else if (chosen.restrict) {
    const wish = await restrictDialog(`${t("restrict").replace("…", "")}: ${name}`, member, seat.chat.view.permissions);
    if (wish) await change(seat, member, { status: "restricted", ...wish });
  } else await change(seat, member, { status: chosen.status });
}

function row(seat, member, hooks, redraw) {
  const name = fullName(member.user);
  const face = member.user.is_bot ? botAvatar() : avatar(member.user.id, name);
  const about = [t(`status_${member.status}`), member.anonymous ? t("anonymous") : "", member.custom_title].filter(Boolean).join(" · ");
  return h("li", {}, h("button", { type: "button", class: "row member", "data-member": member.user.is_bot ? "bot" : member.user.id, "aria-haspopup": "menu", onclick: async () => {
    await changeMember(seat, member, hooks);
    redraw();
  } },
  face,
  h("span", { class: "row-text" },
    h("span", { class: "row-top" }, h("bdi", { class: "row-name" }, name), member.user.is_bot ? h("span", { class: "person-code" }, t("bot")) : null),
    h("span", { class: "row-bottom" }, h("span", { class: "row-last" }, about))),
  icon("more")));
}

async function addMember(seat) {
  const strangers = store.people.filter((one) => !seat.chat.member(one.id));
  const chosen = await menuDialog(t("addMember"), [
    { value: "new", label: t("newStaff"), icon: "plus" },
    ...strangers.map((one) => ({ value: one.id, label: fullName(one), node: avatar(one.id, fullName(one), "small") })),
  ]);
  if (!chosen) return;
  let id = chosen;
  if (chosen === "new") {
    const told = await personDialog(null, { title: t("newStaff").replace("…", ""), place: false });
    if (!told) return;
    id = (await attempt(() => post("/people", { ...told.told, staff: true })))?.person.id;
  }
  if (id) await change(seat, { user: { id } }, { status: "member" });
}

/** Who of the group may do most, if it is not the acting person. */
function ownerOf(seat) {
  const owner = seat.chat.view.members.find((one) => one.status === "creator");
  return owner && owner.user.id !== seat.actor.id && personOf(owner.user.id) ? owner : null;
}

/**
 * Show the members of a group and what the acting person may change.
 * @param {() => object} currentSeat the seat as it is now
 * @param {object} hooks {actAs(id), openPhone(id), onChange(redraw): returns how to stop}
 */
export function membersDialog(currentSeat, hooks) {
  const body = h("div", { class: "members" });
  let close = () => {};
  let drawn = "";
  const draw = () => {
    const seat = currentSeat();
    if (!seat) {
      close();
      return;
    }
    const state = JSON.stringify([seat.chat.id, seat.actor.id, seat.chat.view.members, seat.chat.view.bot, seat.chat.view.permissions]);
    if (state === drawn) return;
    drawn = state;
    const all = [botMember(seat.chat), ...seat.chat.view.members];
    const focused = document.activeElement?.closest?.("[data-member]")?.dataset.member;
    const own = seat.chat.member(seat.actor.id);
    const owner = ownerOf(seat);
    const list = (some) => h("ul", { class: "plain" }, ...some.map((member) => row(seat, member, {
      actAs: (id) => { hooks.actAs(id); draw(); },
      openPhone: (id) => { close(); hooks.openPhone(id); },
    }, draw)));
    const former = all.filter((one) => !isInside(one));
    body.replaceChildren(
      h("p", { class: "note" }, t("youAre", { name: seat.actor.name, status: t(`status_${own?.status ?? "left"}`) }), " ",
        owner ? h("button", { type: "button", class: "link", onclick: () => { hooks.actAs(owner.user.id); draw(); } }, t("ownerMayMore", { name: fullName(owner.user) })) : null),
      list(all.filter(isInside)),
      may(own, "can_invite_users", seat.chat.view.permissions) && seatRights(seat).inside
        ? h("button", { type: "button", class: "add", onclick: async () => { await addMember(seat); draw(); } }, icon("plus"), t("addMember")) : "",
      former.length ? h("h4", {}, t("formerMembers")) : "",
      former.length ? list(former) : "");
    if (focused) body.querySelector(`[data-member="${focused}"]`)?.focus();
  };
  const stop = hooks.onChange(draw);
  return showDialog(t("members"), (end) => {
    close = end;
    draw();
    return body;
  }, "wide").finally(stop);
}
