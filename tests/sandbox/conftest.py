"""A sandbox on a free port, its JSON API, and a real bot against it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from hypothesis import settings
from playwright.async_api import Browser
from telegram import Bot

from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import create_app
from tests.sandbox import browsing, forum_bot, menu_bot
from tests.sandbox.calls import Calls
from tests.sandbox.crowds import Crowd

Json = dict[str, Any]

# How long an example takes depends on what else the machine does.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class Api:
    """The sandbox's JSON API."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def get(self, path: str, status: int = 200) -> Json:
        async with self._session.get(f"/sandbox/api{path}") as answer:
            body: Json = await answer.json()
            assert answer.status == status, body
            return body

    async def post(self, path: str, status: int = 200, /, **body: object) -> Json:
        async with self._session.post(f"/sandbox/api{path}", json=body) as answer:
            told: Json = await answer.json()
            assert answer.status == status, told
            return told

    async def send(self, text: str = "", user: int = 1001, **more: object) -> Json:
        """Have a person write; return the message."""
        content = {"text": text} if text else {}
        told: Json = (await self.post("/send", user=user, **content, **more))["message"]
        return told

    async def messages(self, chat: int = 1001) -> list[Json]:
        told: list[Json] = (await self.get(f"/chats/{chat}?after=0"))["messages"]
        return told

    async def wait_for(self, chat: int, seen: Callable[[Json], bool]) -> Json:
        """Follow a chat until its view is as wished; the test's own time limit ends it."""
        view = await self.get(f"/chats/{chat}?after=0")
        while not seen(view):
            await self.get(f"/chats/{chat}?after={view['now']}&wait=30")
            view = await self.get(f"/chats/{chat}?after=0")
        return view

    async def wait_for_bot(self) -> None:
        """Wait until a bot asks for updates."""
        view = await self.get("/people")
        while not view["bot_connected"]:
            view = await self.get(f"/people?after={view['now']}&wait=30")

    async def wait_for_text(self, chat: int, text: str) -> Json:
        """Follow a chat until a message says something; return the message."""
        view = await self.wait_for(
            chat, lambda view: any(text in m.get("text", "") for m in view["messages"])
        )
        found: Json = next(m for m in view["messages"] if text in m.get("text", ""))
        return found


StartSandbox = Callable[..., Awaitable[TestServer]]


@pytest.fixture
async def start_sandbox() -> AsyncIterator[StartSandbox]:
    """Start sandboxes with settings of one's own."""
    servers: list[TestServer] = []

    async def start(**settings: object) -> TestServer:
        server = TestServer(
            create_app(msgspec.convert(settings, SandboxConfig)), handler_cancellation=True
        )
        await server.start_server()
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def sandbox(start_sandbox: StartSandbox) -> TestServer:
    return await start_sandbox()


@pytest.fixture
async def raw(sandbox: TestServer) -> AsyncIterator[ClientSession]:
    """A bare HTTP client."""
    async with ClientSession(base_url=sandbox.make_url("/")) as session:
        yield session


@pytest.fixture
async def api(raw: ClientSession) -> Api:
    return Api(raw)


@pytest.fixture
def calls(raw: ClientSession) -> Calls:
    """The Bot API over plain HTTP."""
    return Calls(raw)


@pytest.fixture
async def bot(sandbox: TestServer) -> AsyncIterator[Bot]:
    root = str(sandbox.make_url("/"))
    async with Bot(
        menu_bot.TOKEN, base_url=f"{root}bot", base_file_url=f"{root}file/bot"
    ) as client:
        yield client


@pytest.fixture
async def polling_bot(sandbox: TestServer) -> AsyncIterator[menu_bot.App]:
    """The menu bot, polling."""
    app = menu_bot.build(sandbox)
    async with app:
        await menu_bot.set_commands(app)
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=[])
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.fixture
async def crowd(sandbox: TestServer, bot: Bot) -> Crowd:
    """A supergroup in which the bot is an administrator with all rights."""
    return await Crowd(sandbox, bot).begin()


@pytest.fixture
async def forum_app(sandbox: TestServer) -> AsyncIterator[menu_bot.App]:
    """The forum bot, polling."""
    app = forum_bot.build(sandbox)
    async with app:
        await forum_bot.set_commands(app)
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=[])
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing.chromium() as started:
        yield started
