"""The reader with the real lexicon and gazetteer, and a classifier behind a real HTTP server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.model import Citizenship, DangerKind
from bot.dialogue.events import Command, Guess, Reading, TextReceived, Unread
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.understanding.client import Classifier
from bot.understanding.danger_files import load_lexicon
from bot.understanding.places import load_atlas
from bot.understanding.reader import CLASSIFIED, Reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LEXICON = load_lexicon(ROOT / "nlu_data" / "danger")
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
LANGUAGES = [
    {"name": "ky", "confidence": 0.5},
    {"name": "kk", "confidence": 0.4},
    {"name": "uz", "confidence": 0.1},
]
SLOW_SERVER = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def asked() -> list[str]:
    return []


@pytest.fixture
async def reader(asked: list[str]) -> AsyncIterator[Reader]:
    async def parse(request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        asked.append(body["text"])
        ranking = [{"name": "registration", "confidence": 0.9}]
        return web.json_response({"intent_ranking": ranking, "languages": LANGUAGES})

    app = web.Application()
    app.router.add_post("/model/parse", parse)
    server = TestServer(app)
    await server.start_server()
    async with Classifier(str(server.make_url("/"))) as classifier:
        yield Reader(classifier, LEXICON, ATLAS)
    await server.close()


@pytest.fixture
async def reader_alone(unused_tcp_port: int) -> AsyncIterator[Reader]:
    """A reader whose classifier is down."""
    async with Classifier(f"http://127.0.0.1:{unused_tcp_port}") as classifier:
        yield Reader(classifier, LEXICON, ATLAS)


async def test_a_question_is_classified_and_its_places_are_found(reader: Reader) -> None:
    event = await reader.read("Мен Өзбекстаннанбын, Шымкентте учётко кантип турам?")
    assert isinstance(event.reading, Reading)
    assert event.reading.intents == (Guess("registration", 0.9),)
    assert (event.citizenship, event.city, event.bare_city) == (
        Citizenship.UZBEKISTAN,
        "shymkent",
        False,
    )
    assert event.danger == ()


async def test_danger_commands_and_places_work_without_the_classifier(
    reader_alone: Reader,
) -> None:
    danger = await reader_alone.read("Эрим мени ҳар куни калтаклайди, Тошкентданман")
    assert (danger.reading, danger.danger, danger.citizenship) == (
        Unread.DOWN,
        (DangerKind.VIOLENCE,),
        Citizenship.UZBEKISTAN,
    )
    assert (await reader_alone.read("мәзір")).command is Command.MENU
    assert (await reader_alone.read("Шымкент")).bare_city is True
    assert (await reader_alone.read("Кандай ҳужжат керак, ўртоқ")).script_locale is (Locale.UZ_CYRL)


@pytest.mark.parametrize(
    ("text", "citizenship"),
    [
        ("армянин", Citizenship.OTHER_EAEU),
        ("я из Беларуси", Citizenship.OTHER_EAEU),
        ("мы с женой из Туркменистана", Citizenship.OTHER),
        ("кыргызмын", Citizenship.KYRGYZSTAN),
    ],
)
async def test_a_citizenship_is_the_button_it_means(
    reader_alone: Reader, text: str, citizenship: Citizenship
) -> None:
    assert (await reader_alone.read(text)).citizenship is citizenship


@pytest.mark.parametrize("text", ["", "🙏🙏", "8 701", "???", "\x00"])
async def test_nothing_to_classify_in_a_wordless_text(
    reader: Reader, asked: list[str], text: str
) -> None:
    event = await reader.read(text)
    assert (event.wordless, event.reading, asked) == (True, Reading(intents=()), [])


async def test_a_command_is_not_classified(reader: Reader, asked: list[str]) -> None:
    assert (await reader.read("ёрдам")).command is Command.HELP
    assert asked == []


async def test_a_doubt_about_the_language_is_settled_by_the_conversation(reader: Reader) -> None:
    in_kazakh = await reader.read("акча бер", Locale.KK)
    unknown = await reader.read("акча бер")
    assert isinstance(in_kazakh.reading, Reading)
    assert isinstance(unknown.reading, Reading)
    assert in_kazakh.reading.languages[0].name == "kk"
    assert unknown.reading.languages[0].name == "ky"


async def test_who_reads_uzbek_cyrillic_and_types_latin_still_writes_uzbek(
    reader: Reader,
) -> None:
    event = await reader.read("pul ber", Locale.UZ_CYRL)
    assert isinstance(event.reading, Reading)
    shares = {guess.name: guess.confidence for guess in event.reading.languages}
    assert shares["uz"] == pytest.approx(0.3 / 1.2)


async def test_a_long_text_is_classified_by_its_beginning_but_searched_to_its_end(
    reader: Reader, asked: list[str]
) -> None:
    event = await reader.read("салам " * 800 + "муж меня избил")
    assert event.danger == (DangerKind.VIOLENCE,)
    assert [len(text) for text in asked] == [CLASSIFIED]


@SLOW_SERVER
@given(text=st.text(max_size=5000), locale=st.none() | st.sampled_from(list(Locale)))
async def test_every_text_has_an_event(reader: Reader, text: str, locale: Locale | None) -> None:
    assert isinstance(await reader.read(text, locale), TextReceived)
