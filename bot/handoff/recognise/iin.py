"""Kazakhstan's individual identification number (IIN, ИИН, ЖСН).

Twelve digits: YYMMDD of birth, a digit for century and sex, four of a serial number, a check digit.
Source: rules for forming identification numbers, Government decree 406 of 22 May 2007. Since decree
853 of 26 August 2013 a number need not agree with its owner's date of birth, so these checks tell
what a number *is*, never what it is not: whatever has twelve digits is masked anyway.
"""

from __future__ import annotations

from datetime import date

LENGTH = 12
CENTURIES = {1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000}
"""The seventh digit: odd for men, even for women. 0 is given without century and sex."""

_FIRST = tuple(range(1, 12))
_SECOND = (*range(3, 12), 1, 2)


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit of a number; None for the one in about 120 that is never given out.

    Args:
        first_eleven: eleven ASCII digits.
    """
    for weights in (_FIRST, _SECOND):
        pairs = zip(weights, first_eleven, strict=True)
        rest: int = sum(weight * int(digit) for weight, digit in pairs) % 11
        if rest < 10:
            return rest
    return None


def is_valid(digits: str) -> bool:
    """Whether twelve ASCII digits have a date, a century and a check digit that agree."""
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdecimal()):
        return False
    return _has_date(digits) and check_digit(digits[:-1]) == int(digits[-1])


def _has_date(digits: str) -> bool:
    year, month, day, century = (int(digits[a:b]) for a, b in ((0, 2), (2, 4), (4, 6), (6, 7)))
    if century == 0:
        return any(_is_date(start + year, month, day) for start in (1900, 2000))
    return century in CENTURIES and _is_date(CENTURIES[century] + year, month, day)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
