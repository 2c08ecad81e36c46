"""Which numbers in a text identify a person.

Digits that stand together form a *chain*: "8 (700) 000-00-00", "12.05.2026 87000000000". A chain
is cut into items so that the whole costs least: what is surely something (a valid card, a date, an
amount with its currency) is cheap; seven or more digits that are nothing known are dearer, and are
masked; many small numbers side by side are dearest, so that a number split digit by digit is one.
Of two ways at one price, the one that masks more: a leak costs more than a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stdnum import luhn

from bot.handoff.recognise import context, iin, shapes
from bot.handoff.recognise.chains import LONGEST_SMALL, Chain, Span, chains, span_of, with_zeros
from bot.handoff.recognise.found import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERNAL_PASSPORT = re.compile(r"\d\d ?\d\d[ -]+\d{6}")

# What an item of a chain costs.
_PUBLIC = 0
_DATE = _TIME = 3
_MONEY = _REFERENCE = 5
_YEAR = 6
_ROUND = _DOCUMENT = 9
_VALID = 10
_SMALL = 12
_LONGER = 14
"""Five or six digits: beside a year they cost as much as one number, and that one is masked."""
_UNKNOWN = 20
_UNKNOWN_EACH_BEYOND = 2

_LONGEST_REFERENCE = 8
_ONE_NUMBER = 14
"""Digits that are hardly two numbers."""
_LONG_CHAIN = 6
_LONGEST_CHAIN = 40
_PATIENCE = 200
"""Groups of digits. A chain longer than the longest, and long chains when there were so many in one
text, are masked as they are: cutting them takes long, and it is no person who writes so."""


@dataclass(frozen=True)
class Item:
    """A part of a chain read as one thing; kind None is nothing personal."""

    start: int
    end: int
    kind: Kind | None
    cost: int
    digits: int


def numbers(text: str, public: frozenset[str]) -> tuple[tuple[int, int, Kind], ...]:
    """The stretches of a flat text that are personal numbers, in order.

    Args:
        text: flat text.
        public: telephones as E.164 and short numbers that are not personal.
    """
    text = with_zeros(text)
    patience = _PATIENCE
    found: list[tuple[int, int, Kind]] = []
    for chain in chains(text):
        if len(chain) > _LONG_CHAIN:
            patience -= len(chain)
        if len(chain) > _LONGEST_CHAIN or (len(chain) > _LONG_CHAIN and patience < 0):
            found.append((chain[0][0], chain[-1][1], Kind.ACCOUNT))
            continue
        items = _cheapest(text, chain, public)
        found += [(item.start, item.end, item.kind) for item in items if item.kind is not None]
    return tuple(found)


def _cheapest(text: str, chain: Chain, public: frozenset[str]) -> list[Item]:
    """The cheapest way to cut a chain; item by item from the left (dynamic programming)."""
    gaps = [text[one[1] : two[0]] for one, two in pairwise(chain)]
    best: list[tuple[int, int, list[Item]]] = [(0, 0, [])]
    for last in range(len(chain)):
        ways = []
        for first in range(last, -1, -1):
            span = span_of(text, chain, gaps, first, last)
            if span is None:
                break
            cost, masked, items = best[first]
            for item in _readings(span, public):
                hidden = item.digits if item.kind else 0
                ways.append((cost + item.cost, masked - hidden, [*items, item]))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2]


def _readings(span: Span, public: frozenset[str]) -> Iterator[Item]:
    """All that a span can be."""
    size = len(span.digits)
    for cost in _harmless(span, size, public):
        yield Item(span.start, span.end, None, cost, size)
    for kind, cost in _personal(span, size):
        start = span.opening
        series = context.series(span.text, span.start)
        if kind is Kind.PASSPORT and series is not None and _could_follow_letters(span, size):
            start = series
        yield Item(start, span.end, kind, cost, size)


def _harmless(span: Span, size: int, public: frozenset[str]) -> Iterator[int]:
    """What it costs to read a span as each thing that it may be and that is not personal."""
    raw = span.raw
    if _is_public(span, public):
        yield _PUBLIC
    if span.groups == 1 and size <= LONGEST_SMALL:
        if shapes.is_year(raw):
            yield _YEAR
        else:
            yield _SMALL if size < 5 else _LONGER
    if shapes.is_court_case(raw):
        yield _REFERENCE
    if size <= _LONGEST_REFERENCE and context.of_reference(span.text, span.start):
        yield _REFERENCE
    if span.has_plus or span.joined_before or span.joined_after:
        return
    if shapes.is_date(raw):
        yield _DATE
    if shapes.is_time(raw):
        yield _TIME
    if shapes.is_sum(raw) and context.of_money(span.text, span.start, span.end):
        yield _MONEY
    if shapes.is_round_sum(raw):
        yield _ROUND if size <= _LONGEST_REFERENCE else _VALID


def _is_public(span: Span, public: frozenset[str]) -> bool:
    digits = span.digits
    if digits in public or f"+{digits}" in public:
        return True
    return any(reading in public for reading in span.telephones)


def _personal(span: Span, size: int) -> Iterator[tuple[Kind, int]]:
    """What a span may be that is personal, with the cost of each reading."""
    digits = span.digits
    if size < 5:
        return
    if shapes.is_local_phone(span.raw):
        yield Kind.PHONE, _VALID
    if span.telephones and (not span.loose or size > 10):
        yield Kind.PHONE, _VALID
    if span.loose:
        return
    if iin.is_valid(digits):
        yield Kind.IIN, _VALID
    if 13 <= size <= 19 and luhn.is_valid(digits):
        yield Kind.CARD, _VALID
    if _is_document(span, size):
        yield Kind.PASSPORT, _DOCUMENT
    if size <= LONGEST_SMALL and context.of_phone(span.text, span.start):
        yield Kind.PHONE, _DOCUMENT
    if size > LONGEST_SMALL:
        beyond = max(0, size - _ONE_NUMBER)
        yield _likeliest(span, size), _UNKNOWN + beyond * _UNKNOWN_EACH_BEYOND


def _is_document(span: Span, size: int) -> bool:
    series = context.series(span.text, span.start)
    if series is not None and _could_follow_letters(span, size):
        return True
    if 6 <= size <= 10 and context.of_document(span.text, span.start, span.end):
        return True
    return size == 10 and _INTERNAL_PASSPORT.fullmatch(span.raw) is not None


def _could_follow_letters(span: Span, size: int) -> bool:
    return 7 <= size <= 9 and span.opening == span.start


def _likeliest(span: Span, size: int) -> Kind:
    """What an unknown long number most likely is."""
    if span.has_plus:
        return Kind.PHONE
    if size == 9:
        return Kind.PASSPORT
    if size in {12, 14}:
        return Kind.IIN
    if size > 19:
        return Kind.ACCOUNT
    return Kind.CARD if size > 12 else Kind.PHONE
