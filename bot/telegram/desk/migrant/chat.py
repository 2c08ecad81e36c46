"""The migrant's side of the desk: what happens in a private chat, as far as it concerns a case.

``MigrantSide.text`` and ``media`` are asked first and say whether a message was for the staff; all
others the bot answers. ``Openings.follow`` is told of every answer of the bot's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.dialogue import danger, overheard, reading
from bot.handoff import moves
from bot.handoff.moves import Refusal
from bot.telegram.conversation import Written
from bot.telegram.desk.migrant.buttons import Buttons
from bot.telegram.desk.migrant.incoming import Incoming
from bot.telegram.desk.migrant.opening import Openings
from bot.telegram.desk.migrant.side import Side
from bot.telegram.render import desk_migrant
from bot.telegram.updates import is_gone

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated, Message, MessageReactionUpdated

    from bot.answers.model import DangerKind
    from bot.dialogue.events import CaseEvent, TextReceived
    from bot.handoff.case import Case
    from bot.telegram.conversation import Conversation, Pressed
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.turn import Turn
    from bot.understanding.reader import Reader


class MigrantSide:
    """Decides what is for the staff, and carries it over.

    Args:
        desk: reads and moves cases.
        conversation: says what the bot says; from now on it opens cases where it named hotlines.
        reader: reads a message again, where it turns out to be for the bot.
    """

    def __init__(self, desk: Desk, conversation: Conversation, reader: Reader) -> None:
        self._side = Side(desk, conversation)
        self._desk = desk
        self._conversation = conversation
        self._openings = Openings(self._side)
        self.incoming = Incoming(self._side)
        self._buttons = Buttons(self._side, reader)
        conversation.beyond = self._openings

    async def text(
        self, turn: Turn, message: Message, event: TextReceived, *, edited: bool
    ) -> bool:
        """A text, or a medium with words under it, already read.

        Returns:
            Whether it was for the staff; the bot answers what was not.
        """
        case = await self._side.last_case(turn)
        if case is None:
            return False
        if case.is_open:
            return await self._text_in_case(turn, case, message, event, edited=edited)
        if edited:
            return await self._late_edit(turn, case, message, event)
        if event.command is not None and not event.danger:
            return False
        dangers = self._dangers(event)
        if await self._is_word(turn, case, message, dangers):
            return True
        if not await self._may_reopen(case) or self._is_for_the_bot(turn, event):
            return False
        self._show_cards(turn, case, message, event)
        await self._reopen(turn, case, message, dangers)
        return True

    async def media(self, turn: Turn, message: Message, *, edited: bool) -> bool:
        """A message without words; returns as ``text``."""
        case = await self._side.last_case(turn)
        if case is None:
            return False
        if message.location is not None and turn.session.asked_place:
            turn.session = replace(turn.session, asked_place=False)
            return False
        if case.is_open:
            if await self._is_refused(turn, case):
                return True
            if edited:
                await self.incoming.edit(turn, case, message)
            else:
                await self.incoming.message(turn, case, message)
            return True
        if edited or message.sticker is not None or not await self._may_reopen(case):
            return False
        await self._reopen(turn, case, message, ())
        return True

    async def press(self, turn: Turn, chat_id: int, event: CaseEvent, pressed: Pressed) -> None:
        """A button of a case."""
        case = await self._desk.load(turn, event.case)
        if case is not None and case.chat_id == chat_id and case.is_open:
            await self.incoming.flush(turn, case)
        await self._buttons.press(turn, chat_id, case, event, pressed)

    async def reaction(self, turn: Turn, change: MessageReactionUpdated) -> None:
        """A reaction in a private chat."""
        case = await self._side.last_case(turn)
        if case is not None and case.is_open:
            await self.incoming.reaction(turn, case, change)

    async def membership(self, turn: Turn, change: ChatMemberUpdated) -> None:
        """The migrant blocked the bot, or is back."""
        case = await self._side.last_case(turn)
        if case is None or not case.is_open:
            return
        move = moves.unreachable(case) if is_gone(change) else moves.reachable(case)
        if not isinstance(move, Refusal):
            await self._desk.apply(turn, move)

    async def _text_in_case(
        self, turn: Turn, case: Case, message: Message, event: TextReceived, *, edited: bool
    ) -> bool:
        """Rule: while people talk the bot is silent, except for danger, commands and buttons."""
        words = self._side.words_of(turn, case).words
        if message.text == desk_migrant.keep_hidden(words) and not edited:
            screen = desk_migrant.contact_kept(self._side.words_of(turn, case))
            self._conversation.say(turn, case.chat_id, screen)
            return True
        if overheard.is_for_the_bot(turn.session, event):
            await self.incoming.flush(turn, case)
            turn.session = replace(turn.session, asked_place=False)
            return False
        self._show_cards(turn, case, message, event)
        if await self._is_refused(turn, case):
            return True
        dangers = self._dangers(event)
        turn.session = replace(turn.session, asked_place=False)
        if edited:
            await self.incoming.edit(turn, case, message, dangers)
        else:
            await self.incoming.message(turn, case, message, dangers)
        return True

    async def _late_edit(
        self, turn: Turn, case: Case, message: Message, event: TextReceived
    ) -> bool:
        """A message of the talk is changed after its end: the staff see it, nobody answers it."""
        if await self._is_banned(case) or not await self.incoming.knows(case, message):
            return False
        self._show_cards(turn, case, message, event)
        await self.incoming.edit(turn, case, message, self._dangers(event))
        return True

    def _show_cards(self, turn: Turn, case: Case, message: Message, event: TextReceived) -> None:
        """Danger cards come first, whoever listens; and the turn is counted."""
        library = self._conversation.library
        outcome = overheard.overhear(
            turn.session, event, library, self._conversation.thresholds, case.locale
        )
        written = Written(message.message_id)
        self._conversation.show(turn, case.chat_id, outcome, written, library)

    def _dangers(self, event: TextReceived) -> tuple[DangerKind, ...]:
        thresholds = self._conversation.thresholds
        return danger.dangers(event, thresholds, self._conversation.library)

    def _is_for_the_bot(self, turn: Turn, event: TextReceived) -> bool:
        """Whether a text after the end of a case closes the talk, or answers the bot."""
        if event.danger:
            return False
        if reading.is_small_talk(event, self._conversation.thresholds) or event.bare_city:
            return True
        return turn.session.awaiting_citizenship is not None and event.citizenship is not None

    async def _may_reopen(self, case: Case) -> bool:
        if not moves.may_reopen(case, await self._side.clockwork(case)):
            return False
        return not await self._is_banned(case)

    async def _reopen(
        self, turn: Turn, case: Case, message: Message, dangers: tuple[DangerKind, ...]
    ) -> None:
        again = await self._openings.reopen(turn, case, dangers)
        await self.incoming.message(turn, again, message, dangers)

    async def _is_banned(self, case: Case) -> bool:
        ban = await self._desk.cases.ban(case.chat_id)
        return ban is not None and ban.until > self._desk.clock.now()

    async def _is_refused(self, turn: Turn, case: Case) -> bool:
        """Rule: what a blocked person writes is not carried over; said, with whom to call."""
        ban = await self._desk.cases.ban(case.chat_id)
        if ban is None or ban.until <= self._desk.clock.now():
            return False
        screen = desk_migrant.refused(self._side.words_of(turn, case), ban.until)
        self._conversation.say(turn, case.chat_id, screen)
        return True

    async def _is_word(
        self, turn: Turn, case: Case, message: Message, dangers: tuple[DangerKind, ...]
    ) -> bool:
        """Whether a text is the word about the help that the person wanted to add."""
        until, turn.session = turn.session.word_until, replace(turn.session, word_until=None)
        if until is None or until < self._desk.clock.now() or dangers:
            return False
        if await self._is_banned(case):
            return False
        await self.incoming.word(turn, case, message)
        return True
