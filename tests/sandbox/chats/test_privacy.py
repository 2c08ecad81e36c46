"""Which messages of a group reach the bot, by Telegram's rules of privacy mode."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import GROUP_RIGHTS, Member
from bot.sandbox.chats.messages import StoredMessage
from bot.sandbox.chats.people import Person
from bot.sandbox.config import SandboxConfig
from bot.sandbox.people import actions
from bot.sandbox.people.inputs import Edit
from bot.sandbox.people.own_edits import edit
from bot.sandbox.world import World

WRITER = 201
BOT = "sandbox_helpline_bot"


@pytest.fixture
def world() -> World:
    return World(SandboxConfig(bot_id=42))


@pytest.fixture
def group(world: World) -> Group:
    """A group in which the bot is a mere member."""
    group = Group(id=-1_001_000_000_777, kind="supergroup", title="G", bot=Member("member"))
    group.members[WRITER] = Member("member")
    return world.add_group(group)


def reaches(world: World, group: Group, text: str, **more: Any) -> bool:
    person = world.people[WRITER]
    _, update_id = actions.write(world, person, group, actions.text_content(text), **more)
    return update_id is not None


def bot_says(world: World, group: Group, **fields: Any) -> int:
    body = {
        "message_id": world.new_message_id(group),
        "from": world.bot_user(),
        "chat": group.object(),
        "date": 1,
    }
    return world.put(group, StoredMessage(body | fields, by_bot=True, changed=0)).id


@pytest.mark.parametrize("text", ["hello", f"hello @{BOT}", "/start@another_bot", "see /start"])
def test_talk_among_members_does_not_reach_it(world: World, group: Group, text: str) -> None:
    bot_says(world, group, text="here I am")
    assert not reaches(world, group, text)


@pytest.mark.parametrize("text", [f"/start@{BOT}", f"/start@{BOT.upper()} payload"])
def test_a_command_that_names_it_reaches_it(world: World, group: Group, text: str) -> None:
    assert reaches(world, group, text)


def test_a_command_that_names_no_bot_is_for_the_bot_that_wrote_last(
    world: World, group: Group
) -> None:
    assert not reaches(world, group, "/stats")
    bot_says(world, group, text="here I am")
    assert reaches(world, group, "/stats")


def test_an_answer_to_its_message_reaches_it(world: World, group: Group) -> None:
    assert reaches(world, group, "yes", reply_to=bot_says(world, group, text="Are you there?"))


def test_a_message_in_its_topic_is_no_answer_to_it(world: World, group: Group) -> None:
    created = {"name": "T", "icon_color": 7322096}
    number = bot_says(world, group, forum_topic_created=created)
    assert not reaches(world, group, "talk", reply_to=number)


def test_service_messages_reach_it(world: World, group: Group) -> None:
    announce(world, group, world.people[WRITER], {"new_chat_title": "New"})
    update = world.updates.first()
    assert update is not None
    assert update["message"]["new_chat_title"] == "New"


def test_everything_reaches_an_administrator(world: World, group: Group) -> None:
    group.bot = Member("administrator", rights=frozenset(GROUP_RIGHTS))
    assert reaches(world, group, "hello")


def test_everything_reaches_it_with_privacy_mode_off() -> None:
    world = World(SandboxConfig(bot_id=42, reads_all_group_messages=True))
    group = world.add_group(
        Group(id=-1_001_000_000_777, kind="supergroup", title="G", bot=Member("member"))
    )
    group.members[WRITER] = Member("member")
    assert reaches(world, group, "hello")


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_nothing_reaches_a_bot_that_is_not_there(world: World, group: Group, status: Any) -> None:
    group.bot = Member(status)
    assert not reaches(world, group, f"/start@{BOT}")


def test_an_edit_reaches_it_like_the_message(world: World, group: Group) -> None:
    person: Person = world.people[WRITER]
    message, _ = actions.write(world, person, group, actions.text_content(f"/a@{BOT}"))
    _, update_id = edit(world, person, group, Edit(message_id=message.id, text=f"/b@{BOT}"))
    assert update_id is not None
    other, _ = actions.write(world, person, group, actions.text_content("talk"))
    _, update_id = edit(world, person, group, Edit(message_id=other.id, text="more talk"))
    assert update_id is None
