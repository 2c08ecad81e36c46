"""https://core.telegram.org/bots/api#date-time-entity-formatting."""

from __future__ import annotations

import pytest

from bot.sandbox.text.date_times import DateFormatError, given_format, marked_format


@pytest.mark.parametrize(
    ("letters", "shown"), [("", ""), ("r", "r"), ("R", "r"), ("Tdw", "wdT"), ("W", "w")]
)
def test_formats_are_written_in_one_order(letters: str, shown: str) -> None:
    assert marked_format(letters) == shown
    assert given_format(letters) == shown


def test_of_two_forms_markup_takes_the_short_and_an_entity_the_last() -> None:
    assert marked_format("tTdD") == "dt"
    assert given_format("tTdD") == "DT"


@pytest.mark.parametrize("letters", ["rt", "x", "d t"])
def test_other_letters_are_refused(letters: str) -> None:
    for read in (marked_format, given_format):
        with pytest.raises(DateFormatError, match="Invalid date format used"):
            read(letters)
