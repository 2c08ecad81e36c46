"""What is to be done today: one fact for each line of the first page; None where it is unknown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import msgspec
import structlog
from redis.exceptions import RedisError

from bot.console.versions.model import State as ProposalState
from bot.console.versions.model import VersionsError
from bot.handoff.case import State
from bot.store.keys import Family
from bot.telegram.render.desk_lists import TOPIC_LINK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

    from bot.console.access.roles import Person
    from bot.console.parts import Parts
    from bot.console.versions.model import Proposal
    from bot.handoff.case import Case
    from bot.handoff.groups import Group
    from bot.store.cases import Topic

SUPERGROUP = "-100"
"""What ids of groups with topics begin with; the rest is what links name them by."""

_T = TypeVar("_T")

_log = structlog.get_logger()


class Waiting(msgspec.Struct, frozen=True):
    """The open cases of a staff group.

    Attributes:
        group: its name.
        unclaimed: how many wait for a counsellor.
        unanswered: how many have one, and wait for an answer all the same.
        longest: for how long the longest of both has waited, in seconds; None if none waits.
        case: the number of that one.
        link: to its topic in Telegram; empty if it has none that can be linked to.
    """

    group: str
    unclaimed: int = 0
    unanswered: int = 0
    longest: float | None = None
    case: int = 0
    link: str = ""


class Overdue(msgspec.Struct, frozen=True):
    """How the answers are.

    Attributes:
        answers: how many were to be checked again before today.
        faults: how many things keep the folder from being served.
    """

    answers: int
    faults: int


class Proposed(msgspec.Struct, frozen=True):
    """Proposals that wait for approval: all, and those that this person did not write."""

    all: int
    for_me: int


class Traffic(msgspec.Struct, frozen=True):
    """How the bot is doing.

    Attributes:
        workers: live processes that answer.
        senders: live processes that send.
        waiting: messages and replies that nobody has taken care of yet.
        oldest: for how many seconds the oldest of them has waited.
        quiet: seconds since anything came in; None if nothing ever did.
    """

    workers: int
    senders: int
    waiting: int
    oldest: float
    quiet: float | None


class Today(msgspec.Struct, frozen=True):
    """All lines. None: what tells it is away.

    Attributes:
        groups: the staff groups' cases.
        overdue: answers.
        proposed: proposals.
        to_teach: questions that the bot did not know.
        new_questions: questions that it has no answer to.
        wrong_numbers: centres whose number somebody called wrong.
        traffic: the bot; None is the store's absence.
        model: the name of the classifier's model; None while it is away.
    """

    groups: tuple[Waiting, ...] | None
    overdue: Overdue | None
    proposed: Proposed | None
    to_teach: int | None
    new_questions: int | None
    wrong_numbers: int | None
    traffic: Traffic | None
    model: str | None


async def today(parts: Parts, me: Person) -> Today:
    """Asks all parts at once; never raises because one of them is away."""
    async with asyncio.TaskGroup() as all_at_once:
        begin = all_at_once.create_task
        groups = begin(_known(_groups(parts)))
        overdue = begin(_known(_overdue(parts)))
        proposed = begin(_known(_proposed(parts, me)))
        to_teach = begin(_known(_to_teach(parts)))
        new = begin(_known(_new_questions(parts)))
        wrong = begin(_known(_wrong_numbers(parts)))
        traffic = begin(_known(_traffic(parts)))
        model = begin(parts.classifier.model())
    return Today(
        groups.result(),
        overdue.result(),
        proposed.result(),
        to_teach.result(),
        new.result(),
        wrong.result(),
        traffic.result(),
        model.result(),
    )


def waiting(
    name: str, cases: Iterable[Case], topics: dict[int, Topic | None], now: float
) -> Waiting:
    """What a group's open cases wait for.

    Args:
        name: of the group.
        cases: its open ones.
        topics: of the cases, by number.
        now: seconds since the epoch.
    """
    each = tuple(cases)
    unclaimed = [case for case in each if case.state is State.WAITING]
    unanswered = [case for case in each if case.state is State.CLAIMED and case.waits_for_staff]
    since = {case.number: _since(case) for case in (*unclaimed, *unanswered)}
    if not since:
        return Waiting(name)
    first = min(since, key=lambda number: (since[number], number))
    longest = max(0.0, now - since[first])
    link = link_to(topics.get(first))
    return Waiting(name, len(unclaimed), len(unanswered), longest, first, link)


def link_to(topic: Topic | None) -> str:
    """The address of a topic in Telegram; empty for one that has none."""
    if topic is None or not str(topic.group).startswith(SUPERGROUP):
        return ""
    group = str(topic.group).removeprefix(SUPERGROUP)
    return TOPIC_LINK.format(group=group, thread=topic.thread)


def _since(case: Case) -> float:
    return case.opened if case.waits_since is None else case.waits_since


async def _known(asked: Awaitable[_T]) -> _T | None:
    try:
        return await asked
    except (RedisError, VersionsError, OSError) as error:
        _log.warning("today_incomplete", error=type(error).__name__)
        return None


async def _groups(parts: Parts) -> tuple[Waiting, ...]:
    return tuple([await _group(parts, group) for group in parts.groups])


async def _group(parts: Parts, group: Group) -> Waiting:
    cases = parts.store.cases
    present = await cases.canonical(group.id)
    there = await cases.load_all(await cases.open_in(present))
    found = waiting(group.name, there, {}, parts.clock.now())
    if not found.case or parts.settings.uses_sandbox:
        return found
    topics = {found.case: await cases.topic(found.case)}
    return waiting(group.name, there, topics, parts.clock.now())


async def _overdue(parts: Parts) -> Overdue:
    loaded, day = await parts.folder.loaded(), parts.clock.today()
    late = sum(1 for entry in loaded.answers if day > entry.answer.check_again_by)
    return Overdue(late, len(loaded.faults))


async def _proposed(parts: Parts, me: Person) -> Proposed:
    there = await asyncio.to_thread(parts.versions.proposals)
    submitted = [one for one in there if one.state is ProposalState.SUBMITTED]
    return Proposed(len(submitted), sum(1 for one in submitted if not _wrote(me, one)))


def _wrote(me: Person, proposal: Proposal) -> bool:
    return any(author.id == me.id for author in proposal.authors)


async def _to_teach(parts: Parts) -> int:
    return len(await parts.store.cases.review(parts.clock.now()))


async def _new_questions(parts: Parts) -> int:
    return len(await parts.store.new_questions.all(parts.clock.now()))


async def _wrong_numbers(parts: Parts) -> int:
    return len(await parts.store.reports.all())


async def _traffic(parts: Parts) -> Traffic:
    store = parts.store
    works, sends = await store.pulse(Family.INBOX), await store.pulse(Family.OUTBOX)
    inbox, outbox = await store.backlog(Family.INBOX), await store.backlog(Family.OUTBOX)
    return Traffic(
        works.processes,
        sends.processes,
        inbox.length + outbox.length,
        max(inbox.age, outbox.age),
        works.quiet,
    )
