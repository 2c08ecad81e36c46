"""What the bot relies on of the served classifier."""

from __future__ import annotations

import aiohttp
import pytest

from bot.dialogue.events import Reading
from bot.understanding.client import Classifier
from bot.understanding.own_classifier import Address

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.timeout(600),  # the training, where there is no model yet
]

QUESTIONS = (
    ("ru", "нужен ли патент гражданину Таджикистана чтобы работать на стройке", "permit_need"),
    ("kk", "жұмыс беруші екі ай бойы жалақымды бермей жүр", "unpaid_wages"),
    ("uz", "boshliq pasportimni olib qo'ydi, qaytarmayapti", "passport_withheld"),
    ("uz_Cyrl", "яқинроқ жойда ёрдам маркази борми, манзили қаерда", "find_centre"),
    ("tg", "рақами телефони боварӣ чанд аст", "hotline"),
    ("ky", "Кыргызстандын жараны уруксатсыз иштей алабы", "eaeu_work"),
    ("kk", "jalaqymdy bermeidi ne isteimin", "unpaid_wages"),
    ("uz", "pasportimni yoqotib qoydim", "lost_passport"),
    ("ru", "kakaya zavtra pogoda v almaty", "out_of_scope"),
)

ODD_TEXTS = {
    "one letter": "а",
    "emoji": "🙂👍🏽",
    "NUL": "не\0платят",
    "right to left": "\u202eне платят\u202c",
    "zero width": "не\u200bпла\u200dтят",
    "lone surrogate": "не \ud83d платят",
    "long": "не платят зарплату " * 215,
    "no letters": "12345 ?!",
    "arabic script": "حقوق من را نمی‌دهند",
    "white space": " \n\t ",
}


async def read(address: Address, text: str) -> Reading:
    async with Classifier(address.url, address.token, timeout=20) as classifier:
        reading = await classifier.read(text)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize(
    ("language", "text", "intent"), QUESTIONS, ids=[f"{q[0]}-{q[2]}" for q in QUESTIONS]
)
async def test_a_question_is_understood_with_its_language(
    classifier_address: Address, language: str, text: str, intent: str
) -> None:
    reading = await read(classifier_address, text)

    assert intent in [guess.name for guess in reading.intents[:3]]
    assert reading.languages[0].name == language


async def test_the_ranking_has_at_least_five_intents(classifier_address: Address) -> None:
    reading = await read(classifier_address, "сколько стоит")

    assert len(reading.intents) >= 5
    confidences = [guess.confidence for guess in reading.intents]
    assert confidences == sorted(confidences, reverse=True)


async def test_danger_is_more_urgent_than_a_fee(classifier_address: Address) -> None:
    danger = await read(classifier_address, "помогите, нас держат взаперти и бьют")
    fee = await read(classifier_address, "сколько платить за патент в месяц")

    assert danger.urgency > 0.6
    assert fee.urgency < 0.1


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
async def test_any_text_gets_a_reading(classifier_address: Address, text: str) -> None:
    reading = await read(classifier_address, text)

    assert len(reading.intents) >= 5
    assert all(0 <= guess.confidence <= 1 for guess in (*reading.intents, *reading.languages))


async def test_a_leading_slash_is_no_order_to_see_an_intent(classifier_address: Address) -> None:
    plain = await read(classifier_address, "не платят зарплату")

    for text in ("/не платят зарплату", " // не платят зарплату"):
        assert (await read(classifier_address, text)).intents[0].name == plain.intents[0].name


async def test_entities_have_canonical_values_and_offsets(classifier_address: Address) -> None:
    text = "мен Өзбекстаннанмын, Шымкентте тұрамын"
    async with aiohttp.ClientSession() as session:
        parsed = await _parse(session, classifier_address, {"text": text})

    assert [
        (entity["entity"], entity["value"], text[entity["start"] : entity["end"]])
        for entity in parsed["entities"]
    ] == [("citizenship", "UZ", "Өзбекстаннанмын"), ("city", "shymkent", "Шымкентте")]


async def test_the_token_is_wanted(classifier_address: Address) -> None:
    async with aiohttp.ClientSession() as session:
        for query in ({}, {"token": "wrong"}):
            url = f"{classifier_address.url}/model/parse"
            async with session.post(url, params=query, json={"text": "патент"}) as response:
                assert response.status == 401
        async with session.get(f"{classifier_address.url}/status") as response:
            assert response.status == 401
        async with session.get(classifier_address.url) as response:
            assert response.status == 200


async def test_the_same_text_is_read_the_same(classifier_address: Address) -> None:
    first = await read(classifier_address, "менга рухсатнома керакми")

    assert await read(classifier_address, "менга рухсатнома керакми") == first


async def _parse(
    session: aiohttp.ClientSession, address: Address, body: dict[str, str]
) -> dict[str, list[dict[str, object]]]:
    url = f"{address.url}/model/parse"
    async with session.post(url, params={"token": address.token}, json=body) as response:
        assert response.status == 200
        found: dict[str, list[dict[str, object]]] = await response.json()
        return found
