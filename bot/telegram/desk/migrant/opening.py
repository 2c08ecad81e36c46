"""A case is opened, or opened again, and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.model import DangerKind
from bot.dialogue import acts
from bot.dialogue.events import Lead
from bot.dialogue.outcome import Verdict
from bot.dialogue.reading import TALK_TO_HUMAN
from bot.dialogue.turn import FALLBACK_LOCALE
from bot.handoff import moves, notices
from bot.handoff.case import Case, Opening, State
from bot.handoff.moves import Move
from bot.telegram.desk.cases import erasing, rehousing
from bot.telegram.lessons import Lessons, said
from bot.telegram.render import desk_migrant

if TYPE_CHECKING:
    from bot.dialogue.outcome import Outcome
    from bot.dialogue.session import Session
    from bot.handoff.case import Said
    from bot.telegram.desk.migrant.side import Side
    from bot.telegram.render.screen import Screen
    from bot.telegram.turn import Turn

DAY = 24 * 3600
HOUR = 3600

MAX_A_DAY = 5
"""Requests of one chat: who needs more is in an open one."""

MAX_AN_HOUR = 5
"""The same for those who have everything erased in between."""

MAX_URGENT_AN_HOUR = 10
"""Of those who may be in danger, in place of both: who is watched may take a request back often."""


class Openings:
    """What follows from the bot's own turns; ``conversation.Beyond``.

    Args:
        side: what it works with.
    """

    calls_staff = True

    def __init__(self, side: Side) -> None:
        self._side = side
        self._desk = side.desk
        self._lessons = Lessons(side.desk, side.conversation.thresholds)

    async def follow(self, turn: Turn, chat_id: int, outcome: Outcome, letters: str) -> None:
        """Erases with the person, remembers, learns, follows the language, and calls the staff."""
        step = outcome.step
        if step.session is None:
            await self._forget(turn, chat_id, outcome)
            return
        wanted = next((act for act in step.acts if isinstance(act, acts.ShowHuman)), None)
        if wanted is not None and chat_id > 0:  # a case needs a private chat to write to
            await self._wanted(turn, chat_id, wanted, outcome, letters)
            return
        await self._lessons.follow(turn, chat_id, outcome, letters)
        if turn.session.case is not None:
            await self._follow_case(turn, step.acts)

    async def reopen(self, turn: Turn, case: Case, dangers: tuple[DangerKind, ...]) -> Case:
        """Opens a closed case again; the caller carries the message over."""
        if await rehousing.is_homeless(self._desk, case):
            group = await self._desk.working(case.locale, but=case.group)
            case = case if group is None else replace(case, group=group.id)
        by = await self._side.clockwork(case)
        again = moves.reopened(case, by)
        if dangers:
            heard = moves.heard(again.case, by, dangers)
            said = (*again.notices, *heard.notices)
            again = Move(heard.case, said, (*again.timers, *heard.timers))
        await self._desk.apply(turn, again)
        turn.session = _with_case(turn, case.number)
        return again.case

    async def _wanted(
        self, turn: Turn, chat_id: int, act: acts.ShowHuman, outcome: Outcome, letters: str
    ) -> None:
        danger = _kind(act.subject) if act.lead is Lead.DANGER else None
        case = await self._open_case(turn, chat_id)
        if case is not None:
            await self._already_open(turn, case, danger)
            return
        case = await self._new(turn, chat_id, act, outcome, letters)
        refusal = await self._refusal(turn, case)
        if refusal is not None:
            self._side.conversation.say(turn, chat_id, refusal)
            return
        case = replace(case, number=await self._desk.cases.next_number())
        move = moves.opened(case, await self._side.clockwork(case))
        if await rehousing.is_homeless(self._desk, case):
            # Nobody is left to wait for people who cannot read; the next reminder tries again.
            await self._desk.apply(turn, replace(move, notices=()))
            self._nobody_reads(turn, case)
        else:
            await self._desk.apply(turn, move)
        turn.session = _with_case(turn, case.number)

    async def _open_case(self, turn: Turn, chat_id: int) -> Case | None:
        """The open case; also one that the session does not know of, if that was lost."""
        case = await self._side.last_case(turn)
        if case is None:
            known = await self._desk.cases.load_all(await self._desk.cases.earlier(chat_id))
            number = next((each.number for each in known if each.is_open), None)
            if number is not None:
                turn.session = _with_case(turn, number)
                case = await self._desk.load(turn, number)
        return case if case is not None and case.is_open else None

    async def _already_open(self, turn: Turn, case: Case, danger: DangerKind | None) -> None:
        """Rule: a burst of wishes opens one case; what is new in them makes it urgent."""
        case = await rehousing.housed(self._desk, turn, case)
        if await rehousing.is_homeless(self._desk, case):
            self._nobody_reads(turn, case)
            return
        if danger is not None and danger not in case.dangers:
            move = moves.heard(case, await self._side.clockwork(case), (danger,))
            await self._desk.apply(turn, move)
            case = move.case
        self._desk.say(turn, case, notices.AlreadyOpen(), await self._desk.facts(case))

    def _nobody_reads(self, turn: Turn, case: Case) -> None:
        context = self._side.words_of(turn, case)
        self._desk.to_migrant(turn, case, desk_migrant.nobody_reads(context, case))

    async def _refusal(self, turn: Turn, case: Case) -> Screen | None:
        """Why a case is not opened; None if it may be."""
        context, chat_id = self._side.words_of(turn), case.chat_id
        ban = await self._desk.cases.ban(chat_id)
        now = self._desk.clock.now()
        if ban is not None and ban.until > now:
            return desk_migrant.refused(context, ban.until)
        if case.is_urgent:
            within = await self._desk.cases.hit(chat_id, "urgent", MAX_URGENT_AN_HOUR, HOUR)
            return None if within else desk_migrant.too_often(context)
        known = await self._desk.cases.load_all(await self._desk.cases.earlier(chat_id))
        today = sum(1 for case in known if case.opened > now - DAY)
        within = await self._desk.cases.hit(chat_id, "open", MAX_AN_HOUR, HOUR)
        return None if within and today < MAX_A_DAY else desk_migrant.too_often(context)

    async def _new(
        self, turn: Turn, chat_id: int, act: acts.ShowHuman, outcome: Outcome, letters: str
    ) -> Case:
        """The case as it would be opened; its number is given only if it is."""
        before = list(await self._desk.cases.recent(chat_id))
        if letters:
            before.append(said(self._desk.masks(letters).text, outcome))
        named = [act.subject] if act.lead is Lead.DANGER else []
        named += [said.subject for said in before if said.verdict == Verdict.DANGER]
        dangers = {kind for name in named if (kind := _kind(name)) is not None}
        session = turn.session
        locale = session.locale or outcome.locale or FALLBACK_LOCALE
        return Case(
            number=0,
            chat_id=chat_id,
            group=(await self._desk.taking(locale)).id,
            state=State.WAITING,
            opening=Opening(act.lead.value),
            opened=self._desk.clock.now(),
            locale=locale,
            citizenship=session.citizenship,
            city=session.city,
            subject=_subject(act, session, before),
            before=tuple(before),
            dangers=tuple(kind for kind in DangerKind if kind in dangers),
        )

    async def _follow_case(self, turn: Turn, said: tuple[acts.Act, ...]) -> None:
        """The bot asked for a place, or speaks another language: the case must know."""
        if any(isinstance(act, acts.AskPlace) for act in said):
            turn.session = replace(turn.session, asked_place=True)
        if not any(isinstance(act, acts.LocaleSet | acts.Greeting) for act in said):
            return
        case = await self._side.last_case(turn)
        locale = turn.session.locale
        if case is not None and case.is_open and locale is not None and locale != case.locale:
            await self._desk.apply(turn, Move(replace(case, locale=locale)))

    async def _forget(self, turn: Turn, chat_id: int, outcome: Outcome) -> None:
        """Everything of the person's cases goes at once; the staff are told, and lose the card."""
        erasure = await self._desk.cases.erase(chat_id)
        turn.forget(erasure.keys)
        turn.write(*erasure.writes)
        await erasing.tell(self._desk, turn, erasure.cases)
        if erasure.cases:
            context = self._side.conversation.context(outcome.locale)
            self._side.conversation.say(turn, chat_id, desk_migrant.staff_keep(context))


def _with_case(turn: Turn, number: int) -> Session:
    return replace(turn.session, case=number, word_until=None, asked_place=False, album=None)


def _kind(name: str | None) -> DangerKind | None:
    return DangerKind(name) if name in set(DangerKind) else None


def _subject(act: acts.ShowHuman, session: Session, before: list[Said]) -> str | None:
    """What was talked about last: the answer above the button, one that waits, or one given."""
    if act.lead is Lead.ANSWER and act.subject is not None:
        return act.subject
    if session.awaiting_citizenship is not None:
        return session.awaiting_citizenship
    given = (
        said.subject
        for said in reversed(before)
        if said.verdict in (Verdict.ANSWERED, Verdict.ASKED)
        and said.subject not in (None, TALK_TO_HUMAN)
    )
    return next(given, None)
