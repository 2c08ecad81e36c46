"""The JSON API's views, each with a long poll: people, one chat, several chats."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.errors import InputError
from bot.sandbox.json_api.json_http import answer, chat_id, wait
from bot.sandbox.json_api.people_views import people_view
from bot.sandbox.json_api.views import chat_view, everyone_view, watch_view

if TYPE_CHECKING:
    from aiohttp import web

GATHER_SECONDS = 0.02


async def list_people(request: web.Request) -> web.Response:
    """``GET /people``: the people and the groups."""
    world = request.app[WORLD]
    await wait(world, request, lambda after: world.changes > after)
    return answer(everyone_view(world))


async def show_chat(request: web.Request) -> web.Response:
    """``GET /chats/<id>?after=N&wait=seconds``; ``people=1`` adds the people and waits for all."""
    world = request.app[WORLD]
    number = chat_id(request.match_info["chat"])
    with_people = request.query.get("people") == "1"

    def changed(after: int) -> bool:
        chat = world.chats.get(number)
        return world.changes > after if with_people or chat is None else chat.changed > after

    if number not in world.chats and not with_people:
        raise InputError(f"there is no chat {number}; nobody with this id wrote yet")
    after = await wait(world, request, changed)
    chat = world.chats.get(number)
    if chat is None:
        if with_people:
            return answer(everyone_view(world) | {"gone": True})
        raise InputError(f"chat {number} is gone: the sandbox was reset")
    view = chat_view(world, chat, after)
    return answer(view | ({"people": people_view(world)} if with_people else {}))


async def watch(request: web.Request) -> web.Response:
    """``GET /watch?chats=101,-1001000000001&after=N&wait=seconds``: all a page needs, in one."""
    world = request.app[WORLD]
    wanted = [chat_id(part) for part in request.query.get("chats", "").split(",") if part]
    after = await wait(world, request, lambda after: world.changes > after)
    if after:
        # Changes come in bursts: one answer for all of them.
        await asyncio.sleep(GATHER_SECONDS)
    return answer(watch_view(world, dict.fromkeys(wanted), after))
