"""The operator's list of wrong numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import redis

from bot import wrong_numbers
from bot.store import days
from bot.store.reports import Reported
from tests import factories
from tests.servers import store_server
from tests.test_cli import invoke

if TYPE_CHECKING:
    from tests.servers import StoreServer

__all__ = ["store_server"]

CENTRES = (factories.centre("ngo-a", phones=("+77001112233",)),)


def test_a_row_names_centre_phones_how_often_and_the_last_day() -> None:
    (row,) = wrong_numbers.rows([Reported("ngo-a", 3, "2026-11-22")], CENTRES)
    text = wrong_numbers.as_text([row])
    assert [
        part for part in ("ngo-a", "+77001112233", "3 x", "2026-11-22") if part not in text
    ] == []
    assert json.loads(wrong_numbers.as_json([row]))[0]["times"] == 3


def test_a_centre_that_is_gone_is_listed_all_the_same() -> None:
    (row,) = wrong_numbers.rows([Reported("ngo-gone", 1, "2026-11-22")], CENTRES)
    assert wrong_numbers.GONE in wrong_numbers.as_text([row])


def test_nothing_reported_is_said() -> None:
    assert wrong_numbers.as_text([]) == wrong_numbers.NOTHING


def test_the_command_prints_what_the_store_has(store_server: StoreServer) -> None:
    prefix = "test-reports:"
    settings = {"REDIS_URL": store_server.url, "KEY_PREFIX": prefix}
    assert invoke("reports", **settings) == (0, wrong_numbers.NOTHING + "\n")
    client = redis.Redis(unix_socket_path=str(store_server.socket))
    client.hincrby(f"{prefix}reports:{days.today().isoformat()}", "hot-112", 2)
    client.close()
    code, output = invoke("reports", **settings)
    assert code == 0
    assert "2 x" in output
    assert "hot-112" in output
    code, output = invoke("reports", "--json", **settings)
    assert json.loads(output)[0]["phones"] == ["112"]
