"""Measures how the desk is doing, for the metrics."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.handoff import figures
from bot.store.consumer import wait_for
from bot.telegram.desk.cases.figures import counted, open_cases, summary_of

if TYPE_CHECKING:
    from bot.handoff.figures import Row, Standing, Summary
    from bot.language.tags import Locale
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.metrics import Metrics

SECONDS = 30.0
"""Between two measurements: a month's counts are read each time."""

ALL = "all"
"""The label of all languages together."""


class CaseGauges:
    """The role that keeps the gauges of cases up to date; each process shows the same.

    The label ``group`` is the id as the operator wrote it: it stays when Telegram changes the id.

    Args:
        desk: has the groups and their cases.
        metrics: what Prometheus sees.
    """

    def __init__(self, desk: Desk, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Asks ``run`` to end."""
        self._stopping.set()

    async def run(self) -> None:
        """Measures until stopped."""
        while not self._stopping.is_set():
            with suppress(RedisError):  # the other roles report it
                await self.measure()
            await wait_for(self._stopping, SECONDS)

    async def measure(self) -> None:
        """Measures once. Until all is read the gauges stay; then all change between two scrapes."""
        read: list[tuple[str, dict[Locale, Standing], Summary]] = []
        month = await counted(self._desk)
        for group in self._desk.groups.all:
            present = await self._desk.group_of(group.id)
            standing = figures.standing(await open_cases(self._desk, present))
            summary = await summary_of(self._desk, present, month)
            read.append((str(group.id), standing, summary))
        metrics = self._metrics
        for gauge in (
            *(metrics.open_cases, metrics.cases_opened, metrics.cases_by_hour),
            metrics.case_seconds,
        ):
            gauge.clear()  # of what is no more
        for name, standing, summary in read:
            self._show(name, standing, summary)

    def _show(self, group: str, standing: dict[Locale, Standing], summary: Summary) -> None:
        metrics = self._metrics
        for locale, open_now in standing.items():
            for state, number in (("waiting", open_now.waiting), ("claimed", open_now.claimed)):
                metrics.open_cases.labels(group=group, language=locale.tag, state=state).set(number)
        for locale, row in summary.by_locale.items():
            self._show_row(group, locale.tag, row)
        self._show_row(group, ALL, summary.total)
        for hour, row in enumerate(summary.by_hour):
            metrics.cases_by_hour.labels(group=group, hour=f"{hour:02}").set(row.opened)

    def _show_row(self, group: str, language: str, row: Row) -> None:
        self._metrics.cases_opened.labels(group=group, language=language).set(row.opened)
        for until, spread in (("reply", row.replied), ("close", row.closed)):
            for quantile, value in (("0.5", spread.median), ("0.9", spread.p90)):
                if value is not None:
                    self._metrics.case_seconds.labels(
                        group=group, language=language, until=until, quantile=quantile
                    ).set(value)
