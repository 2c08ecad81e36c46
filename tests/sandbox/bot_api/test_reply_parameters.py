"""What a message answers to: https://core.telegram.org/bots/api#replyparameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER, OTHER, GROUP = 1001, 1002, -1_001_000_000_001


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")
    await api.send("/start", OTHER, name="B", language_code="ru")


async def _answer(calls: Calls, message_id: int, **reply: object) -> Any:
    return await calls.ok(
        "sendMessage", chat_id=USER, text="b", reply_parameters={"message_id": message_id} | reply
    )


async def test_a_quote_tells_its_place_and_its_styles(calls: Calls) -> None:
    sent = await calls.ok(
        "sendMessage", chat_id=USER, text="😀 one <b>two</b> three", parse_mode="HTML"
    )
    answer = await _answer(
        calls, sent["message_id"], quote="*two* thr", quote_parse_mode="MarkdownV2"
    )
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    assert answer["quote"] == {
        "text": "two thr",
        "position": 7,
        "is_manual": True,
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
    }


async def test_of_several_places_the_nearest_is_quoted(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=USER, text="a b a b a")
    for near, place in ((0, 0), (3, 4), (99, 8), (2, 4)):
        answer = await _answer(calls, sent["message_id"], quote="a", quote_position=near)
        assert answer["quote"]["position"] == place


async def test_a_quote_from_a_caption_with_entities(calls: Calls) -> None:
    sent = await calls.upload(
        "sendDocument", {"document": b"x"}, chat_id=str(USER), caption="_a_ b",
        parse_mode="MarkdownV2",
    )  # fmt: skip
    italic = {"type": "italic", "offset": 0, "length": 1}
    answer = await _answer(calls, sent["message_id"], quote="a", quote_entities=[italic])
    assert answer["quote"]["entities"] == [italic]


@pytest.mark.parametrize(
    "quote",
    [
        {"quote": "nothing of that"},
        {"quote": "<i>two</i>", "quote_parse_mode": "HTML"},
        {"quote": "two"},
    ],
)
async def test_a_quote_must_be_what_the_message_says(calls: Calls, quote: dict[str, Any]) -> None:
    sent = await calls.ok("sendMessage", chat_id=USER, text="one <b>two</b>", parse_mode="HTML")
    reply = {"message_id": sent["message_id"]} | quote
    words = await calls.refused("sendMessage", chat_id=USER, text="b", reply_parameters=reply)
    assert words == "QUOTE_TEXT_INVALID"


async def test_links_do_not_matter_for_a_quote(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=USER, text="see egov.kz now")
    answer = await _answer(calls, sent["message_id"], quote="egov.kz now")
    assert "entities" not in answer["quote"]


async def test_an_answer_to_another_chat_tells_of_it(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=OTHER, text="elsewhere")
    answer = await _answer(calls, sent["message_id"], chat_id=OTHER)
    assert "reply_to_message" not in answer
    assert answer["external_reply"]["origin"]["sender_user"]["is_bot"] is True
    assert answer["quote"] == {"text": "elsewhere", "position": 0}
    quoted = await _answer(calls, sent["message_id"], chat_id=str(OTHER), quote="where")
    assert quoted["quote"] == {"text": "where", "position": 4, "is_manual": True}


async def test_an_answer_to_a_supergroup_names_it(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=GROUP, text="in the group")
    answer = await _answer(calls, sent["message_id"], chat_id=GROUP)
    assert answer["external_reply"]["chat"]["id"] == GROUP
    assert answer["external_reply"]["message_id"] == sent["message_id"]


async def test_what_is_protected_is_not_told_of_elsewhere(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=OTHER, text="a", protect_content=True)
    answer = await _answer(calls, sent["message_id"], chat_id=OTHER)
    assert {"external_reply", "quote", "reply_to_message"}.isdisjoint(answer)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("{", "can't parse reply parameters JSON object"),
        (5, "object expected as reply parameters"),
        ({}, 'can\'t find field "message_id"'),
        ({"message_id": "x"}, 'can\'t parse as an integer string "x"'),
        ({"message_id": 99}, "message to be replied not found"),
        ({"message_id": 1, "chat_id": OTHER}, "message to be replied not found"),
        ({"message_id": 1, "chat_id": 5}, "chat not found"),
        ({"message_id": 1, "quote": "<", "quote_parse_mode": "HTML"},
         "can't parse entities: Unclosed start tag at byte offset 0"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(calls: Calls, reply: object, words: str) -> None:
    params = {"chat_id": USER, "text": "a", "reply_parameters": reply}
    assert await calls.refused("sendMessage", **params) == words


async def test_an_answer_to_what_is_gone_can_be_sent_without(calls: Calls) -> None:
    answer = await _answer(calls, 99, allow_sending_without_reply=True)
    assert "reply_to_message" not in answer
    older = await calls.ok(
        "sendMessage", chat_id=USER, text="a", reply_to_message_id=99,
        allow_sending_without_reply=True,
    )  # fmt: skip
    assert "reply_to_message" not in older


async def test_no_id_is_no_answer(calls: Calls) -> None:
    assert "reply_to_message" not in await _answer(calls, 0)
