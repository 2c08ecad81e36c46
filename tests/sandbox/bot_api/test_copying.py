"""copyMessage(s) and forwardMessage(s)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.media.samples import sample

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER, OTHER = 1001, 1002
PHOTO = sample("photo").content
METHODS = pytest.mark.parametrize("method", ["copyMessages", "forwardMessages"])


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")
    await api.send("/start", OTHER, name="B", language_code="ru")


async def _album(calls: Calls) -> list[int]:
    media = [
        {"type": "photo", "media": "attach://a", "caption": "one"},
        {"type": "photo", "media": "attach://b"},
    ]
    sent = await calls.upload(
        "sendMediaGroup", {"a": PHOTO, "b": PHOTO}, chat_id=str(USER), media=json.dumps(media)
    )
    return [message["message_id"] for message in sent]


async def _seen(api: Api, ids: list[dict[str, int]]) -> list[dict[str, Any]]:
    wanted = [one["message_id"] for one in ids]
    return [m for m in await api.messages(OTHER) if m["message_id"] in wanted]


@METHODS
async def test_albums_stay_together_under_a_new_id(calls: Calls, api: Api, method: str) -> None:
    album = await _album(calls)
    text = (await calls.ok("sendMessage", chat_id=USER, text="a"))["message_id"]
    params = {"chat_id": OTHER, "from_chat_id": USER}
    sent = await calls.ok(method, message_ids=[*album, text], **params)
    one, two, three = await _seen(api, sent)
    assert one["media_group_id"] == two["media_group_id"]
    assert "media_group_id" not in three
    again = await _seen(api, await calls.ok(method, message_ids=album, **params))
    assert again[0]["media_group_id"] != one["media_group_id"]
    lone = await _seen(api, await calls.ok(method, message_ids=album[:1], **params))
    assert "media_group_id" not in lone[0]
    assert lone[0]["caption"] == "one"
    assert ("forward_origin" in lone[0]) == (method == "forwardMessages")


async def test_copies_can_leave_their_captions(calls: Calls, api: Api) -> None:
    album = await _album(calls)
    sent = await calls.ok(
        "copyMessages", chat_id=OTHER, from_chat_id=USER, message_ids=album, remove_caption=True
    )
    assert all("caption" not in message for message in await _seen(api, sent))


@METHODS
async def test_messages_that_are_gone_are_passed_over(calls: Calls, api: Api, method: str) -> None:
    kept = (await calls.ok("sendMessage", chat_id=USER, text="a"))["message_id"]
    gone = (await calls.ok("sendMessage", chat_id=USER, text="b"))["message_id"]
    await calls.ok("deleteMessage", chat_id=USER, message_id=gone)
    sent = await calls.ok(method, chat_id=OTHER, from_chat_id=USER, message_ids=[kept, gone, 9999])
    assert [message["text"] for message in await _seen(api, sent)] == ["a"]


@METHODS
@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"message_ids": [1]}, 'parameter "from_chat_id" is required'),
        ({"from_chat_id": USER}, "message identifiers are not specified"),
        ({"from_chat_id": USER, "message_ids": []}, "message identifiers are not specified"),
        ({"from_chat_id": USER, "message_ids": "["}, "can't parse message_ids JSON object"),
        ({"from_chat_id": USER, "message_ids": {}}, "expected an Array of message identifiers"),
        ({"from_chat_id": USER, "message_ids": list(range(1, 102))},
         "too many message identifiers specified"),
        ({"from_chat_id": USER, "message_ids": [{}]}, "message identifier must be a Number"),
        ({"from_chat_id": USER, "message_ids": ["x"]},
         "can't parse message identifier as Number"),
        ({"from_chat_id": USER, "message_ids": [0]}, "invalid message identifier specified"),
        ({"from_chat_id": USER, "message_ids": [1], "chat_id": 5}, "chat not found"),
        ({"from_chat_id": 5, "message_ids": [1]}, "chat not found"),
        ({"from_chat_id": USER, "message_ids": [77, 78]}, "there are no messages to forward"),
        ({"from_chat_id": USER, "message_ids": [1, 1]},
         "message identifiers must be in a strictly increasing order"),
        ({"from_chat_id": USER, "message_ids": [1], "message_thread_id": 5},
         "message thread not found"),
    ],
)  # fmt: skip
async def test_refusals_of_several_in_telegrams_words(
    calls: Calls, method: str, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused(method, **{"chat_id": OTHER} | params) == words


async def test_the_target_is_looked_at_first_for_several_and_last_for_one(calls: Calls) -> None:
    nowhere = {"chat_id": 101, "from_chat_id": USER}
    start = "Forbidden: bot can't initiate conversation with a user"
    assert await calls.refused("copyMessages", message_ids=[99], **nowhere) == start
    assert await calls.refused("copyMessage", message_id=99, **nowhere) == (
        "message to copy not found"
    )
    assert await calls.refused("forwardMessage", message_id=99, **nowhere) == (
        "message to forward not found"
    )


async def test_protected_messages_are_copied_but_not_forwarded(calls: Calls) -> None:
    sent = await calls.ok("sendMessage", chat_id=USER, text="a", protect_content=True)
    where = {"chat_id": OTHER, "from_chat_id": USER}
    assert await calls.refused("forwardMessage", message_id=sent["message_id"], **where) == (
        "the message can't be forwarded"
    )
    assert await calls.refused("forwardMessages", message_ids=[sent["message_id"]], **where) == (
        "messages can't be forwarded"
    )
    await calls.ok("copyMessages", message_ids=[sent["message_id"]], **where)


async def test_service_messages_go_nowhere(calls: Calls, api: Api) -> None:
    told = await api.post(
        "/groups", title="G", kind="supergroup", forum=False, creator=203, members=[201],
        bot="administrator",
    )  # fmt: skip
    group = told["chat"]["id"]
    await api.post("/groups/change", chat=group, user=203, title="H")
    service = (await api.messages(group))[-1]
    assert "new_chat_title" in service
    where = {"chat_id": USER, "from_chat_id": group, "message_id": service["message_id"]}
    assert await calls.refused("copyMessage", **where) == "the message can't be copied"
    assert await calls.refused("forwardMessage", **where) == "the message can't be forwarded"


async def test_only_what_has_a_caption_takes_another(calls: Calls, api: Api) -> None:
    text = await calls.ok("sendMessage", chat_id=USER, text="a")
    where = {"chat_id": OTHER, "from_chat_id": USER}
    sent = await calls.ok("copyMessage", message_id=text["message_id"], caption="c", **where)
    (copied,) = await _seen(api, [sent])
    assert copied["text"] == "a"
    assert "caption" not in copied


async def test_a_forward_keeps_buttons_that_are_all_links(calls: Calls) -> None:
    link = {"text": "a", "url": "https://egov.kz/"}
    for extra, kept in (([], True), ([{"text": "b", "callback_data": "b"}], False)):
        buttons = {"inline_keyboard": [[link, *extra]]}
        text = await calls.ok("sendMessage", chat_id=USER, text="a", reply_markup=buttons)
        forwarded = await calls.ok(
            "forwardMessage", chat_id=OTHER, from_chat_id=USER, message_id=text["message_id"]
        )
        assert ("reply_markup" in forwarded) == kept


async def test_a_copied_die_is_thrown_anew_and_a_forwarded_one_stays(
    calls: Calls, api: Api
) -> None:
    die = await calls.ok("sendDice", chat_id=USER, emoji="🎰")
    where = {"chat_id": OTHER, "from_chat_id": USER, "message_id": die["message_id"]}
    forwarded = await calls.ok("forwardMessage", **where)
    assert forwarded["dice"] == die["dice"]
    copies = [await calls.ok("copyMessage", **where) for _ in range(20)]
    values = {message["dice"]["value"] for message in await _seen(api, copies)}
    assert values <= set(range(1, 65))
    # All twenty alike would happen once in 64¹⁹ runs.
    assert len(values) > 1
