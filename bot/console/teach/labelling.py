"""What a counsellor decides of a group: taught, counted, and off the queue; or back with reasons.

The queue gives each question to one counsellor only (``ReviewQueue.settle``). Phrases are written
first, for what is off the queue is gone for good; if somebody else was faster meanwhile, what was
written is taken back.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.teach.queue import Card, Row, locale_of
from bot.console.training import phrases
from bot.console.training.phrases import Lesson, Refusal, Refused
from bot.console.training.verdicts import OUT_OF_SCOPE
from bot.console.training.wording import same, tidy
from bot.store.review import Done, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.training.folders import Folders
    from bot.language.tags import Locale
    from bot.store.review import ReviewQueue


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
    NO_LANGUAGE = "no_language"


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


class _Tried(msgspec.Struct, frozen=True):
    """Rows that can be taken off the queue, those that cannot, and what was written."""

    ready: tuple[Row, ...]
    refused: tuple[Row, ...] = ()
    written: tuple[Lesson, ...] = ()


async def carry_out(folders: Folders, queue: ReviewQueue, order: Order) -> Result:
    """Does what a counsellor decided.

    Args:
        folders: of this installation.
        queue: the review queue.
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
    there = {one.id for one in await queue.review(order.now)}
    here = [row for row in taken if row.id in there]
    tried = await _teach(folders, order, here) if action.teaches else _Tried(tuple(here))
    labelled_as = order.intent if action is Action.LABEL else ""
    ids = [row.id for row in tried.ready]
    got = await queue.settle(ids, action.done, order.today, labelled_as) if ids else ()
    mine = {f"{one.day}.{digest(one)}" for one in got}
    lost = [row for row in tried.ready if row.id not in mine]
    if lost:
        kept = {(same(row.text), locale_of(row.locale)) for row in tried.ready if row.id in mine}
        back = [one for one in tried.written if (same(one.text), one.locale) not in kept]
        await asyncio.to_thread(phrases.forget, folders, back)
        tried = msgspec.structs.replace(
            tried, written=tuple(one for one in tried.written if one not in back)
        )
    return Result(
        settled=len(mine),
        taught=len(tried.written),
        gone=len(taken) - len(here) + len(lost),
        left=_with(card, rows=tried.refused) if tried.refused else None,
    )


async def _teach(folders: Folders, order: Order, rows: list[Row]) -> _Tried:
    """Writes the phrases that are fit; of other languages nothing is taught, only counted."""
    ready: list[Row] = []
    refused: list[Row] = []
    lessons: dict[tuple[str, Locale], Lesson] = {}
    for row in rows:
        locale = locale_of(row.locale)
        if locale is not None:
            calm = order.card.calm and order.action is Action.LABEL
            lessons.setdefault(
                (tidy(row.text), locale), Lesson(tidy(row.text), order.intent, locale, calm)
            )
        elif order.action is Action.OUT_OF_SCOPE:
            ready.append(row)
        else:
            refused.append(msgspec.structs.replace(row, fault=Fault.NO_LANGUAGE.value))
    done = await asyncio.to_thread(phrases.teach, folders, list(lessons.values()), order.public)
    faults = _faults(done.refused)
    for row in rows:
        if locale_of(row.locale) is None:
            continue
        fault = faults.get(_key(row))
        if fault is None:
            ready.append(row)
        else:
            reason, detail = fault.reason.value, fault.detail
            refused.append(msgspec.structs.replace(row, fault=reason, detail=detail))
    order_of = {row.id: number for number, row in enumerate(rows)}
    return _Tried(
        tuple(ready), tuple(sorted(refused, key=lambda row: order_of[row.id])), done.lessons
    )


def _faults(refused: Iterable[Refused]) -> dict[tuple[str, Locale | None], Refused]:
    """By phrase; what the bot knows already as this very question is no fault."""
    return {
        (one.lesson.text, one.lesson.locale): one
        for one in refused
        if not (one.reason is Refusal.KNOWN and one.detail == one.lesson.intent)
    }


def _key(row: Row) -> tuple[str, Locale | None]:
    return tidy(row.text), locale_of(row.locale)


def _with(card: Card, rows: tuple[Row, ...] | None = None, intent_fault: str = "") -> Card:
    return msgspec.structs.replace(
        card, rows=card.rows if rows is None else rows, intent_fault=intent_fault
    )
