"""What the migrant's side, and the clock, tell the staff."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.telegram.desk.cases import history
from bot.telegram.desk.staff import albums
from bot.telegram.effects import SendMessage
from bot.telegram.render import desk_staff

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.signals import Undelivered, Unrevealed
    from bot.telegram.turn import Turn


class StaffSide:
    """Says it in the topics.

    Args:
        desk: reads and moves cases.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def undelivered(self, turn: Turn, case: Case, signal: Undelivered) -> None:
        """A message of the staff's did not arrive: said where it was written."""
        group = await self._desk.group_of(case.group)
        words = self._desk.context(group.locale).words
        origin = signal.origin
        is_here = origin.chat_id == case.group
        turn.add(
            SendMessage(
                chat_id=origin.chat_id,
                case=case.number if is_here else None,
                text="⚠️ " + escape(desk_staff.not_carried(words, signal.cause)),
                reply_to=origin.message_id,
            )
        )

    async def unrevealed(self, turn: Turn, case: Case, signal: Unrevealed) -> None:
        """A message could not be shown as it was written: said where it was asked for."""
        group = await self._desk.group_of(case.group)
        words = self._desk.context(group.locale).words
        turn.add(
            SendMessage(
                chat_id=case.group,
                case=case.number,
                text="⚠️ " + escape(desk_staff.not_shown(words, signal.cause)),
                reply_to=signal.at,
            )
        )

    async def history(self, turn: Turn, case: Case) -> None:
        """A new topic took the place of a deleted one: what was said before."""
        await history.post(self._desk, turn, case)

    async def album(self, turn: Turn, case: Case) -> None:
        """The time to wait for the parts of a counsellor's album is over."""
        await albums.flush(self._desk, turn, case)
