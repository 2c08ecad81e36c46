"""Runs roles as long as a test needs them."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Role(Protocol):
    async def run(self) -> None: ...

    def stop(self) -> None: ...


class Running:
    """Roles that run as long as the context lasts, and end in order."""

    def __init__(self, *roles: Role) -> None:
        self._roles = roles
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Running:
        self._tasks = [asyncio.create_task(role.run()) for role in self._roles]
        return self

    async def __aexit__(self, *_: object) -> None:
        for role in self._roles:
            role.stop()
        for task in self._tasks:
            await task
