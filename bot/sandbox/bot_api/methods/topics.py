"""The methods for forum topics, and their icons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats import forum
from bot.sandbox.chats.topics import GENERAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.people import Person
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


def _chat(world: World, params: Params) -> Chat:
    return world.writable_chat(params.chat_id())


@method("createForumTopic")
def create_forum_topic(world: World, params: Params) -> dict[str, Any]:
    """Open a topic."""
    topic = forum.create_topic(
        world,
        _chat(world, params),
        None,
        params.text("name"),
        icon_color=params.integer("icon_color"),
        icon_emoji_id=_icon(params),
    )
    return topic.object()


@method("editForumTopic")
def edit_forum_topic(world: World, params: Params) -> bool:
    """Change a topic's name or icon."""
    forum.edit_topic(
        world,
        _chat(world, params),
        None,
        params.integer("message_thread_id"),
        name=params.text("name"),
        icon_emoji_id=_icon(params) if params.given("icon_custom_emoji_id") else None,
    )
    return True


@method("editGeneralForumTopic")
def edit_general_forum_topic(world: World, params: Params) -> bool:
    """Rename General."""
    forum.edit_topic(world, _chat(world, params), None, GENERAL, name=params.text("name"))
    return True


@method("getForumTopicIconStickers")
def get_forum_topic_icon_stickers(world: World, params: Params) -> list[dict[str, Any]]:  # noqa: ARG001
    """Tell which custom emoji a topic's icon may be."""
    return world.topic_icons.stickers()


@method("hideGeneralForumTopic")
def hide_general_forum_topic(world: World, params: Params) -> bool:
    """Take General out of sight."""
    forum.hide_general(world, _chat(world, params), None)
    return True


@method("unhideGeneralForumTopic")
def unhide_general_forum_topic(world: World, params: Params) -> bool:
    """Bring General back into sight."""
    forum.unhide_general(world, _chat(world, params), None)
    return True


def _register(name: str, act: Callable[[World, Chat, Person | None, int], object]) -> None:
    """Register an act on a topic, under its two names: for any topic, and for General."""

    def on_any(world: World, params: Params) -> bool:
        act(world, _chat(world, params), None, params.integer("message_thread_id"))
        return True

    def on_general(world: World, params: Params) -> bool:
        act(world, _chat(world, params), None, GENERAL)
        return True

    method(name.format(""))(on_any)
    method(name.format("General"))(on_general)


_register("close{}ForumTopic", forum.close_topic)
_register("reopen{}ForumTopic", forum.reopen_topic)
_register("unpinAll{}ForumTopicMessages", forum.unpin_topic)


@method("deleteForumTopic")
def delete_forum_topic(world: World, params: Params) -> bool:
    """Delete a topic with all its messages."""
    forum.delete_topic(world, _chat(world, params), None, params.integer("message_thread_id"))
    return True


def _icon(params: Params) -> str:
    """Read a custom emoji's number; what is not one counts as none, as on Telegram."""
    number = params.integer("icon_custom_emoji_id")
    return str(number) if number else ""
