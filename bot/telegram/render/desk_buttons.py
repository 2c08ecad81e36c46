"""The buttons of the staff: what they mean, and their data of at most 64 bytes.

The data begin with ``d:``, which no button of a migrant does. They outlive releases, as cards stay
pinned: an action is never given another meaning.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from bot.telegram.effects import Button

PREFIX = "d:"
MAX_BYTES = 64


class Action(StrEnum):
    """What a button does; what stands behind it are the arguments."""

    CLAIM = "claim"
    RELEASE = "release"
    TAKE_OVER = "take"
    TRANSFER = "move"
    """Asks to whom; with ``g<group>`` or ``u<user>`` does it."""
    CLOSE = "close"
    """Asks how it ended; with an ``Ending`` closes it."""
    BLOCK = "block"
    """Asks why; with a reason, for how long; with both (days) blocks the person."""
    UNBLOCK = "unblock"
    REOPEN = "reopen"
    ANSWER = "answer"
    """How answers are found; with an intent shows it, with ``send`` behind it sends it."""
    SNIPPET = "text"
    """The same with the name of a ready-made text; ``delete`` removes it."""
    NOTE = "note"
    REVEAL = "reveal"
    """With the id of a message of the migrant's chat."""
    TEACH = "teach"
    """The bot should have known this."""
    REFER = "refer"
    """With the mark of a centre."""
    LOCALE = "lang"
    CITIZENSHIP = "citizen"
    CITY = "city"


class Press(msgspec.Struct, frozen=True):
    """A button that was pressed.

    Attributes:
        case: the number of its case; 0 for none.
        arguments: of its action, all of them words.
    """

    action: Action
    case: int
    arguments: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """The first argument; empty if there is none."""
        return self.arguments[0] if self.arguments else ""


_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


def button(label: str, action: Action, case: int, *arguments: str) -> Button:
    """A button of the staff.

    Raises:
        ValueError: it does not fit; a mistake in our own code.
    """
    data = PREFIX + ":".join((action.value, str(case), *arguments))
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(action)
    return Button(label, data=data)


def decode(data: str) -> Press | None:
    """What a button's data mean; None for what no button of this release has. Never raises."""
    if not data.startswith(PREFIX):
        return None
    name, *fields = data.removeprefix(PREFIX).split(":")
    if not fields or name not in set(Action) or not _NUMBER.fullmatch(fields[0]):
        return None
    return Press(Action(name), int(fields[0]), tuple(fields[1:]))
