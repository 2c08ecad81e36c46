"""Date and time entities: which formats Telegram takes, and how it writes them back."""

from __future__ import annotations

_RELATIVE = frozenset({"r", "R"})
_LETTERS = frozenset("tTdDwW")


class DateFormatError(ValueError):
    """The format is not one of Telegram's; the text says so in its words."""

    def __init__(self) -> None:
        super().__init__("Invalid date format used")


def marked_format(letters: str) -> str:
    """Normalise a format written in markup.

    https://core.telegram.org/bots/api#date-time-entity-formatting: ``r`` alone, or any of ``w``,
    ``d`` or ``D``, ``t`` or ``T``. In markup, the short form wins over the long one.

    Args:
        letters: The format as the bot wrote it; nothing shows the words of the message alone.

    Returns:
        The format as messages carry it: ``r``, or the day of the week, the date and the time.

    Raises:
        DateFormatError: Another letter, or ``r`` among others.
    """
    if letters in _RELATIVE:
        return "r"
    _check(letters)
    return _day(letters) + _first(letters, "d", "D") + _first(letters, "t", "T")


def given_format(letters: str) -> str:
    """Normalise the ``date_time_format`` of an entity; there, the last letter of a kind wins.

    Args:
        letters: The format as the bot gave it.

    Returns:
        The format as messages carry it.

    Raises:
        DateFormatError: Another letter, or ``r`` among others.
    """
    if letters in _RELATIVE:
        return "r"
    _check(letters)
    return _day(letters) + _last(letters, "dD") + _last(letters, "tT")


def _check(letters: str) -> None:
    if not _LETTERS.issuperset(letters):
        raise DateFormatError


def _day(letters: str) -> str:
    return "w" if "w" in letters.lower() else ""


def _first(letters: str, short: str, long: str) -> str:
    if short in letters:
        return short
    return long if long in letters else ""


def _last(letters: str, wanted: str) -> str:
    return next((letter for letter in reversed(letters) if letter in wanted), "")
