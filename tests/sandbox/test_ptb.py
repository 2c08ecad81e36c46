"""A real python-telegram-bot Application on the sandbox, by polling and by webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Update

from tests.sandbox import menu_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.sandbox.conftest import Api


@pytest.fixture
async def webhook_bot(sandbox: TestServer) -> AsyncIterator[menu_bot.App]:
    """The menu bot behind a webhook of its own, without tornado."""
    app = menu_bot.build(sandbox)

    async def receive(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "secret-1"
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    hook_app = web.Application()
    hook_app.router.add_post("/hook", receive)
    async with TestServer(hook_app) as hook, app:
        await app.start()
        await app.bot.set_webhook(str(hook.make_url("/hook")), secret_token="secret-1")
        yield app
        await app.bot.delete_webhook()
        await app.stop()


async def _talk(api: Api) -> None:
    await api.send("/start", name="A", language_code="ru")
    menu = await api.wait_for_text(1001, "Hello")
    kinds = [entity["type"] for entity in menu["entities"]]
    assert kinds == ["bold", "italic", "text_link", "code", "phone_number"]
    await api.post("/press", user=1001, message_id=menu["message_id"], data="one")
    changed = await api.wait_for_text(1001, "Changed by the button")
    assert changed["message_id"] == menu["message_id"]
    view = await api.get("/chats/1001?after=0")
    assert view["notices"][-1]["text"] == "Pressed one"
    own = await api.send("what is this")
    echoed = await api.wait_for(1001, lambda view: view["messages"][-1]["from"]["is_bot"])
    assert echoed["messages"][-1]["reply_to_message"]["message_id"] == own["message_id"]
    await api.send(edit={"message_id": own["message_id"], "text": "what is that"})
    await api.wait_for_text(1001, "You changed it to: what is that")
    await api.send(location={"latitude": 43.25, "longitude": 76.95})
    await api.wait_for_text(1001, "You are at 43.25")
    await api.send(photo={})
    await api.wait_for(1001, lambda view: "photo" in view["messages"][-1]
                       and view["messages"][-1]["from"]["is_bot"])  # fmt: skip


async def test_polling(api: Api, polling_bot: menu_bot.App) -> None:
    await _talk(api)


async def test_webhook(api: Api, webhook_bot: menu_bot.App) -> None:
    await _talk(api)


async def test_two_people_do_not_mix(api: Api, polling_bot: menu_bot.App) -> None:
    for user in (1, 2):
        await api.send(f"I am {user}", user)
    for user in (1, 2):
        view = await api.wait_for(user, lambda view: len(view["messages"]) == 2)
        assert {m["text"] for m in view["messages"]} == {f"I am {user}"}


async def test_a_poll_that_fails_is_tried_again(api: Api, polling_bot: menu_bot.App) -> None:
    await api.post("/fault", method="getUpdates", error_code=502)
    await api.send("/start")
    await api.wait_for_text(1001, "Hello")
