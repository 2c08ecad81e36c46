"""Opening hours in a form that every language can show."""

from __future__ import annotations

from datetime import time

import pytest

from bot.answers.hours import OpeningHours, parse_hours


def test_always_open_has_no_hours() -> None:
    assert parse_hours("24/7") == ()


def test_a_week_with_a_break_and_a_short_saturday() -> None:
    assert parse_hours("Mon-Fri 09:00-13:00, 14:30-17:30; Sat 10:00-12:00") == (
        OpeningHours(0, 4, ((time(9), time(13)), (time(14, 30), time(17, 30)))),
        OpeningHours(5, 5, ((time(10), time(12)),)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "9-18",
        "Mon-Fri 9:00-18:00",
        "Mon-Fri 09:00-24:30",
        "Fri-Mon 09:00-18:00",
        "Mon-Fri 18:00-09:00",
        "Mon-Fri 09:00-14:00, 13:00-18:00",
        "Mon-Fri 09:00-18:00;",
        "24/7; Mon 09:00-10:00",
    ],
)
def test_what_is_written_otherwise(text: str) -> None:
    assert parse_hours(text) is None
