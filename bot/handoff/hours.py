"""When a staff group is on duty: weekly hours in its time zone, less holidays and closed days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
import msgspec

from bot.answers.hours import parse_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KAZAKHSTAN = "Asia/Almaty"
"""One time zone, UTC+5, for the whole country since 1 March 2024."""

LOOK_AHEAD_DAYS = 366
"""A group that does not open within so many days counts as closed for good."""

_MIDNIGHT = time(0)

Span = tuple[time, time]
"""Opening and closing time of a day. Midnight as a closing time is the end of the day."""


class Fault(StrEnum):
    """Why working hours cannot be used: the field that is wrong."""

    HOURS = "hours"
    ZONE = "zone"
    COUNTRY = "country"


class Hours(msgspec.Struct, frozen=True):
    """The working hours of a group.

    Attributes:
        week: the spans of each day, Monday first; always seven days.
        zone: a name of the IANA time zone database.
        country: whose public holidays are days off, ISO 3166-1 alpha-2; None for no holidays.
        closed: other days off, as the operator gave them.
    """

    week: tuple[tuple[Span, ...], ...]
    zone: str = KAZAKHSTAN
    country: str | None = "KZ"
    closed: frozenset[date] = frozenset()


def hours_of(
    written: str,
    zone: str = KAZAKHSTAN,
    country: str | None = "KZ",
    closed: Iterable[date] = (),
) -> Hours | Fault:
    """Working hours from the settings.

    Args:
        written: as in ``centres.yml``: ``Mon-Fri 09:00-13:00, 14:00-18:00; Sat 10:00-14:00``, or
            ``24/7``, for which public holidays do not count (``closed`` days do).
        zone: a name of the IANA time zone database.
        country: ISO 3166-1 alpha-2; None for no holidays.
        closed: further days off.

    Returns:
        The hours, or which of the fields is wrong.
    """
    runs = parse_hours(written)
    if runs is None:
        return Fault.HOURS
    if not _is_zone(zone):
        return Fault.ZONE
    if country is not None and country not in holidays.list_supported_countries():
        return Fault.COUNTRY
    if not runs:
        return Hours((((_MIDNIGHT, _MIDNIGHT),),) * 7, zone, None, frozenset(closed))
    week: list[list[Span]] = [[] for _ in range(7)]
    for run in runs:
        for day in range(run.first_day, run.last_day + 1):
            week[day].extend(run.spans)
    if any(one[1] > two[0] for day in week for one, two in pairwise(sorted(day))):
        return Fault.HOURS
    return Hours(tuple(tuple(sorted(day)) for day in week), zone, country, frozenset(closed))


def is_open(hours: Hours, now: datetime) -> bool:
    """Whether the group is on duty at a moment; ``now`` is aware. Closing time is closed."""
    day = now.astimezone(ZoneInfo(hours.zone)).date()
    return any(opens <= now < closes for opens, closes in _duty(hours, day))


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """From when on somebody is on duty.

    Args:
        hours: the group's.
        now: aware.

    Returns:
        ``now`` itself while the group is open, else when it opens next, both in the group's time
        zone; None if that is more than ``LOOK_AHEAD_DAYS`` away.
    """
    zone = ZoneInfo(hours.zone)
    today = now.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        for opens, closes in _duty(hours, today + timedelta(days=ahead)):
            if now < closes:
                return max(opens, now).astimezone(zone)
    return None


def open_seconds_between(hours: Hours, start: datetime, end: datetime) -> float:
    """For how many seconds the group was on duty from one moment to another; both aware.

    0 if ``end`` is not after ``start``.
    """
    zone = ZoneInfo(hours.zone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    on_duty = nothing = timedelta(0)
    while day <= last:
        for opens, closes in _duty(hours, day):
            on_duty += max(nothing, min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return on_duty.total_seconds()


def _duty(hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """From when to when (UTC) the group is on duty on a day of its time zone."""
    if day in hours.closed or (hours.country and day in _holidays(hours.country, day.year)):
        return
    zone = ZoneInfo(hours.zone)
    for opens, closes in hours.week[day.weekday()]:
        start = _first_moment(datetime.combine(day, opens), zone)
        if closes == _MIDNIGHT:
            end = _first_moment(datetime.combine(day + timedelta(days=1), closes), zone)
        else:
            end = _last_moment(datetime.combine(day, closes), zone)
        if start < end:
            yield start, end


def _first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks of a zone first show a time or, if they skip it, the next one; in UTC."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return early if early <= late else _end_of_gap(wall, late, early, zone)


def _last_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The same for the last time that the clocks show it: an hour that comes twice counts twice."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return late if early <= late else _end_of_gap(wall, late, early, zone)


def _end_of_gap(wall: datetime, before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks jumped over a time: between two moments in UTC, to the second."""
    second = timedelta(seconds=1)
    while after - before > second:
        middle = before + (after - before) // 2 // second * second
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year with the days off that they moved to.

    The library knows Kazakhstan's by law and decree; religious ones of years to come are estimated.
    """
    return frozenset(holidays.country_holidays(country, years=year))
