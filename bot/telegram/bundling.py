"""What one person wrote in a row in a case, as one message: where a group's minute is spent.

A group takes twenty messages a minute from a bot, however many migrants write in it. Only copies of
plain text are bundled; what is a medium, answers a message, or is anybody else's goes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.telegram.effects import Button, EditMessage, Keyboard, SendMessage
from bot.telegram.splitting import MAX_TEXT, length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram.effects import Effect

MAX_LINES = 20
"""Messages in one: as many as people read at once; and a message has room for their buttons."""


class Line(msgspec.Struct, frozen=True):
    """One of the messages.

    Attributes:
        name: its ``Origin.ref``.
        text: as Telegram's HTML, masked.
        keyboard: its own buttons.
    """

    name: str
    text: str
    keyboard: Keyboard | None = None


class Bundle(msgspec.Struct, frozen=True):
    """The messages that became one; kept in the case's map, so that one of them can be edited."""

    lines: tuple[Line, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all."""
        return tuple(line.name for line in self.lines)

    @property
    def text(self) -> str:
        """All of them, in order, as Telegram's HTML: it counts the places of formatting itself."""
        return "\n".join(line.text for line in self.lines)

    @property
    def keyboard(self) -> Keyboard | None:
        """The buttons of all, numbered in the order of the messages if there are several."""
        rows = [row for line in self.lines for row in line.keyboard or ()]
        if len(rows) > 1:
            rows = [_numbered(row, number) for number, row in enumerate(rows, 1)]
        return tuple(rows) or None

    @property
    def fits(self) -> bool:
        """Whether it is one message to Telegram."""
        return len(self.lines) <= MAX_LINES and length(self.text) <= MAX_TEXT

    def edited(self, name: str, edit: EditMessage) -> Bundle:
        """With other words, and buttons, of one message."""
        new = Line(name, edit.text, edit.keyboard)
        return Bundle(tuple(new if line.name == name else line for line in self.lines))


def may_lead(effect: Effect) -> bool:
    """Whether the messages behind this one may go with it."""
    return (
        isinstance(effect, SendMessage)
        and effect.case is not None
        and effect.chat_id < 0
        and effect.origin is not None
        and effect.origin.chat_id > 0
        and not (effect.plain or effect.reply_keyboard or effect.late)
    )


def followers(first: SendMessage, behind: Sequence[Effect]) -> tuple[SendMessage, ...]:
    """The messages right behind this one that go with it: the same person's, in the same case."""
    found: list[SendMessage] = []
    for effect in behind:
        if not isinstance(effect, SendMessage) or not _may_follow(first, effect):
            break
        if not bundle_of((first, *found, effect)).fits:
            break
        found.append(effect)
    return tuple(found)


def bundle_of(messages: Sequence[SendMessage]) -> Bundle:
    """Messages as a bundle."""
    return Bundle(
        tuple(
            Line(one.origin.ref, one.text, one.keyboard)
            for one in messages
            if one.origin is not None
        )
    )


def joined(messages: Sequence[SendMessage]) -> SendMessage:
    """One message in place of several; it answers what the first one answers."""
    bundle = bundle_of(messages)
    return replace(messages[0], text=bundle.text, keyboard=bundle.keyboard)


def encode(bundle: Bundle) -> bytes:
    """The bytes to keep of a bundle."""
    return msgspec.json.encode(bundle)


def decode(payload: str | None) -> Bundle | None:
    """Reads a bundle; None for one that is not there, or damaged."""
    if payload is None:
        return None
    try:
        return msgspec.json.decode(payload, type=Bundle)
    except msgspec.DecodeError:
        return None


def _may_follow(first: SendMessage, effect: SendMessage) -> bool:
    if not may_lead(effect) or effect.reply_ref is not None or effect.reply_to is not None:
        return False
    same_chat = first.origin is not None and effect.origin is not None
    return (
        same_chat
        and first.origin.chat_id == effect.origin.chat_id  # type: ignore[union-attr]
        and (first.case, first.chat_id) == (effect.case, effect.chat_id)
        and (first.silent, first.protect, first.link_preview)
        == (effect.silent, effect.protect, effect.link_preview)
    )


def _numbered(row: tuple[Button, ...], number: int) -> tuple[Button, ...]:
    return tuple(replace(button, text=f"{button.text} {number}") for button in row)
