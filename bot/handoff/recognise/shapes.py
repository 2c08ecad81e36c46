"""Shapes that numbers are written in: dates, times, years, amounts of money, case numbers."""

from __future__ import annotations

import re
from datetime import date

_DATE = r"(?:\d{1,2}(?P<SIGN>[./-])\d{1,2}(?P=SIGN)(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)"
_ONE, _TWO = _DATE.replace("SIGN", "a"), _DATE.replace("SIGN", "b")
_DATES = re.compile(rf"(?P<one>{_ONE})(?: ?- ?(?P<two>{_TWO}))?")
_TIME = r"(?:[01]?\d|2[0-4])[:.][0-5]\d"
_TIMES = re.compile(rf"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?|{_TIME} ?- ?{_TIME}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}([ .,'’])\d{3}(?:\1\d{3})*")
_CENTS = re.compile(r"(?<=\d)[.,]\d\d?$")
_COURT_CASE = re.compile(r"\d{4}-\d\d-\d\d-\d{1,2}/\d{1,6}")
_LOCAL = re.compile(r"\d{1,2}-\d\d-\d\d")

_LONGEST_MONEY = 10
_LONGEST_PLAIN_MONEY = 8


def is_date(raw: str) -> bool:
    """Whether it is a day that exists, or two with a dash: "12.05.2026", "2026-05-12 - 1/6/26"."""
    found = _DATES.fullmatch(raw)
    return found is not None and all(_is_day(found[name]) for name in ("one", "two") if found[name])


def is_time(raw: str) -> bool:
    """Whether it is a time of day or two with a dash: "14:30", "09.00-18.00"."""
    return _TIMES.fullmatch(raw) is not None


def is_year(raw: str) -> bool:
    """Whether it is a year of the last or of this century."""
    return _YEAR.fullmatch(raw) is not None


def is_sum(raw: str) -> bool:
    """Whether an amount, or two with a dash, could be written so, where a currency is beside it."""
    amounts = re.split(r" ?- ?", raw)
    return len(amounts) <= 2 and all(map(_is_one_sum, amounts))


def _is_one_sum(raw: str) -> bool:
    whole = _CENTS.sub("", raw)
    digits = sum(character.isdecimal() for character in whole)
    if _THOUSANDS.fullmatch(whole):
        return digits <= _LONGEST_MONEY
    return whole.isdecimal() and digits <= _LONGEST_PLAIN_MONEY


def is_round_sum(raw: str) -> bool:
    """Whether it looks like an amount without any currency: "1 500 000", "2500000"."""
    digits = "".join(filter(str.isdecimal, raw))
    if _THOUSANDS.fullmatch(raw):
        return digits.endswith("000") and (len(digits) <= 8 or digits.endswith("000000"))
    return raw.isdecimal() and len(digits) <= 8 and digits.endswith("0000")


def is_court_case(raw: str) -> bool:
    """Whether it is a court's case number: "7500-25-00-2/1234"."""
    return _COURT_CASE.fullmatch(raw) is not None


def is_local_phone(raw: str) -> bool:
    """Whether it is a number within a town: "23-45-67"; a date is not."""
    return _LOCAL.fullmatch(raw) is not None and not is_date(raw)


def _is_day(raw: str) -> bool:
    first, second, third = (int(part) for part in re.split(r"[./-]", raw))
    orders = ((third, second, first), (first, second, third))
    return any(_exists(*order) for order in orders)


def _exists(year: int, month: int, day: int) -> bool:
    full = year + 2000 if year < 100 else year
    try:
        date(full, month, day)
    except ValueError:
        return False
    return 1900 <= full < 2100
