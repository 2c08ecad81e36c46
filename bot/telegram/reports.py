"""Wrong numbers that a turn was told of, on their way to those who look after the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from bot.store.reports import Reports
    from bot.telegram.metrics import Metrics
    from bot.telegram.turn import Turn

_log = structlog.get_logger()


async def keep_reports(turn: Turn, reports: Reports, metrics: Metrics) -> None:
    """Counts what a turn was told, before its commit: a turn that runs again counts once."""
    if turn.chat_id is None:
        return
    for centre in turn.reports:
        if await reports.add(centre, turn.chat_id):
            metrics.wrong_numbers.labels(centre=centre).inc()
            _log.warning("number_reported", centre=centre)
