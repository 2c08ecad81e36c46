"""Sends what is published to the bots of every machine, as the edition."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError

from bot.answers.edition import pack
from bot.answers.load import read_library
from bot.console.versions.model import VersionsError
from bot.store.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers.snapshot import Snapshot
    from bot.answers.variables import Values
    from bot.console.versions.versions import Versions
    from bot.store.edition import Editions

CHECK_SECONDS = 2.0
"""How soon a change made in the folder by hand is sent."""

WARNED_AT = 3
"""Of so many failures in a row the last is logged: a store that is starting needs one or two."""

_log = structlog.get_logger()


class Sending(StrEnum):
    """What became of it."""

    SENT = "sent"
    SAME = "same"
    BROKEN = "broken"
    AWAY = "away"


class EditionSender:
    """Sees to it that the edition is what is published.

    Args:
        versions: of the answers.
        editions: takes what is sent.
        now: tells the time in seconds since the epoch.
        values: of the variables in the texts, by name.
    """

    def __init__(
        self,
        versions: Versions,
        editions: Editions,
        now: Callable[[], float],
        values: Values,
    ) -> None:
        self._versions = versions
        self._editions = editions
        self._now = now
        self._values = values
        self._lock = asyncio.Lock()
        self._failures = 0
        self._last: tuple[str, Snapshot, bool] | None = None

    async def send(self) -> Sending:
        """Sends what is published, unless it is the edition already.

        To be called after each publication; also takes in what was changed in the folder by hand.
        What could not be served is not sent: the bots keep what they have.

        Returns:
            AWAY if Redis cannot be reached: ``watch`` sends it as soon as it can.

        Raises:
            VersionsError: the versions cannot be used.
        """
        async with self._lock:
            taken, is_sound = await asyncio.to_thread(self._published)
            if not is_sound:
                return Sending.BROKEN
            version = taken.version
            try:
                is_there = await self._editions.version() == version
                if not is_there:
                    packed = await asyncio.to_thread(pack, taken)
                    await self._editions.put(Edition(version, self._now(), packed))
            except RedisError as error:
                self._failures += 1
                if self._failures == WARNED_AT:
                    _log.warning("edition_not_sent", version=version, error=type(error).__name__)
                return Sending.AWAY
            self._failures = 0
            if is_there:
                return Sending.SAME
            _log.info("edition_sent", version=version, files=len(taken.files), bytes=len(packed))
            return Sending.SENT

    async def watch(self) -> None:
        """Sends whatever is published, by the console or by hand, until it is cancelled."""
        while True:
            try:
                await self.send()
            except VersionsError as error:
                _log.error("versions_not_usable", fault=str(error))
            await asyncio.sleep(CHECK_SECONDS)

    def _published(self) -> tuple[Snapshot, bool]:
        """What is published, and whether it can be served; read anew only if it is another one."""
        version = self._versions.import_outside_changes()
        if self._last is None or self._last[0] != version:
            taken = self._versions.snapshot(version)
            if taken is None:
                raise VersionsError(f"The version {version} is not there.")
            faults = read_library(taken, self._values).faults
            if faults:
                _log.error("edition_broken", faults=len(faults), file=faults[0].file)
            self._last = (version, taken, not faults)
        return self._last[1], self._last[2]
