"""Processes of the desk that can die as by kill -9, and their successors on the same store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bot import app
from bot.telegram.sender import Sender
from bot.telegram.steps import Step
from bot.telegram.worker import Worker
from tests.telegram.desk.house import EAGER, IMPATIENT, House

if TYPE_CHECKING:
    from bot.handoff.groups import Groups


PATIENCE = replace(IMPATIENT, tidy_after=0.5)
"""A topic that a dead process left behind is soon tidied away."""


class Process:
    """A worker and a sender, with leases of their own.

    Args:
        house: whose handlers they run.
        dies_at: the step at which it dies; None to live.
        times: at which passing of that step.
        part: which of the two passes steps; both if left out.
    """

    def __init__(
        self, house: House, dies_at: Step | None = None, times: int = 1, part: str = ""
    ) -> None:
        hooks = app._hooks(
            house.application, house.conversation, house.store, house._metrics, house.parts
        )
        bot = house.application.bot
        self._step, self._left = dies_at, times
        self.worker = Worker(house.store, bot, hooks, house._metrics, at=self._pass)
        self.sender = Sender(
            house.store, bot, house._metrics, limits=EAGER, patience=PATIENCE, at=self._pass
        )
        self._roles: list[Worker | Sender] = [
            role
            for name, role in (("worker", self.worker), ("sender", self.sender))
            if part in {"", name}
        ]
        self._tasks: list[asyncio.Task[None]] = []
        self.dead = asyncio.Event()

    async def __aenter__(self) -> Process:
        self._tasks = [asyncio.create_task(role.run()) for role in self._roles]
        return self

    async def __aexit__(self, *_: object) -> None:
        for role in self._roles:
            role.stop()
        ended = await asyncio.gather(*self._tasks, return_exceptions=True)
        if not self.dead.is_set():
            assert [end for end in ended if end is not None] == []

    @property
    def has_work(self) -> bool:
        """Whether it owns a part of everything."""
        return all(role._consumer.shards for role in self._roles)

    def die(self) -> None:
        """At once: nothing is finished, noted or released."""
        self.dead.set()
        for role, task in zip(self._roles, self._tasks, strict=True):
            role._consumer._leases.leave = _nothing  # type: ignore[method-assign]
            task.cancel()

    def _pass(self, step: Step) -> None:
        if self.dead.is_set():
            raise asyncio.CancelledError
        if step is self._step:
            self._left -= 1
            if self._left == 0:
                self.die()
                raise asyncio.CancelledError


def successor(house: House, groups: Groups | None = None) -> House:
    """The helpline started again: nothing is left of the old process but Redis and Telegram.

    Its Telegram application must be entered: ``async with new.application``.
    """
    root: Any = house._session._base_url
    new = House(house.store, str(root), house._session, house._metrics)
    new.clock = house.clock
    new.furnish(groups)
    return new


async def _nothing() -> None:
    return None
