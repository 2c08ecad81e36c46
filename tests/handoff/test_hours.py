"""Working hours of staff groups: weekly hours, time zones, holidays, closed days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.handoff.hours import (
    KAZAKHSTAN,
    Fault,
    Hours,
    hours_of,
    is_open,
    next_opening,
    open_seconds_between,
)

ALMATY = ZoneInfo(KAZAKHSTAN)
OFFICE = "Mon-Fri 09:00-13:00, 14:00-18:00; Sat 10:00-14:00"
ZONES = ("Asia/Almaty", "Asia/Tashkent", "Europe/Berlin", "America/St_Johns", "UTC")
MOMENTS = st.datetimes(
    datetime.fromisoformat("2024-03-02"),
    datetime.fromisoformat("2027-06-01"),
    timezones=st.just(UTC),
)
GAPS = st.timedeltas(timedelta(0), timedelta(days=20))


def office(
    written: str = OFFICE, zone: str = KAZAKHSTAN, country: str | None = "KZ", *closed: date
) -> Hours:
    made = hours_of(written, zone, country, closed)
    assert isinstance(made, Hours)
    return made


def almaty(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


GROUPS = st.builds(
    office,
    st.sampled_from([OFFICE, "24/7", "Sun 00:00-23:59", "Mon-Sun 01:00-02:30, 02:45-04:00"]),
    st.sampled_from(ZONES),
    st.sampled_from(["KZ", "UZ", None]),
    st.dates(date(2024, 3, 1), date(2027, 6, 1)),
)


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Asia/Qyzylorda", "Asia/Aqtau", "Asia/Qostanay"])
def test_kazakhstan_has_one_time_zone_since_march_2024(zone: str) -> None:
    for moment in (datetime(2024, 3, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)):
        assert moment.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 08:59:59", False),  # a Monday
        ("2026-11-23 09:00", True),
        ("2026-11-23 12:59:59", True),
        ("2026-11-23 13:00", False),  # lunch
        ("2026-11-23 14:00", True),
        ("2026-11-23 18:00", False),
        ("2026-11-28 10:00", True),  # Saturday
        ("2026-11-28 14:00", False),
        ("2026-11-29 11:00", False),  # Sunday
        ("2026-12-16 11:00", False),  # Independence Day
        ("2026-05-11 11:00", False),  # a Monday off, as 9 May is a Saturday
        ("2025-01-03 11:00", False),  # a Friday off, by a decree that moved it
        ("2026-11-30 11:00", False),  # closed by the operator
    ],
)
def test_open_by_the_week_without_holidays_and_closed_days(now: str, expected: bool) -> None:
    group = office(OFFICE, KAZAKHSTAN, "KZ", date(2026, 11, 30))
    assert is_open(group, almaty(now)) is expected
    assert is_open(group, almaty(now).astimezone(UTC)) is expected


def test_without_a_country_holidays_are_working_days() -> None:
    assert is_open(office(OFFICE, KAZAKHSTAN, None), almaty("2026-12-16 11:00"))


def test_around_the_clock_knows_no_holidays_but_closed_days() -> None:
    group = office("24/7", KAZAKHSTAN, "KZ", date(2026, 11, 30))
    assert is_open(group, almaty("2026-12-16 00:00"))
    assert is_open(group, almaty("2026-11-29 23:59:59.999999"))
    assert not is_open(group, almaty("2026-11-30 00:00"))
    assert not is_open(group, almaty("2026-11-30 23:59:59"))
    assert next_opening(group, almaty("2026-11-30 12:00")) == almaty("2026-12-01 00:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 07:00", "2026-11-23 09:00"),
        ("2026-11-23 10:00", "2026-11-23 10:00"),  # open: now
        ("2026-11-23 13:00", "2026-11-23 14:00"),
        ("2026-11-27 18:00", "2026-11-28 10:00"),
        ("2026-11-28 14:00", "2026-11-30 09:00"),
        ("2026-12-15 18:00", "2026-12-17 09:00"),
        ("2026-03-20 18:00", "2026-03-26 09:00"),  # Nowruz, with its days off
    ],
)
def test_the_next_opening(now: str, expected: str) -> None:
    found = next_opening(office(), almaty(now))
    assert found == almaty(expected)
    assert found.utcoffset() == timedelta(hours=5)


def test_a_group_that_never_opens_says_so() -> None:
    start = date(2026, 11, 23)
    closed = [start + timedelta(days=ahead) for ahead in range(400)]
    group = office("Mon-Sun 09:00-18:00", KAZAKHSTAN, None, *closed)
    assert next_opening(group, almaty("2026-11-23 07:00")) is None
    assert next_opening(Hours(((),) * 7), almaty("2026-11-23 07:00")) is None


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 08:00", "2026-11-23 19:00", 8),
        ("2026-11-23 12:30", "2026-11-23 14:30", 1),
        ("2026-11-27 17:00", "2026-11-30 10:00", 1 + 4 + 1),
        ("2026-12-15 17:00", "2026-12-17 10:00", 2),
        ("2026-11-23 19:00", "2026-11-23 08:00", 0),
    ],
)
def test_seconds_on_duty(start: str, end: str, hours: int) -> None:
    assert open_seconds_between(office(), almaty(start), almaty(end)) == hours * 3600


@pytest.mark.parametrize(
    ("written", "day", "hours"),
    [
        ("Sun 01:00-04:00", "2026-03-29", 2),  # 02:00 to 03:00 is skipped
        ("Sun 01:00-02:30", "2026-03-29", 1),
        ("Sun 02:30-04:00", "2026-03-29", 1),
        ("Sun 02:10-02:50", "2026-03-29", 0),
        ("Sun 01:00-04:00", "2026-10-25", 4),  # 02:00 to 03:00 comes twice
        ("Sun 01:00-02:30", "2026-10-25", 2.5),
        ("Sun 02:10-02:50", "2026-10-25", 1 + 40 / 60),
        ("24/7", "2026-03-29", 23),
        ("24/7", "2026-10-25", 25),
    ],
)
def test_nights_when_the_clocks_change(written: str, day: str, hours: float) -> None:
    group = office(written, "Europe/Berlin", None)
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    end = (datetime.fromisoformat(day) + timedelta(days=1)).replace(tzinfo=start.tzinfo)
    assert open_seconds_between(group, start, end) == pytest.approx(hours * 3600)


@pytest.mark.parametrize(
    ("written", "zone", "country", "fault"),
    [
        ("every day", KAZAKHSTAN, "KZ", Fault.HOURS),
        ("", KAZAKHSTAN, "KZ", Fault.HOURS),
        ("Mon-Fri 09:00-18:00; Fri 17:00-20:00", KAZAKHSTAN, "KZ", Fault.HOURS),
        (OFFICE, "Asia/Nowhere", "KZ", Fault.ZONE),
        (OFFICE, "../etc/passwd", "KZ", Fault.ZONE),
        (OFFICE, "", "KZ", Fault.ZONE),
        (OFFICE, KAZAKHSTAN, "QQ", Fault.COUNTRY),
    ],
)
def test_settings_that_cannot_be_name_the_field(
    written: str, zone: str, country: str, fault: Fault
) -> None:
    assert hours_of(written, zone, country) is fault


@settings(deadline=None)
@given(GROUPS, MOMENTS)
@example(
    office("Sun 02:10-02:50", "Europe/Berlin", None), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
)
def test_open_is_what_the_clock_on_the_wall_says(group: Hours, now: datetime) -> None:
    wall = now.astimezone(ZoneInfo(group.zone))
    spans = group.week[wall.weekday()]
    on = any(
        opens <= wall.time() and (wall.time() < shuts or shuts == time(0)) for opens, shuts in spans
    )
    if not on or wall.date() in group.closed:
        assert not is_open(group, now)
    elif group.country is None:
        assert is_open(group, now)


@settings(deadline=None)
@given(GROUPS, MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it(group: Hours, now: datetime) -> None:
    opening = next_opening(group, now)
    assert opening is not None
    assert opening >= now
    assert is_open(group, opening)
    assert (opening == now) is is_open(group, now)
    assert open_seconds_between(group, now, opening) == 0


@settings(deadline=None)
@given(GROUPS, MOMENTS, GAPS, GAPS)
def test_time_on_duty_adds_up(group: Hours, a: datetime, one: timedelta, two: timedelta) -> None:
    b, c = a + one, a + one + two
    first, second = open_seconds_between(group, a, b), open_seconds_between(group, b, c)
    assert open_seconds_between(group, a, c) == pytest.approx(first + second)
    assert 0 <= first <= one.total_seconds()
