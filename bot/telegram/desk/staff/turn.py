"""One thing that happens in a staff group: by whom, where, and how it is replied to."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from bot.handoff.moves import Move, Refusal
from bot.telegram.effects import AnswerCallback, SendMessage
from bot.telegram.render import desk_staff
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.catalogs import Words
    from bot.handoff.case import Case, Counsellor
    from bot.handoff.groups import Group, Missing
    from bot.handoff.moves import Clockwork
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.render.context import Context
    from bot.telegram.turn import Turn

GENERAL = 1
"""Telegram's id of the topic that every forum has; messages in it bear none."""


@dataclass(frozen=True, slots=True)
class StaffTurn:
    """What a counsellor does.

    Attributes:
        turn: collects what follows.
        group: with its present id.
        who: does it.
        message_id: what they wrote, or the message whose button they pressed; None if it is gone.
        thread: the topic; None for General.
        query_id: of the button, if they pressed one.
        answered: outside of all topics, the message of the bot's that they answer.
        rights: asks Telegram what the bot lacks in the group; None if it does not tell.
    """

    desk: Desk
    turn: Turn
    group: Group
    who: Counsellor
    message_id: int | None
    thread: int | None = None
    query_id: str | None = None
    answered: int | None = None
    rights: Callable[[], Awaitable[tuple[Missing, ...] | None]] | None = None

    @property
    def context(self) -> Context:
        """What the staff's screens are drawn with."""
        return self.desk.context(self.group.locale)

    @property
    def words(self) -> Words:
        """The staff's words."""
        return self.context.words

    @property
    def clockwork(self) -> Clockwork:
        """What moves go by."""
        return self.desk.clockwork(self.group)

    @property
    def now(self) -> float:
        """Seconds since the epoch."""
        return self.desk.clock.now()

    @property
    def id(self) -> int:
        """Of the message, in the transcript; 0 if it is gone."""
        return self.message_id or 0

    async def number(self) -> int | None:
        """The case of the topic; None in General and in topics of the staff's own.

        That topics cannot be opened is a fault that the bot reports; then a reply names the case.
        """
        if self.answered is not None:
            return await case_of(self.desk, self.group.id, self.answered)
        if self.thread is None:
            return None
        return await self.desk.cases.in_topic(self.group.id, self.thread)

    def reply(self, screen: Screen, case: int | None = None, *, late: bool = False) -> None:
        """Adds a reply to what was written, in the topic of a case if there is one."""
        self.turn.add(
            SendMessage(
                chat_id=self.group.id,
                case=case,
                text=screen.html,
                keyboard=screen.rows or None,
                reply_to=self.message_id,
                silent=True,
                late=late,
            )
        )

    def toast(self, text: str | None = None, *, alert: bool = False) -> None:
        """Confirms the button, with words for the one who pressed it; nothing without a button."""
        if self.query_id is not None:
            self.turn.add(
                AnswerCallback(
                    chat_id=self.group.id, query_id=self.query_id, text=text, alert=alert
                )
            )

    def say(self, text: str, case: int | None = None) -> None:
        """Short words to the one who acts: over the chat after a button, else as a reply."""
        if self.query_id is not None:
            self.toast(text, alert=True)
        else:
            self.reply(Screen(escape(text)), case)

    async def apply(self, case: Case, move: Move | Refusal) -> bool:
        """Carries a move out, or says why it cannot be done.

        Returns:
            Whether it was done.
        """
        if isinstance(move, Move):
            self.toast()
            await self.desk.apply(self.turn, move)
            return True
        refused = desk_staff.refused(self.context, case, move)
        if self.query_id is not None:
            self.say(unescape(refused.html))
        else:
            self.reply(refused, case.number)
        return False

    async def loaded(self, number: int) -> Case | None:
        """A case of this group; says so if it is gone or elsewhere."""
        case = await self.desk.load(self.turn, number)
        if case is None:
            self.say(self.words.gettext("This case was erased: nothing of it is kept."))
            return None
        if case.group != self.group.id:
            self.say(self.words.gettext("This case is with another group now."))
            return None
        return case


async def case_of(desk: Desk, group: int, message_id: int) -> int | None:
    """The open case of a message in a group, where Telegram does not tell the topic."""
    name = f"g{message_id}"
    newest_first = reversed(await desk.cases.open_in(group))
    return await desk.cases.whose(newest_first, name, f"ref:{name}")
