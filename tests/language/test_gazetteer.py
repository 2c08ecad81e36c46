from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.gazetteer import Gazetteer, Name, Places, Role

GAZETTEER = Gazetteer(
    (
        Name("pavlodar", Role.CITY, ("Павлодар", "Pavlodar")),
        Name("aktobe", Role.CITY, ("Ақтөбе", "Актобе", "Aqtoʻba")),
        Name("kyzylorda", Role.CITY, ("Қызылорда", "Кызыл-Орда")),
        Name("semey", Role.CITY, ("Семей",), needs_context=True),
        Name("TJ", Role.COUNTRY, ("Таджикистан", "Тоҷикистон", "Тәжікстан", "Tojikiston")),
        Name("TJ", Role.PEOPLE, ("таджик", "таджичка", "тоҷик", "тәжік", "tojik")),
        Name("TJ", Role.ADJECTIVE, ("таджикский",)),
        Name("TJ", Role.TOWN_ABROAD, ("Куляб", "Кӯлоб", "Koʻlob")),
        Name("RU", Role.COUNTRY, ("Россия", "Ресей", "Русия", "Rossiya")),
        Name("KZ", Role.COUNTRY, ("Казахстан", "Қазақстан")),
        Name("KZ", Role.PEOPLE, ("казах", "қазақ")),
    ),
    destinations=frozenset({"RU", "KZ"}),
)


@pytest.mark.parametrize(
    "text",
    [
        "Мен Тәжікстаннанмын, баспана іздеп жүрмін",
        "men tajikstannan emes, tojikistondanman",
        "Tojikistonlikmiz, yordam kerak",
        "аз Тоҷикистон омадем",
        "мы из таджикистана, нам сказали ждать",
        "гражданин Таджикистана, стою на учёте",
        "Тоҷикистон шаҳрвандиман",
        "шаҳрванди Тоҷикистон ҳастам",
        "Тәжікстан азаматымын",
        "ман тоҷикам",
        "тоҷикман",
        "я сам таджик",
        "таджикам тут трудно",
        "у меня таджикский паспорт",
        "Кӯлобданман",
        "я приехала из Куляба в прошлом году",
        "ТАДЖИКИСТАН",
        "таджичка",
    ],
)
def test_where_a_person_comes_from_is_the_citizenship(text: str) -> None:
    assert GAZETTEER.find(text).citizenship == "TJ"


@pytest.mark.parametrize(
    "text",
    [
        "мой прораб таджик",
        "хозяин таджикского кафе не платит",
        "говорю на таджикском языке",
        "тоҷикӣ гап занед",
        "еду домой в Таджикистан",
        "посольство Таджикистана где находится",
        "как получить гражданство Таджикистана",
        "шаҳрвандии Тоҷикистон гирифтан",
        "я не гражданин Таджикистана",
        "мен тәжік емеспін",
        "Куляб холодный?",
        "мой начальник казах",
        "из Казахстана уезжать не хочу",
    ],
)
def test_what_is_less_clear_is_no_citizenship(text: str) -> None:
    assert GAZETTEER.find(text).citizenship is None


def test_two_citizenships_are_none() -> None:
    assert GAZETTEER.find("паспорт Таджикистана и паспорт России").citizenship is None


@pytest.mark.parametrize(
    "text",
    [
        "зимой работал в России",
        "хочу в Россию на стройку",
        "Ресейге барсам бола ма",
        "Rossiyada ishlasam",
        "дар Русия кор ҳаст",
    ],
)
def test_going_or_working_there_is_a_destination(text: str) -> None:
    found = GAZETTEER.find(text)
    assert (found.destination, found.citizenship) == ("RU", None)


def test_the_countries_people_come_from_are_no_destination() -> None:
    assert GAZETTEER.find("хочу вернуться в Таджикистан") == Places()


def test_being_sent_back_from_russia_is_no_citizenship() -> None:
    assert GAZETTEER.find("Мен Россиядан депорт болдым").citizenship is None
    assert GAZETTEER.find("я из России").citizenship == "RU"


def test_the_country_all_live_in_can_be_named_alone() -> None:
    assert GAZETTEER.find("Қазақстан").destination == "KZ"
    assert GAZETTEER.find("новости Казахстана за неделю") == Places()


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Павлодар", "pavlodar"),
        ("г. Павлодар!", "pavlodar"),
        ("в Павлодаре", "pavlodar"),
        ("Павлодар қаласы", "pavlodar"),
        ("Pavlodar shahri", "pavlodar"),
        ("дар Павлодар", "pavlodar"),
        ("актобе", "aktobe"),
        ("Aqto'ba", "aktobe"),
        ("aktobe", "aktobe"),
        ("АКТӨБЕДЕМІН", "aktobe"),
        ("кызыл орда", "kyzylorda"),
        ("Кызылорде", "kyzylorda"),
        ("Семей", "semey"),
        ("Семейде", "semey"),
    ],
)
def test_nothing_but_a_city(text: str, city: str) -> None:
    found = GAZETTEER.find(text)
    assert (found.city, found.bare_city) == (city, True)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Ақтөбеде жұмыс бар ма", "aktobe"),
        ("сколько ехать до Павлодара", "pavlodar"),
        ("Павлодардан Ақтөбеге көшіп келдім", "aktobe"),
    ],
)
def test_a_city_within_a_question(text: str, city: str) -> None:
    found = GAZETTEER.find(text)
    assert (found.city, found.bare_city) == (city, False)


@pytest.mark.parametrize("text", ["список для семей с детьми", "павлодарский хлеб", "пава"])
def test_look_alikes_of_cities(text: str) -> None:
    assert GAZETTEER.find(text) == Places()


def test_entities_say_where_they_stand() -> None:
    text = "Я из Таджикистана, живу в Актобе 🙂"
    found = [(e.kind, e.value, text[e.start : e.end]) for e in GAZETTEER.find(text).entities]
    assert found == [("citizenship", "TJ", "Таджикистана"), ("city", "aktobe", "Актобе")]


@given(st.text(max_size=200) | st.text(alphabet="Павлодр Тжикстнз'’ʻ-\u0301", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    found = GAZETTEER.find(text)
    assert all(0 <= e.start < e.end <= len(text) for e in found.entities)
