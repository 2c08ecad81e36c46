"""What both sides of the desk work with: cases are read, moved, and said to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.search import AnswerSearch
from bot.handoff import figures, masking, notices
from bot.handoff.figures import What
from bot.handoff.moves import Clockwork, Due
from bot.telegram import notes
from bot.telegram.desk.cases import topic, working_time
from bot.telegram.effects import ChangeTopic, SendMessage
from bot.telegram.render import desk_migrant, desk_staff
from bot.telegram.render.desk_facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.handoff.case import Case
    from bot.handoff.groups import Group, Groups
    from bot.handoff.masking import Masked
    from bot.handoff.moves import Move, Timer
    from bot.handoff.notices import MovedAway, Notice
    from bot.handoff.rules import Rules
    from bot.language.tags import Locale
    from bot.store.cases import Cases
    from bot.telegram.render.context import Context
    from bot.telegram.render.screen import Screen
    from bot.telegram.turn import Turn


class Desk:
    """Reads and moves cases; made once, in the composition root.

    Args:
        cases: where they are kept.
        groups: the staff groups.
        rules: the periods that cases go by.
        clock: tells the time.
        context: gives what screens of a locale are drawn with.
    """

    def __init__(
        self,
        cases: Cases,
        groups: Groups,
        rules: Rules,
        clock: Clock,
        context: Callable[[Locale], Context],
    ) -> None:
        self.cases = cases
        self.groups = groups
        self.rules = rules
        self.clock = clock
        self.context = context
        self.search = AnswerSearch()
        self._public: tuple[str, frozenset[str]] = ("", frozenset())
        self._homes: dict[int, int] = {}

    async def group_of(self, group_id: int) -> Group:
        """A staff group by its present id; the default group for one that is no longer ours."""
        for group in self.groups.all:
            if group_id in (group.id, await self._present(group)):
                return replace(group, id=group_id)
        return replace(self.groups.default, id=await self._present(self.groups.default))

    async def staff_group(self, chat_id: int) -> Group | None:
        """The staff group that a chat is, with its present id; None if it is none of ours."""
        for group in self.groups.all:
            present = await self._present(group)
            if chat_id in (group.id, present):
                return replace(group, id=present)
        return None

    async def _present(self, group: Group) -> int:
        """The present id of a group, and that its lanes are those of the operator's id."""
        present = await self.cases.canonical(group.id)
        if present != group.id:
            self._homes[present] = group.id
        return present

    def masks(self, text: str) -> Masked:
        """A text as the staff, and what is kept, may see it; our own list of numbers stays."""
        library = self.context(self.groups.default.locale).library
        if library.version != self._public[0]:
            numbers = frozenset(phone for centre in library.centres for phone in centre.phones)
            self._public = (library.version, numbers)
        return masking.mask(text, self._public[1])

    async def taking(self, locale: Locale) -> Group:
        """The group for a new case of a language, with its present id; its own if none works."""
        group = self.groups.taking(locale)
        return await self.working(locale) or replace(group, id=await self._present(group))

    async def working(self, locale: Locale, *, but: int | None = None) -> Group | None:
        """The group that takes a language, with its present id, as far as the bot is in it.

        Where it was put out of it, the default group takes it, or else another one.

        Args:
            locale: the language.
            but: a group that is out of the question.

        Returns:
            None if the bot is in no other group.
        """
        groups = self.groups
        for group in (groups.taking(locale), groups.default, *groups.all):
            present = await self._present(group)
            if present != but and not await self.cases.is_shut(present):
                return replace(group, id=present)
        return None

    def clockwork(self, group: Group) -> Clockwork:
        """What the moves of the group's cases go by at this moment."""
        now = self.clock.now()
        if group.hours is None:
            return Clockwork(now, self.rules)
        working = group.hours
        return Clockwork(
            now, self.rules, lambda moment, period: working_time.after(working, moment, period)
        )

    async def load(self, turn: Turn, number: int) -> Case | None:
        """A case; what was read is remembered, so that the commit fails if it changes meanwhile."""
        found = await self.cases.load(number)
        turn.cases[number] = found
        turn.homes = self._homes
        return found.case

    async def facts(self, case: Case, *, transcript: bool = False) -> Facts:
        """What notices about a case may say."""
        group = await self.group_of(case.group)
        now = self.clock.now()
        return Facts(
            group,
            on_duty=tuple(one.who for one in await self.cases.on_duty(group.id, now)),
            is_open=working_time.is_open(group.hours, now),
            opens_at=working_time.next_opening(group.hours, now),
            usual_wait=_median(await self.cases.waiting_seconds(group.id)),
            transcript=await self.cases.transcript(case.number) if transcript else (),
        )

    async def apply(self, turn: Turn, move: Move) -> None:
        """Adds all that follows from a move to the turn: the case, its timers, what is said.

        Args:
            turn: of the update or signal that caused it; the case was read by ``load`` in it, or is
                new.
            move: what follows.
        """
        turn.homes = self._homes
        case = move.case
        known = turn.cases.get(case.number)
        old = known.case if known is not None else None
        raw = known.raw if known is not None else b""
        turn.write(*self.cases.put(case, raw, self.clock.now()))
        turn.write(*self.cases.timers(case.number, case.chat_id, move.timers))
        facts = await self.facts(case, transcript=_tells_history(move))
        self._tally(turn, old, case, facts.group)
        if move.topic or old is None:
            topic.renew(self, turn, old, case, facts)
        for notice in move.notices:
            if isinstance(notice, notices.MovedAway):
                await self._leave(turn, case, notice)
            else:
                self.say(turn, case, notice, facts)

    def _tally(self, turn: Turn, old: Case | None, case: Case, group: Group) -> None:
        """Counts what happened, once in a turn: some turns apply two moves to what they read."""
        found = figures.tallies(old, case, group.zone)
        new = [tally for tally in found if (case.number, tally.what) not in turn.tallied]
        turn.tallied.update((case.number, tally.what) for tally in new)
        turn.write(*self.cases.tallied(group.id, new, self.clock.now()))
        if any(tally.what is What.OPENED for tally in new):
            turn.note(*notes.of_case(case, turn.session.place, turn.when.hour))

    async def _leave(self, turn: Turn, case: Case, notice: MovedAway) -> None:
        """Says in the topic of the old group where the case went, and closes that topic."""
        group = await self.group_of(notice.old_group)
        shown = desk_staff.notice(self.context(group.locale), notice, case, Facts(group))
        if shown is not None:
            turn.add(
                SendMessage(
                    chat_id=group.id, case=case.number, text=shown.html, silent=True, late=True
                )
            )
        turn.add(ChangeTopic(chat_id=group.id, case=case.number, closed=True, late=True))

    def timer(self, turn: Turn, case: Case, timer: Timer, at: float | None) -> None:
        """Sets or stops one timer of a case."""
        turn.write(*self.cases.timers(case.number, case.chat_id, (Due(timer, at),)))

    def say(self, turn: Turn, case: Case, notice: Notice, facts: Facts) -> None:
        """Adds a notice for those whom it concerns."""
        told = desk_migrant.notice(self.context(case.locale), notice, case, facts)
        if told is not None and not case.unreachable:
            self.to_migrant(turn, case, told)
        shown = desk_staff.notice(self.context(facts.group.locale), notice, case, facts)
        if shown is not None:
            late = not (case.is_urgent and _calls(notice))
            quotes = isinstance(notice, notices.MovedHere)
            self.to_staff(turn, case, shown, late=late, quotes=quotes)

    def to_migrant(self, turn: Turn, case: Case, screen: Screen) -> None:
        """Adds a message of the helpline's own to the migrant."""
        turn.add(
            SendMessage(
                chat_id=case.chat_id,
                case=case.number,
                text=screen.html,
                keyboard=screen.rows or None,
                reply_keyboard=screen.reply_keyboard,
                silent=screen.silent,
            )
        )

    def to_staff(
        self, turn: Turn, case: Case, screen: Screen, *, late: bool = True, quotes: bool = False
    ) -> None:
        """Adds a message of the helpline's own to the topic of a case; see effects."""
        turn.homes = self._homes
        turn.add(
            SendMessage(
                chat_id=case.group,
                case=case.number,
                text=screen.html,
                keyboard=screen.rows or None,
                silent=screen.silent,
                late=late,
                quotes=quotes,
            )
        )


def _calls(notice: Notice) -> bool:
    """Whether it calls people to somebody in danger: a busy group must not hold that up."""
    kinds = (
        *(notices.Opened, notices.OpenedAgain, notices.DangerHeard, notices.CallToMind),
        notices.WillClose,
    )
    return isinstance(notice, kinds)


def _tells_history(move: Move) -> bool:
    return any(isinstance(notice, notices.MovedHere) for notice in move.notices)


def _median(values: tuple[float, ...]) -> float | None:
    """None of fewer than five: one long night says nothing about the next wait."""
    if len(values) < 5:
        return None
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
