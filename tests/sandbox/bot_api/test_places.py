"""Places, and places that move: https://core.telegram.org/bots/api#sendlocation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER = 1001
HERE = {"latitude": 43.25, "longitude": 76.95}
THERE = {"latitude": 51.16, "longitude": 71.43}


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


async def _live(calls: Calls, **more: object) -> Any:
    return await calls.ok("sendLocation", chat_id=USER, live_period=600, **HERE, **more)


async def test_a_place_moves_for_a_while(calls: Calls, api: Api) -> None:
    sent = await _live(calls, heading=90, proximity_alert_radius=100)
    assert sent["location"] == HERE | {
        "live_period": 600, "heading": 90, "proximity_alert_radius": 100
    }  # fmt: skip
    where = {"chat_id": USER, "message_id": sent["message_id"]}
    moved = await calls.ok("editMessageLiveLocation", **where, **THERE)
    assert moved["location"] == THERE | {"live_period": 600}
    assert "edit_date" in moved
    await api.post("/time", advance=601)
    assert await calls.refused("editMessageLiveLocation", **where, **HERE) == (
        "message can't be edited"
    )


async def test_a_longer_period_counts_from_the_beginning(calls: Calls, api: Api) -> None:
    sent = await _live(calls)
    where = {"chat_id": USER, "message_id": sent["message_id"]}
    await calls.ok("editMessageLiveLocation", live_period=1200, **where, **HERE)
    await api.post("/time", advance=900)
    await calls.ok("editMessageLiveLocation", **where, **THERE)


async def test_a_place_stops(calls: Calls) -> None:
    sent = await _live(calls)
    where = {"chat_id": USER, "message_id": sent["message_id"]}
    stopped = await calls.ok("stopMessageLiveLocation", **where)
    assert stopped["location"] == HERE
    for method in ("stopMessageLiveLocation", "editMessageLiveLocation"):
        assert await calls.refused(method, **where, **THERE) == "message can't be edited"


async def test_a_copy_does_not_move(calls: Calls) -> None:
    sent = await _live(calls)
    forwarded = await calls.ok(
        "forwardMessage", chat_id=USER, from_chat_id=USER, message_id=sent["message_id"]
    )
    assert forwarded["location"] == HERE


async def test_what_does_not_move_cannot_be_moved(calls: Calls) -> None:
    venue = await calls.ok("sendVenue", chat_id=USER, title="T", address="A", **HERE)
    text = await calls.ok("sendMessage", chat_id=USER, text="a")
    for sent in (venue, text):
        where = {"chat_id": USER, "message_id": sent["message_id"]}
        assert await calls.refused("editMessageLiveLocation", **where, **THERE) == (
            "there is no live location in the message to edit"
        )


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"latitude": 1}, "longitude is empty"),
        ({"longitude": 1}, "latitude is empty"),
        ({"latitude": 91, "longitude": 0}, "invalid location specified"),
        (HERE | {"live_period": 59}, "wrong live location period specified"),
        (HERE | {"live_period": 86_401}, "wrong live location period specified"),
        (HERE | {"live_period": 60, "heading": 361}, "wrong live location heading specified"),
        (HERE | {"live_period": 60, "proximity_alert_radius": 100_001},
         "wrong live location proximity alert radius specified"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(
    calls: Calls, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused("sendLocation", chat_id=USER, **params) == words


async def test_a_place_may_move_for_ever(calls: Calls, api: Api) -> None:
    sent = await calls.ok("sendLocation", chat_id=USER, live_period=0x7FFFFFFF, **HERE)
    await api.post("/time", advance=10 * 86_400)
    where = {"chat_id": USER, "message_id": sent["message_id"]}
    await calls.ok("editMessageLiveLocation", **where, **THERE)


async def test_words_that_are_no_number_are_the_equator(calls: Calls) -> None:
    sent = await calls.ok("sendLocation", chat_id=USER, latitude="x", longitude="7.5 east")
    assert sent["location"] == {"latitude": 0.0, "longitude": 7.5}
