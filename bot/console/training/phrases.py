"""Teaches the bot phrases: checks them, adds them to ``nlu_data/<locale>/taught.yml``, undoes it.

A phrase is what a person wrote, masked and looked at. It is refused if it could tell who wrote it,
if it is known already, or if the helpline's understanding is measured with it: what was trained on
measures nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.phrase_file import TAUGHT, locked, write_taught
from bot.console.training.wording import same, tidy
from bot.handoff import masking
from bot.language.tags import Locale
from bot.understanding import labelled
from bot.understanding.files import DataFileError
from bot.understanding.phrases.phrase_file import Phrase, read_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.console.training.folders import Folders

LONGEST = 500
"""Characters of a phrase: of a longer message the classifier reads the beginning only."""

_BRACKETS = frozenset("[]{}")
"""Rasa would read entities into them (``nlu/phrases.py``); masked places have them, too."""


class Lesson(msgspec.Struct, frozen=True):
    """A phrase to be learnt.

    Attributes:
        text: what people write.
        intent: what it asks; one of ``known_intents``.
        locale: what it is written in.
        calm: it only asks about a danger ("must I show the police my passport?").
    """

    text: str
    intent: str
    locale: Locale
    calm: bool = False


class Refusal(StrEnum):
    """Why a phrase is not taught."""

    EMPTY = "empty"
    """There is no word in it."""
    TOO_LONG = "too_long"
    """It has more than ``LONGEST`` characters."""
    BRACKETS = "brackets"
    """It has brackets or braces; a masked place is to be taken out."""
    PERSONAL = "personal"
    """It has a number, an account or an address that may be somebody's."""
    UNKNOWN_INTENT = "unknown_intent"
    """The bot has no such question."""
    KNOWN = "known"
    """It is a training phrase of this language already; ``detail`` is its intent."""
    MEASURED_WITH = "measured_with"
    """The helpline's understanding is measured with it."""
    BROKEN_FILE = "broken_file"
    """A file of phrases cannot be read or written; ``detail`` says which, and why."""


class Refused(msgspec.Struct, frozen=True):
    """A phrase that is not taught, with the reason."""

    lesson: Lesson
    reason: Refusal
    detail: str = ""


class Taught(msgspec.Struct, frozen=True):
    """What came of teaching: the phrases as they were written, and those refused."""

    lessons: tuple[Lesson, ...] = ()
    refused: tuple[Refused, ...] = ()


class AllTaught(msgspec.Struct, frozen=True):
    """All that was taught in the console, and a sentence for each file that cannot be read."""

    lessons: tuple[Lesson, ...]
    faults: tuple[str, ...]


def known_intents(folders: Folders) -> tuple[str, ...]:
    """All questions that the bot has, by name; from the files that can be read."""
    found: set[str] = set()
    for locale in Locale:
        for path in _files(folders, locale):
            try:
                found.update(phrase.intent for phrase in read_phrases(path))
            except DataFileError:
                continue
    return tuple(sorted(found))


def teach(
    folders: Folders, lessons: Sequence[Lesson], public: frozenset[str] = frozenset()
) -> Taught:
    """Adds phrases to the training data; those in order are added even if others are refused.

    Args:
        folders: of this installation.
        lessons: what to teach.
        public: numbers and names that are nobody's, as for ``bot.handoff.masking.find``.
    """
    lessons = [msgspec.structs.replace(each, text=tidy(each.text)) for each in lessons]
    intents = frozenset(known_intents(folders))
    measured = _measured_with(folders.evaluation)
    accepted: list[Lesson] = []
    refused: list[Refused] = []
    for lesson in lessons:
        reason = _refusal(lesson, intents, measured, public)
        if reason:
            refused.append(Refused(lesson, reason))
        else:
            accepted.append(lesson)
    done: list[Lesson] = []
    for locale in dict.fromkeys(lesson.locale for lesson in accepted):
        written = _add(folders, locale, [each for each in accepted if each.locale is locale])
        done += written.lessons
        refused += written.refused
    return Taught(tuple(done), tuple(refused))


def forget(folders: Folders, lessons: Iterable[Lesson]) -> Taught:
    """Takes phrases back that were taught in the console.

    Returns:
        Those taken back; refused are only those whose file cannot be read or written. What was
        never taught is neither.
    """
    by_locale: dict[Locale, list[Lesson]] = {}
    for lesson in lessons:
        by_locale.setdefault(lesson.locale, []).append(lesson)
    done: list[Lesson] = []
    refused: list[Refused] = []
    for locale, some in by_locale.items():
        folder = folders.phrases / locale.value
        keys = {same(each.text) for each in some}
        try:
            with locked(folder):
                known = read_phrases(folder / TAUGHT)
                gone = [phrase for phrase in known if same(phrase.text) in keys]
                if gone:
                    write_taught(folder, locale, [each for each in known if each not in gone])
        except FileNotFoundError:
            continue
        except (DataFileError, OSError) as error:
            refused += [Refused(each, Refusal.BROKEN_FILE, str(error)) for each in some]
        else:
            done += [_lesson(phrase, locale) for phrase in gone]
    return Taught(tuple(done), tuple(refused))


def unfit(text: str, public: frozenset[str] = frozenset()) -> Refusal | None:
    """Why a text may not be kept as a phrase, whatever it asks; None if it may.

    Args:
        text: of ``tidy``.
        public: as for ``teach``.
    """
    if _BRACKETS & set(text):
        return Refusal.BRACKETS
    if not same(text):
        return Refusal.EMPTY
    if len(text) > LONGEST:
        return Refusal.TOO_LONG
    return Refusal.PERSONAL if masking.find(text, public) else None


def taught(folders: Folders) -> AllTaught:
    """All phrases that were taught in the console, by language, in the order of teaching."""
    lessons: list[Lesson] = []
    faults: list[str] = []
    for locale in Locale:
        try:
            phrases = read_phrases(folders.phrases / locale.value / TAUGHT)
        except DataFileError as error:
            faults.append(str(error))
        else:
            lessons += [_lesson(phrase, locale) for phrase in phrases]
    return AllTaught(tuple(lessons), tuple(faults))


def _add(folders: Folders, locale: Locale, lessons: Sequence[Lesson]) -> Taught:
    """Adds phrases of one language that are fit to be taught."""
    folder = folders.phrases / locale.value
    done: list[Lesson] = []
    refused: list[Refused] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            known = {
                same(phrase.text): phrase.intent
                for path in _files(folders, locale)
                for phrase in read_phrases(path)
            }
            for lesson in lessons:
                key = same(lesson.text)
                if key in known:
                    refused.append(Refused(lesson, Refusal.KNOWN, known[key]))
                else:
                    known[key] = lesson.intent
                    done.append(lesson)
            if done:
                before = read_phrases(folder / TAUGHT)
                new = [Phrase(each.text, each.intent, each.calm) for each in done]
                write_taught(folder, locale, [*before, *new])
    except (DataFileError, OSError) as error:
        broken = [Refused(each, Refusal.BROKEN_FILE, str(error)) for each in lessons]
        return Taught((), tuple(broken))
    return Taught(tuple(done), tuple(refused))


def _refusal(
    lesson: Lesson, intents: frozenset[str], measured: frozenset[str], public: frozenset[str]
) -> Refusal | None:
    fault = unfit(lesson.text, public)
    if fault is not None:
        return fault
    if lesson.intent not in intents:
        return Refusal.UNKNOWN_INTENT
    return Refusal.MEASURED_WITH if same(lesson.text) in measured else None


def _measured_with(evaluation: Iterable[Path]) -> frozenset[str]:
    found: set[str] = set()
    for folder in evaluation:
        if folder.is_dir():
            found.update(same(row.text) for row in labelled.read(folder).rows)
    return frozenset(found)


def _files(folders: Folders, locale: Locale) -> list[Path]:
    return sorted((folders.phrases / locale.value).glob("*.yml"))


def _lesson(phrase: Phrase, locale: Locale) -> Lesson:
    return Lesson(phrase.text, phrase.intent, locale, phrase.calm)
