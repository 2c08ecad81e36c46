"""Digits that stand together: chains of groups, and neighbouring groups of a chain as one span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.handoff.recognise import phones

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUP = re.compile(r"\d+")
_WITH_LETTER_O = re.compile(r"(?<![^\W_])[\doо][\doо ().-]{5,40}(?![^\W_])", re.IGNORECASE)
_TIGHT = re.compile("[- .()/_*·•|~'’\"`:\\\\,=#^&…\u2190-\u2bff\U0001f000-\U0001faff]{1,6}")
"""Signs and pictures between the digits of one number. Not "[": labels begin with it."""
_LOOSE = re.compile(r"\s*[,;\n]?\s*\(?")
_OPENING = re.compile(r"\+?[ (]{0,2}$")
LONGEST_SMALL = 6
"""Digits of a number that is nobody's telephone or document, unless words around it say so."""

LONGEST_ITEM = 40
"""Digits of the longest thing that is read as one."""

Chain = list[tuple[int, int]]
"""Where each group of digits begins and ends."""


@dataclass(frozen=True)
class Span:
    """Neighbouring groups of digits in a flat text."""

    text: str
    start: int
    end: int
    groups: int
    loose: bool
    """Whether a comma, a semicolon or a line end lies in it."""
    joined_before: bool
    joined_after: bool
    """Whether other digits follow without a space."""

    @cached_property
    def raw(self) -> str:
        """As it is written."""
        return self.text[self.start : self.end]

    @cached_property
    def digits(self) -> str:
        """Its digits alone."""
        return "".join(filter(str.isdecimal, self.raw))

    @cached_property
    def telephones(self) -> tuple[str, ...]:
        """What telephones it can be, as E.164."""
        return phones.readings(self.digits, plus=self.has_plus)

    @cached_property
    def opening(self) -> int:
        """Where it begins with the plus or the bracket before it."""
        found = _OPENING.search(self.text, max(0, self.start - 3), self.start)
        before = found[0] if found else ""
        return self.start - len(before.lstrip(" "))

    @cached_property
    def has_plus(self) -> bool:
        """Whether a plus stands before it."""
        return "+" in self.text[self.opening : self.start]


def with_zeros(text: str) -> str:
    """The letter O, Latin or Cyrillic, as a zero where a number is long enough to be hidden so."""
    return _WITH_LETTER_O.sub(_zeros, text)


def _zeros(found: re.Match[str]) -> str:
    as_zeros = re.sub("[oо]", "0", found[0], flags=re.IGNORECASE)
    digits = sum(map(str.isdecimal, found[0]))
    zeros = sum(map(str.isdecimal, as_zeros))
    return as_zeros if digits >= 2 and zeros > LONGEST_SMALL else found[0]


def chains(text: str) -> Iterator[Chain]:
    """The chains of a flat text, in order; a plus or a letter parts them."""
    chain: Chain = []
    for found in _GROUP.finditer(text):
        if chain and not _joins(text[chain[-1][1] : found.start()]):
            yield chain
            chain = []
        chain.append(found.span())
    if chain:
        yield chain


def _joins(gap: str) -> bool:
    return bool(_TIGHT.fullmatch(gap) or (len(gap) <= 6 and _LOOSE.fullmatch(gap)))


def _is_loose(gap: str) -> bool:
    return "\n" in gap or ";" in gap or ", " in gap


def span_of(text: str, chain: Chain, gaps: list[str], first: int, last: int) -> Span | None:
    """The groups of a chain from ``first`` to ``last``; None if they are too far apart for one."""
    within = gaps[first:last]
    start, end = chain[first][0], chain[last][1]
    if last > first and end - start > 3 * LONGEST_ITEM:
        return None
    return Span(
        text,
        start,
        end,
        groups=last - first + 1,
        loose=any(map(_is_loose, within)),
        joined_before=first > 0 and not _is_apart(gaps[first - 1]),
        joined_after=last < len(gaps) and not _is_apart(gaps[last]),
    )


def _is_apart(gap: str) -> bool:
    return any(character.isspace() or character in ",;" for character in gap)
