"""What a case is: one migrant's conversation with the staff."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.answers.model import Citizenship, DangerKind
from bot.language.tags import Locale


class State(StrEnum):
    """Where a case is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Opening(StrEnum):
    """What led to a case."""

    ASKED = "asked"
    """/human, its plain word, a button, or a message understood as such."""
    LOST = "lost"
    """The bot did not understand twice in a row."""
    DANGER = "danger"
    """A button under a danger card."""
    ANSWER = "answer"
    """A button under an answer."""


class Ending(StrEnum):
    """How a case ended; the first four are chosen by the counsellor who closes it."""

    ANSWERED = "answered"
    REFERRED = "referred"
    NEEDS_LAWYER = "needs_lawyer"
    SPAM = "spam"
    CANCELLED = "cancelled"
    """By the migrant."""
    IDLE = "idle"
    """Nobody wrote for long."""
    BLOCKED = "blocked"
    """The staff blocked the person."""


BY_STAFF = (Ending.ANSWERED, Ending.REFERRED, Ending.NEEDS_LAWYER, Ending.SPAM)


class Counsellor(msgspec.Struct, frozen=True):
    """A member of the staff: Telegram's user id, and the name that the group sees anyway."""

    id: int
    name: str


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One turn with the bot before the case.

    Attributes:
        text: the migrant's words, masked.
        verdict: how the bot took it, a ``dialogue.outcome.Verdict``.
        subject: the intent or danger kind that it answered, if it did.
    """

    text: str
    verdict: str
    subject: str | None = None


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """One migrant's conversation with the staff. Times are seconds since the epoch.

    No name, account or number of the migrant is in it, except where to write to.

    Attributes:
        number: counts up; the name by which staff and migrant speak of it.
        chat_id: the migrant's private chat.
        group: the staff group that has it.
        state: see ``State``.
        opening: what led to it.
        opened: when it was opened, or opened again.
        locale: the migrant's language and script.
        citizenship: if known.
        city: key of the gazetteer, if known.
        subject: the intent that was talked about last, if any.
        before: the last turns with the bot before it was opened, oldest first.
        dangers: danger signals, gravest first.
        claimed_by: who takes care of it.
        claimed: since when.
        answered: when a counsellor first wrote, since it was opened.
        migrant_wrote: when the migrant wrote last.
        staff_wrote: when a counsellor wrote last; None before.
        waits_since: when the first of the migrant's messages came that no counsellor has answered.
        closed: when it was closed.
        ending: how.
        rating: 1 (bad) to 3 (good), by the migrant.
        transfers: how often it was given to another group; the topic of each is another one.
        unreachable: the migrant blocked the bot, or deleted the account.
        contact_shared: the migrant gave name and number away on purpose.
    """

    number: int
    chat_id: int
    group: int
    state: State
    opening: Opening
    opened: float
    locale: Locale
    citizenship: Citizenship | None = None
    city: str | None = None
    subject: str | None = None
    before: tuple[Said, ...] = ()
    dangers: tuple[DangerKind, ...] = ()
    claimed_by: Counsellor | None = None
    claimed: float | None = None
    answered: float | None = None
    migrant_wrote: float = 0.0
    staff_wrote: float | None = None
    waits_since: float | None = None
    closed: float | None = None
    ending: Ending | None = None
    rating: int | None = None
    transfers: int = 0
    unreachable: bool = False
    contact_shared: bool = False

    @property
    def question(self) -> str:
        """The migrant's last words before it was opened, masked; empty if there were none."""
        return self.before[-1].text if self.before else ""

    @property
    def is_open(self) -> bool:
        """Whether staff and migrant talk."""
        return self.state is not State.CLOSED

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return bool(self.dangers)

    @property
    def waits_for_staff(self) -> bool:
        """Whether the migrant wrote and no counsellor did since."""
        return self.is_open and self.waits_since is not None
