"""The migrant's buttons of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.dialogue import marks, reading
from bot.dialogue.events import (
    BotPreferred,
    CaseCancelled,
    CaseRated,
    ContactOffered,
    Helped,
    ReferralJudged,
    WordWanted,
)
from bot.handoff import moves, notices
from bot.handoff.moves import Refusal, Why
from bot.telegram.conversation import Written
from bot.telegram.effects import AnswerCallback
from bot.telegram.render import desk_migrant, desk_referral

if TYPE_CHECKING:
    from bot.dialogue.events import CaseEvent
    from bot.handoff.case import Case
    from bot.telegram.conversation import Pressed
    from bot.telegram.desk.migrant.side import Side
    from bot.telegram.render.screen import Screen
    from bot.telegram.turn import Turn
    from bot.understanding.reader import Reader

HOUR = 3600

MAX_JUDGED_AN_HOUR = 5
"""A mind may be changed; a button that is pressed for fun must not fill the topic."""

WORD_SECONDS = 600
"""So long after "Add a word" the next text is that word."""


class Buttons:
    """Does what they say.

    Args:
        side: what it works with.
        reader: reads again what was meant for the bot.
    """

    def __init__(self, side: Side, reader: Reader) -> None:
        self._side = side
        self._desk = side.desk
        self._reader = reader

    async def press(
        self, turn: Turn, chat_id: int, case: Case | None, event: CaseEvent, pressed: Pressed
    ) -> None:
        """A button was pressed; one of a case that is over, or of somebody else's, says so."""
        if case is None or case.chat_id != chat_id:
            screen = desk_migrant.no_longer(self._side.words_of(turn))
            self._side.conversation.say(turn, chat_id, screen, pressed)
            return
        match event:
            case CaseCancelled():
                await self._cancel(turn, case, pressed)
            case BotPreferred():
                await self._only_the_bot(turn, case, pressed)
            case ContactOffered():
                self._offer_contact(turn, case, pressed)
            case CaseRated(_, stars):
                await self._rate(turn, case, stars, pressed)
            case WordWanted():
                await self._ask_word(turn, case, pressed)
            case ReferralJudged(_, helped, mark):
                await self._judge(turn, case, helped, mark, pressed)

    async def _cancel(self, turn: Turn, case: Case, pressed: Pressed) -> bool:
        move = moves.cancelled(case, await self._side.clockwork(case))
        if isinstance(move, Refusal):
            self._say(turn, case, desk_migrant.no_longer(self._side.words_of(turn)), pressed)
            return False
        turn.add(AnswerCallback(chat_id=case.chat_id, query_id=pressed.query_id))
        await self._desk.apply(turn, move)
        if turn.session.case == case.number:
            turn.session = replace(turn.session, case=None, asked_place=False)
        return True

    async def _only_the_bot(self, turn: Turn, case: Case, pressed: Pressed) -> None:
        """The case ends, and the bot answers what opened it again; its masked words are enough."""
        lines = await self._desk.cases.transcript(case.number)
        said = [
            Written(line.message, line.text)
            for line in lines
            if line.side == "migrant" and line.text and line.at >= case.opened
        ]
        if not await self._cancel(turn, case, pressed) or not said:
            return
        asked = said[-1]
        event = await self._reader.read(asked.letters, turn.session.locale)
        if reading.asks_for_a_person(event, self._side.conversation.thresholds):
            return  # that is what they just took back
        await self._side.conversation.respond(turn, case.chat_id, event, asked)

    def _offer_contact(self, turn: Turn, case: Case, pressed: Pressed) -> None:
        context = self._side.words_of(turn, case)
        if case.is_open:
            self._say(turn, case, desk_migrant.ask_contact(context), pressed)
        else:
            self._say(turn, case, desk_migrant.no_longer(context), pressed)

    async def _rate(self, turn: Turn, case: Case, stars: int, pressed: Pressed) -> None:
        move = moves.rated(case, stars)
        if isinstance(move, Refusal):
            context = self._side.words_of(turn, case)
            drawn = desk_migrant.rating_again if move.why is Why.SAME else desk_migrant.no_longer
            self._say(turn, case, drawn(context), pressed)
            return
        turn.add(AnswerCallback(chat_id=case.chat_id, query_id=pressed.query_id))
        await self._desk.apply(turn, move)

    async def _ask_word(self, turn: Turn, case: Case, pressed: Pressed) -> None:
        current = await self._side.last_case(turn)
        if current is not None and current.is_open:
            turn.add(AnswerCallback(chat_id=case.chat_id, query_id=pressed.query_id))
            facts = await self._desk.facts(current)
            self._desk.say(turn, current, notices.AlreadyOpen(), facts)
            return
        until = self._desk.clock.now() + WORD_SECONDS
        turn.session = replace(turn.session, case=case.number, word_until=until)
        self._say(turn, case, desk_migrant.ask_word(self._side.words_of(turn, case)), pressed)

    async def _judge(
        self, turn: Turn, case: Case, helped: Helped, mark: str | None, pressed: Pressed
    ) -> None:
        found = marks.marked(self._side.conversation.library, (mark,)) if mark else ()
        centre = found[0] if found else None
        if helped is Helped.NO_ANSWER and centre is not None:
            turn.report(centre.id)
        context = self._side.words_of(turn, case)
        self._say(turn, case, desk_referral.thanks(context, helped), pressed)
        if not await self._desk.cases.hit(case.chat_id, "judge", MAX_JUDGED_AN_HOUR, HOUR):
            return
        group = await self._desk.group_of(case.group)
        told = desk_referral.told(self._desk.context(group.locale), helped, centre)
        self._desk.to_staff(turn, case, told)

    def _say(self, turn: Turn, case: Case, screen: Screen, pressed: Pressed) -> None:
        self._side.conversation.say(turn, case.chat_id, screen, pressed)
