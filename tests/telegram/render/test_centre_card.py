"""How a centre stands in a list: what it helps with, and how to reach it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bot.answers.load import load_library
from bot.answers.model import Centre, Citizenship, Library, Need
from bot.catalogs import Catalogs
from bot.dialogue import acts, places
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.settings import ROOT
from bot.telegram.render import Context, Screen, draw
from bot.understanding.places import load_atlas
from tests.factories import centre

CATALOGS = Catalogs(ROOT / "locales")
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
REAL = load_library(ROOT / "answers")
HOTLINE = centre("hot-111", kind="hotline", city=None, phones=("111",), address=None)
SHELTER = Need("shelter", "🏠", dict.fromkeys(Locale, "Shelter"), ("shelter", "violence", "held"))


def listed(*centres: Centre, locale: Locale = Locale.RU, city: str | None = "almaty") -> Screen:
    library = Library("v", {}, {}, (), centres, (SHELTER,))
    return shown(places.in_city(library, city, Citizenship.UZBEKISTAN), library, locale)


def shown(act: acts.ShowCentres, library: Library, locale: Locale = Locale.RU) -> Screen:
    cities = {key: city.names[locale] for key, city in ATLAS.cities.items()}
    words = CATALOGS[locale]
    context = Context(words, CATALOGS, library, cities, date(2026, 11, 22), Citizenship.UZBEKISTAN)
    return draw(act, context)


def text(screen: Screen) -> str:
    return str(parse_html(screen.html)[0])


def test_without_a_phone_of_its_own_it_says_whom_to_ask() -> None:
    silent = replace(centre("ngo", phones=("111",), address=None), ask_at="hot-111")
    screen = listed(silent, HOTLINE)

    assert "Спросите о нём здесь: 111, hot-111." in text(screen)
    assert "позвоните, прежде чем идти" not in text(screen)
    assert [b.copy_text for row in screen.rows for b in row if b.copy_text] == ["111"]


def test_the_number_of_another_is_not_called_wrong_under_its_name() -> None:
    silent = replace(centre("ngo", phones=("111",), address=None), ask_at="hot-111")
    library = Library("v", {}, {}, (), (silent, replace(HOTLINE, city="almaty")))
    act = acts.ShowCentres("almaty", (acts.CentreAway(silent),), total=1, nationwide=())

    assert "w:" not in str([b.data for row in shown(act, library).rows for b in row])


def test_the_one_to_ask_in_another_city_is_named_with_it() -> None:
    consulate = centre("Consulate", kind="embassy", city="almaty", citizenships=("UZ",))
    silent = replace(
        centre("Embassy", kind="embassy", city="astana", citizenships=("UZ",), address=None),
        ask_at="Consulate",
    )
    assert "+77000000000, Consulate, Алматы." in text(listed(silent, consulate, city="astana"))


@pytest.mark.parametrize(
    ("address", "site", "expected"),
    [
        ("Street 1", None, "Туда можно прийти."),
        (None, "https://ngo.example/x", "Найти его или написать туда можно здесь:\n🌐 ngo.example"),
        ("Street 1", "https://ngo.example/x", "Туда можно прийти.\n🌐 ngo.example"),
    ],
)
def test_without_any_phone_it_says_where_to_go_or_write(
    address: str | None, site: str | None, expected: str
) -> None:
    assert expected in text(listed(centre("ngo", phones=(), address=address, site=site)))


def test_it_bears_the_titles_that_are_true_of_it() -> None:
    """The first two services of a need are what its title says: needs.yml."""
    for services, expected in ((("violence",), True), (("held",), False)):
        screen = listed(centre("ngo", services=services))
        assert ("🏠 Shelter" in text(screen)) is expected


def test_its_languages_are_told_by_their_own_names() -> None:
    spoken = replace(centre("ngo"), languages=("uz", "ru", "en", "xx"))

    assert "🗣 Oʻzbekcha, Русский, English\n" in text(listed(spoken))
    assert "🗣 Ўзбекча, Русский, English\n" in text(listed(spoken, locale=Locale.UZ_CYRL))


def test_the_city_stands_with_the_address_where_the_title_does_not_say_it() -> None:
    assert "Алматы, Street 1" in text(listed(centre("ngo"), city=None))
    assert "Алматы, Street 1" not in text(listed(centre("ngo")))


def test_the_date_leads_to_the_page_that_says_so() -> None:
    assert '<a href="https://law.example/">2026</a>' in listed(centre("ngo")).html
    unnamed = replace(centre("ngo"), source="a public list")
    assert "a public list" not in listed(unnamed).html


def test_without_a_date_it_still_says_where_it_is_from() -> None:
    undated = replace(centre("ngo"), source="https://www.ngo.example/us", source_date=None)
    assert 'Источники: <a href="https://www.ngo.example/us">ngo.example</a>' in listed(undated).html
    nowhere = replace(undated, source="a public list")
    assert "a public list" not in listed(nowhere).html


def test_the_map_is_asked_for_the_address_in_its_city() -> None:
    found = replace(centre("ngo"), approximate=True)

    assert "query=Street+1%2C+almaty%2C+Kazakhstan" in listed(found).html


@pytest.mark.parametrize("locale", list(Locale))
def test_nobody_in_the_real_list_is_without_a_way_to_reach_them(locale: Locale) -> None:
    """By a number to call, an address to go to, or a page to write to."""
    seen = 0
    offset: int | None = 0
    while offset is not None:
        page = places.in_city(REAL, None, Citizenship.TAJIKISTAN, offset)
        cards = text(shown(page, REAL, locale)).split("📍 ")[1:]
        for card, entry in zip(cards, page.entries, strict=True):
            found = entry.centre
            ways = [*found.phones[:1], found.address, found.site and "🌐"]
            assert any(way and way in card for way in ways), card
            seen += 1
        offset = page.next_offset
    assert seen == page.total > 35


def test_the_name_of_a_line_is_not_read_as_part_of_its_number() -> None:
    """Telegram makes a link of ``+77172906984 1414``."""
    texts = [text(shown(places.everywhere(REAL, None), REAL, locale)) for locale in Locale]
    assert [line for told in texts for line in told.splitlines() if " · 1" in line] == []
    assert all("+77172906984 · " in told for told in texts)
