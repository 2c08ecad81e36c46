"""What people do in groups by the JSON API: found and change them, members, topics, pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from bot.sandbox.chats import forum, group_settings, member_changes, pins
from bot.sandbox.chats.group_creation import create_group
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import GROUP_RIGHTS, PERMISSIONS, Member, Status
from bot.sandbox.chats.membership import USUAL_RIGHTS
from bot.sandbox.chats.migration import upgrade
from bot.sandbox.chats.topic_icons import ICONS
from bot.sandbox.errors import InputError
from bot.sandbox.json_api.group_views import member_view, topic_view
from bot.sandbox.people.actions import chat_of, message_of, person_of
from bot.sandbox.people.inputs import Input

if TYPE_CHECKING:
    from bot.sandbox.chats.people import Person
    from bot.sandbox.chats.topics import Topic
    from bot.sandbox.world import World


class GroupInput(Input, kw_only=True):
    """``POST /groups``: a new group.

    Args:
        title: Its title.
        creator: Who founds it.
        kind: What it is.
        forum: Whether it has topics; a supergroup only.
        members: Who else is in it.
        bot: How the bot stands to it.
        rights: The bot's rights as an administrator.
    """

    title: str
    creator: int
    kind: Literal["supergroup", "group"] = "supergroup"
    forum: bool = False
    members: list[int] = msgspec.field(default_factory=list)
    bot: Literal["administrator", "member", "left"] = "member"
    rights: list[str] | None = None


class InGroup(Input, kw_only=True):
    """Who acts in which chat."""

    user: int
    chat: int


class GroupChange(InGroup, kw_only=True):
    """``POST /groups/change``: what is left out stays."""

    title: str | None = None
    description: str | None = None
    forum: bool | None = None
    permissions: list[str] | None = None
    upgrade: bool = False


class MemberChange(InGroup, kw_only=True):
    """``POST /members``: how somebody shall stand to a group.

    Args:
        member: A person's id, or ``bot``.
        status: How they shall stand; for oneself ``member`` joins and ``left`` leaves.
        rights: What an administrator may do.
        permissions: What a restricted member may do.
        anonymous: Whether an administrator writes as the group.
        custom_title: An administrator's title.
        until: When a ban or restriction ends, in Unix time.
        invite_link: The link by which one joins.
    """

    member: int | Literal["bot"]
    status: Status
    rights: list[str] | None = None
    permissions: list[str] | None = None
    anonymous: bool | None = None
    custom_title: str | None = None
    until: int = 0
    invite_link: str = ""


TopicAction = Literal["create", "edit", "close", "reopen", "delete", "hide", "unhide"]


class TopicChange(InGroup, kw_only=True):
    """``POST /topics``: a person does something to a topic.

    Args:
        action: What they do; ``hide`` and ``unhide`` are for General.
        thread: Which topic; 1 is General.
        name: The name, to create or edit.
        icon_color: The colour, to create, in RGB.
        icon_emoji: The emoji that is the icon, to create or edit; an empty one removes it.
    """

    action: TopicAction
    thread: int | None = None
    name: str = ""
    icon_color: int = 0
    icon_emoji: str | None = None


class PinInput(Input, kw_only=True):
    """``POST /pin``: a person pins a message or unpins it."""

    user: int
    message_id: int
    chat: int | None = None
    pinned: bool = True


def create(world: World, given: GroupInput) -> dict[str, Any]:
    """``POST /groups``: a person founds a group."""
    if given.rights is not None and given.bot != "administrator":
        raise InputError('rights are an administrator\'s; make the bot one: "bot": "administrator"')
    rights = USUAL_RIGHTS if given.rights is None else _named(given.rights, GROUP_RIGHTS)
    group = create_group(
        world,
        person_of(world, given.creator),
        given.title,
        kind=given.kind,
        is_forum=given.forum,
        members=[person_of(world, user_id).id for user_id in given.members],
        bot=Member(given.bot, rights=rights if given.bot == "administrator" else frozenset()),
    )
    return {"chat": group.object()}


def change(world: World, given: GroupChange) -> dict[str, Any]:
    """``POST /groups/change``: a person changes what a group is; it may become another chat."""
    person, group = _inside(world, given)
    if given.title is not None:
        group_settings.set_title(world, group, person, given.title)
    if given.description is not None:
        group_settings.set_description(world, group, person, given.description)
    if given.permissions is not None:
        allowed = _named(given.permissions, PERMISSIONS)
        group_settings.set_permissions(world, group, person, allowed)
    if given.upgrade:
        group = upgrade(world, group, person)
    if given.forum is not None:
        group = group_settings.set_forum(world, group, person, on=given.forum)
    return {"chat": group.object()}


def change_member(world: World, given: MemberChange) -> dict[str, Any]:
    """``POST /members``: a person joins, leaves, or changes how somebody stands to a group."""
    bot_id = world.profile.bot_id
    user_id = bot_id if given.member == "bot" else person_of(world, given.member).id
    wish = member_changes.Wish(
        status=given.status,
        rights=None if given.rights is None else _named(given.rights, GROUP_RIGHTS),
        permissions=None if given.permissions is None else _named(given.permissions, PERMISSIONS),
        anonymous=given.anonymous,
        custom_title=given.custom_title,
        until=given.until,
        invite_link=given.invite_link,
    )
    # Who joins is not in it yet: the group itself says what it lets strangers do.
    group = _group(world, given.chat)
    changed = member_changes.change_member(
        world, group, person_of(world, given.user), user_id, wish
    )
    return {
        "member": member_view(world, user_id, changed.group.standing(user_id, bot_id)),
        "chat": changed.group.object(),
        "update_id": changed.update_id,
    }


def change_topic(world: World, given: TopicChange) -> dict[str, Any]:
    """``POST /topics``: a person makes a topic, changes it, or deletes it."""
    person, group = _inside(world, given)
    topic = _change_topic(world, group, person, given)
    return {"topic": None if topic is None else topic_view(group, topic)}


def _change_topic(world: World, group: Group, person: Person, given: TopicChange) -> Topic | None:
    if given.action == "create":
        return forum.create_topic(
            world,
            group,
            person,
            given.name,
            icon_color=given.icon_color,
            icon_emoji_id=_icon(given.icon_emoji) or "",
        )
    if given.action in {"hide", "unhide"}:
        act = forum.hide_general if given.action == "hide" else forum.unhide_general
        return act(world, group, person)
    if given.thread is None:
        raise InputError(f"to {given.action} a topic, say which with thread; 1 is General")
    if given.action == "edit":
        icon = _icon(given.icon_emoji)
        return forum.edit_topic(
            world, group, person, given.thread, name=given.name, icon_emoji_id=icon
        )
    if given.action == "delete":
        forum.delete_topic(world, group, person, given.thread)
        return None
    act_on = forum.close_topic if given.action == "close" else forum.reopen_topic
    return act_on(world, group, person, given.thread)


def pin(world: World, given: PinInput) -> dict[str, Any]:
    """``POST /pin``: a person pins a message, or unpins it."""
    person = person_of(world, given.user)
    chat = chat_of(world, person, given.chat)
    message = message_of(chat, given.message_id)
    (pins.pin if given.pinned else pins.unpin)(world, chat, person, message)
    return {"pinned": chat.pinned}


def _inside(world: World, given: InGroup) -> tuple[Person, Group]:
    """Find who acts, and in which group."""
    person = person_of(world, given.user)
    chat = chat_of(world, person, given.chat)
    if not isinstance(chat, Group):
        raise InputError(f"chat {given.chat} is no group")
    return person, chat


def _group(world: World, chat_id: int) -> Group:
    group = world.chats.get(chat_id)
    if not isinstance(group, Group):
        raise InputError(f"there is no group {chat_id}")
    if group.migrated_to:
        raise InputError(f"group {chat_id} became supergroup {group.migrated_to}")
    return group


def _named(given: list[str], known: tuple[str, ...]) -> frozenset[str]:
    """Check the names of rights or permissions."""
    for name in given:
        if name not in known:
            raise InputError(f"{name!r} is none of {', '.join(known)}")
    return frozenset(given)


def _icon(emoji: str | None) -> str | None:
    """Find the icon that shows an emoji; None and the empty one stay as they are."""
    if not emoji:
        return emoji
    plain = emoji.replace("\ufe0f", "")
    for number, shown in ICONS.items():
        if shown.replace("\ufe0f", "") == plain:
            return number
    raise InputError(f"{emoji} is no topic icon; there are {' '.join(ICONS.values())}")
