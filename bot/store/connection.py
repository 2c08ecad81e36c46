"""Connects to Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

if TYPE_CHECKING:
    from redis.asyncio.connection import ConnectionPool

CONNECTIONS = 64
"""More than the turns and sends of one process that wait for Redis at the same moment."""

TIMEOUT_SECONDS = 10.0
"""Longer than a blocking read and than a slow disk takes for an fsync under load."""


def connect(url: str) -> Redis:
    """A client for ``redis://``, ``rediss://`` or ``unix://``; connects when first used.

    A broken connection is replaced once without a word: every script is safe to run twice. What
    still fails is the caller's to wait out.
    """
    options: dict[str, Any] = {
        "max_connections": CONNECTIONS,
        "timeout": TIMEOUT_SECONDS,
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
        "protocol": 3,
        "legacy_responses": False,
    }
    pool: ConnectionPool = BlockingConnectionPool.from_url(url, **options)
    return Redis.from_pool(pool)
