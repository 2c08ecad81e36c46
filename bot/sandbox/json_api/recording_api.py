"""The JSON API of recordings: switch them on and off, fetch one, play one."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.errors import InputError
from bot.sandbox.json_api.acts import replay
from bot.sandbox.json_api.json_http import ROOT, answer, read_body
from bot.sandbox.people.inputs import Input
from bot.sandbox.recording.player import Player, check

LONGEST_PATIENCE = 120.0


class RecordingInput(Input, kw_only=True):
    """``POST /recording``: on begins anew, off keeps what was noted."""

    on: bool


class ReplayInput(Input, kw_only=True):
    """``POST /replay``.

    Args:
        events: The recording.
        reset: Whether to forget everything first.
        patience: How long to wait for the bot's answers to one act, in seconds.
        settle: How long the bot must have done nothing at the end, in seconds.
    """

    events: list[dict[str, Any]]
    reset: bool = True
    patience: float = 10.0
    settle: float = 0.5


async def show_recording(request: web.Request) -> web.Response:
    """``GET /recording``."""
    recording = request.app[WORLD].recording
    return answer({"on": recording.on, "full": recording.full, "events": recording.events})


async def download_recording(request: web.Request) -> web.Response:
    """``GET /recording.jsonl``: the same as a file, one event a line."""
    events = request.app[WORLD].recording.events
    return web.Response(
        body=msgspec.json.Encoder().encode_lines(events),
        content_type="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="recording.jsonl"'},
    )


async def switch_recording(request: web.Request) -> web.Response:
    """``POST /recording``."""
    world = request.app[WORLD]
    given = await read_body(request, RecordingInput)
    world.recording.refuse_while_replaying()
    if given.on:
        world.recording.begin(on=True)
    else:
        world.recording.stop()
    world.touch()
    return answer({"on": world.recording.on})


async def play(request: web.Request) -> web.Response:
    """``POST /replay``: play a recording, and tell what the bot did otherwise."""
    world = request.app[WORLD]
    given = await read_body(request, ReplayInput)
    for name in ("patience", "settle"):
        if not 0 <= getattr(given, name) <= LONGEST_PATIENCE:
            raise InputError(f"{name} must be between 0 and {LONGEST_PATIENCE:g} seconds")
    check(given.events)
    world.recording.refuse_while_replaying()
    if given.reset:
        world.reset()
    player = Player(world, given.events, replay, patience=given.patience, settle=given.settle)
    return answer(await player.play())


def add_recording(app: web.Application) -> None:
    """Add these addresses."""
    app.router.add_get(f"{ROOT}/recording", show_recording)
    app.router.add_get(f"{ROOT}/recording.jsonl", download_recording)
    app.router.add_post(f"{ROOT}/recording", switch_recording)
    app.router.add_post(f"{ROOT}/replay", play)
