from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import Citizenship
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.understanding.files import DataFileError
from bot.understanding.places import Atlas, load_atlas

if TYPE_CHECKING:
    from pathlib import Path

PLACES = ROOT / "nlu_data" / "places.yml"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(PLACES)


def test_every_city_is_found_by_each_of_its_names(atlas: Atlas) -> None:
    gazetteer = atlas.gazetteer()
    for key, city in atlas.cities.items():
        for name in (*city.names.values(), *city.also):
            found = gazetteer.find(name)
            assert (name, found.city, found.bare_city) == (name, key, True)


def test_every_country_is_found_by_each_of_its_names(atlas: Atlas) -> None:
    gazetteer = atlas.gazetteer()
    for code, country in atlas.countries.items():
        for name in (*country.names.values(), *country.also, *country.people):
            found = gazetteer.find(name)
            expected = (None, None) if (code, name) in _NOT_A_CITIZENSHIP else (code, None)
            if code == "KZ":
                expected = (None, "KZ" if name not in country.people else None)
            assert (name, found.citizenship, found.destination) == (name, *expected)


_NOT_A_CITIZENSHIP: frozenset[tuple[str, str]] = frozenset()


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("{}да тұрамын", ("Алматы", "Қарағанды", "Астана", "Қызылорда")),
        ("{}де тұрамын", ("Ақтөбе", "Жетісай")),
        ("{} shahrida yashayman", ("Chimkent", "Ostona", "Olmaota", "Qaragʻanda")),
        ("{} шаҳрида ишлаяпман", ("Тароз", "Атирау", "Қизилўрда")),
        ("дар {} кор мекунам", ("Алмаато", "Остона", "Чимкент", "Туркистон")),
        ("{} шаарында жашайм", ("Алматы", "Тараз", "Актөбө")),
        ("живу и работаю в {}", ("Караганде", "Актобе", "Шымкенте", "Таразе", "Усть-Каменогорске")),
    ],
)
def test_cities_in_the_cases_of_each_language(
    atlas: Atlas, ending: str, names: tuple[str, ...]
) -> None:
    gazetteer = atlas.gazetteer()
    for name in names:
        assert gazetteer.find(ending.format(name)).city is not None, name


@pytest.mark.parametrize(
    ("code", "citizenship"),
    [
        ("UZ", Citizenship.UZBEKISTAN),
        ("TJ", Citizenship.TAJIKISTAN),
        ("KG", Citizenship.KYRGYZSTAN),
        ("RU", Citizenship.RUSSIA),
        ("AM", Citizenship.OTHER_EAEU),
        ("BY", Citizenship.OTHER_EAEU),
        ("TM", Citizenship.OTHER),
        ("TR", Citizenship.OTHER),
        ("ZZ", Citizenship.OTHER),
    ],
)
def test_a_country_means_a_button(atlas: Atlas, code: str, citizenship: Citizenship) -> None:
    assert atlas.citizenship(code) is citizenship


@pytest.mark.parametrize(
    "text",
    [
        "вчера начальник орал на всех",
        "пособие для семей с тремя детьми",
        "елге оралу туралы",
        "шуни айтинг менга",
        "osh yeymiz, ba'zan baliq",
        "ама падарам омад",
        "есікті ашпай қойды",
        "таразыда өлшедік",
        "чин гап, қарши эмасман",
    ],
)
def test_ordinary_words_are_no_places(atlas: Atlas, text: str) -> None:
    found = atlas.gazetteer().find(text)
    assert (found.city, found.citizenship, found.destination) == (None, None, None)


def test_cities_lie_in_kazakhstan(atlas: Atlas) -> None:
    assert len(atlas.cities) >= 45
    for key, city in atlas.cities.items():
        assert 40 < city.latitude < 56, key
        assert 46 < city.longitude < 88, key


def test_every_name_exists_in_every_variant(atlas: Atlas) -> None:
    for country in atlas.countries.values():
        assert set(country.names) == set(Locale)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("cities: [", "places.yml:1"),
        ("cities: {}", "countries"),
        ("cities: {x: {latitude: north}}\ncountries: {}", "latitude"),
        (
            "cities: {x: {names: {kk: X}, latitude: 43, longitude: 77, source: me}}\ncountries: {}",
            "city x: no name in ru",
        ),
        ("cities: {}\ncountries: {}\nplanets: {}", "planets"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "places.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as raised:
        load_atlas(path)
    assert fault in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"places\.yml"):
        load_atlas(tmp_path / "places.yml")
