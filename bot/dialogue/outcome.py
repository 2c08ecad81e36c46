"""What a turn results in."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.dialogue.acts import Act
from bot.dialogue.session import Session
from bot.language.tags import Locale


class Verdict(StrEnum):
    """How a turn ended, for the counts; nothing personal."""

    ANSWERED = "answered"
    OFFERED = "offered"
    LOST = "lost"
    OUT_OF_SCOPE = "out_of_scope"
    DANGER = "danger"
    UNREAD = "unread"
    ASKED = "asked"
    NAVIGATED = "navigated"
    RATED_UP = "rated_up"
    RATED_DOWN = "rated_down"
    FAULT = "fault"
    WRONG_NUMBER = "wrong_number"
    FORGOTTEN = "forgotten"
    RELAYED = "relayed"
    """Carried over to the staff; the bot said nothing."""


class Step(msgspec.Struct, frozen=True):
    """What to say and remember, before the language of the reply is settled.

    Attributes:
        session: the new state; None erases everything kept about the person.
        acts: what to say, in order.
        verdict: for the counts.
        subject: the intent or danger kind the verdict is about, if any.
    """

    session: Session | None
    acts: tuple[Act, ...]
    verdict: Verdict
    subject: str | None = None


class Outcome(msgspec.Struct, frozen=True):
    """The result of one turn: a step, and the language to say it in.

    The locale may differ from the session's: one message in another language is answered in it.
    """

    step: Step
    locale: Locale


def say(session: Session, verdict: Verdict, *said: Act, subject: str | None = None) -> Step:
    """A step that says these acts, in order."""
    return Step(session, said, verdict, subject)
