"""Which updates may be posted at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.bot_api.lanes import Lanes, lane_of


def message(number: int, chat: int, kind: str = "message") -> dict[str, Any]:
    return {"update_id": number, kind: {"message_id": 1, "chat": {"id": chat}}}


def press(number: int, user: int) -> dict[str, Any]:
    inner = {"chat": {"id": user}}
    return {"update_id": number, "callback_query": {"from": {"id": user}, "message": inner}}


@pytest.fixture
def lanes() -> Lanes:
    return Lanes(first_wait=1.0, longest_wait=60.0)


def test_a_chats_messages_and_edits_go_one_after_the_other(lanes: Lanes) -> None:
    first, edit = message(1, 7), message(2, 7, "edited_message")
    assert lanes.take([first, edit], now=0) is first
    assert lanes.take([first, edit], now=0) is None
    lanes.ended(first, now=1, accepted=True)
    assert lanes.take([edit], now=1) is edit


def test_chats_go_at_the_same_time_and_a_press_beside_its_chats_messages(lanes: Lanes) -> None:
    waiting = [message(1, 7), message(2, 7), message(3, 8), press(4, 7), press(5, 7)]
    taken = [lanes.take(waiting, now=0) for _ in range(4)]
    assert taken == [waiting[0], waiting[2], waiting[3], None]
    assert lanes.at_work == 3


def test_a_refused_update_comes_again_before_the_next_of_its_lane(lanes: Lanes) -> None:
    first, second, other = message(1, 7), message(2, 7), message(3, 8)
    waiting = [first, second, other]
    lanes.take(waiting, now=0)
    lanes.ended(first, now=0, accepted=False)
    assert lanes.take(waiting, now=0.9) is other
    assert lanes.take(waiting, now=0.9) is None
    assert lanes.next_due(0.9) == 1.0
    assert lanes.take(waiting, now=1.0) is first


def test_the_wait_doubles_up_to_the_longest_and_begins_anew_after_a_success(lanes: Lanes) -> None:
    update = message(1, 7)
    waits = []
    now = 0.0
    for _ in range(8):
        assert lanes.take([update], now) is update
        lanes.ended(update, now, accepted=False)
        due = lanes.next_due(now)
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    lanes.take([update], now)
    lanes.ended(update, now, accepted=True)
    lanes.take([update], now)
    lanes.ended(update, now, accepted=False)
    assert lanes.next_due(now) == now + 1


def test_what_tells_neither_chat_nor_person_holds_nobody_up(lanes: Lanes) -> None:
    odd = [{"update_id": 1}, {"update_id": 2, "poll": {"id": "5"}}, {"update_id": 3, "x": []}]
    assert [lanes.take(odd, now=0) for _ in odd] == odd


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(("id", "chat", "from", "user")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(("update_id", "message", "callback_query", "x")), JSON))
def test_any_update_has_a_lane(update: dict[str, Any]) -> None:
    assert lane_of(update) == lane_of(update)
    assert isinstance(hash(lane_of(update)), int)
