"""Dice: https://core.telegram.org/bots/api#dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.errors import BadRequestError
from bot.sandbox.media.dice import FACES, read_dice

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api


@pytest.mark.parametrize("emoji", FACES)
def test_values_are_between_one_and_the_number_of_faces(emoji: str) -> None:
    values = {read_dice(emoji)["value"] for _ in range(500)}
    assert values <= set(range(1, FACES[emoji] + 1))
    assert len(values) > 1


def test_the_usual_die_and_a_foreign_one() -> None:
    assert read_dice("")["emoji"] == "🎲"
    assert read_dice("⚽\ufe0f")["emoji"] == "⚽"
    with pytest.raises(BadRequestError):
        read_dice("🧿")


async def test_a_die_is_sent_and_can_be_deleted_after_a_day(calls: Calls, api: Api) -> None:
    await api.send("/start")
    sent = await calls.ok("sendDice", chat_id=1001, emoji="🎯")
    assert sent["dice"]["emoji"] == "🎯"
    where = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await calls.refused("deleteMessage", **where) == (
        "message can't be deleted for everyone"
    )
    await api.post("/time", advance=24 * 3600)
    assert await calls.ok("deleteMessage", **where) is True
