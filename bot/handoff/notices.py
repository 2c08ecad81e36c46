"""What is said in a case beside what people write themselves: one type per thing, without words."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.answers.model import DangerKind
from bot.handoff.case import Counsellor, Ending


class Cause(StrEnum):
    """Why something was not carried over."""

    BLOCKED = "blocked"
    """The migrant blocked the bot, or is gone."""
    KIND = "kind"
    """Messages of this kind are not carried over."""
    SIZE = "size"
    """The file is too large."""
    FILE = "file"
    """Files of this type are not carried over."""
    TOO_MANY = "too_many"
    """Too many messages in a minute."""
    GONE = "gone"
    """The message it belongs to is gone."""
    CLOSED = "closed"
    """The case is closed."""


class Opened(msgspec.Struct, frozen=True, tag=True):
    """Migrant: the case is open; what happens next. The edge adds duty, hours and waiting times."""

    again: bool = False


class AlreadyOpen(msgspec.Struct, frozen=True, tag=True):
    """Migrant: they asked for a person, and have one."""


class Cancelled(msgspec.Struct, frozen=True, tag=True):
    """Both: the migrant took the case back."""


class Closed(msgspec.Struct, frozen=True, tag=True):
    """Both: it is closed. The migrant is asked for a rating, except after spam or a block."""

    ending: Ending
    by: Counsellor | None = None


class WillClose(msgspec.Struct, frozen=True, tag=True):
    """Migrant: nobody wrote for long; it will be closed after so many seconds.

    Staff too where somebody may be in danger: that they are silent may mean that they cannot write.
    """

    seconds: float


class Claimed(msgspec.Struct, frozen=True, tag=True):
    """Staff: who takes care of it."""

    by: Counsellor


class Released(msgspec.Struct, frozen=True, tag=True):
    """Staff: back in the queue; ``absent`` if nobody gave it back but the clock."""

    by: Counsellor
    absent: bool = False


class HandedOver(msgspec.Struct, frozen=True, tag=True):
    """Staff: from one counsellor to another."""

    by: Counsellor
    to: Counsellor


class MovedAway(msgspec.Struct, frozen=True, tag=True):
    """Staff, in the old topic: the case went to another group."""

    by: Counsellor
    old_group: int
    old_transfers: int


class MovedHere(msgspec.Struct, frozen=True, tag=True):
    """Staff, in the new topic, below the card: what was said before."""

    by: Counsellor


class CallToMind(msgspec.Struct, frozen=True, tag=True):
    """Staff: nobody has claimed it yet; ``alarm`` calls the coordinators."""

    alarm: bool = False


class Nudge(msgspec.Struct, frozen=True, tag=True):
    """Staff: the migrant waits for an answer of this counsellor."""

    to: Counsellor


class DangerHeard(msgspec.Struct, frozen=True, tag=True):
    """Staff: what the migrant just wrote sounds like danger; mentions those on duty."""

    kinds: tuple[DangerKind, ...]


class OpenedAgain(msgspec.Struct, frozen=True, tag=True):
    """Staff: the migrant wrote again after the end, and the case is open again."""


class Rated(msgspec.Struct, frozen=True, tag=True):
    """Both: the rating, 1 to 3; the migrant is thanked and may add a word."""

    stars: int


class Unreachable(msgspec.Struct, frozen=True, tag=True):
    """Staff: the migrant blocked the bot or is gone; what to do."""


class Reachable(msgspec.Struct, frozen=True, tag=True):
    """Staff: the migrant is back."""


class Erased(msgspec.Struct, frozen=True, tag=True):
    """Staff: the migrant had everything erased; the case is at its end and cannot be answered."""


class ReferralDue(msgspec.Struct, frozen=True, tag=True):
    """Migrant: some days ago we named a centre; did it help?"""


Notice = (
    Opened
    | AlreadyOpen
    | Cancelled
    | Closed
    | WillClose
    | Claimed
    | Released
    | HandedOver
    | MovedAway
    | MovedHere
    | CallToMind
    | Nudge
    | DangerHeard
    | OpenedAgain
    | Rated
    | Unreachable
    | Reachable
    | Erased
    | ReferralDue
)
