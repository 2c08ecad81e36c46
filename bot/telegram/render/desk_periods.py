"""Periods in words: rough ones, as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.rules import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from bot.catalogs import Words


def period(words: Words, seconds: float) -> str:
    """A period in minutes, hours or days, whichever is read most easily; rounded up."""
    if seconds <= 90 * MINUTE:
        number = max(1, _rounded_up(seconds, MINUTE))
        if number > 10:
            number = 5 * -(-number // 5)  # nobody's patience is measured by the minute
        text = words.ngettext("{number} minute", "{number} minutes", number)
    elif seconds < 2 * DAY:
        number = _rounded_up(seconds, HOUR)
        text = words.ngettext("{number} hour", "{number} hours", number)
    else:
        return days(words, seconds)
    return text.format(number=words.number(number))


def days(words: Words, seconds: float) -> str:
    """A period in days, rounded up."""
    number = _rounded_up(seconds, DAY)
    text = words.ngettext("{number} day", "{number} days", number)
    return text.format(number=words.number(number))


def _rounded_up(seconds: float, unit: float) -> int:
    return int(-(-seconds // unit))
