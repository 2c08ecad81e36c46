"""The rules of pinned messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.chats import pins
from bot.sandbox.chats.members import USUAL_PERMISSIONS
from bot.sandbox.errors import BadRequestError
from tests.sandbox.crowds import ALL_RIGHTS, MEMBER, OWNER, STRANGER, Crowd, kinds
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

NOT_FOUND = "Message to unpin not found"


async def test_a_pin_is_said_in_the_group_with_the_message_inside(crowd: Crowd) -> None:
    first = crowd.write(MEMBER, text="Read me")
    await crowd.updates()
    await crowd.bot.pin_chat_message(crowd.id, first.id)
    (update,) = await crowd.updates()
    assert update.message is not None
    assert update.message.from_user == await crowd.bot.get_me()
    pinned = update.message.pinned_message
    assert pinned is not None
    assert (pinned.message_id, pinned.chat.id) == (first.id, crowd.id)
    assert pinned.to_dict()["text"] == "Read me"


async def test_the_message_inside_does_not_say_what_it_answers_to(crowd: Crowd) -> None:
    first = await crowd.bot.send_message(crowd.id, "1")
    second = await crowd.bot.send_message(crowd.id, "2", reply_to_message_id=first.message_id)
    await crowd.bot.pin_chat_message(crowd.id, second.message_id)
    (update,) = await crowd.updates()
    assert "reply_to_message" not in update.to_dict()["message"]["pinned_message"]


async def test_what_people_pin_is_told_too(crowd: Crowd) -> None:
    message = crowd.write(MEMBER, text="x")
    await crowd.updates()
    pins.pin(crowd.world, crowd.group, crowd.person(OWNER), message)
    (update,) = await crowd.updates()
    assert kinds([update]) == ["pinned_message"]
    assert update.to_dict()["message"]["from"]["id"] == OWNER


async def test_a_pin_in_a_topic_is_said_there(crowd: Crowd) -> None:
    crowd.group.is_forum = True
    topic = await crowd.bot.create_forum_topic(crowd.id, "Case 1")
    sent = await crowd.bot.send_message(crowd.id, "x", message_thread_id=topic.message_thread_id)
    await crowd.updates()
    await crowd.bot.pin_chat_message(crowd.id, sent.message_id)
    (update,) = await crowd.updates()
    assert update.message is not None
    assert update.message.message_thread_id == topic.message_thread_id
    assert update.message.is_topic_message is True


async def test_to_unpin_is_told_to_nobody(crowd: Crowd) -> None:
    sent = [await crowd.bot.send_message(crowd.id, text) for text in "123"]
    for message in sent:
        await crowd.bot.pin_chat_message(crowd.id, message.message_id)
    await crowd.updates()
    await crowd.bot.unpin_chat_message(crowd.id, sent[0].message_id)
    assert crowd.group.pinned == [sent[1].message_id, sent[2].message_id]
    await crowd.bot.unpin_chat_message(crowd.id)  # the one sent last
    assert crowd.group.pinned == [sent[1].message_id]
    await crowd.bot.unpin_all_chat_messages(crowd.id)
    assert crowd.group.pinned == []
    assert await crowd.updates() == []


async def test_what_cannot_be_pinned_or_unpinned(crowd: Crowd) -> None:
    sent = await crowd.bot.send_message(crowd.id, "x")
    call = crowd.bot.pin_chat_message(crowd.id, 999_999)
    assert await refusal(call) == "Message to pin not found"
    assert await refusal(crowd.bot.unpin_chat_message(crowd.id, 999_999)) == NOT_FOUND
    assert await refusal(crowd.bot.unpin_chat_message(crowd.id)) == NOT_FOUND
    call = crowd.bot.unpin_chat_message(crowd.id, sent.message_id)
    assert await refusal(call) == "Chat_not_modified"
    await crowd.bot.pin_chat_message(crowd.id, sent.message_id)
    call = crowd.bot.pin_chat_message(crowd.id, sent.message_id)
    assert await refusal(call) == "Chat_not_modified"
    service = next(message for message in crowd.group.visible() if message.service)
    call = crowd.bot.pin_chat_message(crowd.id, service.id)
    assert await refusal(call) == "Service messages can't be pinned"
    assert await crowd.bot.unpin_all_chat_messages(crowd.id) is True
    assert await crowd.bot.unpin_all_chat_messages(crowd.id) is True


async def test_without_the_right_nothing_is_pinned(crowd: Crowd) -> None:
    sent = await crowd.bot.send_message(crowd.id, "x")
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_pin_messages"})
    for call in (
        crowd.bot.pin_chat_message(crowd.id, sent.message_id),
        crowd.bot.unpin_chat_message(crowd.id, sent.message_id),
        crowd.bot.unpin_all_chat_messages(crowd.id),
    ):
        told = await refusal(call)
        assert told == "Not enough rights to manage pinned messages in the chat"


async def test_members_pin_if_the_group_lets_everybody(crowd: Crowd) -> None:
    message = crowd.write(MEMBER, text="x")
    with pytest.raises(BadRequestError, match="manage pinned messages"):
        pins.pin(crowd.world, crowd.group, crowd.person(MEMBER), message)
    crowd.group.permissions = USUAL_PERMISSIONS | {"can_pin_messages"}
    pins.pin(crowd.world, crowd.group, crowd.person(MEMBER), message)
    assert crowd.group.pinned == [message.id]


async def test_both_sides_of_a_private_chat_pin(crowd: Crowd, api: Api) -> None:
    written = await api.send("hello", STRANGER)
    await crowd.updates()
    await crowd.bot.pin_chat_message(STRANGER, written["message_id"], disable_notification=True)
    sent = await crowd.bot.send_message(STRANGER, "x")
    chat = crowd.world.private_chat(STRANGER)
    pins.pin(crowd.world, chat, crowd.person(STRANGER), chat.messages[sent.message_id])
    by_bot, by_person = await crowd.updates()
    assert kinds([by_bot, by_person]) == ["pinned_message", "pinned_message"]
    assert by_person.to_dict()["message"]["from"]["id"] == STRANGER


async def test_the_pins_of_one_topic_can_be_taken_off(crowd: Crowd) -> None:
    crowd.group.is_forum = True
    topic = await crowd.bot.create_forum_topic(crowd.id, "Case 1")
    thread = topic.message_thread_id
    inside = await crowd.bot.send_message(crowd.id, "x", message_thread_id=thread)
    general = await crowd.bot.send_message(crowd.id, "y")
    for message in (inside, general):
        await crowd.bot.pin_chat_message(crowd.id, message.message_id)
    pins.unpin_all(crowd.world, crowd.group, None, place=thread)
    assert crowd.group.pinned == [general.message_id]
    pins.unpin_all(crowd.world, crowd.group, None, place=0)
    assert crowd.group.pinned == []
