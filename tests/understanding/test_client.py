"""The client against a real HTTP server that behaves as Rasa does, and as it should not."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dialogue.events import Guess, Reading, Unread
from bot.understanding.client import FAILURES, Classifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from structlog.typing import EventDict

ANSWER: dict[str, Any] = {
    "text": "iltimos javob bering",
    "intent": {"name": "bot_help", "confidence": 0.7},
    "entities": [],
    "intent_ranking": [
        {"name": "bot_help", "confidence": 0.7},
        {"name": "talk_to_human", "confidence": 0.2},
    ],
    "languages": [{"name": "uz", "confidence": 0.95}, {"name": "other", "confidence": 0.05}],
    "urgency": 0.1,
}


class Scripted:
    """A server whose answer the test chooses, and which remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = self.reading
        self.asked: list[dict[str, Any]] = []
        self.arrived = asyncio.Semaphore(0)
        self.release = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({"query": dict(request.query), "json": await request.json()})
        self.arrived.release()
        return await self.answer(request)

    async def reading(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(ANSWER)

    async def never(self, _: web.Request) -> web.StreamResponse:
        await self.release.wait()
        return web.Response()

    def says(self, body: str, status: int = 200) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(text=body, status=status)

        self.answer = answer


@pytest.fixture
async def rasa() -> AsyncIterator[tuple[Scripted, TestServer]]:
    scripted = Scripted()
    app = web.Application()
    app.router.add_post("/model/parse", scripted.handle)
    server = TestServer(app)
    await server.start_server()
    yield scripted, server
    scripted.release.set()
    await server.close()


@pytest.fixture
async def classifier(rasa: tuple[Scripted, TestServer]) -> AsyncIterator[Classifier]:
    async with Classifier(str(rasa[1].make_url("/")), "s3cret") as client:
        yield client


async def test_an_answer_becomes_a_reading(
    rasa: tuple[Scripted, TestServer], classifier: Classifier
) -> None:
    assert await classifier.read("iltimos javob bering") == Reading(
        intents=(Guess("bot_help", 0.7), Guess("talk_to_human", 0.2)),
        languages=(Guess("uz", 0.95), Guess("other", 0.05)),
        urgency=0.1,
    )
    assert rasa[0].asked == [
        {"query": {"token": "s3cret"}, "json": {"text": "iltimos javob bering"}}
    ]


@pytest.mark.parametrize("text", ["\x00", "\ud83d лом", "<b>&amp;", "٣ 中 🙏" * 50])
async def test_any_text_can_be_sent(classifier: Classifier, text: str) -> None:
    assert isinstance(await classifier.read(text), Reading)


@pytest.mark.parametrize(
    "change",
    [
        {"intent_ranking": []},
        {"intent_ranking": [{"name": "greet", "confidence": 7.5}]},
        {"intent_ranking": [{"name": "", "confidence": 0.5}]},
        {"intent_ranking": None},
        {"languages": [{"name": "kz", "confidence": 0.9}]},
        {"languages": {"kk": 0.9}},
        {"urgency": "high"},
        {"urgency": -1},
    ],
)
async def test_an_odd_answer_is_no_reading(
    rasa: tuple[Scripted, TestServer], classifier: Classifier, change: dict[str, Any]
) -> None:
    rasa[0].says(json.dumps(ANSWER | change))
    assert await classifier.read("salom") is Unread.DOWN


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 200),
        ("<html>", 200),
        ("[]", 200),
        ("null", 200),
        ("{", 200),
        (json.dumps(ANSWER), 500),
        ('{"status": "failure"}', 401),
        ("x" * 300_000, 200),
    ],
)
async def test_no_reading_from_what_is_not_an_answer(
    rasa: tuple[Scripted, TestServer], classifier: Classifier, body: str, status: int
) -> None:
    rasa[0].says(body, status)
    assert await classifier.read("salom") is Unread.DOWN


async def test_extra_fields_and_missing_extras_of_ours_are_fine(
    rasa: tuple[Scripted, TestServer], classifier: Classifier
) -> None:
    rasa[0].says(json.dumps({"intent_ranking": ANSWER["intent_ranking"], "response": {"a": 1}}))
    reading = await classifier.read("salom")
    assert isinstance(reading, Reading)
    assert reading.languages == ()


async def test_a_slow_classifier_is_not_waited_for(rasa: tuple[Scripted, TestServer]) -> None:
    scripted, server = rasa
    scripted.answer = scripted.never
    async with Classifier(str(server.make_url("/")), timeout=0.05) as classifier:
        assert await classifier.read("salom") is Unread.SLOW


async def test_nobody_at_the_address_is_down(unused_tcp_port: int) -> None:
    async with Classifier(f"http://127.0.0.1:{unused_tcp_port}") as classifier:
        assert await classifier.read("salom") is Unread.DOWN
        assert await classifier.is_up() is False


async def test_after_failures_in_a_row_it_is_left_in_peace_and_then_tried_again(
    rasa: tuple[Scripted, TestServer],
) -> None:
    scripted, server = rasa
    scripted.says("busy", 503)
    async with Classifier(str(server.make_url("/")), rest=0.2) as classifier:
        for _ in range(FAILURES + 3):
            assert await classifier.read("salom") is Unread.DOWN
        assert len(scripted.asked) == FAILURES
        scripted.answer = scripted.reading
        async with asyncio.timeout(10):
            # the library's clock cannot be awaited
            while not isinstance(await classifier.read("salom"), Reading):
                await asyncio.sleep(0.05)
        assert isinstance(await classifier.read("salom"), Reading)


async def test_a_cancelled_question_says_nothing_of_the_classifier(
    rasa: tuple[Scripted, TestServer], classifier: Classifier
) -> None:
    scripted, _ = rasa
    scripted.answer = scripted.never
    for _ in range(FAILURES + 1):
        question = asyncio.create_task(classifier.read("salom"))
        await scripted.arrived.acquire()
        question.cancel()
        with pytest.raises(asyncio.CancelledError):
            await question
    scripted.answer = scripted.reading
    assert isinstance(await classifier.read("salom"), Reading)


async def test_many_questions_at_once_share_the_connections(classifier: Classifier) -> None:
    readings = await asyncio.gather(*(classifier.read("salom") for _ in range(40)))
    assert all(isinstance(reading, Reading) for reading in readings)


async def test_it_can_be_closed_and_asked_again(classifier: Classifier) -> None:
    await classifier.read("salom")
    await classifier.close()
    assert isinstance(await classifier.read("salom"), Reading)


async def test_no_text_of_a_message_reaches_the_log(
    rasa: tuple[Scripted, TestServer], classifier: Classifier
) -> None:
    secret = "pasportim raqami"
    with structlog.testing.capture_logs() as logs:
        for body in (secret, json.dumps({"intent_ranking": secret}), json.dumps(ANSWER)):
            rasa[0].says(body, 200 if body != secret else 500)
            await classifier.read(secret)
    assert logs
    assert not any(secret in str(value) for line in logs for value in _values(line))


def _values(line: EventDict) -> list[Any]:
    return list(line.values())


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ('{"model_file": "/srv/models/20261123.tar.gz", "x": 1}', 200, "20261123.tar.gz"),
        ('{"model_file": "20261123.tar.gz"}', 200, "20261123.tar.gz"),
        ("{}", 200, ""),
        ("no JSON", 200, ""),
        ("{}", 401, None),
    ],
)
async def test_the_model_in_service_is_named(body: str, status: int, expected: str | None) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.query["token"] == "s3cret"
        return web.Response(text=body, status=status)

    app = web.Application()
    app.router.add_get("/status", answer)
    async with TestServer(app) as server, Classifier(str(server.make_url("/")), "s3cret") as client:
        assert await client.model() == expected


async def test_a_classifier_that_is_away_has_no_model(unused_tcp_port: int) -> None:
    async with Classifier(f"http://127.0.0.1:{unused_tcp_port}") as classifier:
        assert await classifier.model() is None
