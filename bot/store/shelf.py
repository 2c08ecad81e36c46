"""What the readers of cases have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.store.keys import Keys

_T = TypeVar("_T")

_log = structlog.get_logger()


class Shelf:
    """Reads; what it gives to write goes with a turn's commit (or ``Cases.write``).

    Args:
        redis: the client.
        keys: the names of the keys.
    """

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys


def read(raw: bytes, kind: type[_T]) -> _T | None:
    """Reads a JSON document; None, and a line in the log, if it is none of its kind."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        _log.error("document_corrupt", kind=kind.__name__, length=len(raw))
        return None


def read_all(raws: Iterable[bytes], kind: type[_T]) -> tuple[_T, ...]:
    """Reads those of some JSON documents that can be read."""
    found = (read(raw, kind) for raw in raws)
    return tuple(one for one in found if one is not None)


def milliseconds(moment: float) -> int:
    """Seconds since the epoch as the scores of sorted sets have them; never before the moment."""
    return -int(-moment * 1000 // 1)
