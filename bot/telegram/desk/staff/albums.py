"""Albums of counsellors', whose parts come one by one and go to the migrant as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.handoff.moves import Move
from bot.telegram.desk import relay
from bot.telegram.desk.cases import timers
from bot.telegram.desk.relay import ALBUM_SECONDS, AlbumPart, Route

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.desk.staff.turn import StaffTurn
    from bot.telegram.turn import Turn


class _Waiting(msgspec.Struct, frozen=True):
    """A part of an album of the staff's.

    Attributes:
        group: where it was written.
        album: Telegram's name of the album.
        part: what goes to the migrant; None if its caption makes the whole album a note.
    """

    group: int
    album: str
    part: AlbumPart | None = None


def route_to(case: Case) -> Route:
    """The way of a counsellor's words to the migrant of a case."""
    return Route(case.number, case.chat_id, relay.unmasked)


async def flush(desk: Desk, turn: Turn, case: Case) -> None:
    """The time of ``timers.STAFF_ALBUM`` is over: the album goes out."""
    waiting = await _waiting(desk, case)
    if not waiting:
        return
    _send_album(desk, turn, case, waiting)
    # Something of the case must change with it, so that no other turn sends the same album.
    await desk.apply(turn, Move(replace(case, staff_wrote=desk.clock.now()), topic=False))


async def flush_others(here: StaffTurn, case: Case, album: str | None) -> None:
    """What waits goes first, unless it is of the same album."""
    waiting = await _waiting(here.desk, case)
    if waiting and any(one.album != album for one in waiting):
        _send_album(here.desk, here.turn, case, waiting)


async def is_noted(here: StaffTurn, case: Case, album: str) -> bool:
    """Whether an album that waits is a note: its other parts answer nobody and claim nothing."""
    waiting = await _waiting(here.desk, case)
    return any(one.album == album and one.part is None for one in waiting)


def gather(here: StaffTurn, case: Case, album: str, part: AlbumPart | None = None) -> None:
    """A part waits for the others; without ``part`` its caption makes the whole album a note."""
    waiting = _Waiting(here.group.id, album, part)
    cases, number = here.desk.cases, case.number
    payload = msgspec.json.encode(waiting)
    here.turn.write(
        cases.album_part(case.chat_id, _album(case), payload),
        cases.timer(number, case.chat_id, timers.STAFF_ALBUM, here.now + ALBUM_SECONDS),
    )


async def _waiting(desk: Desk, case: Case) -> list[_Waiting]:
    found = await desk.cases.album(case.chat_id, _album(case))
    return [msgspec.json.decode(payload, type=_Waiting) for payload in found]


def _send_album(desk: Desk, turn: Turn, case: Case, waiting: list[_Waiting]) -> None:
    parts = [one.part for one in waiting if one.part is not None]
    if len(parts) == len(waiting):
        turn.add(*relay.carry_album(parts, waiting[0].group, route_to(case)))
    turn.write(
        desk.cases.album_gone(case.chat_id, _album(case)),
        desk.cases.timer(case.number, case.chat_id, timers.STAFF_ALBUM, None),
    )


def _album(case: Case) -> str:
    """The name of the list in which the parts wait; a migrant's albums have Telegram's numbers."""
    return f"staff{case.number}"
