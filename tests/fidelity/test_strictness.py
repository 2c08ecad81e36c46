"""Calls, answers and updates are judged as a whole, and a relay's listener misses none."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession, FormData, web

from tests.fidelity.relay import Relay
from tests.fidelity.strictness import (
    METHODS,
    Witness,
    answer_violations,
    call_violations,
    update_violations,
)
from tests.fidelity.wire import Call

SENT = {"chat_id": "1", "text": "x"}
RESULT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}


def test_aiogram_knows_the_methods_that_the_helpline_calls() -> None:
    assert {"sendmessage", "setmycommands", "createforumtopic", "copymessages"} <= METHODS.keys()


@pytest.mark.parametrize(
    "call",
    [
        Call("sendMessage", SENT),
        Call("SENDMESSAGE", SENT | {"chat_id": 1, "disable_notification": True}),
        Call("sendMessage", SENT | {"reply_markup": '{"remove_keyboard": true}'}),
        Call("sendMessage", SENT | {"reply_markup": {"remove_keyboard": True}}),
        Call("sendPhoto", {"chat_id": "1"}, {"photo": "a.png"}),
        Call("sendPhoto", {"chat_id": "1", "photo": "attach://one"}, {"one": "a.png"}),
        Call("sendLocation", {"chat_id": "1", "latitude": "43.2", "longitude": "77"}),
        Call("getUpdates", {"timeout": "50", "allowed_updates": '["message"]'}),
        Call("getMe"),
    ],
    ids=str,
)
def test_a_right_call_passes(call: Call) -> None:
    assert call_violations(call) == []


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (Call("sendNothing"), "the Bot API has no such method"),
        (Call("sendMessage", SENT | {"txt": "x"}), "txt: no such parameter"),
        (Call("sendMessage", {"chat_id": "1"}), "text: missing"),
        (
            Call("sendMessage", SENT | {"disable_notification": "yes"}),
            "disable_notification: str instead of bool",
        ),
        (
            Call("sendMessage", SENT | {"message_thread_id": "first"}),
            "message_thread_id: str instead of int",
        ),
        (Call("sendMessage", SENT | {"text": 5}), "text: int instead of str"),
        (Call("sendMessage", SENT | {"reply_markup": "{"}), "reply_markup: not JSON"),
        (
            Call(
                "sendMessage",
                SENT | {"reply_markup": '{"inline_keyboard": [[{"text": "a", "data": "b"}]]}'},
            ),
            "reply_markup.inline_keyboard[0][0].data: InlineKeyboardButton has no such field",
        ),
        (
            Call("sendPhoto", {"chat_id": "1", "photo": "attach://one"}, {"two": "a.png"}),
            "two: an upload that nothing refers to",
        ),
    ],
    ids=str,
)
def test_a_wrong_call_is_caught(call: Call, fault: str) -> None:
    assert call_violations(call) == [fault]


@pytest.mark.parametrize(
    ("method", "status", "answer"),
    [
        ("sendMessage", 200, {"ok": True, "result": RESULT}),
        ("setWebhook", 200, {"ok": True, "result": True, "description": "Webhook was set"}),
        ("sendMessage", 400, {"ok": False, "error_code": 400, "description": "Bad Request: x"}),
        (
            "sendMessage",
            429,
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 3",
                "parameters": {"retry_after": 3},
            },
        ),
    ],
)
def test_a_right_answer_passes(method: str, status: int, answer: dict[str, object]) -> None:
    assert answer_violations(method, status, answer) == []


@pytest.mark.parametrize(
    ("method", "status", "answer", "fault"),
    [
        ("getMe", 200, [], "answer: not an object with ok"),
        ("deleteMessage", 200, {"ok": True}, "answer.result: missing"),
        ("deleteMessage", 200, {"ok": True, "result": 1}, "result: int instead of bool"),
        ("deleteMessage", 201, {"ok": True, "result": True}, "answer: ok with status 201"),
        (
            "deleteMessage",
            200,
            {"ok": True, "result": True, "took": 5},
            "answer.took: unknown beside a result",
        ),
        (
            "sendMessage",
            200,
            {"ok": True, "result": RESULT | {"mood": 1}},
            "result.mood: Message has no such field",
        ),
        (
            "getMe",
            400,
            {"ok": False, "error_code": 404, "description": "x"},
            "answer.error_code: 404 with status 400",
        ),
        ("getMe", 400, {"ok": False, "error_code": 400}, "answer.description: missing"),
        (
            "getMe",
            429,
            {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry": 1}},
            "parameters.retry: ResponseParameters has no such field",
        ),
    ],
)
def test_a_wrong_answer_is_caught(method: str, status: int, answer: object, fault: str) -> None:
    assert fault in answer_violations(method, status, answer)


def test_an_update_is_of_one_kind() -> None:
    assert update_violations({"update_id": 1, "message": RESULT}) == []
    assert update_violations({"update_id": 1}) == ["update: 0 kinds at once"]
    both = {"update_id": 1, "message": RESULT, "edited_message": RESULT}
    assert update_violations(both) == ["update: 2 kinds at once"]


UPDATE = {"update_id": 1, "message": RESULT | {"text": "/start", "mood": "good"}}


@pytest_asyncio.fixture
async def careless_server() -> AsyncIterator[str]:
    """A server whose message and update have a field too many."""

    async def answer(request: web.Request) -> web.Response:
        if request.match_info["method"] == "getUpdates":
            return web.json_response({"ok": True, "result": [UPDATE]})
        return web.json_response({"ok": True, "result": RESULT | {"colour": "red"}})

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_what_goes_over_the_wire_is_witnessed(
    http: ClientSession, careless_server: str
) -> None:
    form = FormData({"chat_id": "1", "txt": "x"})
    form.add_field("photo", b"...", filename="a.png")
    async with Relay(careless_server) as relay:
        witness = Witness()
        relay.listeners.append(witness)
        await http.post(f"{relay.url}/bot42:x/getUpdates?timeout=0")
        await http.post(f"{relay.url}/bot42:x/sendMessage", json=SENT)
        await http.post(f"{relay.url}/bot42:x/sendPhoto", data=form)
    assert witness.violations == [
        "getUpdates → 200: result[0].message.mood: Message has no such field",
        "update message: update.message.mood: Message has no such field",
        "sendMessage → 200: result.colour: Message has no such field",
        "sendPhoto: txt: no such parameter",
        "sendPhoto → 200: result.colour: Message has no such field",
    ]
    assert witness.seen["update message"] == 1
