"""Members of a group: their status, what they may do, and how the Bot API tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

# https://core.telegram.org/bots/api#chatadministratorrights, those of every group first.
GROUP_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
# https://core.telegram.org/bots/api#chatpermissions
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
# A right that comes with every other: it makes somebody an administrator at all.
MANAGE_CHAT = "can_manage_chat"
# What an administrator of a basic group may do; there, rights are not given one by one (TDLib's
# ``DialogParticipantStatus::GroupAdministrator``).
BASIC_GROUP_RIGHTS = frozenset(
    {
        MANAGE_CHAT,
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
    }
)
# What a new group lets everybody do.
USUAL_PERMISSIONS = frozenset(PERMISSIONS) - {
    "can_change_info",
    "can_pin_messages",
    "can_manage_topics",
}
# Permissions that are rights of administrators too. A bot has them as an administrator only,
# whatever the group lets everybody do (TDLib's ``DialogParticipantStatus::apply_restrictions``).
RIGHTS_TOO = frozenset(
    {"can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"}
)
_OF_ADMINISTRATORS = frozenset(PERMISSIONS) - RIGHTS_TOO
_ONLY_IN_SUPERGROUPS = frozenset({"can_manage_topics"})
_IN = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True)
class Member:
    """How somebody stands to a group.

    Attributes:
        status: As in ``ChatMember``.
        rights: What an administrator may do.
        permissions: What a restricted member may do.
        anonymous: Whether an administrator's messages hide who wrote them.
        custom_title: The title of an administrator, the tag of anybody else.
        until: When a restriction or ban ends, in Unix time; 0 is never.
        joined: Whether a restricted one is in the group.
        promoted_by: Who made them an administrator.
    """

    status: Status = "left"
    rights: frozenset[str] = frozenset()
    permissions: frozenset[str] = field(default=USUAL_PERMISSIONS)
    anonymous: bool = False
    custom_title: str = ""
    until: int = 0
    joined: bool = True
    promoted_by: int = 0

    @property
    def inside(self) -> bool:
        """Whether the member is in the group."""
        return self.status in _IN or (self.status == "restricted" and self.joined)

    @property
    def runs(self) -> bool:
        """Whether the member is the owner or an administrator."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str, usual: frozenset[str], *, is_bot: bool = False) -> bool:
        """Say whether the member may do something.

        Args:
            right: A field of ``ChatAdministratorRights`` or ``ChatPermissions``.
            usual: What the group lets everybody do.
            is_bot: Whether the member is a bot.
        """
        if is_bot:
            usual -= RIGHTS_TOO
        match self.status:
            case "creator":
                return True
            case "administrator":
                return right in self.rights or right in _OF_ADMINISTRATORS or right in usual
            case "member":
                return right in usual
            case "restricted":
                return self.joined and right in self.permissions & usual
            case _:
                return False

    def at(self, now: float) -> Member:
        """Return how the member stands at a time: a restriction or ban may have ended.

        Args:
            now: The time, in Unix time.
        """
        if not self.until or now < self.until:
            return self
        inside = self.status == "restricted" and self.joined
        return Member("member" if inside else "left", custom_title=self.custom_title)

    def object(
        self, user: dict[str, Any], *, editable: bool = False, supergroup: bool = True
    ) -> dict[str, Any]:
        """Return the Bot API ``ChatMember``.

        Args:
            user: The member's ``User``.
            editable: Whether the bot may change this administrator's rights.
            supergroup: Whether the group is one; a basic group has no topics.
        """
        told: dict[str, Any] = {"status": self.status, "user": user}
        title = {"custom_title": self.custom_title} if self.custom_title else {}
        tag = {"tag": self.custom_title} if self.custom_title else {}
        match self.status:
            case "creator":
                return told | {"is_anonymous": self.anonymous} | title
            case "administrator":
                shown = {"can_be_edited": editable, "is_anonymous": self.anonymous}
                return told | shown | rights_object(self.rights, supergroup=supergroup) | title
            case "member":
                return told | tag
            case "restricted":
                allowed = permissions_object(self.permissions)
                joined = {"is_member": self.joined}
                return told | joined | allowed | {"until_date": self.until} | tag
            case "kicked":
                return told | {"until_date": self.until}
            case _:
                return told


def rights_object(rights: frozenset[str], *, supergroup: bool) -> dict[str, bool]:
    """Return rights as the fields of ``ChatMemberAdministrator``.

    Args:
        rights: The rights that are given.
        supergroup: Whether the group is one.
    """
    return {
        name: name in rights
        for name in GROUP_RIGHTS
        if supergroup or name not in _ONLY_IN_SUPERGROUPS
    }


def permissions_object(permissions: frozenset[str]) -> dict[str, bool]:
    """Return permissions as the Bot API ``ChatPermissions``.

    Args:
        permissions: Those that are given.
    """
    return {name: name in permissions for name in PERMISSIONS}
