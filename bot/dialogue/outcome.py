"""What a turn results in."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.dialogue.acts import Act
from bot.dialogue.events import TextReceived
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
    NONE_OF_THESE = "none_of_these"
    """Questions had been offered, and the person meant none of them."""
    HANDED_OVER = "handed_over"
    """A case was opened with the staff; counted beside the verdict of the turn that led to it."""


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

    Attributes:
        step: what to say.
        locale: may differ from the session's: one message in another language is answered in it.
        question: the text that was read and replied to; None where it was a command's plain word,
            or no text.
    """

    step: Step
    locale: Locale
    question: TextReceived | None = None


def say(session: Session, verdict: Verdict, *said: Act, subject: str | None = None) -> Step:
    """A step that says these acts, in order."""
    return Step(session, said, verdict, subject)
