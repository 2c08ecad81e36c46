"""Groups and supergroups: members, topics, and what happens in them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.chats.chat import Chat
from bot.sandbox.chats.members import USUAL_PERMISSIONS, Member
from bot.sandbox.chats.topics import GENERAL, Topic

if TYPE_CHECKING:
    from bot.sandbox.chats.invite_links import InviteLink

FIRST_SUPERGROUP = -1_001_000_000_000
"""Supergroups count down from here: -100 and ten digits, as Telegram's do."""
FIRST_GROUP = -4_000_000_000


@dataclass(slots=True, kw_only=True)
class Group(Chat):
    """A group, or a supergroup.

    Attributes:
        kind: Which of the two.
        title: Its title.
        bot: How the bot stands to it.
        members: How people stand to it, by their id; those who left or were banned too.
        permissions: What it lets everybody do.
        is_forum: Whether it has topics.
        topics: Its topics by id; General is always there.
        description: What it is about.
        migrated_to: The supergroup that it became.
        invite_links: The links by which people join, by their address.
        next_end: When the first restriction or ban ends, in Unix time.
        topic_read: The last message that each viewer has seen, by topic.
    """

    kind: Literal["group", "supergroup"]
    title: str
    bot: Member = field(default_factory=Member)
    members: dict[int, Member] = field(default_factory=dict)
    permissions: frozenset[str] = USUAL_PERMISSIONS
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=lambda: {GENERAL: Topic(GENERAL, "General")})
    description: str = ""
    migrated_to: int = 0
    invite_links: dict[str, InviteLink] = field(default_factory=dict)
    next_end: float = math.inf
    topic_read: dict[int, dict[int, int]] = field(default_factory=dict)

    def object(self) -> dict[str, Any]:
        """Return the Bot API ``Chat``."""
        told: dict[str, Any] = {"id": self.id, "title": self.title, "type": self.kind}
        return told | ({"is_forum": True} if self.is_forum else {})

    def member(self, user_id: int) -> Member:
        """Return how a person stands to the group; a stranger has left."""
        return self.members.get(user_id) or Member()

    def topic(self, thread: int) -> Topic | None:
        """Return a topic that was not deleted; 0 is General."""
        topic = self.topics.get(thread or GENERAL)
        return None if topic is None or topic.deleted else topic

    def inside(self) -> list[int]:
        """Return the ids of the people who are in the group."""
        return [user_id for user_id, member in self.members.items() if member.inside]

    def put_member(self, user_id: int, member: Member, bot_id: int) -> None:
        """Set how somebody, the bot or a person, stands to the group."""
        if user_id == bot_id:
            self.bot = member
        else:
            self.members[user_id] = member
        if member.until:
            self.next_end = min(self.next_end, member.until)

    def settle(self, now: float) -> None:
        """Lift the restrictions and bans whose time is over. Telegram tells nobody about it.

        Args:
            now: The time, in Unix time.
        """
        if now < self.next_end:
            return
        self.bot = self.bot.at(now)
        self.members = {user_id: member.at(now) for user_id, member in self.members.items()}
        ends = [member.until for member in (self.bot, *self.members.values()) if member.until]
        self.next_end = min(ends, default=math.inf)

    def can_edit(self, editor_id: int, user_id: int, bot_id: int) -> bool:
        """Say whether somebody may change an administrator's rights, or take them away.

        https://core.telegram.org/bots/api#chatmemberadministrator: an administrator may edit those
        promoted by them directly or indirectly. In a basic group only the owner may.

        Args:
            editor_id: Who wants to.
            user_id: The administrator.
            bot_id: The bot's user id.
        """
        editor = self.standing(editor_id, bot_id)
        if editor_id == user_id:
            return False
        if editor.status == "creator" or self.kind == "group":
            return editor.status == "creator"
        return "can_promote_members" in editor.rights and self._promoted(user_id, editor_id, bot_id)

    def _promoted(self, user_id: int, editor_id: int, bot_id: int) -> bool:
        """Say whether the chain of who promoted whom leads from one administrator to another."""
        seen = {user_id}
        promoter = self.standing(user_id, bot_id).promoted_by
        while promoter not in seen and promoter != editor_id:
            seen.add(promoter)
            member = self.standing(promoter, bot_id)
            promoter = member.promoted_by if member.status == "administrator" else 0
        return promoter == editor_id

    def chat_member(self, user: dict[str, Any], bot_id: int) -> dict[str, Any]:
        """Return the Bot API ``ChatMember`` of somebody, as the bot sees it.

        Args:
            user: The bot's ``User``, or a person's.
            bot_id: The bot's user id.
        """
        member = self.standing(user["id"], bot_id)
        # A basic group keeps no list of those who were removed (TDLib: DialogParticipant::left).
        if self.kind == "group" and member.status == "kicked":
            member = Member()
        return member.object(
            user,
            editable=self.can_edit(bot_id, user["id"], bot_id),
            supergroup=self.kind == "supergroup",
        )

    def standing(self, user_id: int, bot_id: int) -> Member:
        """Return how somebody stands to the group, the bot or a person."""
        return self.bot if user_id == bot_id else self.member(user_id)

    def may(self, user_id: int, right: str, bot_id: int) -> bool:
        """Say whether somebody, the bot or a person, may do something here."""
        return self.bot_may(right) if user_id == bot_id else self.user_may(user_id, right)

    def user_may(self, user_id: int, right: str) -> bool:
        """Say whether a person may do something here."""
        return self.member(user_id).may(right, self.permissions)

    def bot_may(self, right: str) -> bool:
        """Say whether the bot may do something here."""
        return self.bot.may(right, self.permissions, is_bot=True)
