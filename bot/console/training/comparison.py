"""An old model against a new one: what is known about the two."""

from __future__ import annotations

import msgspec

from bot.understanding.reached import Outcome

EXAMPLES = 20
"""Messages that are shown of those whose verdict changed."""


class Figures(msgspec.Struct, frozen=True):
    """Numbers of messages.

    Attributes:
        rows: all of them.
        first: those whose right question came first.
        first_three: those whose right question was among the first three.
        ours: those within our subject.
        answered_rightly: of these, those that got the right answer at once.
        answered_wrongly: of these, those that got a wrong one.
        others: those that are none of our subjects.
        others_answered: of these, those that got an answer.
        urgent: those that tell of danger.
        urgent_shown: of these, those that got a danger card.
    """

    rows: int
    first: int
    first_three: int
    ours: int
    answered_rightly: int
    answered_wrongly: int
    others: int
    others_answered: int
    urgent: int
    urgent_shown: int


class Verdict(msgspec.Struct, frozen=True):
    """What somebody got for a message.

    Attributes:
        outcome: how good that was.
        shown: the questions that were answered or offered.
        card: whether a danger card came.
    """

    outcome: Outcome
    shown: tuple[str, ...]
    card: bool


class Change(msgspec.Struct, frozen=True):
    """A message of the development set that gets something else from the new model.

    Attributes:
        text: the message; people made it up for measuring.
        language: its tag; empty if not said.
        right: the questions that it asks, the foremost first.
        old: what the old model gave.
        new: what the new one gives.
        better: whether that is better; None if only other.
    """

    text: str
    language: str
    right: tuple[str, ...]
    old: Verdict
    new: Verdict
    better: bool | None


class Part(msgspec.Struct, frozen=True):
    """The messages of one language, or all of them.

    Attributes:
        language: the tag; empty for all.
        old: the old model's figures; None where there was none to compare with.
        new: the new model's.
        better: messages that get something better than before.
        worse: messages that get something worse.
        other: messages that get something else that is as good or as bad.
        chance: how likely so uneven a change, or a more uneven one, is if the models are equally
            good (two-sided sign test on better and worse), 0 to 1. Above 0.05 it says little.
    """

    language: str
    old: Figures | None
    new: Figures
    better: int = 0
    worse: int = 0
    other: int = 0
    chance: float = 1.0


class Asking(msgspec.Struct, frozen=True):
    """The messages that ask one question before all.

    Attributes:
        intent: the question.
        rows: how many messages.
        old: how many of them the old model had right first; None where there was none.
        new: how many the new one has.
        better: messages that get something better than before.
        worse: messages that get something worse.
    """

    intent: str
    rows: int
    old: int | None
    new: int
    better: int = 0
    worse: int = 0


class Comparison(msgspec.Struct, frozen=True):
    """Two models on the development set.

    Attributes:
        old: the old model's file name; None if there was none.
        new: the new model's.
        whole: all messages.
        languages: by language, in the order of their tags.
        examples: at most ``EXAMPLES`` changes, the worse ones first.
        faults: rows of the development set that cannot be used.
        intents: by question, those that changed the most first.
    """

    old: str | None
    new: str
    whole: Part
    languages: tuple[Part, ...]
    examples: tuple[Change, ...]
    faults: tuple[str, ...] = ()
    intents: tuple[Asking, ...] = ()
