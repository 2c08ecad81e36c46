"""What the JSON API shows of groups: members, roles, topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.members import GROUP_RIGHTS, PERMISSIONS
from bot.sandbox.chats.topic_icons import ICONS
from bot.sandbox.json_api.people_views import last_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.members import Member
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.chats.topics import Topic
    from bot.sandbox.world import World


def groups_view(world: World) -> list[dict[str, Any]]:
    """Show the groups in short, each with its last message."""
    return [
        {
            "id": group.id,
            "title": group.title,
            "kind": group.kind,
            "is_forum": group.is_forum,
            "bot_status": group.bot.status,
            "last": last_view(last) if (last := next(_latest_first(group), None)) else None,
            "migrated_to": group.migrated_to,
        }
        for group in world.groups()
    ]


def _latest_first(group: Group) -> Iterator[StoredMessage]:
    return (message for message in reversed(group.messages.values()) if not message.deleted)


def group_view(world: World, group: Group) -> dict[str, Any]:
    """Show what only groups have."""
    group.settle(world.clock.now())
    return {
        "title": group.title,
        "kind": group.kind,
        "is_forum": group.is_forum,
        "description": group.description,
        "migrated_to": group.migrated_to,
        "permissions": _in_order(PERMISSIONS, group.permissions),
        "members": [
            member_view(world, user_id, member) for user_id, member in group.members.items()
        ],
        "bot": {"status": group.bot.status, "rights": _in_order(GROUP_RIGHTS, group.bot.rights)},
        "topics": topics_view(group),
        "keyboards": {str(viewer): shown.body for viewer, shown in group.keyboards.items()},
    }


def member_view(world: World, user_id: int, member: Member) -> dict[str, Any]:
    """Show how a person, or the bot, stands to a group."""
    person = world.people.get(user_id)
    return {
        "user": person.user() if person else world.bot_user(),
        "staff": person is not None and person.staff,
        "status": member.status,
        "rights": _in_order(GROUP_RIGHTS, member.rights),
        "permissions": _in_order(PERMISSIONS, member.permissions),
        "anonymous": member.anonymous,
        "custom_title": member.custom_title,
        "until": member.until,
    }


def topics_view(group: Group) -> list[dict[str, Any]]:
    """Show the topics of a forum, General first; none if the group has no topics."""
    if not group.is_forum:
        return []
    topics = [topic for topic in group.topics.values() if not topic.deleted]
    last = _last_in({topic.place for topic in topics}, group)
    return [_topic_view(group, topic, last.get(topic.place)) for topic in topics]


def _last_in(places: set[int], group: Group) -> dict[int, StoredMessage]:
    """Find the last message of each topic, in one run through the group."""
    found: dict[int, StoredMessage] = {}
    for message in _latest_first(group):
        if message.thread in places:
            found.setdefault(message.thread, message)
            if len(found) == len(places):
                break
    return found


def topic_view(group: Group, topic: Topic) -> dict[str, Any]:
    """Show a topic, with its last message."""
    return _topic_view(group, topic, _last_in({topic.place}, group).get(topic.place))


def _topic_view(group: Group, topic: Topic, last: StoredMessage | None) -> dict[str, Any]:
    return {
        "id": topic.id,
        "name": topic.name,
        "icon_color": topic.icon_color,
        "icon_custom_emoji_id": topic.icon_custom_emoji_id,
        "icon_emoji": ICONS.get(topic.icon_custom_emoji_id, ""),
        "closed": topic.closed,
        "hidden": topic.hidden,
        "creator_id": topic.creator_id,
        "last": last_view(last) if last else None,
        "read": {str(viewer): seen for viewer, seen in group.topic_read.get(topic.id, {}).items()},
    }


def _in_order(names: tuple[str, ...], held: frozenset[str]) -> list[str]:
    return [name for name in names if name in held]
