"""Where a message goes: topics, closed and deleted ones, threads of replies, answers elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import InputMediaPhoto, ReactionTypeEmoji, ReplyParameters
from telegram.constants import ChatAction

from bot.sandbox.chats import forum as topics
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import Member
from bot.sandbox.chats.topics import CACHE_SECONDS
from bot.sandbox.errors import InputError
from bot.sandbox.media.samples import sample
from tests.sandbox.forums import (
    ALL_RIGHTS,
    COORDINATOR,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    Forum,
    Json,
    refusal,
)

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from tests.sandbox.conftest import Api

NOT_FOUND = "Message thread not found"
CLOSED = "Topic_closed"


@pytest.fixture
def forum(sandbox: TestServer, bot: Bot) -> Forum:
    return Forum(sandbox, bot)


@pytest.fixture
async def topic(forum: Forum, bot: Bot) -> int:
    """A topic of the bot's, of which it was told."""
    created = await bot.create_forum_topic(GROUP, "Case 1")
    forum.updates()
    return created.message_thread_id


@pytest.fixture
def others(forum: Forum) -> int:
    """A topic of the coordinator's, of which the bot was told."""
    made = topics.create_topic(forum.world, forum.group, forum.person(COORDINATOR), "Notes")
    forum.updates()
    return made.id


def delete_by_person(forum: Forum, thread: int) -> None:
    topics.delete_topic(forum.world, forum.group, forum.person(COORDINATOR), thread)


def place_of(message: Json) -> Json:
    """Return what a message says of where it stands."""
    names = ("message_thread_id", "is_topic_message", "reply_to_message", "external_reply", "quote")
    return {name: message[name] for name in names if name in message}


def small_photo() -> bytes:
    return sample("photo").content


# Topics


async def test_a_message_in_a_topic_answers_to_its_first_one(
    forum: Forum, bot: Bot, topic: int
) -> None:
    root = forum.body(topic)
    assert "reply_to_message" not in root
    sent = await bot.send_message(GROUP, "x", message_thread_id=topic)
    place = {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": root}
    assert place_of(forum.body(sent.message_id)) == place
    assert place_of(forum.write(COUNSELLOR, "y", thread=topic).body) == place


async def test_an_answer_stands_before_the_topics_first_message(
    forum: Forum, bot: Bot, topic: int
) -> None:
    asked = forum.write(COUNSELLOR, "y", thread=topic)
    sent = await bot.send_message(
        GROUP, "x", message_thread_id=topic, reply_parameters=ReplyParameters(asked.id)
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == asked.id
    assert sent.reply_to_message.reply_to_message is None
    assert sent.reply_to_message.message_thread_id == topic


async def test_messages_in_general_name_no_topic(forum: Forum, bot: Bot) -> None:
    asked = forum.write(COUNSELLOR, "y")
    sent = await bot.send_message(GROUP, "x", reply_parameters=ReplyParameters(asked.id))
    assert place_of(asked.body) == {}
    assert place_of(forum.body(sent.message_id)) == {"reply_to_message": asked.body}


async def test_an_answer_goes_to_the_topic_of_the_answered_message(
    forum: Forum, bot: Bot, topic: int
) -> None:
    asked = forum.write(COUNSELLOR, "y", thread=topic)
    sent = await bot.send_message(GROUP, "x", reply_parameters=ReplyParameters(asked.id))
    assert sent.message_thread_id == topic
    assert sent.is_topic_message is True


@pytest.mark.parametrize("number", [1, 9999, -3])
async def test_only_topics_have_a_number_to_send_to(bot: Bot, topic: int, number: int) -> None:
    call = bot.send_message(GROUP, "x", message_thread_id=number)
    assert await refusal(call) == NOT_FOUND


async def test_a_private_chat_has_no_topics(bot: Bot, api: Api) -> None:
    await api.send("/start", MIGRANT)
    assert await refusal(bot.send_message(MIGRANT, "x", message_thread_id=5)) == NOT_FOUND


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_without_topics_the_number_is_ignored(forum: Forum, bot: Bot, kind: str) -> None:
    group = Group(
        id=forum.world.new_group_id(kind),
        kind=kind,  # type: ignore[arg-type]
        title="G",
        bot=Member("administrator"),
    )
    forum.world.add_group(group)
    sent = await bot.send_message(group.id, "x", message_thread_id=5)
    assert sent.message_thread_id is None
    assert sent.is_topic_message is None


async def test_in_a_supergroup_answers_form_threads(forum: Forum, bot: Bot) -> None:
    forum.group.is_forum = False
    root = await bot.send_message(GROUP, "root")
    assert root.message_thread_id is None
    first = forum.write(COUNSELLOR, "first", reply_to=root.message_id)
    second = await bot.send_message(GROUP, "x", reply_parameters=ReplyParameters(first.id))
    assert first.body["message_thread_id"] == root.message_id
    assert second.message_thread_id == root.message_id
    assert second.is_topic_message is None


# All ways to send


async def _ways(forum: Forum, bot: Bot, thread: int) -> list[int]:
    """Send one of everything; return the messages' ids."""
    source = forum.write(COUNSELLOR, "source")
    sent = [
        await bot.send_photo(GROUP, small_photo(), message_thread_id=thread),
        await bot.send_location(GROUP, 43.2, 76.9, message_thread_id=thread),
        await bot.forward_message(GROUP, GROUP, source.id, message_thread_id=thread),
        *await bot.send_media_group(
            GROUP, [InputMediaPhoto(small_photo())] * 2, message_thread_id=thread
        ),
    ]
    copied = await bot.copy_message(GROUP, GROUP, source.id, message_thread_id=thread)
    return [*(message.message_id for message in sent), copied.message_id]


async def test_every_way_to_send_reaches_a_topic(forum: Forum, bot: Bot, topic: int) -> None:
    root = forum.body(topic)
    for number in await _ways(forum, bot, topic):
        place = {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": root}
        assert place_of(forum.body(number)) == place


async def test_no_way_to_send_reaches_a_closed_topic(forum: Forum, bot: Bot, others: int) -> None:
    source = forum.write(COUNSELLOR, "source")
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), others)
    forum.give_bot(*(ALL_RIGHTS - {"can_manage_topics"}))
    for call in (
        bot.send_message(GROUP, "x", message_thread_id=others),
        bot.send_photo(GROUP, small_photo(), message_thread_id=others),
        bot.forward_message(GROUP, GROUP, source.id, message_thread_id=others),
        bot.copy_message(GROUP, GROUP, source.id, message_thread_id=others),
    ):
        assert await refusal(call) == CLOSED
    album = bot.send_media_group(
        GROUP, [InputMediaPhoto(small_photo())] * 2, message_thread_id=others
    )
    assert "TOPIC_CLOSED" in (await refusal(album)).upper()


# Closed topics


async def test_who_runs_topics_writes_into_closed_ones(forum: Forum, bot: Bot, others: int) -> None:
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), others)
    assert (await bot.send_message(GROUP, "x", message_thread_id=others)).text == "x"
    with pytest.raises(InputError, match="TOPIC_CLOSED"):
        forum.write(COUNSELLOR, "y", thread=others)
    forum.promote(COUNSELLOR, "can_manage_topics")
    assert forum.write(COUNSELLOR, "y", thread=others).thread == others


async def test_the_permission_to_create_topics_opens_no_closed_one(
    forum: Forum, bot: Bot, others: int
) -> None:
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), others)
    forum.group.permissions |= {"can_manage_topics"}
    with pytest.raises(InputError, match="TOPIC_CLOSED"):
        forum.write(COUNSELLOR, "y", thread=others)
    forum.give_bot()
    assert await refusal(bot.send_message(GROUP, "x", message_thread_id=others)) == CLOSED


async def test_the_creator_writes_into_a_closed_topic(forum: Forum, bot: Bot, topic: int) -> None:
    await bot.close_forum_topic(GROUP, topic)
    forum.give_bot()
    assert (await bot.send_message(GROUP, "x", message_thread_id=topic)).text == "x"


async def test_general_can_be_closed_too(forum: Forum, bot: Bot) -> None:
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), 1)
    assert (await bot.send_message(GROUP, "x")).text == "x"
    forum.give_bot()
    assert await refusal(bot.send_message(GROUP, "x")) == CLOSED
    with pytest.raises(InputError, match="TOPIC_CLOSED"):
        forum.write(COUNSELLOR, "y")


async def test_in_a_closed_topic_edits_and_reactions_go_on(
    forum: Forum, bot: Bot, api: Api, others: int
) -> None:
    sent = await bot.send_message(GROUP, "x", message_thread_id=others)
    asked = forum.write(COUNSELLOR, "y", thread=others)
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), others)
    forum.give_bot()
    await bot.edit_message_text("z", GROUP, sent.message_id)
    assert forum.body(sent.message_id)["text"] == "z"
    assert await bot.set_message_reaction(GROUP, asked.id, ReactionTypeEmoji("👍")) is True
    change = {"message_id": asked.id, "text": "y, really"}
    await api.send(user=COUNSELLOR, chat=GROUP, edit=change)
    assert forum.body(asked.id)["text"] == "y, really"


# Deleted topics


async def test_the_server_remembers_for_a_minute_a_topic_that_another_deleted(
    forum: Forum, bot: Bot, topic: int
) -> None:
    await bot.send_message(GROUP, "x", message_thread_id=topic)
    forum.world.clock.advance(CACHE_SECONDS / 2)
    await bot.send_message(GROUP, "x", message_thread_id=topic)
    delete_by_person(forum, topic)
    assert await refusal(bot.send_message(GROUP, "x", message_thread_id=topic)) == "Topic_deleted"
    # It counts from when it asked for the topic, not from when it was used last.
    forum.world.clock.advance(CACHE_SECONDS / 2)
    assert await refusal(bot.send_message(GROUP, "x", message_thread_id=topic)) == NOT_FOUND


async def test_a_topic_that_another_deleted_before_its_first_use_is_not_found(
    forum: Forum, bot: Bot, topic: int
) -> None:
    delete_by_person(forum, topic)
    assert await refusal(bot.send_message(GROUP, "x", message_thread_id=topic)) == NOT_FOUND


async def test_a_topic_that_the_bot_deleted_is_not_found_at_once(bot: Bot, topic: int) -> None:
    await bot.send_message(GROUP, "x", message_thread_id=topic)
    await bot.delete_forum_topic(GROUP, topic)
    assert await refusal(bot.send_message(GROUP, "x", message_thread_id=topic)) == NOT_FOUND


def test_people_see_at_once_that_a_topic_is_gone(forum: Forum, topic: int) -> None:
    delete_by_person(forum, topic)
    with pytest.raises(InputError, match="message thread not found"):
        forum.write(COUNSELLOR, "y", thread=topic)


# Answers elsewhere


async def test_an_answer_to_another_topic_is_an_external_reply(
    forum: Forum, bot: Bot, topic: int, others: int
) -> None:
    asked = forum.write(COUNSELLOR, "Who takes this?", thread=others)
    sent = await bot.send_message(
        GROUP, "x", message_thread_id=topic, reply_parameters=ReplyParameters(asked.id)
    )
    assert place_of(forum.body(sent.message_id)) == {
        "message_thread_id": topic,
        "is_topic_message": True,
        "reply_to_message": forum.body(topic),
        "external_reply": {
            "origin": {
                "type": "user",
                "date": asked.body["date"],
                "sender_user": forum.person(COUNSELLOR).user(),
            },
            "chat": forum.group.object(),
            "message_id": asked.id,
        },
        "quote": {"text": "Who takes this?", "position": 0},
    }


async def test_from_a_topic_general_is_elsewhere_too(forum: Forum, bot: Bot, topic: int) -> None:
    asked = forum.write(COUNSELLOR, "Who takes this?")
    sent = await bot.send_message(
        GROUP,
        "x",
        message_thread_id=topic,
        reply_parameters=ReplyParameters(asked.id, quote="takes"),
    )
    assert sent.external_reply is not None
    assert sent.external_reply.message_id == asked.id
    assert sent.quote is not None
    assert (sent.quote.text, sent.quote.position, sent.quote.is_manual) == ("takes", 4, True)


async def test_an_answer_to_another_chat_is_an_external_reply(
    forum: Forum, bot: Bot, api: Api, topic: int
) -> None:
    asked = await api.send("Help", MIGRANT)
    answer = ReplyParameters(asked["message_id"], chat_id=MIGRANT)
    sent = await bot.send_message(GROUP, "x", message_thread_id=topic, reply_parameters=answer)
    place = place_of(forum.body(sent.message_id))
    assert place["message_thread_id"] == topic
    assert place["reply_to_message"]["message_id"] == topic
    assert place["external_reply"].keys() == {"origin"}
    assert place["quote"]["text"] == "Help"


async def test_what_may_not_leave_its_topic_is_left_out_of_an_answer_elsewhere(
    forum: Forum, bot: Bot, topic: int, others: int
) -> None:
    secret = await bot.send_message(GROUP, "x", message_thread_id=others, protect_content=True)
    for number in (secret.message_id, others):
        sent = await bot.send_message(
            GROUP, "y", message_thread_id=topic, reply_parameters=ReplyParameters(number)
        )
        place = place_of(forum.body(sent.message_id))
        assert place["reply_to_message"]["message_id"] == topic
        assert "external_reply" not in place
        assert "quote" not in place


def test_people_answer_to_another_topic_alike(forum: Forum, topic: int, others: int) -> None:
    asked = forum.write(COORDINATOR, "Who takes this?", thread=others)
    answer = forum.write(COUNSELLOR, "I", reply_to=asked.id, thread=topic)
    assert answer.thread == topic
    assert answer.body["external_reply"]["message_id"] == asked.id


# Order of refusals, and what is not checked


async def test_the_topic_is_looked_at_before_the_answered_message(bot: Bot, topic: int) -> None:
    answer = ReplyParameters(9999)
    call = bot.send_message(GROUP, "x", message_thread_id=8888, reply_parameters=answer)
    assert await refusal(call) == NOT_FOUND
    call = bot.send_message(GROUP, "x", message_thread_id=topic, reply_parameters=answer)
    assert await refusal(call) == "Message to be replied not found"


async def test_rights_are_looked_at_before_whether_the_topic_is_closed(
    forum: Forum, bot: Bot, others: int
) -> None:
    topics.close_topic(forum.world, forum.group, forum.person(COORDINATOR), others)
    forum.demote_bot()
    forum.group.permissions -= {"can_send_photos"}
    call = bot.send_photo(GROUP, small_photo(), message_thread_id=others)
    assert await refusal(call) == "Not enough rights to send photos to the chat"


@pytest.mark.parametrize("number", [None, 1, 9999])
async def test_a_chat_action_may_name_any_topic(forum: Forum, bot: Bot, number: int | None) -> None:
    assert await bot.send_chat_action(GROUP, ChatAction.TYPING, message_thread_id=number) is True
    assert forum.group.action_thread == (9999 if number == 9999 else 0)


async def test_a_message_ends_the_action_in_its_own_topic(
    forum: Forum, bot: Bot, topic: int
) -> None:
    await bot.send_chat_action(GROUP, ChatAction.TYPING, message_thread_id=topic)
    await bot.send_message(GROUP, "elsewhere")
    assert forum.group.action == "typing"
    await bot.send_message(GROUP, "here", message_thread_id=topic)
    assert forum.group.action == ""


def test_people_may_name_general_by_its_number(forum: Forum) -> None:
    assert forum.write(COUNSELLOR, "y", thread=1).thread == 0
