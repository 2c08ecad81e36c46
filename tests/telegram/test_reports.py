"""A turn's wrong numbers reach the store and the metrics, each chat once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.session import Session
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.reports import keep_reports
from bot.telegram.turn import Turn

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.telegram.conftest import Measured


def reporting(chat_id: int | None) -> Turn:
    turn = Turn(1, chat_id, Begun(Stored(Session()), 1), 0)
    turn.report("ngo-a")
    return turn


async def test_a_turn_that_runs_again_counts_once(store: Store, metrics: Measured) -> None:
    for _ in range(2):
        await keep_reports(reporting(1001), store.reports, metrics)
    (found,) = await store.reports.all()
    assert (found.centre, found.times) == ("ngo-a", 1)
    assert metrics.value("wrong_numbers_total", centre="ngo-a") == 1


async def test_without_a_chat_nothing_is_counted(store: Store, metrics: Measured) -> None:
    await keep_reports(reporting(None), store.reports, metrics)
    assert await store.reports.all() == ()
