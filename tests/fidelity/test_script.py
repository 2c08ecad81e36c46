"""The script itself: a step that goes wrong is named, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.contract.client import Json, RefusedError
from tests.fidelity.contract.matching import ABSENT, ANY, Holding, Like, differences
from tests.fidelity.contract.normal import Names, kept
from tests.fidelity.contract.script import Script
from tests.fidelity.sandbox_api import SandboxApi
from tests.fidelity.wire import Call, Exchange

MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}


class Library:
    """A library that reads answers as it is told to."""

    name = "a library"

    def __init__(self) -> None:
        self.script: Script | None = None
        self.answer: Json = {"ok": True, "result": MESSAGE}
        self.status = 200
        self.reading: Any = MESSAGE

    async def call(self, method: str, **parameters: Any) -> Any:
        assert self.script is not None
        self.script.listen(Exchange(Call(method, parameters), self.status, self.answer))
        if isinstance(self.reading, RefusedError):
            raise self.reading
        return self.reading

    async def download(self, file_path: str) -> bytes:
        return file_path.encode()


@pytest_asyncio.fixture
async def library(http: ClientSession) -> AsyncIterator[Library]:
    made = Library()
    made.script = Script(made, SandboxApi(http, "http://127.0.0.1:1"), "42:x")
    yield made


def refused(words: str, status: int = 400, **parameters: int) -> Json:
    answer = {"ok": False, "error_code": status, "description": words}
    return answer | ({"parameters": parameters} if parameters else {})


async def faults(library: Library, **expected: Any) -> list[str]:
    assert library.script is not None
    await library.script.call("a step", "sendMessage", **expected)
    return library.script.run.faults


async def test_a_step_as_expected_has_no_fault(library: Library) -> None:
    assert await faults(library, gives={"text": "x"}) == []
    assert library.script is not None
    assert [step.name for step in library.script.run.steps] == ["a step"]


async def test_a_result_that_is_another_is_named(library: Library) -> None:
    found = await faults(library, gives={"text": "y"})
    assert found == ["a library: a step: result.text: 'x' instead of 'y'"]


async def test_a_result_that_aiograms_models_refuse_is_named(library: Library) -> None:
    library.answer = {"ok": True, "result": MESSAGE | {"mood": "good"}}
    library.reading = MESSAGE | {"mood": "good"}
    assert await faults(library, gives={}) == [
        "a library: a step: result.mood: Message has no such field"
    ]


async def test_a_library_that_reads_something_else_is_named(library: Library) -> None:
    library.reading = MESSAGE | {"text": "z"}
    (found,) = await faults(library, gives={})
    assert found.startswith("a library: a step: a library made ")


async def test_a_refusal_that_did_not_come_is_named(library: Library) -> None:
    found = await faults(library, refused="Bad Request: no")
    assert found == ["a library: a step: not refused; expected 'Bad Request: no'"]


async def test_a_refusal_in_other_words_is_named(library: Library) -> None:
    library.status, library.answer = 400, refused("Bad Request: never")
    library.reading = RefusedError(400, "never")
    assert await faults(library, refused="Bad Request: no") == [
        "a library: a step: refused with 'Bad Request: never'; expected 'Bad Request: no'"
    ]


async def test_a_refusal_of_another_kind_is_named(library: Library) -> None:
    library.status, library.answer = 400, refused("Bad Request: no")
    library.reading = RefusedError(403, "no")
    assert await faults(library, refused="Bad Request: no") == [
        "a library: a step: a library took 400 for 403"
    ]


async def test_a_wait_that_is_another_is_named(library: Library) -> None:
    words = "Too Many Requests: retry after 5"
    library.status, library.answer = 429, refused(words, 429, retry_after=5)
    library.reading = RefusedError(429, "", retry_after=5)
    assert await faults(library, refused=words, retry_after=4) == [
        "a library: a step: retry_after: 5 instead of 4"
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": 1}, {"b": ABSENT}),
        ({"a": None}, {"a": ANY}),
        ("abc", Like("a.c")),
        ([1, 2, 3], Holding(3, 1)),
        ([{"a": 1, "b": 2}], [{"a": 1}]),
        (True, True),
    ],
)
def test_what_matches(found: object, expected: object) -> None:
    assert differences(found, expected) == []


@pytest.mark.parametrize(
    ("found", "expected", "said"),
    [
        ({}, {"a": ANY}, "result.a: missing"),
        ({"a": 1}, {"a": ABSENT}, "result.a: there, with 1"),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "result.a.b: 1 instead of 2"),
        ([1], [1, 2], "result: [1] instead of [1, 2]"),
        ([1], Holding(2), "result: nothing like 2 in it"),
        ("ab", Like("a"), "result: 'ab' is not like 'a'"),
        (1, True, "result: 1 instead of True"),
        (None, {"a": 1}, "result: None instead of {'a': 1}"),
    ],
)
def test_what_does_not_match(found: object, expected: object, said: str) -> None:
    assert differences(found, expected) == [said]


def test_ids_get_names_in_the_order_in_which_they_show_up() -> None:
    names = Names()
    first = names.normal({"message_id": 100, "date": 5, "chat": {"id": -7, "title": "T"}})
    assert first == {
        "message_id": "message 1",
        "date": "a date",
        "chat": {"id": "chat 1", "title": "T"},
    }
    again = names.normal([{"message_id": 101, "message_thread_id": 100, "from": {"id": 42}}])
    assert again == [
        {"message_id": "message 2", "message_thread_id": "message 1", "from": {"id": 42}}
    ]


def test_only_what_says_nothing_is_left_out() -> None:
    value: Json = {"a": None, "b": False, "c": [], "d": {}, "e": "", "f": 0, "g": {"h": None}}
    assert kept(value) == {"d": {}, "e": "", "f": 0, "g": {}}
