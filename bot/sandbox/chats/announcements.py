"""Service messages: what a group is told when something happens in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import StoredMessage
from bot.sandbox.chats.people import ANONYMOUS_ADMIN
from bot.sandbox.chats.threads import topic_fields

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


def author_fields(group: Group, person: Person) -> dict[str, Any]:
    """Return who a person's message is from, as the group sees it.

    Args:
        group: The group.
        person: Who writes; an anonymous administrator writes as the group.

    Returns:
        ``from``; for somebody with a title or tag in a supergroup ``sender_tag``; for an anonymous
        administrator ``sender_chat`` and the title as signature.
    """
    member = group.member(person.id)
    if not (member.runs and member.anonymous):
        shown = member.custom_title and group.kind == "supergroup"
        return {"from": person.user()} | ({"sender_tag": member.custom_title} if shown else {})
    signature = {"author_signature": member.custom_title} if member.custom_title else {}
    return {"from": dict(ANONYMOUS_ADMIN), "sender_chat": group.object()} | signature


def announce(
    world: World,
    chat: Chat,
    actor: Person | None,
    fields: dict[str, Any],
    thread: int = 0,
) -> StoredMessage:
    """Put a service message into a chat, and tell the bot.

    Args:
        world: The sandbox.
        chat: The chat, mostly a group.
        actor: Who made it happen; None is the bot.
        fields: What happened, such as ``{"new_chat_title": "…"}``.
        thread: The topic it happened in; 0 is none, or General.

    Returns:
        The message.
    """
    body: dict[str, Any] = {"message_id": world.new_message_id(chat)}
    body |= _from(world, chat, actor)
    body |= {"chat": chat.object(), "date": world.clock.date()}
    # The message that creates a topic is the first one in it, and gives it its id.
    place = body["message_id"] if "forum_topic_created" in fields else thread
    body |= topic_fields(chat, place)
    author = world.profile.bot_id if actor is None else actor.id
    message = StoredMessage(body | fields, by_bot=actor is None, changed=0, author_id=author)
    world.put(chat, message)
    world.tell("message", chat, message)
    return message


def _from(world: World, chat: Chat, actor: Person | None) -> dict[str, Any]:
    if actor is None:
        return {"from": world.bot_user()}
    if not isinstance(chat, Group):
        return {"from": actor.user()}
    fields = author_fields(chat, actor)
    fields.pop("sender_tag", None)  # a service message shows no tag
    return fields


def tell_membership(  # noqa: PLR0913, PLR0917 - who changed whom, from what to what
    world: World,
    group: Group,
    actor: Person | None,
    user: dict[str, Any],
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    invite_link: dict[str, Any] | None = None,
) -> int | None:
    """Tell the bot how somebody's membership changed, if it gets to know.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who changed it; None is the bot.
        user: Whose membership it is.
        old: The ``ChatMember`` before.
        new: The ``ChatMember`` after.
        invite_link: The ``ChatInviteLink`` by which they joined.

    Returns:
        The ``update_id``; None if nothing changed or the bot is not told.
    """
    if old == new:
        return None
    is_bot = user["id"] == world.profile.bot_id
    # https://core.telegram.org/bots/api#update: chat_member goes to administrators only.
    if not is_bot and not group.bot.runs:
        return None
    body = {
        "chat": group.object(),
        "from": _from(world, group, actor)["from"],
        "date": world.clock.date(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    body |= {"invite_link": invite_link} if invite_link else {}
    return world.updates.push("my_chat_member" if is_bot else "chat_member", body)
