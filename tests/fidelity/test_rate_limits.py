"""A strict sandbox keeps Telegram's limits, in words that both libraries understand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.contract.client import Json, RefusedError
from tests.fidelity.contract.libraries import LIBRARIES, Library
from tests.fidelity.processes import TOKEN, SandboxProcess
from tests.fidelity.sandbox_api import SandboxApi
from tests.fidelity.strictness import answer_violations

ANNA = 1001


@pytest_asyncio.fixture
async def strict(tmp_path: Path, http: ClientSession) -> AsyncIterator[tuple[SandboxApi, str]]:
    async with SandboxProcess(tmp_path, strict=True) as process:
        yield SandboxApi(http, process.url), process.url


async def burst(api: SandboxApi, chat: int, count: int) -> list[Json]:
    """Several messages to one chat at once; returns the refusals."""
    calls = (api.call(TOKEN, "sendMessage", chat_id=chat, text=f"{n}") for n in range(count))
    answers = await asyncio.gather(*calls)
    assert any(answer["ok"] for answer in answers)
    return [answer for answer in answers if not answer["ok"]]


async def test_one_message_a_second_to_a_person(strict: tuple[SandboxApi, str]) -> None:
    api, _ = strict
    await api.post("send", user=ANNA, name="Anna", text="/start")
    refused = await burst(api, ANNA, 6)
    assert {answer["description"] for answer in refused} == {"Too Many Requests: retry after 1"}
    assert {answer["parameters"]["retry_after"] for answer in refused} == {1}
    assert [answer_violations("sendMessage", 429, answer) for answer in refused] == [[]] * len(
        refused
    )


@pytest.mark.parametrize("library", LIBRARIES)
async def test_twenty_messages_a_minute_to_a_group(
    strict: tuple[SandboxApi, str], library: Library
) -> None:
    api, url = strict
    await api.post("people", id=2001, name="Dina")
    chat = (await api.post("groups", title="Staff", creator=2001))["chat"]["id"]
    assert len(await burst(api, chat, 25)) == 5
    async with library(TOKEN, url) as client:
        with pytest.raises(RefusedError) as refusal:
            await client.call("sendMessage", chat_id=chat, text="One more")
        assert refusal.value.kind == 429
        assert 1 <= (refusal.value.retry_after or 0) <= 60
        await api.post("time", advance=60)
        sent = await client.call("sendMessage", chat_id=chat, text="A minute later")
        assert sent["text"] == "A minute later"
