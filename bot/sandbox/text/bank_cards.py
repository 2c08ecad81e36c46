"""Finds numbers of bank cards in plain text, as Telegram does."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = "0123456789"
_RUN = re.compile(r"[0-9][0-9 -]*", re.ASCII)
_LONE = re.compile(r"[0-9]{16,19}(?= )", re.ASCII)
# The issuers whose numbers have a known length, by the first digits (TDLib: is_valid_bank_card).
_LENGTHS = (
    (re.compile("4"), {13, 16, 18, 19}),
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), {16}),
    (re.compile("3[47]"), {15}),
    (re.compile("62|81"), {16, 17, 18, 19}),
    (re.compile("220[0-4]"), {16}),
)


def find_cards(text: str) -> Iterator[tuple[int, int]]:
    """Find the numbers of bank cards in a text.

    Args:
        text: Any text.

    Yields:
        Where each begins and ends, in characters.
    """
    at = 0
    while (run := _RUN.search(text, at)) is not None:
        begin, at = run.span()
        if begin and _forbids(text[begin - 1], ".,+-_"):
            continue
        # A number in one piece ends at the space behind it.
        lone = _LONE.match(text, begin)
        if lone:
            at = lone.end()
        number = text[begin:at].rstrip(" -")
        end = begin + len(number)
        digits = re.sub("[ -]", "", number)
        if not 13 <= len(digits) <= 19 or len(number) > 2 * len(digits) - 1:
            continue
        if not _forbids(text[end : end + 1], "-_") and _is_card(digits):
            yield begin, end


def _forbids(char: str, others: str) -> bool:
    return bool(char) and (char in others or unicodedata.category(char).startswith("L"))


def _is_card(digits: str) -> bool:
    """Check the last digit (Luhn), and the length where the issuer is known."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    if total % 10:
        return False
    return next((len(digits) in sizes for start, sizes in _LENGTHS if start.match(digits)), True)
