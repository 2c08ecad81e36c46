"""Without a staff group: hotlines for people, and nothing of earlier cases survives /forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import DangerKind
from bot.dialogue import acts
from bot.dialogue.outcome import Outcome, Step, Verdict, say
from bot.dialogue.session import Session
from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.desk.no_desk import NoDesk
from bot.telegram.turn import Turn

if TYPE_CHECKING:
    from bot.store.store import Store

NOW = 1_800_000_000.0
MIGRANT = 101


async def test_forget_erases_cases_of_a_time_when_there_was_a_desk(store: Store) -> None:
    case = Case(
        7,
        MIGRANT,
        -1001,
        State.WAITING,
        Opening.DANGER,
        NOW,
        Locale.TG,
        dangers=(DangerKind.VIOLENCE,),
    )
    assert await store.cases.write(store.cases.put(case, b"", NOW))
    turn = Turn(1, MIGRANT, Begun(Stored(Session()), 1), 0)
    forgotten = Outcome(Step(None, (acts.Forgotten(),), Verdict.FORGOTTEN), Locale.TG)
    await NoDesk(store.cases).follow(turn, MIGRANT, forgotten, "")
    result = turn.result()
    assert await store.cases.write(result.writes)
    assert (await store.cases.load(7)).case is None
    assert store.keys.cases_of(MIGRANT) in result.forgets


async def test_any_other_turn_leaves_cases_alone(store: Store) -> None:
    turn = Turn(1, MIGRANT, Begun(Stored(Session()), 1), 0)
    answered = Outcome(say(Session(), Verdict.NAVIGATED, acts.Menu()), Locale.TG)
    await NoDesk(store.cases).follow(turn, MIGRANT, answered, "")
    assert turn.result().writes == ()
