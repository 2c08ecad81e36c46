"""People change their own messages: the text, the caption, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.content import content_of
from bot.sandbox.chats.groups import Group
from bot.sandbox.errors import InputError
from bot.sandbox.media.files import FILE_KINDS
from bot.sandbox.people.actions import caption_content, message_of, text_content
from bot.sandbox.people.contents import file_content

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.chats.people import Person
    from bot.sandbox.people.inputs import Edit
    from bot.sandbox.world import World

# The apps offer editing for this long (TDLib's option edit_time_limit); in a supergroup, without
# an end to those who may pin.
EDITABLE_SECONDS = 48 * 3600
# https://core.telegram.org/bots/api#editmessagemedia
_NEW_KINDS = ("photo", "video", "audio", "document", "animation")
_WITH_CAPTION = frozenset({*_NEW_KINDS, "voice"})
_ALIKE = {"photo": "picture", "video": "picture"}


def edit(
    world: World, person: Person, chat: Chat, change: Edit
) -> tuple[StoredMessage, int | None]:
    """Change a person's own message.

    Args:
        world: The sandbox.
        person: Who edits.
        chat: Where.
        change: The new text or caption, and the new file.

    Returns:
        The message, and the ``update_id`` if the bot gets to know.

    Raises:
        InputError: The message is not theirs, was forwarded, is too old, cannot carry this, or
            says the same already.
    """
    files = [kind for kind in _NEW_KINDS if getattr(change, kind) is not None]
    if not files and change.text is None:
        raise InputError("edit needs the new text, or a file")
    if len(files) > 1:
        raise InputError(f"edit takes one file, not {', '.join(files)}")
    message = message_of(chat, change.message_id)
    _check(world, person, chat, message)
    old = content_of(message)
    kept = {key: value for key, value in message.body.items() if key not in old}
    if files:
        new = kept | _new_file(world, message, old, change, files[0])
    else:
        new = kept | _new_words(message, old, change.text or "")
    if new == message.body:
        raise InputError(f"message {message.id} already says that")
    new["edit_date"] = world.clock.date()
    message.body = new
    message.changed = world.touch(chat)
    return message, world.tell("edited_message", chat, message)


def _check(world: World, person: Person, chat: Chat, message: StoredMessage) -> None:
    if message.author_id != person.id or message.by_bot or message.service:
        raise InputError(f"message {message.id} is not theirs; people edit only their own")
    if "forward_origin" in message.body:
        raise InputError(f"message {message.id} was forwarded and cannot be edited")
    unlimited = (
        isinstance(chat, Group)
        and chat.kind == "supergroup"
        and chat.user_may(person.id, "can_pin_messages")
    )
    age = world.clock.now() - int(message.body["date"])
    if age >= EDITABLE_SECONDS and not unlimited:
        raise InputError(f"message {message.id} is older than 48 hours and cannot be edited")


def _new_words(message: StoredMessage, old: dict[str, Any], text: str) -> dict[str, Any]:
    if "text" in old:
        return text_content(text)
    if not _WITH_CAPTION & old.keys():
        raise InputError(f"message {message.id} has no text or caption to edit")
    file = {key: value for key, value in old.items() if not key.startswith("caption")}
    return file | caption_content(text)


def _new_file(
    world: World, message: StoredMessage, old: dict[str, Any], change: Edit, kind: str
) -> dict[str, Any]:
    """Replace the file, or add one to a text; the words stay unless there are new ones."""
    # An animation is a document too.
    had = next((name for name in ("animation", *FILE_KINDS, "text") if name in old), "")
    if had not in {*_NEW_KINDS, "text"}:
        raise InputError(f"message {message.id} cannot take a file")
    in_album = "media_group_id" in message.body
    if in_album and _ALIKE.get(kind, kind) != _ALIKE.get(had, had):
        raise InputError(f"in an album, {had} cannot become {kind}")
    given = getattr(change, kind)
    if given.media_group_id:
        raise InputError("a message cannot change its album")
    if change.text is not None and given.caption:
        raise InputError("give the new words once: as text, or as the file's caption")
    fields = file_content(world, kind, given)
    if change.text is not None:
        return fields | caption_content(change.text)
    if given.caption:
        return fields
    return fields | caption_content(str(old.get("text", old.get("caption", ""))))
