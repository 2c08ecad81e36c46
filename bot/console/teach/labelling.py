"""What a counsellor decides of a group: taught, listed or dropped, off the queue; or sent back.

The queue gives each question to one counsellor only (``ReviewQueue.settle``). Phrases, and the
wordings of new questions, are written first, for what is off the queue is gone for good; if
somebody else was faster meanwhile, what was written is taken back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.teach.queue import Card, Row, key_of, locale_of
from bot.console.teach.rows import Tried, looked_through, take_back, teach_rows
from bot.console.training.folders import Folders
from bot.console.training.verdicts import OUT_OF_SCOPE
from bot.console.training.wording import tidy
from bot.store.new_questions import About, Asked, NewQuestions, Worded
from bot.store.review import Done, ReviewQueue, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.review import Waiting


class Action(StrEnum):
    """What a button of a card does."""

    LABEL = "label"
    OUT_OF_SCOPE = "out_of_scope"
    NEW_QUESTION = "new_question"
    DISCARD = "discard"

    @property
    def done(self) -> Done:
        """What the queue counts."""
        return {
            Action.LABEL: Done.LABELLED,
            Action.OUT_OF_SCOPE: Done.OUT_OF_SCOPE,
            Action.NEW_QUESTION: Done.NEW_QUESTION,
            Action.DISCARD: Done.DISCARDED,
        }[self]

    @property
    def teaches(self) -> bool:
        """Whether the bot learns phrases by it."""
        return self in (Action.LABEL, Action.OUT_OF_SCOPE)


class Fault(StrEnum):
    """What is wrong with what was sent, beside ``Refusal``."""

    NO_INTENT = "no_intent"
    """No question was chosen, or one that the bot does not have."""
    NOTHING_TAKEN = "nothing_taken"
    LIST_FULL = "list_full"
    """There is no room on the list of new questions."""


class Result(msgspec.Struct, frozen=True):
    """What came of a card.

    Attributes:
        settled: questions that are off the queue now.
        taught: phrases that were written.
        gone: questions that somebody else had dealt with.
        left: what could not be done, with its faults; None if all was.
    """

    settled: int = 0
    taught: int = 0
    gone: int = 0
    left: Card | None = None


class Order(msgspec.Struct, frozen=True):
    """What is to be done.

    Attributes:
        card: as it was sent.
        action: the button.
        today: the day it is counted on (``insight.period_of``).
        now: seconds since the epoch.
        intents: that can be taught.
        public: numbers that are nobody's, as for ``phrases.teach``.
    """

    card: Card
    action: Action
    today: str
    now: float
    intents: frozenset[str]
    public: frozenset[str] = frozenset()

    @property
    def intent(self) -> str:
        """That the phrases are taught as."""
        return OUT_OF_SCOPE if self.action is Action.OUT_OF_SCOPE else self.card.intent


class Places(msgspec.Struct, frozen=True):
    """Where decisions are carried out.

    Attributes:
        folders: of this installation.
        queue: the review queue.
        new: the list of new questions.
    """

    folders: Folders
    queue: ReviewQueue
    new: NewQuestions


async def carry_out(places: Places, order: Order) -> Result:
    """Does what a counsellor decided.

    Args:
        places: where.
        order: the decision.

    Raises:
        RedisError: the queue is away. The same may be sent again: what was written already is not
            written twice.
    """
    card, action = order.card, order.action
    taken = [row for row in card.rows if row.taken]
    if not taken:
        return Result(left=_with(card, intent_fault=Fault.NOTHING_TAKEN.value))
    if action is Action.LABEL and (card.intent == OUT_OF_SCOPE or card.intent not in order.intents):
        return Result(left=_with(card, intent_fault=Fault.NO_INTENT.value))
    there = {one.id: one for one in await places.queue.review(order.now)}
    here = [row for row in taken if row.id in there]
    if action is Action.NEW_QUESTION and len(here) > await places.new.room(order.now):
        return Result(left=_with(card, intent_fault=Fault.LIST_FULL.value))
    tried = await _try(places.folders, order, here)
    listed = {row.id: _asked(row, there[row.id]) for row in tried.ready}
    question = ""
    if action is Action.NEW_QUESTION and listed:
        question = await _list(places.new, order, listed.values())
    labelled_as = order.intent if action is Action.LABEL else ""
    ids = [row.id for row in tried.ready]
    got = await places.queue.settle(ids, action.done, order.today, labelled_as) if ids else ()
    mine = {f"{one.day}.{digest(one)}" for one in got}
    lost = [row for row in tried.ready if row.id not in mine]
    if lost:
        tried = await take_back(places.folders, tried, [r for r in tried.ready if r.id in mine])
        if question:
            await places.new.remove(question, [listed[row.id] for row in lost])
    return Result(
        settled=len(mine),
        taught=len(tried.written),
        gone=len(taken) - len(here) + len(lost),
        left=_left(card, tried.refused, question) if tried.refused else None,
    )


async def _try(folders: Folders, order: Order, rows: list[Row]) -> Tried:
    """What can be done before anything leaves the queue."""
    match order.action:
        case Action.LABEL:
            return await teach_rows(folders, rows, order.intent, order.public, calm=order.card.calm)
        case Action.OUT_OF_SCOPE:
            return await teach_rows(folders, rows, order.intent, order.public, others=True)
        case Action.NEW_QUESTION:
            return looked_through(rows, order.public)
        case Action.DISCARD:
            return Tried(tuple(rows))


async def _list(new: NewQuestions, order: Order, asked: Iterable[Asked]) -> str:
    """Puts wordings on the list of new questions; the id of the question they are of."""
    joined = await new.find(order.card.joins, order.now) if order.card.joins else None
    taken = [row for row in order.card.rows if row.taken]
    question = joined.id if joined else key_of(taken)
    await new.put(question, joined.about if joined else About(), asked, order.now)
    return question


def _asked(row: Row, waiting: Waiting) -> Asked:
    """A row as the list of new questions keeps it: as it was cleaned, with the day it was asked."""
    locale = locale_of(row.locale)
    worded = Worded(tidy(row.text), locale.value if locale else "other", waiting.times)
    return Asked(waiting.question.day, digest(waiting.question), worded)


def _left(card: Card, refused: tuple[Row, ...], question: str) -> Card:
    """What is to be sent again; it goes to where the rest went."""
    return msgspec.structs.replace(card, rows=refused, joins=question or card.joins)


def _with(card: Card, intent_fault: str) -> Card:
    return msgspec.structs.replace(card, intent_fault=intent_fault)
