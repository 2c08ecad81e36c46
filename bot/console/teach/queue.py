"""The review queue as cards: a group of like questions each, the most frequent first. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.likeness import Asked
from bot.console.training.verdicts import OUT_OF_SCOPE
from bot.console.training.wording import suggestion
from bot.language.tags import Locale
from bot.store.review import Question, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.console.teach.grouping import Grouped
    from bot.store.review import Waiting

CARDS = 20
"""Groups on a page."""

ROWS = 25
"""Questions of a group that are shown at once: a form has so many fields only, and eyes tire."""


class Row(msgspec.Struct, frozen=True):
    """A question as it stands in a form.

    Attributes:
        id: of the queue.
        text: what the bot is to learn.
        locale: that it is written in, a ``Locale``'s value; empty if it is to be chosen.
        taken: whether what is done holds for it.
        question: as the queue has it; None if the queue cannot be read.
        times: how often it came.
        fault: why it was not taught; empty if nothing is wrong.
        detail: of the fault.
    """

    id: str
    text: str
    locale: str
    taken: bool = True
    question: Question | None = None
    times: int = 1
    fault: str = ""
    detail: str = ""


class Card(msgspec.Struct, frozen=True):
    """A group of like questions with its form.

    Attributes:
        key: names it within the page.
        rows: the questions that are shown.
        more: how many there are beside them.
        times: how often they all came.
        intent: the chosen question, or the one that is likeliest; empty for none.
        calm: whether nobody is in danger in these.
        intent_fault: what is wrong with the choice; empty if nothing is.
        joins: the new question of the list that they belong to; empty if they are one of their own.
    """

    key: str
    rows: tuple[Row, ...]
    more: int = 0
    times: int = 0
    intent: str = ""
    calm: bool = False
    intent_fault: str = ""
    joins: str = ""


class Filters(msgspec.Struct, frozen=True):
    """What is shown of the queue; empty for all.

    Attributes:
        locale: a ``Locale``'s value, or ``other``.
        why: a ``Why``'s value.
    """

    locale: str = ""
    why: str = ""

    def let(self, one: Waiting) -> bool:
        """Whether a question is shown."""
        asked = one.question
        return self.locale in ("", asked.locale) and self.why in ("", asked.why.value)


class Leaf(msgspec.Struct, frozen=True):
    """A page of the queue.

    Attributes:
        cards: of this page.
        number: of this page, from 1.
        last: of the last page.
        groups: on all pages.
        questions: in all groups.
    """

    cards: tuple[Card, ...]
    number: int
    last: int
    groups: int
    questions: int


def asked_of(waiting: Iterable[Waiting]) -> tuple[Asked, ...]:
    """The queue as ``likeness`` reads it."""
    return tuple(
        Asked(one.id, one.question.text, locale_of(one.question.locale), one.times)
        for one in waiting
    )


def leaf_of(
    waiting: Sequence[Waiting], grouped: Grouped, filters: Filters, number: int, intents: set[str]
) -> Leaf:
    """A page of the queue; the last one if there are fewer.

    Args:
        waiting: the whole queue.
        grouped: its groups.
        filters: what is shown.
        number: of the page, from 1.
        intents: that can be taught.
    """
    there = {one.id: one for one in waiting if filters.let(one)}
    groups = [[there[name] for name in ids if name in there] for ids in grouped.groups]
    groups = sorted(filter(None, groups), key=_frequent_first)
    last = max(1, -(-len(groups) // CARDS))
    number = min(number, last)
    some = groups[(number - 1) * CARDS : number * CARDS]
    cards = tuple(card_of(group, intents) for group in some)
    return Leaf(cards, number, last, len(groups), len(there))


def card_of(group: Sequence[Waiting], intents: set[str]) -> Card:
    """The form of a group as it is first shown."""
    rows = tuple(map(_row, group[:ROWS]))
    times = sum(one.times for one in group)
    best = best_guess(group[:ROWS], intents)
    return Card(key_of(rows), rows, len(group) - len(rows), times, best)


def best_guess(group: Iterable[Waiting], intents: set[str]) -> str:
    """The question that a group most likely asks; empty if there is none to be guessed.

    What got 👎 does not speak for the answer that got it. A counsellor's case speaks for its
    subject as much as a sure guess would.

    Args:
        group: the questions.
        intents: that can be chosen.
    """
    votes: Counter[str] = Counter()
    for one in group:
        asked = one.question
        refused = asked.subject if asked.why is Why.THUMBS_DOWN else ""
        for guess in asked.guesses:
            if guess.intent != refused:
                votes[guess.intent] += round(1000 * guess.confidence * one.times)
        if asked.why is Why.STAFF and asked.subject:
            votes[asked.subject] += 1000 * one.times
    allowed = [name for name in votes if name in intents and name != OUT_OF_SCOPE]
    return min(allowed, key=lambda name: (-votes[name], name), default="")


def with_questions(card: Card, waiting: Mapping[str, Waiting]) -> Card:
    """A card of what was sent, with what the queue knows of its questions."""
    rows = tuple(
        msgspec.structs.replace(row, question=one.question, times=one.times)
        if (one := waiting.get(row.id))
        else row
        for row in card.rows
    )
    return msgspec.structs.replace(card, rows=rows, times=sum(row.times for row in rows))


def key_of(rows: Sequence[Row]) -> str:
    """Names a card by its first question: letters and digits only."""
    first = rows[0].id if rows else ""
    return hashlib.blake2b(first.encode(), digest_size=6).hexdigest()


def locale_of(value: str) -> Locale | None:
    """A locale of ours; None for another language."""
    try:
        return Locale(value)
    except ValueError:
        return None


def _row(one: Waiting) -> Row:
    asked = one.question
    locale = locale_of(asked.locale)
    return Row(
        one.id,
        suggestion(asked.text),
        locale.value if locale else "",
        question=asked,
        times=one.times,
    )


def _frequent_first(group: Sequence[Waiting]) -> tuple[int, int, str]:
    return (-sum(one.times for one in group), -len(group), group[0].id)
