"""These pages need hardly anything of the store: one kind of it is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers import StoreServer, start_server, stop_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def store_server() -> Iterator[StoreServer]:
    server = start_server("redis", fsync="no")
    yield server
    stop_server(server)
