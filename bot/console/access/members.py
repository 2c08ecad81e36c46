"""Who belongs to the staff, as Telegram says, and what that lets them do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.console.access.roles import GIVEN, Role
from bot.telegram.desk.upkeep.members import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from telegram import Bot

    from bot.handoff.groups import Group

ASK_AGAIN_SECONDS = 60.0
"""Whoever leaves the group is out of the console within a minute."""

TRUSTED_SECONDS = 900.0
"""While Telegram cannot be asked, who was a member stays one for a quarter of an hour."""


class StaffMembers:
    """Asks Telegram who is in a staff group, and remembers it for a minute.

    Args:
        bot: asks.
        groups: the staff groups.
        canonical: the present id of a group (they change when Telegram upgrades one).
        everybody_may_all: for the sandbox, where one person plays the whole staff.
        monotonic: a clock in seconds, for tests.
    """

    def __init__(
        self,
        bot: Bot,
        groups: Iterable[Group],
        canonical: Callable[[int], Awaitable[int]],
        *,
        everybody_may_all: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._groups = tuple(groups)
        self._canonical = canonical
        self._everybody_may_all = everybody_may_all
        self._now = monotonic
        self._seen: dict[int, float] = {}

    @property
    def everybody_may_all(self) -> bool:
        """One person plays the whole staff, so nobody else can approve what they wrote."""
        return self._everybody_may_all

    async def standing(self, user: int) -> Standing:
        """Whether somebody is in any staff group now; asked anew at most once a minute."""
        seen = self._seen.get(user)
        now = self._now()
        if seen is not None and now - seen < ASK_AGAIN_SECONDS:
            return Standing.MEMBER
        found = await self._ask(user)
        if found is Standing.MEMBER:
            self._seen[user] = now
        elif found is Standing.STRANGER:
            self._seen.pop(user, None)
        elif seen is not None and now - seen < TRUSTED_SECONDS:
            return Standing.MEMBER
        return found

    def roles_by_file(self, user: int) -> frozenset[Role]:
        """What a member may do without having been given it in the console."""
        named: set[Role] = {Role.COUNSELLOR}
        if any(user in group.coordinators for group in self._groups):
            named.add(Role.COORDINATOR)
        if any(user in group.approvers for group in self._groups):
            named.add(Role.APPROVER)
        return frozenset({*named, *GIVEN} if self._everybody_may_all else named)

    async def _ask(self, user: int) -> Standing:
        found = Standing.STRANGER
        for group in self._groups:
            one = await standing(self._bot, await self._present_id(group), user)
            if one is Standing.MEMBER:
                return one
            if one is Standing.UNKNOWN:
                found = one
        return found

    async def _present_id(self, group: Group) -> int:
        try:
            return await self._canonical(group.id)
        except RedisError:  # the console works on without it
            return group.id
