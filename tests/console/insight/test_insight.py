"""The pages of the figures, their charts and files: the same numbers, and none under five."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from bot.console.insight.pages import PART_OF, Name, Part
from bot.console.insight.period import Month
from bot.console.insight.reader import KEPT_SECONDS
from bot.console.web.csv_file import as_csv, harmless
from bot.console.web.languages import Language
from bot.handoff.figures import Tally, What, step
from bot.store.insight import (
    Asked,
    AtHour,
    ChoseLanguage,
    FromPlace,
    InCity,
    Newcomer,
    Rated,
)
from tests.console.house import ANNA, BEK, DINA, GROUP, Browser, House
from tests.console.insight.counting import count, last_day, people
from tests.servers import StoreServer

PAGES = ("/insight", "/insight/waits", "/insight/equity", "/insight/reach")


async def table(browser: Browser, name: Name | str, query: str = "") -> list[list[str]]:
    found = await browser.get(f"/insight/{name}.csv{query}")
    assert found.status_code == 200
    return list(csv.reader(io.StringIO(found.text.removeprefix("\ufeff"))))


async def test_before_anything_is_counted_the_pages_say_so(house: House) -> None:
    async with house.browser(DINA) as dina:
        for path in PAGES:
            page = await dina.get(path)
            assert page.status_code == 200
        assert "Nothing was counted in this time" in (await dina.get("/insight")).text
        for name in Name:
            assert (await dina.get(f"/insight/charts/{name}.svg")).status_code == 404


async def test_a_question_is_told_by_day_language_topic_and_question(house: House) -> None:
    await count(house, Asked("text", "answered", "permit_need", "ru"), 20)
    await count(house, Asked("text", "asked", "permit_need", "ru"), 10)
    await count(house, Asked("tap", "answered", "permit_need", "ru"), 7, age=3)
    await count(house, Asked("text", "lost", "", "ru"), 6)
    await count(house, Asked("text", "navigated", "", "ru"), 50)  # "menu": no question
    async with house.browser(DINA) as dina:
        [head, ru, *_] = await table(dina, Name.LANGUAGES)
        of = dict(zip(head, ru, strict=True))
        assert (of["Language"], of["answered"], of["opened by button"]) == ("Russian", "30", "7")
        assert of["not understood"] == "6"
        topics = await table(dina, Name.TOPICS)
        assert topics[1:] == [["Work permit", "37", "37"]]
        assert (await table(dina, Name.QUESTIONS))[1:] == [["Permit need", "37", "37"]]
        days = await table(dina, Name.DAYS)
        assert len(days) == 1 + last_day(house).day
        assert days[-1][1] == "30"
        last = f"?month={last_day(house):%Y-%m}"  # the same month, by its name
        assert await table(dina, Name.QUESTIONS, last) == await table(dina, Name.QUESTIONS)


async def test_names_are_the_readers(house: House) -> None:
    await count(house, Asked("text", "answered", "permit_need", "kk"), 20)
    async with house.browser(DINA) as dina:
        dina.client.cookies.set("console-language", "ru", domain="127.0.0.1")
        found = (await dina.get("/insight/topics.csv")).text
        assert "Разрешение на работу;20;20" in found  # and as Russian Excel reads it
        page = (await dina.get("/insight")).text
        assert "Казахский" in page


async def test_the_month_that_is_not_over_is_not_told(house: House) -> None:
    """Rule: whoever keeps today's page could take it from tomorrow's."""
    today = house.parts.clock.today()
    await count(house, Asked("text", "answered", "permit_need", "ru"), 9, age=-today.day)
    async with house.browser(DINA) as dina:
        page = (await dina.get("/insight")).text
        assert "Nothing was counted in this time" in page
        wording = house.parts.wordings[Language.EN]
        comes = wording.date(Month(today.year, today.month).next.first)
        assert f"The next is {wording.month(today)}, from {comes}." in page
        assert (await dina.get(f"/insight?month={today:%Y-%m}")).status_code == 404


async def test_numbers_under_five_are_nowhere(house: House) -> None:
    await count(house, Asked("text", "answered", "permit_need", "ru"), 50)
    await count(house, Asked("text", "answered", "permit_need", "kk"), 3)
    await count(house, Asked("text", "answered", "registration", "uz"), 37)
    await count(house, Asked("text", "answered", "registration", "ru"), 11)
    async with house.browser(DINA) as dina:
        page = (await dina.get("/insight")).text
        cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
        assert not {"1", "2", "3", "4"} & set(cells)
        told = await table(dina, Name.TOPICS)
        assert sum(row.count("hidden") for row in told) >= 2  # nor by the sums
        only = await table(dina, Name.TOPICS, "?language=kk")
        assert only[1:] == [["Work permit", "hidden"]]
        chart = (await dina.get("/insight/charts/topics.svg")).text
        assert ET.fromstring(chart).tag.endswith("svg")


async def test_one_language_is_a_column_of_the_table_of_all(house: House) -> None:
    """Else the one could be taken from the other, and a hidden number be what is left."""
    await count(house, Asked("text", "answered", "permit_need", "ru"), 50)
    await count(house, Asked("text", "answered", "permit_need", "kk"), 3)
    await count(house, Asked("text", "answered", "permit_need", "uz"), 9)
    async with house.browser(DINA) as dina:
        [head, row] = await table(dina, Name.QUESTIONS)
        for value, name in (("ru", "Russian"), ("kk", "Kazakh"), ("uz", "Uzbek (Latin)")):
            [_, only] = await table(dina, Name.QUESTIONS, f"?language={value}")
            assert only[1] == row[head.index(name)]


async def test_cities_codes_hours_and_thumbs(house: House) -> None:
    await count(house, InCity("text", "answered", "almaty", "ru"), 30)
    await count(house, FromPlace("tap", "answered", "=market-7", "ru"), 12)
    await count(house, FromPlace("tap", "answered", "<b>", "ru"), 6)
    await count(house, AtHour("text", "answered", 21), 30)
    await count(house, Rated(False, "permit_need", "ru"), 6)
    await count(house, Rated(True, "permit_need", "ru"), 18)
    async with house.browser(DINA) as dina:
        assert (await table(dina, Name.CITIES))[1][:2] == ["Almaty", "30"]
        codes = await table(dina, Name.CODES)
        assert [row[0] for row in codes[1:]] == ["'=market-7", "<b>"]  # no formula for Excel
        assert (await table(dina, Name.HOURS))[22] == ["21", "30"]
        assert (await table(dina, Name.RATINGS))[1] == ["Permit need", "6", "18", "25"]
        assert "<b></th>" not in (await dina.get("/insight")).text


async def test_every_chart_has_its_table_and_its_file(house: House) -> None:
    await fill(house)
    async with house.browser(DINA) as dina:
        charts = 0
        for path in PAGES:
            page = (await dina.get(path)).text
            assert page.count('<section class="sheet"') == page.count("Save as CSV")
            for name in re.findall(r'src="/insight/charts/([a-z-]+)\.svg', page):
                charts += 1
                found = await dina.get(f"/insight/charts/{name}.svg")
                assert found.headers["content-type"].startswith("image/svg+xml")
                assert f'href="/insight/{name}.csv?' in page
        assert charts >= 10
        for name in Name:
            if name is not Name.WAIT_GROUPS:  # of one group only
                await table(dina, name)


async def test_who_waits_how_long_is_told_by_language_and_hour(house: House) -> None:
    await fill(house)
    async with house.browser(DINA) as dina:
        [head, ru, *_] = await table(dina, Name.WAITS)
        assert head == [
            "Language",
            "cases",
            "first reply, half, minutes",
            "first reply, 9 of 10, minutes",
            "closed, half, minutes",
        ]
        assert ru[:2] == ["Russian", "8"]
        assert 9 <= int(ru[2]) <= 11
        hours = await table(dina, Name.WAIT_HOURS)
        assert [row[1] for row in hours[1:]].count("8") == 1


async def test_cases_of_today_are_not_told_yet(house: House) -> None:
    """Rule: from two looks within an hour nobody sees that one more case was opened."""
    cases, now = house.parts.store.cases, house.parts.clock.now()
    await fill(house)
    for _ in range(7):
        await cases.write(cases.tallied(GROUP.id, (Tally(What.OPENED, "ru"),), now))
    async with house.browser(DINA) as dina:
        [_, ru, *_] = await table(dina, Name.WAITS)
    assert ru[:2] == ["Russian", "8"]


async def test_a_language_that_is_not_understood_is_marked_on_its_page(house: House) -> None:
    await fill(house)
    async with house.browser(DINA) as dina:
        page = (await dina.get("/insight/equity")).text
        assert "clearly lower than in the best language" in page
        rows = await table(dina, Name.EQUITY)
    assert rows[1] == ["Tajik", "20", "10", "30", "33", "clearly lower than in the best language"]


async def test_who_is_not_reached_any_more_is_marked(house: House) -> None:
    await fill(house)
    async with house.browser(DINA) as dina:
        codes = await table(dina, Name.NEW_CODES)
        assert codes[1] == ["mosque", "40", "0", "nobody any more"]
        languages = {row[0]: row[1:] for row in await table(dina, Name.NEW_LANGUAGES)}
        assert languages["Kyrgyz"] == ["60", "20", "clearly fewer than before"]
        cities = {row[0]: row[1:] for row in await table(dina, Name.NEW_CITIES)}
        assert cities["Aktau"] == ["0", "0", "nobody"]
        first = house.parts.insight.months()[-1]
        long_ago = await table(dina, Name.NEW_LANGUAGES, f"?month={first}")
        assert len(long_ago[0]) == 3  # of the month before it nothing is kept any more
        weeks = await table(dina, Name.PEOPLE)
        assert len(weeks) == 1 + 13
        assert 118 <= int(weeks[-1][weeks[0].index("Russian")]) <= 122


async def test_figures_are_read_again_after_half_a_minute(house: House) -> None:
    async with house.browser(DINA) as dina:
        await dina.get("/insight")
        await count(house, Asked("text", "answered", "permit_need", "ru"), 20)
        assert "Nothing was counted" in (await dina.get("/insight")).text
        house.hand.seconds += KEPT_SECONDS
        assert "Permit need" in (await dina.get("/insight")).text


@pytest.mark.parametrize(
    "path",
    [
        *("/insight?month=2026-13", "/insight?month=x", "/insight?month=1999-01"),
        *("/insight?language=de", "/insight/nothing", "/insight/days.csv?month=2026-W01"),
        *("/insight/charts/nothing.svg", "/insight/nothing.csv"),
        *("/insight/hours.csv?language=ru", "/insight/charts/..%2f..%2fx.svg"),
    ],
)
async def test_what_is_not_offered_is_not_there(house: House, path: str) -> None:
    """Of a period of any length, the days between two could be told."""
    async with house.browser(DINA) as dina:
        assert (await dina.get(path)).status_code == 404


async def test_figures_are_for_coordinators(house: House) -> None:
    """Rule: a counsellor edits and labels, an approver publishes, figures are a coordinator's."""
    for member in (ANNA, BEK):
        async with house.browser(member) as browser:
            for path in (*PAGES, "/insight/days.csv", "/insight/charts/days.svg"):
                assert (await browser.get(path)).status_code == 403
            for path in ("/", "/answers", "/centres"):
                assert 'href="/insight' not in (await browser.get(path)).text
    async with house.browser(DINA) as dina:
        assert 'href="/insight"' in (await dina.get("/answers")).text


async def test_strangers_see_no_figures(house: House) -> None:
    async with house.browser() as nobody:
        for path in (*PAGES, "/insight/days.csv", "/insight/charts/days.svg"):
            assert (await nobody.get(path)).status_code == 303


async def test_while_the_store_is_away_the_page_says_so(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(DINA) as dina:
        await dina.get("/")
        own_server.kill()
        for path in PAGES:
            assert (await dina.get(path)).status_code == 503
        own_server.start()


def test_every_table_is_on_a_page() -> None:
    assert {PART_OF.get(name, Part.ASKED) for name in Name} == set(Part)


@pytest.mark.parametrize("cell", ["=1", "+7", "-1", "@x", "\t=1", "＝1"])
def test_no_cell_of_a_file_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_csv([cell], [[cell, -5]], Language.EN).splitlines()[1:][-1].endswith(",-5")


async def fill(house: House) -> None:
    """Some of everything."""
    for verdict, locale, times in (
        *(("answered", "ru", 90), ("offered", "ru", 6), ("lost", "ru", 8)),
        *(("answered", "tg", 20), ("offered", "tg", 10), ("lost", "tg", 30)),
    ):
        subject = "" if verdict == "lost" else "permit_need"
        await count(house, Asked("text", verdict, subject, locale), times)
    await count(house, Asked("person", "handed_over", "unpaid_wages", "ru"), 8)
    await count(house, AtHour("text", "answered", 21), 30)
    await count(house, Rated(False, "permit_need", "ru"), 6)
    await count(house, InCity("text", "answered", "almaty", "ru"), 30)
    await count(house, FromPlace("text", "answered", "station", "ru"), 30)
    for age, code, locale, times in (
        *((40, "mosque", "ky", 40), (40, "", "ky", 20), (40, "", "ru", 50)),
        *((5, "station", "ky", 20), (5, "", "ru", 55)),
    ):
        await count(house, Newcomer(code, locale), times, age)
        await count(house, ChoseLanguage(code, locale), times, age)
    await people(house, "ru", 120)
    cases, now = house.parts.store.cases, house.parts.clock.now()
    for _ in range(8):
        for of in ("ru", "10"):
            tallies = (Tally(What.OPENED, of), Tally(What.REPLIED, of, step(600)))
            await cases.write(cases.tallied(GROUP.id, tallies, now - timedelta(1).total_seconds()))
