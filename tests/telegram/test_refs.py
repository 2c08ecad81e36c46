"""Names of a case's map, on the side where a message is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale
from bot.telegram import refs
from bot.telegram.effects import Origin

if TYPE_CHECKING:
    from bot.store.store import Store

MIGRANT, GROUP, CASE = 101, -100, 12


@pytest.fixture
async def cases(store: Store) -> Store:
    """A case: 5 in the private chat became 50 in the group, 60 there became 6; 70 is the card."""
    case = Case(CASE, MIGRANT, GROUP, State.WAITING, Opening.ASKED, 1e9, Locale.RU)
    fields = [
        *store.topics.became(CASE, "p5", "g", 50),
        *store.topics.also(CASE, "p5", "g", 51),
        *store.topics.became(CASE, "g60", "p", 6),
        *store.topics.became(CASE, "card", "g", 70),
    ]
    await store.cases.write([*store.cases.put(case, b"", 1e9), *fields])
    return store


@pytest.mark.parametrize(
    ("name", "chat", "message"),
    [
        ("p5", GROUP, 50),
        ("g50", MIGRANT, 5),
        ("g51", MIGRANT, 5),
        ("g60", MIGRANT, 6),
        ("p6", GROUP, 60),
        ("card", GROUP, 70),
        ("p5", MIGRANT, 5),
        ("g60", GROUP, 60),
        ("card", MIGRANT, None),
        ("g70", MIGRANT, None),
        ("g99", MIGRANT, None),
        ("p99", GROUP, None),
        ("other", GROUP, None),
    ],
)
async def test_a_name_stands_for_a_message_of_either_side(
    cases: Store, name: str, chat: int, message: int | None
) -> None:
    assert await refs.find(cases.cases, CASE, name, chat) == message


async def test_names_of_another_case_are_unknown(cases: Store) -> None:
    assert await refs.find(cases.cases, 13, "p5", GROUP) is None


@given(st.integers().filter(bool), st.integers(min_value=1))
def test_an_origin_is_found_on_its_own_side_only(chat_id: int, message_id: int) -> None:
    ref, side = Origin(chat_id, message_id).ref, refs.side_of(chat_id)
    other = refs.side_of(-chat_id)
    assert refs.message_of(ref, side) == message_id
    assert refs.message_of(ref, other) is None
