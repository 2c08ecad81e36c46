"""Wordings as they stand in a form, cleaned by hand: taught to the bot, or refused with reasons."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.teach.queue import Row, locale_of
from bot.console.training import phrases
from bot.console.training.phrases import Lesson, Refusal
from bot.console.training.wording import same, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.console.training.folders import Folders
    from bot.console.training.phrases import Refused
    from bot.language.tags import Locale


class RowFault(StrEnum):
    """What is wrong with a wording, beside ``Refusal``."""

    NO_LANGUAGE = "no_language"
    """It is in none of ours, so that nothing can be taught of it."""


class Tried(msgspec.Struct, frozen=True):
    """What came of wordings.

    Attributes:
        ready: they may leave where they are.
        refused: they stay, with their faults.
        written: phrases that were taught.
    """

    ready: tuple[Row, ...]
    refused: tuple[Row, ...] = ()
    written: tuple[Lesson, ...] = ()


async def teach_rows(  # noqa: PLR0913 - what a phrase has
    folders: Folders,
    rows: Sequence[Row],
    intent: str,
    public: frozenset[str],
    *,
    calm: bool = False,
    others: bool = False,
) -> Tried:
    """Writes the phrases that are fit; what the bot knows already as this question is no fault.

    Args:
        folders: of this installation.
        rows: as they were sent.
        intent: that they are taught as.
        public: as for ``phrases.teach``.
        calm: nobody is in danger in these.
        others: what is in none of our languages may leave all the same; nothing is taught of it.
    """
    ready: list[Row] = []
    refused: list[Row] = []
    lessons: dict[tuple[str, Locale], Lesson] = {}
    for row in rows:
        locale = locale_of(row.locale)
        if locale is not None:
            text = tidy(row.text)
            lessons.setdefault((text, locale), Lesson(text, intent, locale, calm))
    done = await asyncio.to_thread(phrases.teach, folders, list(lessons.values()), public)
    faults = _faults(done.refused)
    for row in rows:
        locale = locale_of(row.locale)
        fault = faults.get((tidy(row.text), locale))
        if locale is None and not others:
            refused.append(msgspec.structs.replace(row, fault=RowFault.NO_LANGUAGE.value))
        elif fault is not None:
            reason, detail = fault.reason.value, fault.detail
            refused.append(msgspec.structs.replace(row, fault=reason, detail=detail))
        else:
            ready.append(row)
    return Tried(tuple(ready), tuple(refused), done.lessons)


async def take_back(folders: Folders, tried: Tried, kept: Iterable[Row]) -> Tried:
    """Takes back what was taught of wordings that somebody else had dealt with meanwhile.

    Args:
        folders: of this installation.
        tried: what was taught.
        kept: wordings of which it stays.
    """
    mine = {(same(row.text), locale_of(row.locale)) for row in kept}
    back = [one for one in tried.written if (same(one.text), one.locale) not in mine]
    await asyncio.to_thread(phrases.forget, folders, back)
    written = tuple(one for one in tried.written if one not in back)
    return msgspec.structs.replace(tried, written=written)


def looked_through(rows: Iterable[Row], public: frozenset[str]) -> Tried:
    """Sorts wordings by whether they may be kept to be read: cleaned as phrases must be.

    Args:
        rows: as they were sent.
        public: as for ``phrases.teach``.
    """
    ready: list[Row] = []
    refused: list[Row] = []
    for row in rows:
        fault = phrases.unfit(tidy(row.text), public)
        if fault is None:
            ready.append(row)
        else:
            refused.append(msgspec.structs.replace(row, fault=fault.value))
    return Tried(tuple(ready), tuple(refused))


def _faults(refused: Iterable[Refused]) -> dict[tuple[str, Locale | None], Refused]:
    """By phrase."""
    return {
        (one.lesson.text, one.lesson.locale): one
        for one in refused
        if not (one.reason is Refusal.KNOWN and one.detail == one.lesson.intent)
    }
