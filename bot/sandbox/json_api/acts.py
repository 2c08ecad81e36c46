"""Everything that can be done by the JSON API and that a recording can play again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bot.sandbox.bot_api.faults import Fault
from bot.sandbox.errors import InputError
from bot.sandbox.json_api import group_api, people_api
from bot.sandbox.json_api.json_http import decode
from bot.sandbox.people.inputs import (
    DeleteInput,
    PersonInput,
    PressInput,
    ReactInput,
    ReadInput,
    SendInput,
    TimeInput,
    UpdateInput,
    Who,
)
from bot.sandbox.recording.recordings import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.world import World

LONGEST_ADVANCE = 366 * 86_400


class Act(NamedTuple):
    """One thing that can be done.

    Attributes:
        body: What the request must be.
        run: Does it, and returns the answer.
    """

    body: type[msgspec.Struct]
    run: Callable[[World, Any], dict[str, Any]]


def add_fault(world: World, fault: Fault) -> dict[str, Any]:
    """``POST /fault``: ask for a failure."""
    problem = fault.problem()
    if problem:
        raise InputError(problem)
    asked = msgspec.to_builtins(fault)
    world.faults.add(fault)
    return {"fault": asked}


def withdraw_fault(world: World, fault: Fault) -> dict[str, Any]:
    """``POST /fault/withdraw``: take back one failure that is still to come."""
    if not world.faults.take_back(fault):
        raise InputError("no such failure is still to come; GET /sandbox/api/fault lists them")
    return {"faults": msgspec.to_builtins(world.faults.waiting())}


def inject(world: World, given: UpdateInput) -> dict[str, Any]:
    """``POST /update``: hand the bot any update, also a wrong or a repeated one."""
    update = given.update
    if "update_id" not in update:
        update = {"update_id": world.updates.new_id()} | update
    elif not isinstance(update["update_id"], int):
        raise InputError("update_id must be a whole number: Telegram never sends another")
    world.updates.push_raw(update)
    return {"update_id": update["update_id"]}


def move_time(world: World, given: TimeInput) -> dict[str, Any]:
    """``POST /time``: move the time forward, for the sandbox and for the bot that follows it."""
    if not 0 <= given.advance <= LONGEST_ADVANCE:
        raise InputError("advance must be between 0 and a year of seconds")
    world.clock.advance(given.advance)
    world.touch()
    return {"now": world.clock.date(), "ahead": world.clock.ahead}


ACTS: dict[str, Act] = {
    "send": Act(SendInput, people_api.send),
    "press": Act(PressInput, people_api.press),
    "delete": Act(DeleteInput, people_api.delete),
    "read": Act(ReadInput, people_api.read),
    "react": Act(ReactInput, people_api.react),
    "block": Act(Who, people_api.block),
    "unblock": Act(Who, people_api.unblock),
    "people": Act(PersonInput, people_api.change_person),
    "groups": Act(group_api.GroupInput, group_api.create),
    "groups/change": Act(group_api.GroupChange, group_api.change),
    "members": Act(group_api.MemberChange, group_api.change_member),
    "topics": Act(group_api.TopicChange, group_api.change_topic),
    "pin": Act(group_api.PinInput, group_api.pin),
    "fault": Act(Fault, add_fault),
    "fault/withdraw": Act(Fault, withdraw_fault),
    "update": Act(UpdateInput, inject),
    "time": Act(TimeInput, move_time),
}
"""The acts, by the address to which they are posted."""


def post(world: World, name: str, body: bytes) -> dict[str, Any]:
    """Do what a request asks for, and note it in the recording.

    Args:
        world: The sandbox.
        name: The act.
        body: The request's body.

    Returns:
        The answer.

    Raises:
        InputError: The body is wrong, or it cannot be done.
        BotApiError: Telegram would refuse it, in these words.
    """
    given = decode(body, ACTS[name].body)
    if name not in NOT_RECORDED:
        world.recording.refuse_while_replaying()
    return _perform(world, name, given)


def replay(world: World, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Do what a recording says, and note it in the new recording.

    Args and errors are those of ``post``.
    """
    act = ACTS.get(name)
    if act is None:
        raise InputError(f"there is no act {name!r}; there are {', '.join(ACTS)}")
    try:
        given = msgspec.convert(body, act.body)
    except msgspec.ValidationError as error:
        raise InputError(f"{error}") from error
    return _perform(world, name, given)


def _perform(world: World, name: str, given: msgspec.Struct) -> dict[str, Any]:
    told = msgspec.to_builtins(given)  # before: a fault, for one, counts down in place
    result = ACTS[name].run(world, given)
    world.recording.note_act(name, told, result)
    return result
