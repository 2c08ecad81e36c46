"""A Bot API server that does as the test says, and notes all calls."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot

from bot.telegram.request import AiohttpRequest

TOKEN = "1:a-token-for-tests"

Json = dict[str, Any]


class Call(msgspec.Struct, frozen=True):
    """One call of the bot: ``at`` is when it came, by the monotonic clock."""

    method: str
    params: Json
    at: float

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))


def refusal(code: int, description: str = "", **parameters: int) -> Json:
    """An error as Telegram answers it."""
    return {
        "ok": False,
        "error_code": code,
        "description": description or f"Error {code}",
        "parameters": parameters,
    }


def message_update(update_id: int, chat: int = 1001, text: str = "hi") -> Json:
    """A private message."""
    person = {"id": chat, "is_bot": False, "first_name": "A"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1,
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "A"},
            "text": text,
        },
    }


class BotApi:
    """The server; ``serve`` it with aiohttp's TestServer."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.polls = 0
        self.batch = 100
        """The most updates in one answer, as a server under load may choose."""
        self._updates: list[Json] = []
        self._scripts: deque[tuple[Callable[[Call], bool], Json]] = deque()
        self._changed = asyncio.Event()
        self._closing = False
        self._message_id = 100
        self.app = web.Application()
        self.app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self.app.on_shutdown.append(self._close)

    async def _close(self, _: web.Application) -> None:
        self._closing = True
        self._changed.set()

    def add(self, *updates: Json) -> None:
        """Updates for getUpdates; given until they are confirmed by a higher offset."""
        self._updates += updates
        self._changed.set()

    def script(
        self, answer: Json, method: str = "sendMessage", chat: int | None = None, times: int = 1
    ) -> None:
        """Answers the next calls of a method (in a chat) with this instead."""

        def fits(call: Call) -> bool:
            return call.method == method and chat in (None, call.chat)

        self._scripts.extend([(fits, answer)] * times)

    def of(self, chat: int, method: str = "sendMessage") -> list[str]:
        """The texts of the calls of a method in a chat."""
        return [call.text for call in self.calls if (call.method, call.chat) == (method, chat)]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until what was called is as wished; the test's own time limit ends it."""
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    async def _answer(self, request: web.Request) -> web.Response:
        params: Json = dict(request.query)
        if request.content_type == "application/json":
            params |= await request.json()
        else:
            params |= {name: str(value) for name, value in (await request.post()).items()}
        if request.match_info["token"] != TOKEN:
            return _response(refusal(401, "Unauthorized"))
        call = Call(request.match_info["method"], params, time.monotonic())
        if call.method != "getUpdates":
            self.calls.append(call)
        self._changed.set()
        for script in self._scripts:
            fits, answer = script
            if fits(call):
                self._scripts.remove(script)
                return _response(answer)
        return _response({"ok": True, "result": await self._result(call)})

    async def _result(self, call: Call) -> object:
        match call.method:
            case "getUpdates":
                return await self._poll(call.params)
            case "getMe":
                return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "test_bot"}
            case "copyMessage":
                return {"message_id": self._next_id()}
            case "createForumTopic":
                name = str(call.params["name"])
                return {"message_thread_id": self._next_id(), "name": name, "icon_color": 7322096}
            case "getForumTopicIconStickers":
                return []
            case method if method.startswith(("send", "editMessage")) and method != (
                "sendChatAction"
            ):
                chat = {"id": call.chat, "type": "private"}
                return {"message_id": self._next_id(), "date": 1, "chat": chat, "text": call.text}
        return True

    def _next_id(self) -> int:
        self._message_id += 1
        return self._message_id

    async def _poll(self, params: Json) -> list[Json]:
        self.polls += 1
        offset = int(params.get("offset", 0))
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        deadline = time.monotonic() + float(params.get("timeout", 0))
        while not self._updates and not self._closing and time.monotonic() < deadline:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0, deadline - time.monotonic())):
                    await self._changed.wait()
        return self._updates[: min(self.batch, int(params.get("limit", 100)))]

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of the updates that were not confirmed."""
        return [update["update_id"] for update in self._updates]


def _response(answer: Json) -> web.Response:
    return web.Response(
        text=json.dumps(answer),
        status=answer.get("error_code", 200),
        content_type="application/json",
    )


def make_bot(server: TestServer, token: str = TOKEN) -> Bot:
    """A bot on the server, with our request class; to be initialised by ``async with``."""
    return Bot(
        token,
        base_url=str(server.make_url("/bot")),
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
