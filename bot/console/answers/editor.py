"""What the editor of a language shows, part by part, beside the Russian text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.faults import FileFaults
from bot.answers.markdown_file import parse_markdown
from bot.answers.model import AnswerText, Part
from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.answers.text_rules import (
    MAX_MORE,
    MAX_PAGE,
    MAX_QUESTION,
    MAX_SHORT,
    TRANSLATION_ALLOWANCE,
    page_length,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.faults import Fault
    from bot.console.web.forms import Form
    from bot.language.tags import Locale

_PREFIX = "part-"

FIELDS = tuple(f"{_PREFIX}{part.value}" for part in Part)
"""What a form sends of the parts of a text."""


@dataclass(frozen=True, slots=True)
class PartField:
    """A part as it is edited.

    Attributes:
        name: of its field in the form.
        text: in the language that is edited; empty if the part is not there.
        source: the Russian text of it; empty if it has none.
        is_outdated: the translation was made from another Russian text.
        rows: lines that the text needs on the screen.
    """

    part: Part
    name: str
    text: str
    source: str
    is_outdated: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as it is edited.

    Attributes:
        question: of the labels, in the language that is edited.
        short: of the buttons.
        parts: all that an answer can have, in their order.
        source: the Russian text; empty if it cannot be read.
        faults: why the text cannot be shown part by part; none if it can.
    """

    question: str
    short: str
    parts: tuple[PartField, ...]
    source: AnswerText
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """How long something is, and how long it may be, in characters."""

    name: str
    length: int
    limit: int


def read(text: str, path: str, locale: Locale) -> tuple[AnswerText, tuple[Fault, ...]]:
    """What a Markdown file says, and what is wrong with it."""
    faults = FileFaults(path)
    found = parse_markdown(text, faults, is_source=locale is SOURCE_LOCALE)
    return found.text, faults.found


def sheet(text: str | None, source: str | None, path: str, locale: Locale, folder: str) -> Sheet:
    """A text to be edited part by part.

    Args:
        text: the file that is edited; None if there is none yet.
        source: the Russian file; None if there is none.
        path: of the file, for its faults.
        locale: of the text.
        folder: of the answer.
    """
    own, faults = (AnswerText("", "", {}), ()) if text is None else read(text, path, locale)
    russian, _ = read(source or "", f"{folder}/ru.md", SOURCE_LOCALE)
    is_source = locale is SOURCE_LOCALE
    return Sheet(
        own.question,
        own.short,
        tuple(_field(part, own, russian, is_source=is_source) for part in Part),
        russian,
        faults,
    )


def _field(part: Part, own: AnswerText, russian: AnswerText, *, is_source: bool) -> PartField:
    text, source = own.parts.get(part, ""), russian.parts.get(part, "")
    old = bool(text and source) and own.translates.get(part) != part_hash(source)
    longest = max(len(text), len(source))
    lines = max(text.count("\n"), source.count("\n")) + 2 + longest // 70
    rows = min(max(lines, 3), 30) if longest else 2
    shown = "" if is_source else source
    return PartField(part, f"{_PREFIX}{part.value}", text, shown, old and not is_source, rows)


def sent_parts(form: Form) -> dict[Part, str]:
    """The parts of a form that say something."""
    found = {part: form.text(f"{_PREFIX}{part.value}").strip("\n") for part in Part}
    return {part: text.strip() for part, text in found.items() if text.strip()}


def lengths(text: AnswerText, locale: Locale) -> tuple[Length, ...]:
    """The lengths that have a limit."""
    allowance = 1.0 if locale is SOURCE_LOCALE else TRANSLATION_ALLOWANCE
    found = [
        Length("question", len(text.question), MAX_QUESTION),
        Length("short", len(text.short), MAX_SHORT),
        Length("main", page_length(text), round(MAX_PAGE * allowance)),
    ]
    for part, limit in ((Part.MORE, MAX_MORE), (Part.RUSSIA, MAX_PAGE)):
        if part in text.parts:
            length = len(plain(text.parts[part]))
            found.append(Length(part.value, length, round(limit * allowance)))
    return tuple(found)


def hashes(own: AnswerText, russian: AnswerText) -> Mapping[str, str]:
    """What a translation records that was read against the present Russian text."""
    return {
        part.value: part_hash(russian.parts[part])
        for part in Part
        if part in own.parts and part in russian.parts
    }
