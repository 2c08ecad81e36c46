"""The JSON API that drives the sandbox: for tests, scripts and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.chats.groups import Group
from bot.sandbox.json_api.acts import ACTS, post
from bot.sandbox.json_api.json_http import ROOT, answer, json_errors, number
from bot.sandbox.json_api.recording_api import add_recording
from bot.sandbox.json_api.views import calls_view
from bot.sandbox.json_api.watch_api import list_people, show_chat, watch
from bot.sandbox.media.samples import sample
from bot.sandbox.people import actions

if TYPE_CHECKING:
    from bot.sandbox.json_api.json_http import Handler

# Kinds a browser may show by itself; anything else is only downloaded.
_SHOWABLE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")


def _poster(name: str) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return answer(post(request.app[WORLD], name, await request.read()))

    return handler


async def list_faults(request: web.Request) -> web.Response:
    """``GET /fault``: the failures that are still to come."""
    return answer({"faults": request.app[WORLD].faults.waiting()})


async def clear_faults(request: web.Request) -> web.Response:
    """``DELETE /fault``: take them back."""
    request.app[WORLD].faults.clear()
    return answer({"faults": []})


async def calls(request: web.Request) -> web.Response:
    """``GET /calls?after=N``: the calls the bot made."""
    return answer(calls_view(request.app[WORLD], int(number(request, "after"))))


async def commands(request: web.Request) -> web.Response:
    """``GET /commands?user=&chat=``: what a person's menu shows, in a group or with the bot."""
    world = request.app[WORLD]
    person = actions.person_of(world, int(number(request, "user")))
    chat = actions.chat_of(world, person, int(number(request, "chat")) or None)
    if isinstance(chat, Group):
        runs = chat.member(person.id).runs
        menu = world.profile.group_menu(chat.id, person.id, person.language_code, runs=runs)
    else:
        menu = world.profile.private_menu(person.id, person.language_code)
    return answer({"commands": menu})


async def show_bot(request: web.Request) -> web.Response:
    """``GET /bot?language_code=``: what a person sees of the bot before they start it."""
    world = request.app[WORLD]
    language = request.query.get("language_code", "")[:2]
    texts = {
        kind: world.profile.text(kind, language)
        for kind in ("name", "description", "short_description")
    }
    state = {
        "webhook": world.updates.webhook is not None,
        "pending_update_count": world.updates.count,
    }
    return answer(world.bot_user() | texts | state)


async def show_file(request: web.Request) -> web.Response:
    """``GET /files/<file_id>``: a file's contents, for the page."""
    world = request.app[WORLD]
    stored = world.files.get(request.match_info["file_id"])
    content = world.files.content(stored.file_id)
    if content is None:
        return answer({"error": "the file made room for newer ones"}, 404)
    showable = stored.mime_type.startswith(_SHOWABLE)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if not showable:
        headers["Content-Disposition"] = "attachment"
    kind = stored.mime_type.partition(";")[0] if showable else "application/octet-stream"
    return web.Response(body=content, content_type=kind, headers=headers)


async def show_sample(request: web.Request) -> web.Response:
    """``GET /samples/<kind>``: a ready file."""
    ready = sample(request.match_info["kind"])
    return web.Response(body=ready.content, content_type=ready.mime_type)


async def reset(request: web.Request) -> web.Response:
    """``POST /reset``: forget everything."""
    world = request.app[WORLD]
    world.recording.refuse_while_replaying()
    world.reset()
    return answer({"reset": True, "now": world.changes})


async def unknown(request: web.Request) -> web.Response:
    """Name an address that is not there."""
    return answer({"error": f"there is no {request.method} {request.path}"}, 404)


def add_json_api(app: web.Application) -> None:
    """Add the JSON API's addresses."""
    for name in ACTS:
        app.router.add_post(f"{ROOT}/{name}", _poster(name))
    routes: dict[tuple[str, str], Handler] = {
        ("GET", "/people"): list_people,
        ("GET", "/chats/{chat}"): show_chat,
        ("GET", "/watch"): watch,
        ("GET", "/fault"): list_faults,
        ("DELETE", "/fault"): clear_faults,
        ("GET", "/calls"): calls,
        ("GET", "/commands"): commands,
        ("GET", "/bot"): show_bot,
        ("GET", "/files/{file_id}"): show_file,
        ("GET", "/samples/{kind}"): show_sample,
        ("POST", "/reset"): reset,
    }
    for (verb, path), handler in routes.items():
        app.router.add_route(verb, ROOT + path, handler)
    add_recording(app)
    app.router.add_route("*", ROOT + "/{rest:.*}", unknown)
    app.middlewares.append(json_errors)
