"""The rules of forum topics: what the bot and people may do, and what the bot is told."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import ForumTopic
from telegram.constants import ForumIconColor
from telegram.error import ChatMigrated, Forbidden

from bot.sandbox.chats import forum as topics
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import Member
from bot.sandbox.chats.people import ANONYMOUS_ADMIN
from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import BadRequestError, InputError
from bot.sandbox.people import actions
from bot.sandbox.world import World
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
    from aiohttp import ClientSession
    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from tests.sandbox.conftest import Api

HOUSE, CHECK = "5312486108309757006", "5237699328843200968"
MAY_NOT_CLOSE = "Not enough rights to close or open the topic"
NOT_MODIFIED = "Topic_not_modified"


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


# Creating


async def test_a_topics_id_is_that_of_the_message_that_says_so(forum: Forum, bot: Bot) -> None:
    created = await bot.create_forum_topic(
        GROUP, "Case 1", ForumIconColor.GREEN, icon_custom_emoji_id=HOUSE
    )
    (told,) = forum.told()
    assert created == ForumTopic(told["message_id"], "Case 1", ForumIconColor.GREEN, HOUSE)
    assert told == {
        "message_id": created.message_thread_id,
        "from": forum.world.bot_user(),
        "chat": {
            "id": GROUP,
            "title": forum.group.title,
            "type": "supergroup",
            "is_forum": True,
        },
        "date": told["date"],
        "message_thread_id": created.message_thread_id,
        "is_topic_message": True,
        "forum_topic_created": {
            "name": "Case 1",
            "icon_color": ForumIconColor.GREEN,
            "icon_custom_emoji_id": HOUSE,
        },
    }


async def test_a_topic_without_a_chosen_colour_is_blue(forum: Forum, bot: Bot) -> None:
    created = await bot.create_forum_topic(GROUP, "Case 1")
    assert created.icon_color == ForumIconColor.BLUE
    assert created.icon_custom_emoji_id is None
    (told,) = forum.told()
    assert told["forum_topic_created"] == {"name": "Case 1", "icon_color": ForumIconColor.BLUE}


async def test_a_name_is_cleaned_and_cut_not_refused(forum: Forum, bot: Bot) -> None:
    created = await bot.create_forum_topic(GROUP, "  Case\n\t 1 \u00a0 " + "😀" * 200)
    assert created.name == "Case 1 " + "😀" * (128 - len("Case\n\t 1 \u00a0 "))
    assert forum.told()[0]["forum_topic_created"]["name"] == created.name


@pytest.mark.parametrize("name", ["", " \n", "\u200b\u2800"])
async def test_a_name_of_nothing_is_refused(bot: Bot, topic: int, name: str) -> None:
    assert await refusal(bot.create_forum_topic(GROUP, name)) == "Name must be non-empty"
    if name:
        edit = bot.edit_forum_topic(GROUP, topic, name=name)
        assert await refusal(edit) == "Name must be non-empty"


@pytest.mark.parametrize("colour", [-1, 1, 0xFFFFFF + 1])
async def test_a_colour_is_one_of_the_six(bot: Bot, colour: int) -> None:
    call = bot.create_forum_topic(GROUP, "Case 1", colour)
    assert await refusal(call) == "Invalid icon color specified"


async def test_an_icon_is_one_of_the_set(bot: Bot, topic: int) -> None:
    for call in (
        bot.create_forum_topic(GROUP, "Case 1", icon_custom_emoji_id="17"),
        bot.edit_forum_topic(GROUP, topic, icon_custom_emoji_id="17"),
    ):
        assert await refusal(call) == "Document_invalid"


async def test_a_bot_creates_with_the_administrators_right_only(forum: Forum, bot: Bot) -> None:
    forum.group.permissions |= {"can_manage_topics"}
    forum.give_bot(*(ALL_RIGHTS - {"can_manage_topics"}))
    words = "Not enough rights to create a topic"
    assert await refusal(bot.create_forum_topic(GROUP, "Case 1")) == words
    forum.demote_bot()
    assert await refusal(bot.create_forum_topic(GROUP, "Case 1")) == words


def test_people_create_if_the_group_permits(forum: Forum) -> None:
    counsellor = forum.person(COUNSELLOR)
    with pytest.raises(BadRequestError, match="not enough rights to create a topic"):
        topics.create_topic(forum.world, forum.group, counsellor, "Mine")
    forum.group.permissions |= {"can_manage_topics"}
    made = topics.create_topic(forum.world, forum.group, counsellor, "Mine")
    (told,) = forum.told()
    assert told["message_id"] == made.id
    assert told["from"] == counsellor.user()
    assert told["forum_topic_created"]["name"] == "Mine"


def test_an_anonymous_administrator_creates_as_the_group(forum: Forum) -> None:
    admin = forum.promote(COUNSELLOR, "can_manage_topics", anonymous=True)
    topics.create_topic(forum.world, forum.group, admin, "Mine")
    (told,) = forum.told()
    assert told["from"] == ANONYMOUS_ADMIN
    assert told["sender_chat"]["id"] == GROUP


# Where there are no topics


@pytest.mark.parametrize("where", ["private", "group", "supergroup"])
async def test_other_chats_are_no_forums(forum: Forum, bot: Bot, api: Api, where: str) -> None:
    chat_id = MIGRANT
    if where == "private":
        await api.send("/start", MIGRANT)
    else:
        chat_id = forum.world.new_group_id(where)
        rights = Member("administrator", rights=ALL_RIGHTS)
        forum.world.add_group(
            Group(id=chat_id, kind=where, title="G", bot=rights)  # type: ignore[arg-type]
        )
    for call in (
        bot.create_forum_topic(chat_id, "Case 1"),
        bot.edit_forum_topic(chat_id, 5, name="x"),
        bot.close_forum_topic(chat_id, 5),
        bot.reopen_forum_topic(chat_id, 5),
        bot.delete_forum_topic(chat_id, 5),
        bot.edit_general_forum_topic(chat_id, "x"),
        bot.close_general_forum_topic(chat_id),
        bot.reopen_general_forum_topic(chat_id),
        bot.hide_general_forum_topic(chat_id),
        bot.unhide_general_forum_topic(chat_id),
    ):
        assert await refusal(call) == "The chat is not a forum"
    for call in (
        bot.unpin_all_forum_topic_messages(chat_id, 5),
        bot.unpin_all_general_forum_topic_messages(chat_id),
    ):
        assert await refusal(call) == "Chat doesn't have topics"


async def test_a_group_that_became_a_supergroup_names_it(forum: Forum, bot: Bot) -> None:
    old = forum.world.add_group(
        Group(id=-4_000_000_777, kind="group", title="G", bot=Member("administrator"))
    )
    old.migrated_to = GROUP
    with pytest.raises(ChatMigrated) as caught:
        await bot.create_forum_topic(old.id, "Case 1")
    assert caught.value.new_chat_id == GROUP


async def test_a_bot_that_was_removed_may_nothing(forum: Forum, bot: Bot) -> None:
    forum.group.bot = Member("kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.create_forum_topic(GROUP, "Case 1")


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    assert await refusal(bot.create_forum_topic(-1_009_999_999_999, "x")) == "Chat not found"


# Which topic


@pytest.mark.parametrize("number", [0, -5])
async def test_a_topics_id_is_positive(bot: Bot, forum: Forum, number: int) -> None:
    forum.give_bot()
    for call in (
        bot.edit_forum_topic(GROUP, number, name="x"),
        bot.close_forum_topic(GROUP, number),
        bot.reopen_forum_topic(GROUP, number),
        bot.delete_forum_topic(GROUP, number),
        bot.unpin_all_forum_topic_messages(GROUP, number),
    ):
        assert await refusal(call) == "Invalid forum topic identifier specified"


async def test_an_unknown_topic_is_refused(bot: Bot, topic: int) -> None:
    await bot.delete_forum_topic(GROUP, topic)
    for number in (topic, 9999):
        for call in (
            bot.edit_forum_topic(GROUP, number, name="x"),
            bot.close_forum_topic(GROUP, number),
            bot.reopen_forum_topic(GROUP, number),
            bot.delete_forum_topic(GROUP, number),
            bot.unpin_all_forum_topic_messages(GROUP, number),
        ):
            assert await refusal(call) == "Topic_id_invalid"


# Editing


async def test_an_edit_tells_what_changed(forum: Forum, bot: Bot, topic: int) -> None:
    root = forum.body(topic)
    await bot.edit_forum_topic(GROUP, topic, name="Case 1, urgent", icon_custom_emoji_id=HOUSE)
    (told,) = forum.told()
    assert told == {
        "message_id": topic + 1,
        "from": forum.world.bot_user(),
        "chat": forum.group.object(),
        "date": told["date"],
        "message_thread_id": topic,
        "is_topic_message": True,
        "reply_to_message": root,
        "forum_topic_edited": {"name": "Case 1, urgent", "icon_custom_emoji_id": HOUSE},
    }
    await bot.edit_forum_topic(GROUP, topic, name="Case 1, urgent", icon_custom_emoji_id=CHECK)
    await bot.edit_forum_topic(GROUP, topic, name="Case 1")
    assert [message["forum_topic_edited"] for message in forum.told()] == [
        {"icon_custom_emoji_id": CHECK},
        {"name": "Case 1"},
    ]


async def test_an_empty_icon_takes_the_icon_away(forum: Forum, bot: Bot, topic: int) -> None:
    await bot.edit_forum_topic(GROUP, topic, icon_custom_emoji_id=HOUSE)
    await bot.edit_forum_topic(GROUP, topic, icon_custom_emoji_id="")
    assert forum.told()[-1]["forum_topic_edited"] == {"icon_custom_emoji_id": ""}
    kept = forum.group.topic(topic)
    assert kept is not None
    assert kept.object() == {
        "message_thread_id": topic,
        "name": "Case 1",
        "icon_color": ForumIconColor.BLUE,
    }


async def test_an_edit_of_nothing_is_true_and_silent(forum: Forum, bot: Bot, topic: int) -> None:
    assert await bot.edit_forum_topic(GROUP, topic) is True
    assert await bot.edit_forum_topic(GROUP, topic, name="") is True
    assert await bot.edit_general_forum_topic(GROUP, "") is True
    assert forum.updates() == []


async def test_an_edit_to_the_same_is_refused(forum: Forum, bot: Bot, topic: int) -> None:
    for call in (
        bot.edit_forum_topic(GROUP, topic, name=" Case  1"),
        bot.edit_forum_topic(GROUP, topic, icon_custom_emoji_id=""),
        bot.edit_general_forum_topic(GROUP, "General"),
    ):
        assert await refusal(call) == NOT_MODIFIED
    assert forum.updates() == []


async def test_without_the_right_a_bot_edits_its_own_topics(
    forum: Forum, bot: Bot, topic: int, others: int
) -> None:
    forum.give_bot(*(ALL_RIGHTS - {"can_manage_topics"}))
    assert await bot.edit_forum_topic(GROUP, topic, name="x") is True
    assert await bot.close_forum_topic(GROUP, topic) is True
    assert await bot.reopen_forum_topic(GROUP, topic) is True
    may_not_edit = "Not enough rights to edit the topic"
    assert await refusal(bot.edit_forum_topic(GROUP, others, name="x")) == may_not_edit
    assert await refusal(bot.edit_general_forum_topic(GROUP, "x")) == may_not_edit
    for call in (
        bot.close_forum_topic(GROUP, others),
        bot.reopen_forum_topic(GROUP, others),
        bot.close_general_forum_topic(GROUP),
        bot.reopen_general_forum_topic(GROUP),
        bot.hide_general_forum_topic(GROUP),
        bot.unhide_general_forum_topic(GROUP),
    ):
        assert await refusal(call) == MAY_NOT_CLOSE


def test_people_who_may_create_change_their_own_topics_only(forum: Forum, others: int) -> None:
    world, group, counsellor = forum.world, forum.group, forum.person(COUNSELLOR)
    group.permissions |= {"can_manage_topics"}
    mine = topics.create_topic(world, group, counsellor, "Mine").id
    assert topics.edit_topic(world, group, counsellor, mine, name="My own").name == "My own"
    assert topics.close_topic(world, group, counsellor, mine).closed
    with pytest.raises(BadRequestError, match="not enough rights to edit the topic"):
        topics.edit_topic(world, group, counsellor, others, name="x")
    with pytest.raises(BadRequestError, match="not enough rights to close or open the topic"):
        topics.close_topic(world, group, counsellor, others)
    with pytest.raises(BadRequestError, match="not enough rights to close or open the topic"):
        topics.hide_general(world, group, counsellor)


# Closing and reopening


async def test_closing_and_reopening_are_told(forum: Forum, bot: Bot, topic: int) -> None:
    await bot.close_forum_topic(GROUP, topic)
    await bot.reopen_forum_topic(GROUP, topic)
    closed, reopened = forum.told()
    root: Json = {"message_thread_id": topic, "is_topic_message": True}
    root |= {"reply_to_message": forum.body(topic)}
    assert closed.items() >= (root | {"forum_topic_closed": {}}).items()
    assert reopened.items() >= (root | {"forum_topic_reopened": {}}).items()


async def test_what_is_so_already_is_refused(forum: Forum, bot: Bot, topic: int) -> None:
    assert await refusal(bot.reopen_forum_topic(GROUP, topic)) == NOT_MODIFIED
    await bot.close_forum_topic(GROUP, topic)
    assert await refusal(bot.close_forum_topic(GROUP, topic)) == NOT_MODIFIED
    assert await refusal(bot.reopen_general_forum_topic(GROUP)) == NOT_MODIFIED
    assert await refusal(bot.unhide_general_forum_topic(GROUP)) == NOT_MODIFIED
    await bot.hide_general_forum_topic(GROUP)
    assert await refusal(bot.hide_general_forum_topic(GROUP)) == NOT_MODIFIED
    assert await refusal(bot.close_general_forum_topic(GROUP)) == NOT_MODIFIED


def test_the_bot_is_told_who_closed_a_topic(forum: Forum, topic: int) -> None:
    coordinator = forum.person(COORDINATOR)
    topics.close_topic(forum.world, forum.group, coordinator, topic)
    (told,) = forum.told()
    assert told["from"] == coordinator.user()
    assert told["forum_topic_closed"] == {}


def test_privacy_mode_does_not_hide_what_happens_to_topics(forum: Forum) -> None:
    forum.demote_bot()
    coordinator = forum.person(COORDINATOR)
    made = topics.create_topic(forum.world, forum.group, coordinator, "Notes")
    topics.close_topic(forum.world, forum.group, coordinator, made.id)
    first, second = forum.told()
    assert "forum_topic_created" in first
    assert "forum_topic_closed" in second


# General


async def test_messages_about_general_name_no_topic(forum: Forum, bot: Bot) -> None:
    await bot.edit_general_forum_topic(GROUP, "Everything else")
    await bot.close_general_forum_topic(GROUP)
    await bot.reopen_general_forum_topic(GROUP)
    await bot.hide_general_forum_topic(GROUP)
    await bot.unhide_general_forum_topic(GROUP)
    told = forum.told()
    usual = {"message_id", "from", "chat", "date"}
    assert [{key: message[key] for key in message.keys() - usual} for message in told] == [
        {"forum_topic_edited": {"name": "Everything else"}},
        {"forum_topic_closed": {}},
        {"forum_topic_reopened": {}},
        {"general_forum_topic_hidden": {}},
        {"general_forum_topic_unhidden": {}},
    ]


async def test_hiding_general_closes_it_and_unhiding_does_not_open_it(
    forum: Forum, bot: Bot
) -> None:
    general = forum.group.topics[1]
    await bot.hide_general_forum_topic(GROUP)
    assert (general.hidden, general.closed) == (True, True)
    await bot.unhide_general_forum_topic(GROUP)
    assert (general.hidden, general.closed) == (False, True)


async def test_reopening_general_unhides_it(forum: Forum, bot: Bot) -> None:
    await bot.hide_general_forum_topic(GROUP)
    forum.updates()
    await bot.reopen_general_forum_topic(GROUP)
    general = forum.group.topics[1]
    assert (general.hidden, general.closed) == (False, False)
    (told,) = forum.told()
    assert told["forum_topic_reopened"] == {}


async def test_general_has_the_number_1_for_the_methods_of_any_topic(
    forum: Forum, bot: Bot
) -> None:
    await bot.close_forum_topic(GROUP, 1)
    (told,) = forum.told()
    assert "message_thread_id" not in told
    icon = bot.edit_forum_topic(GROUP, 1, icon_custom_emoji_id=HOUSE)
    assert await refusal(icon) == "General_modify_icon_forbidden"
    assert await refusal(bot.delete_forum_topic(GROUP, 1)) == "Topic_id_invalid"


# Deleting


async def test_deleting_a_topic_deletes_its_messages_and_tells_nothing(
    forum: Forum, bot: Bot, topic: int, others: int
) -> None:
    mine = await bot.send_message(GROUP, "here", message_thread_id=topic)
    forum.write(COUNSELLOR, "here too", thread=topic)
    elsewhere = forum.write(COUNSELLOR, "elsewhere", thread=others)
    general = forum.write(COUNSELLOR, "in General")
    forum.updates()
    assert await bot.delete_forum_topic(GROUP, topic) is True
    assert forum.updates() == []
    assert [message.id for message in forum.group.visible()] == [
        others,
        elsewhere.id,
        general.id,
    ]
    call = bot.edit_message_text("x", GROUP, mine.message_id)
    assert await refusal(call) == "Message to edit not found"


async def test_deleting_needs_the_right_to_delete_messages(
    forum: Forum, bot: Bot, topic: int, others: int
) -> None:
    forum.give_bot("can_manage_topics")
    call = bot.delete_forum_topic(GROUP, others)
    assert await refusal(call) == "Not enough rights to delete the topic"
    assert await bot.delete_forum_topic(GROUP, topic) is True
    forum.give_bot("can_delete_messages")
    assert await bot.delete_forum_topic(GROUP, others) is True


async def test_the_message_that_created_a_topic_cannot_be_deleted(
    forum: Forum, bot: Bot, topic: int
) -> None:
    assert await refusal(bot.delete_message(GROUP, topic)) == "Message can't be deleted"
    with pytest.raises(InputError, match="goes with its topic only"):
        actions.delete(forum.world, forum.person(COORDINATOR), forum.group, [topic])
    assert forum.group.find(topic) is not None


# Pins


async def test_unpinning_is_for_one_topic(forum: Forum, bot: Bot, topic: int, others: int) -> None:
    numbers = {
        thread: forum.write(COUNSELLOR, "pin this", thread=thread).id
        for thread in (topic, others, 0)
    }
    forum.group.pinned = [*numbers.values()]
    forum.updates()
    assert await bot.unpin_all_forum_topic_messages(GROUP, topic) is True
    assert forum.group.pinned == [numbers[others], numbers[0]]
    assert await bot.unpin_all_general_forum_topic_messages(GROUP) is True
    assert forum.group.pinned == [numbers[others]]
    assert forum.updates() == []


async def test_unpinning_needs_the_right_to_pin(forum: Forum, bot: Bot, topic: int) -> None:
    forum.give_bot(*(ALL_RIGHTS - {"can_pin_messages"}))
    for call in (
        bot.unpin_all_forum_topic_messages(GROUP, topic),
        bot.unpin_all_general_forum_topic_messages(GROUP),
    ):
        words = "Not enough rights to manage pinned messages in the chat"
        assert await refusal(call) == words


# Whatever happens


ACTS = st.tuples(
    st.sampled_from(["create", "edit", "close", "reopen", "delete", "unpin", "hide", "unhide"]),
    st.sampled_from([None, COUNSELLOR, COORDINATOR]),
    st.integers(0, 8),
)


@given(st.lists(ACTS, max_size=25))
def test_topics_stay_consistent(acts: list[tuple[str, int | None, int]]) -> None:
    world = World(SandboxConfig(bot_id=42))
    group = world.chats[GROUP]
    assert isinstance(group, Group)
    for act, user_id, thread in acts:
        actor = None if user_id is None else world.people[user_id]
        with contextlib.suppress(BadRequestError):
            match act:
                case "create":
                    made = topics.create_topic(world, group, actor, f"Case {thread}")
                    group.pinned.append(made.id)
                case "edit":
                    topics.edit_topic(world, group, actor, thread, name=f"{act} {thread}")
                case "close":
                    topics.close_topic(world, group, actor, thread)
                case "reopen":
                    topics.reopen_topic(world, group, actor, thread)
                case "delete":
                    topics.delete_topic(world, group, actor, thread)
                case "unpin":
                    topics.unpin_topic(world, group, actor, thread)
                case "hide":
                    topics.hide_general(world, group, actor)
                case _:
                    topics.unhide_general(world, group, actor)
    general = group.topics[1]
    assert not general.deleted
    assert general.closed or not general.hidden
    threads = {message.thread for message in group.visible()}
    assert all(group.topic(thread) is not None for thread in threads)
    assert all(group.find(thread) is not None for thread in threads - {0})
    assert all(group.find(number) is not None for number in group.pinned)


# On the wire


async def test_the_servers_constants_keep_their_case(
    raw: ClientSession, forum: Forum, topic: int
) -> None:
    path = f"/bot{forum.bot.token}/reopenForumTopic"
    body = {"chat_id": str(GROUP), "message_thread_id": str(topic)}
    async with raw.post(path, data=body) as answer:
        assert (answer.status, await answer.json()) == (
            400,
            {"ok": False, "error_code": 400, "description": "Bad Request: TOPIC_NOT_MODIFIED"},
        )
