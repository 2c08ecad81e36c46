"""What the helpline tells itself through the inbox, in the order of the migrant's chat."""

from __future__ import annotations

import msgspec

from bot.telegram.effects import Origin


class TimerDue(msgspec.Struct, frozen=True, tag="timer_due"):
    """A timer of a case ended; ``timer`` is a ``handoff.moves.Timer`` or an edge's own."""

    case: int
    timer: str


class Undelivered(msgspec.Struct, frozen=True, tag="undelivered"):
    """What somebody wrote in a case could not be delivered.

    Attributes:
        case: its number.
        origin: the message.
        cause: of ``telegram.ends.End``, or the sender's own (expired, broken).
    """

    case: int
    origin: Origin
    cause: str


class TopicRemade(msgspec.Struct, frozen=True, tag="topic_remade"):
    """The staff had deleted a case's topic; there is a new one, with the card and nothing else."""

    case: int


class Unrevealed(msgspec.Struct, frozen=True, tag="unrevealed"):
    """What a counsellor wanted to see as it was written could not be shown.

    Attributes:
        case: its number.
        at: the message whose button they pressed; None if it is gone.
        cause: as of ``Undelivered``.
    """

    case: int
    at: int | None
    cause: str


class ShutOut(msgspec.Struct, frozen=True, tag="shut_out"):
    """Telegram lets nothing of the bot's into the group of a case."""

    case: int
    group: int


Signal = TimerDue | Undelivered | TopicRemade | Unrevealed | ShutOut


class SignalFormatError(Exception):
    """Not a signal that this release knows."""


def encode(signal: Signal) -> bytes:
    """The bytes to keep of a signal."""
    return msgspec.json.encode(signal)


def decode(payload: bytes) -> Signal:
    """Reads a signal.

    Raises:
        SignalFormatError: it is of a newer release, or damaged.
    """
    try:
        found: Signal = msgspec.json.decode(payload, type=Signal)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SignalFormatError(type(error).__name__) from None
    return found
