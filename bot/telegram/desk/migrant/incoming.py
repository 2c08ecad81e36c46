"""What a migrant writes in an open case, on its way to the topic."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.handoff import moves, notices
from bot.handoff.moves import Move
from bot.handoff.notices import Cause
from bot.store.cases import Line
from bot.telegram.desk import relay
from bot.telegram.desk.cases import rehousing, timers, working_time
from bot.telegram.desk.relay import ALBUM_SECONDS, AlbumPart
from bot.telegram.effects import Origin, SendMessage
from bot.telegram.render import desk_migrant

if TYPE_CHECKING:
    from telegram import Message, MessageReactionUpdated

    from bot.answers.model import DangerKind
    from bot.handoff.case import Case
    from bot.telegram.desk.migrant.side import Side
    from bot.telegram.turn import Turn

MAX_A_MINUTE = 30
"""Messages; a group takes 20 a minute from a bot, and others wait there too."""

MINUTE = 60
HOUR = 3600


class Incoming:
    """Carries messages over, masked, in order.

    Args:
        side: what it works with.
    """

    def __init__(self, side: Side) -> None:
        self.side = side
        self._desk = side.desk

    async def message(
        self, turn: Turn, case: Case, message: Message, dangers: tuple[DangerKind, ...] = ()
    ) -> None:
        """A new message."""
        case = await rehousing.housed(self._desk, turn, case)
        route = await self.side.to_staff(case)
        album = None if relay.is_held(message, route) else message.media_group_id
        if album is None or album != turn.session.album:
            await self.flush(turn, case)
        if not await self._within_limits(turn, case, message, dangers):
            return
        if album is not None:
            carried = await self._album(turn, case, message, album)
        elif message.contact is not None and _is_own(message):
            await self._own_contact(turn, case, message)
            return
        else:
            carried = relay.carry(message, route)
        if isinstance(carried, Cause):
            self._refuse(turn, case, message, carried)
            if not dangers:
                return
        await self._heard(turn, case, dangers)
        if not isinstance(carried, Cause):
            turn.add(*carried.effects)
            self._write_down(turn, case, message, carried)
            await self._tell_held(turn, case, message, route)

    async def edit(
        self, turn: Turn, case: Case, message: Message, dangers: tuple[DangerKind, ...] = ()
    ) -> None:
        """A changed message: the copy follows, and the transcript keeps both.

        One that the staff never got, for it is older than the case, is carried over as new.
        """
        last = await self._last_version(case, message)
        if last is None:
            if message.location is None:
                await self.message(turn, case, message, dangers)
            return
        swapped = relay.is_swapped(message, last.kind, last.file)
        carried = relay.carry_edit(message, await self.side.to_staff(case), swapped=swapped)
        if carried is None:  # a live location tells of every step: it must not use up the limit
            return
        await self.flush(turn, case)
        if not await self._within_limits(turn, case, message, dangers):
            return
        if isinstance(carried, Cause):
            self._refuse(turn, case, message, carried)
            if dangers:
                await self._heard(turn, case, dangers)
            return
        await self._heard(turn, case, dangers)
        turn.add(*carried.effects)
        self._write_down(turn, case, message, carried, version=last.version + 1)

    async def knows(self, case: Case, message: Message) -> bool:
        """Whether a message was carried over."""
        return await self._last_version(case, message) is not None

    async def reaction(self, turn: Turn, case: Case, change: MessageReactionUpdated) -> None:
        """A reaction to a message of either side."""
        found = relay.carry_reaction(change, case.number, case.group)
        if found is not None:
            turn.add(found[0])

    async def flush(self, turn: Turn, case: Case, album: str | None = None) -> None:
        """Sends the parts of the album that was being gathered, if there is one."""
        album = album or turn.session.album
        if album is None:
            return
        raws = await self._desk.cases.album(case.chat_id, album)
        parts = (msgspec.json.decode(raw, type=AlbumPart) for raw in raws)
        route = await self.side.to_staff(case)
        turn.add(*relay.carry_album(parts, case.chat_id, route))
        turn.write(
            self._desk.cases.album_gone(case.chat_id, album),
            self._desk.cases.timer(case.number, case.chat_id, timers.ALBUM + album, None),
        )
        if turn.session.album == album:
            turn.session = replace(turn.session, album=None)

    async def word(self, turn: Turn, case: Case, message: Message) -> None:
        """A word about the help, after the end."""
        carried = relay.carry(message, await self.side.to_staff(case))
        if isinstance(carried, Cause):
            self._refuse(turn, case, message, carried)
            return
        turn.add(*carried.effects)
        self._write_down(turn, case, message, carried)
        context = self.side.words_of(turn, case)
        self.side.conversation.say(turn, case.chat_id, desk_migrant.word_thanks(context))

    async def _last_version(self, case: Case, message: Message) -> Line | None:
        lines = await self._desk.cases.transcript(case.number)
        number = message.message_id
        own = (line for line in lines if line.side == "migrant" and line.message == number)
        return max(own, key=lambda line: line.version, default=None)

    async def _album(
        self, turn: Turn, case: Case, message: Message, album: str
    ) -> relay.Carried | Cause:
        """A part waits for the others; it is written down at once."""
        part = relay.album_part(message, await self.side.to_staff(case))
        if isinstance(part, Cause):
            return part
        cases = self._desk.cases
        ends = self._desk.clock.now() + ALBUM_SECONDS
        turn.write(
            cases.album_part(case.chat_id, album, msgspec.json.encode(part)),
            cases.timer(case.number, case.chat_id, timers.ALBUM + album, ends),
        )
        turn.session = replace(turn.session, album=album)
        return relay.Carried((), part.item.kind.value, part.text, part.file)

    async def _tell_held(
        self, turn: Turn, case: Case, message: Message, route: relay.Route
    ) -> None:
        """Rule: who sends a file whose name may tell who they are is told so; once an hour."""
        if not relay.is_held(message, route):
            return
        if await self._desk.cases.hit(case.chat_id, "held_told", 1, HOUR):
            text = desk_migrant.file_held(self.side.words_of(turn, case).words)
            self.side.tell(turn, case.chat_id, message.message_id, text)

    async def _own_contact(self, turn: Turn, case: Case, message: Message) -> None:
        """Rule: who sends their own contact wants to be known; it is shown as it is."""
        contact = message.contact
        assert contact is not None  # noqa: S101 - the caller looked
        name = " ".join(filter(None, (contact.first_name, contact.last_name)))
        number = "+" + contact.phone_number.removeprefix("+")
        shared = SendMessage(
            chat_id=case.group,
            case=case.number,
            origin=Origin(case.chat_id, message.message_id),
            text=f"{relay.CONTACT} <b>{escape(name)}</b>\n{escape(number)}",
        )
        move = moves.heard(case, await self.side.clockwork(case))
        await self._desk.apply(
            turn, Move(replace(move.case, contact_shared=True), move.notices, move.timers)
        )
        turn.add(shared)
        carried = relay.Carried((), "contact", relay.CONTACT)
        self._write_down(turn, case, message, carried)
        context = self.side.words_of(turn, case)
        self.side.conversation.say(turn, case.chat_id, desk_migrant.contact_shown(context))

    async def _heard(self, turn: Turn, case: Case, dangers: tuple[DangerKind, ...]) -> None:
        known = turn.cases[case.number].case
        if known is not None and not known.is_open:
            return  # it was opened again in this turn, with what is dangerous
        move = moves.heard(case, await self.side.clockwork(case), dangers)
        await self._desk.apply(turn, move)
        await self._tell_closed(turn, move.case, before=case.migrant_wrote)

    async def _tell_closed(self, turn: Turn, case: Case, before: float) -> None:
        """Rule: who writes while nobody works is told so, with hotlines; once until they are back.

        Args:
            turn: of the message.
            case: as it is with it.
            before: when the person wrote the last time: told then, if in the same closed hours.
        """
        facts = await self._desk.facts(case)
        if facts.is_open:
            return
        if facts.opens_at != working_time.next_opening(facts.group.hours, before):
            self._desk.say(turn, case, notices.AlreadyOpen(), facts)

    async def _within_limits(
        self, turn: Turn, case: Case, message: Message, dangers: tuple[DangerKind, ...]
    ) -> bool:
        """Rule: 30 messages a minute, said once; a cry for help is carried over in any case."""
        cases = self._desk.cases
        if await cases.hit(case.chat_id, "relay", MAX_A_MINUTE, MINUTE) or dangers:
            return True
        if await cases.hit(case.chat_id, "relay_told", 1, MINUTE):
            self._refuse(turn, case, message, Cause.TOO_MANY)
        return False

    def _refuse(self, turn: Turn, case: Case, message: Message, cause: Cause) -> None:
        words = self.side.words_of(turn, case).words
        text = desk_migrant.not_carried(words, cause)
        self.side.tell(turn, case.chat_id, message.message_id, text)

    def _write_down(
        self, turn: Turn, case: Case, message: Message, carried: relay.Carried, version: int = 0
    ) -> None:
        at = self._desk.clock.now()
        number = message.message_id
        line = Line(at, "migrant", carried.kind, carried.text, number, version, carried.file)
        turn.write(self._desk.cases.line(case.number, line))


def _is_own(message: Message) -> bool:
    sender, contact = message.from_user, message.contact
    return sender is not None and contact is not None and contact.user_id == sender.id
