"""What is away at the moment, for the banner above every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from bot.console.parts import Parts


class Health(msgspec.Struct, frozen=True):
    """Which parts answer."""

    store: bool
    classifier: bool


async def health(parts: Parts) -> Health:
    """Asks the store and the classifier; never raises."""
    try:
        store = bool(await parts.store.redis.ping())
    except RedisError:
        store = False
    return Health(store, await parts.classifier.is_up())
