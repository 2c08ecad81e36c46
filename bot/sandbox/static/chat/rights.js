// What somebody may do in a group, by the rights the API tells.

// What no administrator needs a right for.
const OF_ALL_ADMINISTRATORS = /^can_(send|react|add_web)/;

/**
 * Whether a member has a right or permission.
 * @param {object|undefined} member how they stand to the group, as the API tells it
 * @param {string} right a field of ChatAdministratorRights or ChatPermissions
 * @param {Array<string>} usual what the group lets everybody do
 */
export function may(member, right, usual) {
  switch (member?.status) {
    case "creator":
      return true;
    case "administrator":
      return member.rights.includes(right) || OF_ALL_ADMINISTRATORS.test(right) || usual.includes(right);
    case "member":
      return usual.includes(right);
    case "restricted":
      return member.permissions.includes(right) && usual.includes(right);
    default:
      return false;
  }
}

/** What the person in this seat may do. */
export function seatRights(seat) {
  const { chat, actor, thread } = seat;
  if (!chat.isGroup) return { write: true, pin: true, deleteOthers: true, topics: false };
  const member = chat.member(actor.id);
  const usual = chat.view?.permissions ?? [];
  const topic = chat.topic(thread);
  const topics = may(member, "can_manage_topics", usual);
  return {
    inside: Boolean(member) && !["left", "kicked"].includes(member.status),
    speak: may(member, "can_send_messages", usual),
    write: may(member, "can_send_messages", usual) && (!topic?.closed || topics || topic.creator_id === actor.id),
    pin: may(member, "can_pin_messages", usual),
    deleteOthers: ["creator", "administrator"].includes(member?.status) && may(member, "can_delete_messages", usual),
    topics,
    ownTopic: topic?.creator_id === actor.id,
    manage: ["creator", "administrator"].includes(member?.status),
  };
}
