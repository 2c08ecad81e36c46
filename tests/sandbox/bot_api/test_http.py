"""The Bot API over plain HTTP: tokens, bodies, polling, faults, limits."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, FormData, ServerDisconnectedError

from tests.sandbox.menu_bot import TOKEN

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api, StartSandbox

URL = f"/bot{TOKEN}"


async def _call(raw: ClientSession, method: str, **params: object) -> tuple[int, dict[str, Any]]:
    async with raw.post(f"{URL}/{method}", json=params) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("token", "status", "words"),
    [
        ("1:a", 200, None),
        ("123456:ABC-def_1", 200, None),
        ("123456:has%20space", 401, "Unauthorized"),
        ("123456:", 401, "Unauthorized"),
        ("word", 404, "Not Found"),
        ("0:abc", 401, "Unauthorized"),
    ],
)
async def test_token(raw: ClientSession, token: str, status: int, words: str | None) -> None:
    async with raw.get(f"/bot{token}/getMe") as answer:
        assert answer.status == status
        assert (await answer.json()).get("description") == words


async def test_json_form_and_multipart_say_the_same(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    form = {"chat_id": "1001", "text": "x", "reply_markup": json.dumps(markup)}
    parts = FormData()
    for name, value in form.items():
        parts.add_field(name, value, content_type="text/plain")
    bodies: list[dict[str, Any]] = [
        {"json": {"chat_id": 1001, "text": "x", "reply_markup": markup}},
        {"data": form},
        {"data": parts},
        {"params": form},
    ]
    for body in bodies:
        async with raw.post(f"{URL}/sendmessage", **body) as answer:
            result = (await answer.json())["result"]
            assert result["text"] == "x"
            assert result["reply_markup"] == markup


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
async def test_a_broken_body_is_a_bad_request(raw: ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with raw.post(f"{URL}/sendMessage", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert not (await answer.json())["ok"]


async def test_a_broken_multipart_is_a_bad_request(raw: ClientSession) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with raw.post(f"{URL}/sendMessage", data=b"no parts", headers=headers) as answer:
        assert answer.status == 400


async def test_unknown_method_is_named(raw: ClientSession) -> None:
    status, body = await _call(raw, "sendGift", chat_id=-100)
    assert status == 501
    assert body["description"] == "Not Implemented in the sandbox: sendGift"
    status, body = await _call(raw, "sendGreetings")
    assert (status, body["description"]) == (404, "Not Found: method not found")


async def test_updates_wait_until_confirmed(raw: ClientSession, api: Api) -> None:
    first = (await api.post("/send", user=1001, text="a"))["update_id"]
    await api.send("b")
    for _ in range(2):
        _, body = await _call(raw, "getUpdates", limit=1)
        assert [u["update_id"] for u in body["result"]] == [first]
    _, body = await _call(raw, "getUpdates", offset=first + 1)
    assert [u["message"]["text"] for u in body["result"]] == ["b"]
    _, body = await _call(raw, "getUpdates", offset=first + 2)
    assert body["result"] == []


async def test_negative_offset_keeps_only_the_last(raw: ClientSession, api: Api) -> None:
    for text in "abc":
        await api.send(text)
    _, body = await _call(raw, "getUpdates", offset=-1)
    assert [u["message"]["text"] for u in body["result"]] == ["c"]


async def test_long_poll_ends_with_the_first_update(raw: ClientSession, api: Api) -> None:
    poll = asyncio.create_task(_call(raw, "getUpdates", timeout=50))
    await api.wait_for_bot()
    await api.send("now")
    _, body = await poll
    assert body["result"][0]["message"]["text"] == "now"


async def test_a_second_poller_ends_the_first(raw: ClientSession, api: Api) -> None:
    poll = asyncio.create_task(_call(raw, "getUpdates", timeout=50))
    await api.wait_for_bot()
    status, _ = await _call(raw, "getUpdates", timeout=1)
    assert status == 200
    status, body = await poll
    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_a_poll_that_need_not_wait_ends_no_other(raw: ClientSession, api: Api) -> None:
    poll = asyncio.create_task(_call(raw, "getUpdates", timeout=50))
    await api.wait_for_bot()
    assert (await _call(raw, "getUpdates", timeout=0))[0] == 200
    await api.send("a")
    status, body = await poll
    assert status == 200
    assert [update["message"]["text"] for update in body["result"]] == ["a"]


async def test_allowed_updates_last_until_changed(raw: ClientSession, api: Api) -> None:
    await _call(raw, "getUpdates", allowed_updates=["callback_query"])
    assert (await api.post("/send", user=1001, text="a"))["update_id"] is None
    await _call(raw, "getUpdates")
    assert (await api.post("/send", user=1001, text="b"))["update_id"] is None
    await _call(raw, "getUpdates", allowed_updates=[])
    assert (await api.post("/send", user=1001, text="c"))["update_id"] is not None


async def test_unknown_kinds_of_updates_are_passed_over(raw: ClientSession, api: Api) -> None:
    await _call(raw, "getUpdates", allowed_updates=["callback_query", "nonsense", 5])
    assert (await api.post("/send", user=1001, text="a"))["update_id"] is None
    for no_list in ("[", 5):
        await _call(raw, "getUpdates", allowed_updates=no_list)
        assert (await api.post("/send", user=1001, text="a"))["update_id"] is None
    await _call(raw, "getUpdates", allowed_updates=["nonsense"])
    assert (await api.post("/send", user=1001, text="b"))["update_id"] is not None


async def test_reactions_come_only_when_asked_for(raw: ClientSession, api: Api) -> None:
    await api.send("a")
    react = {"user": 1001, "message_id": 1, "emoji": "👍"}
    assert (await api.post("/react", **react))["update_id"] is None
    await _call(raw, "getUpdates", offset=-1, allowed_updates=["message_reaction"])
    assert (await api.post("/react", **react | {"emoji": ""}))["update_id"] is not None
    _, body = await _call(raw, "getUpdates", offset=-1)
    assert body["result"][0]["message_reaction"]["new_reaction"] == []


async def test_fault_429_once(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await api.post("/fault", method="sendMessage", chat=1001, error_code=429, retry_after=3)
    async with raw.post(f"{URL}/sendMessage", json={"chat_id": 1001, "text": "a"}) as answer:
        assert answer.status == 429
        assert answer.headers["Retry-After"] == "3"
        assert await answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
    assert (await _call(raw, "sendMessage", chat_id=1001, text="a"))[0] == 200


async def test_fault_strikes_only_its_chat_and_method(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await api.post("/fault", method="sendMessage", chat=7, error_code=500, times=2)
    assert (await _call(raw, "sendMessage", chat_id=1001, text="a"))[0] == 200
    assert (await _call(raw, "getMe"))[0] == 200
    assert len((await api.get("/fault"))["faults"]) == 1


async def test_cut_connection_before_and_after(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await api.post("/fault", method="sendMessage", cut=True)
    with pytest.raises(ServerDisconnectedError):
        await _call(raw, "sendMessage", chat_id=1001, text="lost")
    await api.post("/fault", method="sendMessage", cut=True, after=True)
    with pytest.raises(ServerDisconnectedError):
        await _call(raw, "sendMessage", chat_id=1001, text="sent")
    assert [m["text"] for m in await api.messages()] == ["/start", "sent"]


async def test_delay_lets_the_call_through(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await api.post("/fault", method="sendMessage", delay=0.05)
    assert (await _call(raw, "sendMessage", chat_id=1001, text="a"))[0] == 200


async def test_calls_are_written_down_without_their_texts(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await _call(raw, "sendMessage", chat_id=1001, text="secret words")
    await _call(raw, "sendMessage", chat_id=5, text="secret words")
    told = await api.get("/calls")
    assert [(c["method"], c["chat"], c["ok"]) for c in told["calls"]] == [
        ("sendMessage", 1001, True),
        ("sendMessage", 5, False),
    ]
    assert told["calls"][1]["error"] == "Bad Request: chat not found"
    assert "secret" not in str(told)
    assert (await api.get(f"/calls?after={told['now']}"))["calls"] == []


async def test_strict_limits_one_message_a_second_per_chat(start_sandbox: StartSandbox) -> None:
    server = await start_sandbox(strict=True)
    async with ClientSession(base_url=server.make_url("/")) as raw:
        await raw.post("/sandbox/api/send", json={"user": 1, "text": "/start"})
        assert (await _call(raw, "sendMessage", chat_id=1, text="a"))[0] == 200
        status, body = await _call(raw, "sendMessage", chat_id=1, text="b")
        assert status == 429
        assert body["parameters"] == {"retry_after": 1}
        await raw.post("/sandbox/api/time", json={"advance": 1})
        assert (await _call(raw, "sendMessage", chat_id=1, text="b"))[0] == 200


async def test_strict_limits_thirty_messages_a_second_in_all(start_sandbox: StartSandbox) -> None:
    server = await start_sandbox(strict=True)
    async with ClientSession(base_url=server.make_url("/")) as raw:
        for user in range(1, 50):
            await raw.post("/sandbox/api/send", json={"user": user, "text": "/start"})
        statuses = [
            (await _call(raw, "sendMessage", chat_id=user, text="a"))[0] for user in range(1, 50)
        ]
    assert statuses[:30] == [200] * 30
    assert set(statuses) <= {200, 429}


async def test_blocked_bot_is_refused(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    await api.post("/block", user=1001)
    status, body = await _call(raw, "sendMessage", chat_id=1001, text="a")
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    _, updates = await _call(raw, "getUpdates", offset=-1)
    change = updates["result"][0]["my_chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    await api.post("/unblock", user=1001)
    assert (await _call(raw, "sendMessage", chat_id=1001, text="a"))[0] == 200
