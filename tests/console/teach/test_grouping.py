"""Groups are remembered, made beside the page, and never lose a question."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.console.teach.grouping import RETRY_SECONDS, Grouping
from bot.console.training.likeness import Asked, By
from bot.language.tags import Locale
from tests.console.training.test_likeness import VECTORS, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.console.training.folders import Folders

LONG = 60.0
"""Seconds; no test waits for so long."""

COUNTED = (
    "import pathlib\nlog = pathlib.Path(LOG)\n"
    "log.write_text(log.read_text() + 'x' if log.exists() else 'x')\n" + VECTORS
)
GATED = (
    "import pathlib, time\ngate = pathlib.Path(GATE)\n"
    "while not gate.exists(): time.sleep(0.02)\n" + VECTORS
)
"""Groups by the number of words, when the gate is open."""

A, B, C = (
    Asked(name, text, Locale.RU) for name, text in (("a", "один"), ("b", "два"), ("c", "т р"))
)


class Hand:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
async def grouping(place: Folders, hand: Hand) -> AsyncIterator[Grouping]:
    made = Grouping(place, LONG, hand)
    yield made
    await made.close()


async def test_like_questions_are_together_and_grouped_once(
    place: Folders, grouping: Grouping, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    serve(place, COUNTED.replace("LOG", repr(str(log))))
    found = await grouping.groups((A, B, C))
    assert {frozenset(ids) for ids in found.groups} == {frozenset("ab"), frozenset("c")}
    assert (found.by, found.working) == (By.MEANING, False)
    assert await grouping.groups((C, A, B)) == found
    left = await grouping.groups((B,))  # the others are off the queue
    assert left.groups == (("b",),)
    assert log.read_text() == "x"
    await grouping.groups((A, B, C, Asked("d", "ч е", Locale.RU)))
    assert log.read_text() == "xx"


async def test_a_page_does_not_wait_and_new_questions_stand_by_themselves(
    place: Folders, tmp_path: Path
) -> None:
    serve(place, VECTORS)
    grouping = Grouping(place, LONG)
    await grouping.groups((A,))
    gate = tmp_path / "gate"
    serve(place, GATED.replace("GATE", repr(str(gate))))
    grouping._patience = 0.0

    found = await grouping.groups((A, B, C))
    assert found.groups == (("a",), ("b",), ("c",))
    assert found.working
    assert grouping.is_working()

    gate.touch()
    async with asyncio.timeout(LONG):
        while grouping.is_working():
            await asyncio.sleep(0.02)
    found = await grouping.groups((A, B, C))
    assert {frozenset(ids) for ids in found.groups} == {frozenset("ab"), frozenset("c")}
    await grouping.close()


async def test_what_is_grouped_by_spelling_only_is_tried_again_later(
    place: Folders, grouping: Grouping, hand: Hand
) -> None:
    assert (await grouping.groups((A, B))).by is By.SPELLING  # there are no vectors here
    serve(place, VECTORS)
    assert (await grouping.groups((A, B))).by is By.SPELLING
    hand.seconds = RETRY_SECONDS + 1
    assert (await grouping.groups((A, B))).by is By.MEANING


async def test_the_end_of_the_process_ends_the_work(place: Folders, tmp_path: Path) -> None:
    serve(place, GATED.replace("GATE", repr(str(tmp_path / "never"))))
    grouping = Grouping(place, 0.0)
    await grouping.groups((A,))
    await grouping.close()
    assert not grouping.is_working()


async def test_an_empty_queue_has_no_groups(grouping: Grouping) -> None:
    assert (await grouping.groups(())).groups == ()
