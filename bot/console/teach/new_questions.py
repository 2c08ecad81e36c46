"""The list of new questions as cards, and what counsellors decide of them.

A wording leaves the list for one counsellor only (``NewQuestions.remove``). Phrases are taught
first, for what is off the list is gone for good; if somebody else was faster, they are taken back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.teach.labelling import Fault
from bot.console.teach.queue import ROWS, Card, Row, locale_of
from bot.console.teach.rows import Tried, looked_through, take_back, teach_rows
from bot.console.training.phrases import Refusal
from bot.console.training.verdicts import OUT_OF_SCOPE
from bot.console.training.wording import tidy
from bot.handoff import masking
from bot.store.new_questions import About

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.training.folders import Folders
    from bot.store.new_questions import NewQuestion, NewQuestions, Wording

TITLE_LENGTH = 100
NOTE_LENGTH = 500
"""Characters that a form has room for; a note is no place for a case."""


class Step(StrEnum):
    """What a button of a card does."""

    KEEP = "keep"
    """Title, note and texts are saved; all stays on the list."""
    ANSWERED = "answered"
    """The bot has the question by now: the wordings are taught as it."""
    DROP = "drop"


class NewCard(msgspec.Struct, frozen=True):
    """A new question with its form.

    Attributes:
        card: its wordings; the key is the question's id, the ids of rows are names of wordings.
        about: title and note as they stand in the form.
        last: the day on which it was asked last (YYYY-MM-DD); empty if it is gone.
        title_fault: a ``Refusal``'s value; empty if nothing is wrong.
        note_fault: the same of the note.
    """

    card: Card
    about: About = About()
    last: str = ""
    title_fault: str = ""
    note_fault: str = ""


class Decision(msgspec.Struct, frozen=True):
    """What is to be done.

    Attributes:
        card: as it was sent.
        step: the button.
        now: seconds since the epoch.
        intents: that can be taught.
        public: numbers that are nobody's, as for ``phrases.teach``.
    """

    card: NewCard
    step: Step
    now: float
    intents: frozenset[str]
    public: frozenset[str] = frozenset()


class Outcome(msgspec.Struct, frozen=True):
    """What came of a decision.

    Attributes:
        settled: wordings that are off the list now.
        saved: title, note or texts were changed.
        gone: wordings that somebody else had dealt with.
        left: what could not be done, with its faults; None if all was.
    """

    settled: int = 0
    saved: bool = False
    gone: int = 0
    left: NewCard | None = None


def new_card_of(question: NewQuestion) -> NewCard:
    """The form of a question as it is first shown."""
    rows = tuple(map(_row, question.wordings[:ROWS]))
    card = Card(question.id, rows, len(question.wordings) - len(rows), question.times)
    return NewCard(card, question.about, question.last)


def newest_first(questions: Iterable[NewQuestion]) -> tuple[NewQuestion, ...]:
    """By the day on which they were asked last."""
    return tuple(sorted(questions, key=lambda one: (one.last, one.times, one.id), reverse=True))


def name_of_question(question: NewQuestion) -> str:
    """What a question is called in a list: its title, or how it is asked most often."""
    return question.about.title or question.wordings[0].text


async def carry_out(folders: Folders, new: NewQuestions, decision: Decision) -> Outcome:
    """Does what a counsellor decided of a new question.

    Args:
        folders: of this installation.
        new: the list.
        decision: theirs.

    Raises:
        RedisError: the store is away. The same may be sent again.
    """
    sent, step = decision.card, decision.step
    faulty = _with_faults(decision)
    if faulty is not None:
        return Outcome(left=faulty)
    found = await new.find(sent.card.key, decision.now)
    there = {one.name: one for one in found.wordings} if found else {}
    taken = [row for row in sent.card.rows if row.taken or step is Step.KEEP]
    here = [row for row in taken if row.id in there]
    if found is None or not here:
        return Outcome(gone=max(1, len(taken)))
    saved = await _save(new, found, sent, here if step is Step.KEEP else ())
    gone = len(taken) - len(here)
    if step is Step.KEEP:
        return Outcome(saved=saved, gone=gone)
    tried = Tried(tuple(here))
    if step is Step.ANSWERED:
        card = sent.card
        tried = await teach_rows(folders, here, card.intent, decision.public, calm=card.calm)
    mine = [row for row in tried.ready if await new.remove(found.id, there[row.id].asked)]
    if len(mine) < len(tried.ready):
        await take_back(folders, tried, mine)
    left = _with(sent, rows=tried.refused) if tried.refused else None
    return Outcome(len(mine), saved, gone + len(tried.ready) - len(mine), left)


async def _save(new: NewQuestions, found: NewQuestion, sent: NewCard, rows: Iterable[Row]) -> bool:
    """Keeps what was changed in the form; whether anything was."""
    there = {one.name: one for one in found.wordings}
    changed = [row for row in rows if _is_changed(row, there[row.id])]
    for row in changed:
        locale = locale_of(row.locale)
        known = there[row.id]
        await new.reword(found.id, known, tidy(row.text), locale.value if locale else "other")
    if sent.about != found.about:
        await new.describe(found, sent.about)
    return bool(changed) or sent.about != found.about


def _with_faults(decision: Decision) -> NewCard | None:
    """The card with what is wrong in it; None if nothing is."""
    sent, step, public = decision.card, decision.step, decision.public
    card, faults = sent.card, [_fault(text, public) for text in (sent.about.title, sent.about.note)]
    choice = ""
    if step is not Step.KEEP and not any(row.taken for row in card.rows):
        choice = Fault.NOTHING_TAKEN.value
    elif step is Step.ANSWERED and card.intent not in decision.intents - {OUT_OF_SCOPE}:
        choice = Fault.NO_INTENT.value
    rows = card.rows
    if step is Step.KEEP:
        refused = {row.id: row for row in looked_through(rows, public).refused}
        rows = tuple(refused.get(row.id, row) for row in rows)
    if rows == card.rows and not any((*faults, choice)):
        return None
    title, note = faults
    marked = msgspec.structs.replace(sent, title_fault=title, note_fault=note)
    return _with(marked, rows=rows, intent_fault=choice)


def _fault(text: str, public: frozenset[str]) -> str:
    return Refusal.PERSONAL.value if masking.find(text, public) else ""


def _is_changed(row: Row, wording: Wording) -> bool:
    locale = locale_of(row.locale)
    language = locale.value if locale else "other"
    return tidy(row.text) != wording.text or language != wording.locale


def _with(sent: NewCard, **changed: object) -> NewCard:
    return msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, **changed))


def _row(wording: Wording) -> Row:
    locale = locale_of(wording.locale)
    return Row(wording.name, wording.text, locale.value if locale else "", times=wording.times)
