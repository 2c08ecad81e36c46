"""The settings that the staff may see."""

from __future__ import annotations

from datetime import date, time

from bot.console.people.facts import group_facts, hours_lines
from bot.console.web.languages import Language
from bot.handoff.groups import Group
from bot.handoff.hours import Hours, hours_of
from bot.language.tags import Locale
from tests.console.house import ANNA, House


async def test_every_member_may_look_and_no_secret_is_told(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/people/settings")).text
    assert "80.0" in page  # how sure the bot must be
    for secret in (house.parts.settings.token, house.parts.secret.hex(), "redis", str(-1001)):
        assert secret not in page


async def test_hours_are_told_in_runs_of_equal_days(house: House) -> None:
    w = house.parts.wordings[Language.EN]
    hours = hours_of("Mon-Fri 09:00-13:00, 14:00-18:00; Sat 10:00-14:00")
    assert isinstance(hours, Hours)
    expected = ("Mon–Fri 09:00–13:00, 14:00–18:00", "Sat 10:00–14:00")
    assert hours_lines(w, hours) == expected
    assert hours_lines(w, Hours((((time(0), time(0)),),) * 7)) == ("Mon–Sun 00:00–24:00",)


async def test_the_first_group_takes_what_no_other_takes(house: House) -> None:
    w = house.parts.wordings[Language.EN]
    groups = (
        Group(-1, "One", Locale.RU, (Locale.RU,)),
        Group(-2, "Two", Locale.KK, (Locale.KK, Locale.KY), _closed()),
    )
    one, two = group_facts(w, groups, "2026-11-23")
    assert one.takes == ("Russian", "Uzbek (Latin)", "Uzbek (Cyrillic)", "Tajik")
    assert two.takes == ("Kazakh", "Kyrgyz")
    assert two.closed == ("Dec 31, 2026",)  # what has passed is not told


def _closed() -> Hours:
    days = [date(2026, 1, 2), date(2026, 12, 31)]
    found = hours_of("24/7", closed=days)
    assert isinstance(found, Hours)
    return found
