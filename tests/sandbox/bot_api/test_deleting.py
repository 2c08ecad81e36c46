"""deleteMessage and deleteMessages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER = 1001


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "chat identifier is not specified"),
        ({"chat_id": USER}, "message identifier is not specified"),
        ({"chat_id": USER, "message_id": 0}, "message to delete not found"),
        ({"chat_id": USER, "message_id": 99}, "message to delete not found"),
    ],
)
async def test_refusals_in_telegrams_words(
    calls: Calls, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused("deleteMessage", **params) == words


async def test_if_one_may_not_be_deleted_none_is(calls: Calls, api: Api) -> None:
    old = (await calls.ok("sendMessage", chat_id=USER, text="old"))["message_id"]
    await api.post("/time", advance=49 * 3600)
    new = (await calls.ok("sendMessage", chat_id=USER, text="new"))["message_id"]
    assert await calls.refused("deleteMessages", chat_id=USER, message_ids=[new, old]) == (
        "message can't be deleted for everyone"
    )
    assert await calls.ok("deleteMessages", chat_id=USER, message_ids=[new, 999]) is True
    assert await calls.ok("deleteMessages", chat_id=USER, message_ids=[999]) is True


async def test_messages_go_though_the_person_blocked_the_bot(calls: Calls, api: Api) -> None:
    sent = (await calls.ok("sendMessage", chat_id=USER, text="a"))["message_id"]
    await api.post("/block", user=USER)
    assert await calls.ok("deleteMessage", chat_id=USER, message_id=sent) is True
