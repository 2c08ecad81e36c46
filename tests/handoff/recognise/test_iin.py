"""Kazakhstan's personal number: date, century, check digit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.recognise import iin

DAYS = st.dates(date(1920, 1, 1), date(2030, 12, 31))


def made_up(day: date, serial: int, sex: int = 0) -> str | None:
    """A number with a right check digit that belongs to nobody known; None where there is none."""
    century = (3 if day.year < 2000 else 5) + sex
    first = f"{day:%y%m%d}{century}{serial:04}"
    check = iin.check_digit(first)
    return None if check is None else f"{first}{check}"


@pytest.mark.parametrize(
    ("first_eleven", "check"),
    [
        ("00000000000", 0),
        ("10000000000", 1),
        ("01000000000", 2),
        ("11111111111", 0),  # 66 = 6 * 11
        ("00000000010", 1),  # 10 left by the first weights, so the second ones count
        ("50500000100", 7),  # 5 + 15 + 9 = 29, 29 % 11 = 7
        ("00000000100", 9),
        ("00000000101", 9),  # the weight of the eleventh is 11
    ],
)
def test_the_check_digit_goes_by_the_official_weights(first_eleven: str, check: int) -> None:
    assert iin.check_digit(first_eleven) == check


def test_a_number_that_leaves_ten_twice_has_no_check_digit() -> None:
    twice = [f"{n:011}" for n in range(3000) if iin.check_digit(f"{n:011}") is None]
    assert twice
    for digits in twice:
        weights = (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
        left = [sum(w * int(d) for w, d in zip(row, digits, strict=True)) % 11 for row in weights]
        assert left == [10, 10]


@given(DAYS, st.integers(0, 9999), st.integers(0, 1))
def test_a_number_of_a_day_with_its_check_digit_is_valid(day: date, serial: int, sex: int) -> None:
    number = made_up(day, serial, sex)
    assert number is None or iin.is_valid(number)


@given(DAYS, st.integers(0, 9999), st.integers(1, 9))
def test_another_check_digit_is_not_valid(day: date, serial: int, off: int) -> None:
    number = made_up(day, serial)
    if number is not None:
        wrong = (int(number[-1]) + off) % 10
        assert not iin.is_valid(f"{number[:-1]}{wrong}")


@pytest.mark.parametrize("first", ["00133130000", "00023030000", "00010170000", "00000030000"])
def test_a_day_or_a_century_that_cannot_be_is_not_valid(first: str) -> None:
    check = iin.check_digit(first)
    assert check is not None
    assert not iin.is_valid(f"{first}{check}")


@pytest.mark.parametrize("digits", ["", "1", "0" * 11, "0" * 13, "٠" * 12, "00010130000x"])
def test_what_is_not_twelve_digits_is_not_valid(digits: str) -> None:
    assert not iin.is_valid(digits)
