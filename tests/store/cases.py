"""Cases for tests of the store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.store.store import Store

CHAT = 1001
GROUP = -5001
OTHER_GROUP = -5002
NOW = float(int(time.time()))


def a_case(number: int = 1, **changes: Any) -> Case:
    """A case that waits."""
    values: dict[str, Any] = {
        "chat_id": CHAT,
        "group": GROUP,
        "state": State.WAITING,
        "opening": Opening.ASKED,
        "opened": NOW,
        "locale": Locale.KK,
    }
    return Case(number=number, **{**values, **changes})


async def keep(store: Store, case: Case, now: float = NOW) -> None:
    """Keeps a case over whatever is there."""
    raw = (await store.cases.load(case.number)).raw
    assert await store.cases.write(store.cases.put(case, raw, now))


async def names(store: Store) -> set[str]:
    """All keys, without the prefix."""
    found: Any = await store.redis.keys(f"{store.keys.prefix}*")
    return {str(name, "utf-8").removeprefix(store.keys.prefix) for name in found}


async def ttl(store: Store, key: str) -> int:
    """Seconds that a key has left."""
    return int(await store.redis.ttl(key))
