"""What can be checked of a text alone: length, mark-up, phones, links, numbers. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.fields import too_long
from bot.answers.model import AUDIENCES, AnswerText, Part
from bot.answers.sentence import N_, NN_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.sentence import Sentence

MAX_PAGE = 900
"""Characters of a first page in Russian: Telegram shows about 600 without scrolling."""
MAX_MORE = 1500
"""Characters of the second page in Russian."""
TRANSLATION_ALLOWANCE = 1.3
"""Uzbek, Kazakh and Tajik say the same in up to a third more letters."""

MAX_QUESTION = 60
"""What fits on the two lines of a full-width button of a small phone."""
MAX_SHORT = 30
"""What fits on one line of it."""

COMMANDS = frozenset({"start", "menu", "language", "help", "privacy", "forget", "human"})
"""The bot's commands, which a text may name."""

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
_COMMAND = re.compile(r"(?<![\w/.:)])/([A-Za-z_]\w*)")
_LONG_PHONE = re.compile(r"(?<![\w+])(?:\+\s?|8[\s-]?(?=\(?7))\d[\d ()\u00a0-]{8,}\d")
_SHORT_PHONE = re.compile(
    r"\*\*(\d{3,5}|\d{3} \d{2})\*\*"  # as texts set them off
    r"|: (\d{3,5})\.?\*\*"  # "**A life is at risk: 112.**"
    r"|^[ \t]*[-*+] (\d{3,5}|\d{3} \d{2})(?= [—–-] )",  # "- 101 — fire"
    re.MULTILINE,
)
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_AMOUNT = re.compile(r"\d[\d \u00a0\u202f,]*(?:тенге|тг\b|МРП|МЗП|рубл\w+|руб\b)", re.IGNORECASE)
_VARIABLE = re.compile(r"\{\w+\}")
_NOT_ALLOWED = (
    (re.compile(r"<[a-zA-Z/!][^>]*>"), N_("HTML")),
    (re.compile(r"`"), N_("code (`)")),
    (re.compile(r"(?m)^\s*\|.*\|\s*$"), N_("a table")),
    (re.compile(r"!\["), N_("a picture")),
    (re.compile(r"(?m)^\s*>"), N_("a quotation (>)")),
    (re.compile(r"(?m)^\s*(?:\*\s*){3,}$|^\s*(?:_\s*){3,}$"), N_("a rule")),
)


def plain(markdown: str) -> str:
    """The words of a part without its mark-up, for counting characters.

    A variable counts as three characters: so many digits people read at most in its place. How long
    the name of the organisation is, no writer can change.
    """
    written = _VARIABLE.sub("000", _LINK.sub(r"\1", markdown))
    return _LIST_MARK.sub("", written).replace("**", "").strip()


def page_length(text: AnswerText) -> int:
    """Characters of the longest first page: a citizenship's part, then what holds for all."""
    common = len(plain(text.parts.get(Part.EVERYONE, "")))
    own = [len(plain(text.parts[part])) for part in AUDIENCES if part in text.parts]
    return common + (max(own) + 2 if own else 0)


def length_problems(text: AnswerText, *, is_source: bool) -> Iterator[tuple[Part, Sentence]]:
    """Pages that are too long, with how long they are."""
    allowance = 1.0 if is_source else TRANSLATION_ALLOWANCE
    pages = {
        Part.EVERYONE: (page_length(text), MAX_PAGE),
        Part.MORE: (len(plain(text.parts.get(Part.MORE, ""))), MAX_MORE),
        Part.RUSSIA: (len(plain(text.parts.get(Part.RUSSIA, ""))), MAX_PAGE),
    }
    for part, (length, limit) in pages.items():
        if length > limit * allowance:
            sentence = NN_(
                "{length} character; at most {limit}.",
                "{length} characters; at most {limit}.",
                length,
                length=length,
                limit=round(limit * allowance),
            )
            yield part, sentence


def label_problems(text: AnswerText) -> Iterator[Sentence]:
    """Labels that a phone would cut off."""
    for name, label, limit in (
        ("question", text.question, MAX_QUESTION),
        ("short", text.short, MAX_SHORT),
    ):
        if len(label) > limit:
            yield too_long(name, len(label), limit)


def markup_problems(markdown: str) -> Iterator[Sentence]:
    """Mark-up that is not shown as meant."""
    for pattern, name in _NOT_ALLOWED:
        if pattern.search(markdown):
            yield N_(
                "{what} is not shown; use paragraphs, lists, **bold** and links only.", what=name
            )
    if markdown.count("**") % 2:
        yield N_("a ** is not closed.")


def phones(markdown: str) -> Iterator[str]:
    """The phone numbers of a text as they are dialled: long ones, short ones that are set off."""
    for found in _LONG_PHONE.finditer(markdown):
        yield re.sub(r"[^\d+]", "", found.group())
    for found in _SHORT_PHONE.finditer(markdown):
        yield re.sub(r"\D", "", found.group())


def dead_links(markdown: str) -> Iterator[str]:
    """Link targets that are no web address, and commands that the bot does not have."""
    for found in _LINK.finditer(markdown):
        if not re.fullmatch(r"(https?://[^\s/]+\.[^\s]+|tel:\+?\d+)", found.group(2)):
            yield found.group(2) or "(empty)"
    for found in _COMMAND.finditer(_LINK.sub(r"\1", markdown)):
        if found.group(1) not in COMMANDS:
            yield found.group()


def amounts(markdown: str) -> tuple[str, ...]:
    """The sums of money of a Russian text: tenge, roubles, MRP; each changes with the year."""
    return tuple(found.group() for found in _AMOUNT.finditer(markdown))


def numbers(markdown: str) -> frozenset[str]:
    """The numbers of a text; how thousands are set apart does not matter."""
    words = _LIST_MARK.sub("", _LINK.sub(r"\1 \2", markdown))
    return frozenset(re.findall(r"\d+", _THOUSANDS.sub("", words)))
