"""What the strip below the page drives besides Telegram: the time, and the helpline's parts."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from aiohttp import web

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.json_api.json_http import ROOT, answer, read_body
from bot.sandbox.json_api.parts import Parts, PartsAwayError

if TYPE_CHECKING:
    from bot.sandbox.json_api.json_http import Handler
    from bot.sandbox.world import World

PARTS = web.AppKey("parts", Parts)


class PartInput(msgspec.Struct, forbid_unknown_fields=True):
    """``POST /parts``: which part, and whether it shall run."""

    name: str
    running: bool


async def show_time(request: web.Request) -> web.Response:
    """``GET /time``: what the time is here, and by how much it is ahead, in seconds."""
    return answer(_time(request.app[WORLD]))


async def show_parts(request: web.Request) -> web.Response:
    """``GET /parts``: the processes of the helpline; none if the sandbox runs alone."""
    return answer(await request.app[PARTS].all())


async def switch_part(request: web.Request) -> web.Response:
    """``POST /parts``: stop or start one of them; the answer comes when it has stopped or runs."""
    given = await read_body(request, PartInput)
    return answer(await request.app[PARTS].switch(given.name, running=given.running))


def add_control(app: web.Application) -> None:
    """Add these addresses; before the JSON API, whose last one takes all that are left."""
    app[PARTS] = Parts(app[WORLD].config.parts_socket)
    app.router.add_get(f"{ROOT}/time", show_time)
    app.router.add_get(f"{ROOT}/parts", _or_away(show_parts))
    app.router.add_post(f"{ROOT}/parts", _or_away(switch_part))


def _or_away(handler: Handler) -> Handler:
    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except PartsAwayError as error:
            return answer({"error": str(error)}, HTTPStatus.SERVICE_UNAVAILABLE)

    return answered


def _time(world: World) -> dict[str, float]:
    return {"now": world.clock.date(), "ahead": world.clock.ahead}
