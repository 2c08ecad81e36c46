"""The JSON API that drives the sandbox: for tests, scripts and the page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from bot.sandbox import actions
from bot.sandbox.bot_api import WORLD
from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.faults import Fault
from bot.sandbox.inputs import (
    Edit,
    MessageInput,
    PersonInput,
    PressInput,
    ReactInput,
    SendInput,
    TimeInput,
    UpdateInput,
    Who,
    content_from,
)
from bot.sandbox.methods.chats import read_reaction
from bot.sandbox.samples import sample
from bot.sandbox.views import calls_view, chat_view, everyone_view, people_view
from bot.sandbox.world import Person, World

ROOT = "/sandbox/api"
MAX_WAIT = 60.0
_FIRST_NEW_ID = 2001
_BODY = TypeVar("_BODY", bound=msgspec.Struct)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# Kinds a browser may show by itself; anything else is only downloaded.
_SHOWABLE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")


def _answer(body: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(body), status=status, content_type="application/json"
    )


@web.middleware
async def json_errors(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Answer a wrong request with 400 and a sentence, one from a foreign page with 403."""
    if not request.path.startswith(ROOT):
        return await handler(request)
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        return _answer({"error": "requests from other web pages are refused"}, 403)
    try:
        return await handler(request)
    except InputError as error:
        return _answer({"error": str(error)}, 400)
    except BotApiError as error:
        return _answer({"error": error.description}, 400)


async def _read(request: web.Request, kind: type[_BODY]) -> _BODY:
    try:
        return msgspec.json.decode(await request.read() or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise InputError(f"{error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the body is not JSON: {error}") from error


def _number(request: web.Request, name: str, default: float = 0) -> float:
    given = request.query.get(name)
    if given is None:
        return default
    try:
        return float(given)
    except ValueError:
        raise InputError(f"{name} must be a number, not {given!r}") from None


def _whoever(world: World, who: Who) -> Person:
    """Find who acts, or bring them into being; take over what is said about them."""
    if who.chat is not None and who.chat != who.user:
        raise InputError("chat must be the user's own id: groups are not in the sandbox yet")
    return _change_person(world, who.user, who)


def _change_person(world: World, user_id: int, told: Who | PersonInput) -> Person:
    if user_id <= 0:
        raise InputError("a person's id must be positive")
    if told.username and not actions.USERNAME.fullmatch(told.username):
        raise InputError("username must be 4-32 letters, digits or _, beginning with a letter")
    if told.name is not None and not told.name.strip():
        raise InputError("name is empty")
    person = world.people.get(user_id)
    if person is None:
        person = Person(user_id, told.name or f"User {user_id}")
        world.add_person(person)
    changed = False
    for key in ("name", "last_name", "username", "language_code"):
        value = getattr(told, key)
        if value is not None and value != getattr(person, key):
            setattr(person, key, value)
            changed = True
    if changed:
        world.touch(world.chats[user_id])
    return person


async def send(request: web.Request) -> web.Response:
    """``POST /send``: a person writes, edits or forwards."""
    world = request.app[WORLD]
    given = await _read(request, SendInput)
    if given.thread is not None:
        raise InputError("thread: topics are not in the sandbox yet")
    person = _whoever(world, given)
    if given.edit is not None:
        change = given.edit
        if not isinstance(change, Edit):
            if given.text is None:
                raise InputError("edit needs the new text")
            change = Edit(message_id=change, text=given.text)
        message, update_id = actions.edit(world, person, change.message_id, change.text)
    else:
        content = content_from(world, person, given)
        message, update_id = actions.write(world, person, content, given.reply_to)
    return _answer({"message": message.body, "update_id": update_id})


async def press(request: web.Request) -> web.Response:
    """``POST /press``: a person presses a button."""
    world = request.app[WORLD]
    given = await _read(request, PressInput)
    person = _whoever(world, given)
    number, update_id = actions.press(
        world, person, given.message_id, given.data, forged=given.forged
    )
    return _answer({"callback_query_id": number, "update_id": update_id})


async def delete(request: web.Request) -> web.Response:
    """``POST /delete``: a person deletes a message."""
    world = request.app[WORLD]
    given = await _read(request, MessageInput)
    actions.delete(world, _whoever(world, given), given.message_id)
    return _answer({"deleted": given.message_id})


async def read(request: web.Request) -> web.Response:
    """``POST /read``: a person has seen the messages up to one."""
    world = request.app[WORLD]
    given = await _read(request, MessageInput)
    chat = world.chats[_whoever(world, given).id]
    if given.message_id > chat.read_up_to:
        chat.read_up_to = given.message_id
        world.touch(chat)
    return _answer({"read_up_to": chat.read_up_to})


async def react(request: web.Request) -> web.Response:
    """``POST /react``: a person sets or removes a reaction."""
    world = request.app[WORLD]
    given = await _read(request, ReactInput)
    emoji = given.emoji
    if emoji:
        emoji = read_reaction({"type": "emoji", "emoji": emoji})["emoji"]
    person = _whoever(world, given)
    return _answer({"update_id": actions.react(world, person, given.message_id, emoji)})


def _blocker(*, blocked: bool) -> _Handler:
    async def handler(request: web.Request) -> web.Response:
        world = request.app[WORLD]
        person = actions.person_of(world, (await _read(request, Who)).user)
        update_id = actions.set_blocked(world, person, blocked=blocked)
        return _answer({"blocked": blocked, "update_id": update_id})

    return handler


async def list_people(request: web.Request) -> web.Response:
    """``GET /people``."""
    world = request.app[WORLD]
    await _wait(world, request, lambda after: world.changes > after)
    return _answer(everyone_view(world))


async def change_person(request: web.Request) -> web.Response:
    """``POST /people``: add or change a person."""
    world = request.app[WORLD]
    given = await _read(request, PersonInput)
    user_id = given.id
    if user_id is None:
        if not given.name:
            raise InputError("a new person needs a name")
        user_id = max([_FIRST_NEW_ID - 1, *world.people]) + 1
    person = _change_person(world, user_id, given)
    return _answer({"person": person.user()})


async def show_chat(request: web.Request) -> web.Response:
    """``GET /chats/<id>?after=N&wait=seconds``; ``people=1`` adds the people and waits for all."""
    world = request.app[WORLD]
    try:
        chat_id = int(request.match_info["chat"])
    except ValueError:
        raise InputError("a chat's id is a number") from None
    with_people = request.query.get("people") == "1"

    def changed(after: int) -> bool:
        chat = world.chats.get(chat_id)
        return world.changes > after if with_people or chat is None else chat.changed > after

    if chat_id not in world.chats and not with_people:
        raise InputError(f"there is no chat {chat_id}; nobody with this id wrote yet")
    after = await _wait(world, request, changed)
    chat = world.chats.get(chat_id)
    if chat is None:
        if with_people:
            return _answer(everyone_view(world) | {"gone": True})
        raise InputError(f"chat {chat_id} is gone: the sandbox was reset")
    view = chat_view(world, chat, after)
    return _answer(view | ({"people": people_view(world)} if with_people else {}))


async def _wait(world: World, request: web.Request, changed: Callable[[int], bool]) -> int:
    """Wait as the request asks, until something changed; return its change number."""
    after = int(_number(request, "after"))
    seconds = min(max(_number(request, "wait"), 0.0), MAX_WAIT)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    # A number from before a restart is ahead of the count: show everything at once.
    if after > world.changes:
        return 0
    while not changed(after) and (left := deadline - loop.time()) > 0:
        await world.wait_for_change(left)
    return after


async def add_fault(request: web.Request) -> web.Response:
    """``POST /fault``: ask for a failure."""
    fault = await _read(request, Fault)
    problem = fault.problem()
    if problem:
        raise InputError(problem)
    request.app[WORLD].faults.add(fault)
    return _answer({"fault": fault})


async def list_faults(request: web.Request) -> web.Response:
    """``GET /fault``: the failures that are still to come."""
    return _answer({"faults": request.app[WORLD].faults.waiting()})


async def clear_faults(request: web.Request) -> web.Response:
    """``DELETE /fault``: take them back."""
    request.app[WORLD].faults.clear()
    return _answer({"faults": []})


async def calls(request: web.Request) -> web.Response:
    """``GET /calls?after=N``: the calls the bot made."""
    return _answer(calls_view(request.app[WORLD], int(_number(request, "after"))))


async def commands(request: web.Request) -> web.Response:
    """``GET /commands?user=``: what a person's menu shows."""
    world = request.app[WORLD]
    person = actions.person_of(world, int(_number(request, "user")))
    menu = world.profile.private_menu(person.id, person.language_code)
    return _answer({"commands": menu})


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
    return _answer(world.bot_user() | texts | state)


async def show_file(request: web.Request) -> web.Response:
    """``GET /files/<file_id>``: a file's contents, for the page."""
    world = request.app[WORLD]
    stored = world.files.get(request.match_info["file_id"])
    content = world.files.content(stored.file_id)
    if content is None:
        return _answer({"error": "the file made room for newer ones"}, 404)
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


async def inject(request: web.Request) -> web.Response:
    """``POST /update``: hand the bot any update, also a wrong or a repeated one."""
    world = request.app[WORLD]
    update: dict[str, Any] = (await _read(request, UpdateInput)).update
    if "update_id" not in update:
        update = {"update_id": world.updates.new_id()} | update
    elif not isinstance(update["update_id"], int):
        raise InputError("update_id must be a whole number: Telegram never sends another")
    world.updates.push_raw(update)
    return _answer({"update_id": update["update_id"]})


async def move_time(request: web.Request) -> web.Response:
    """``POST /time``: move the sandbox's clock forward."""
    world = request.app[WORLD]
    seconds = (await _read(request, TimeInput)).advance
    if not 0 <= seconds <= 366 * 86_400:
        raise InputError("advance must be between 0 and a year of seconds")
    world.clock.advance(seconds)
    world.touch()
    return _answer({"now": world.clock.date()})


async def reset(request: web.Request) -> web.Response:
    """``POST /reset``: forget everything."""
    world = request.app[WORLD]
    world.reset()
    return _answer({"reset": True, "now": world.changes})


async def unknown(request: web.Request) -> web.Response:
    """Name an address that is not there."""
    return _answer({"error": f"there is no {request.method} {request.path}"}, 404)


def add_json_api(app: web.Application) -> None:
    """Add the JSON API's addresses."""
    routes: dict[tuple[str, str], _Handler] = {
        ("POST", "/send"): send,
        ("POST", "/press"): press,
        ("POST", "/delete"): delete,
        ("POST", "/read"): read,
        ("POST", "/react"): react,
        ("POST", "/block"): _blocker(blocked=True),
        ("POST", "/unblock"): _blocker(blocked=False),
        ("GET", "/people"): list_people,
        ("POST", "/people"): change_person,
        ("GET", "/chats/{chat}"): show_chat,
        ("POST", "/fault"): add_fault,
        ("GET", "/fault"): list_faults,
        ("DELETE", "/fault"): clear_faults,
        ("GET", "/calls"): calls,
        ("GET", "/commands"): commands,
        ("GET", "/bot"): show_bot,
        ("GET", "/files/{file_id}"): show_file,
        ("GET", "/samples/{kind}"): show_sample,
        ("POST", "/update"): inject,
        ("POST", "/time"): move_time,
        ("POST", "/reset"): reset,
    }
    for (verb, path), handler in routes.items():
        app.router.add_route(verb, ROOT + path, handler)
    app.router.add_route("*", ROOT + "/{rest:.*}", unknown)
    app.middlewares.append(json_errors)
