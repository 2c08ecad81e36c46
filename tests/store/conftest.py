"""The stores to test on."""

from __future__ import annotations

from tests.servers import keys, redis_client, store, store_server

__all__ = ["keys", "redis_client", "store", "store_server"]
