"""The strip's requests: the time, and the parts of a helpline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import Api, StartSandbox


async def test_time_is_played_forward_and_back_to_now_by_a_reset(api: Api) -> None:
    before = await api.get("/time")
    assert before["ahead"] == 0
    moved = await api.post("/time", advance=3600)
    assert moved["ahead"] == 3600
    assert moved["now"] >= before["now"] + 3600
    await api.send("hi")
    (message,) = await api.messages()
    assert message["date"] >= moved["now"]
    await api.post("/reset")
    assert (await api.get("/time"))["ahead"] == 0


@pytest.mark.parametrize("seconds", [-1, 366 * 86_400 + 1])
async def test_time_does_not_go_back_or_too_far(api: Api, seconds: float) -> None:
    told = await api.post("/time", 400, advance=seconds)
    assert "advance must be between" in told["error"]


async def test_time_ends_in_2038_with_a_sentence(api: Api) -> None:
    for _ in range(20):
        told = await api.post("/time", advance=300 * 86_400)
        if told["now"] + 300 * 86_400 > 2**31:
            break
    told = await api.post("/time", 400, advance=300 * 86_400)
    assert "2038" in told["error"]


@pytest.mark.parametrize("path", ["/time", "/parts"])
async def test_a_body_with_a_wrong_field_is_one_sentence(api: Api, path: str) -> None:
    told = await api.post(path, 400, back=True)
    assert told["error"] == "Object contains unknown field `back`"


async def test_the_offset_is_written_for_the_bot_to_follow(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    file = tmp_path / "clock"
    server = await start_sandbox(clock_file=file)
    async with ClientSession(base_url=server.make_url("/")) as client:
        await client.post("/sandbox/api/time", json={"advance": 86_400})
        assert float(file.read_text()) == 86_400
        await client.post("/sandbox/api/reset")
        assert not file.exists()


async def test_a_sandbox_that_runs_alone_has_no_parts(api: Api) -> None:
    assert await api.get("/parts") == []
    told = await api.post("/parts", 400, name="bot", running=False)
    assert "the sandbox runs alone" in told["error"]


async def test_a_supervisord_that_is_away_is_503(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    server = await start_sandbox(parts_socket=tmp_path / "gone.sock")
    async with (
        ClientSession(base_url=server.make_url("/")) as client,
        client.get("/sandbox/api/parts") as answer,
    ):
        assert answer.status == 503
        assert "does not answer" in (await answer.json())["error"]
