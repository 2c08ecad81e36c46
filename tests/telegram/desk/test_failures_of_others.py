"""What goes wrong in bots like this one, by their issue trackers: here it does not.

Each test names whose failure it is. Where each of the known failures is tested:

- **The bot keeps answering after a person took over** (chatwoot's Rasa demo #12, financial-demo
  #120): here, ``migrant/test_incoming.py``, ``tests/e2e/test_desk.py``.
- **The first two messages open two topics** (MasterGroosha #13): here,
  ``migrant/test_opening.py``, ``tests/telegram/test_topics.py``.
- **A deleted topic loses the next message** (four topic bots): here, with each of Telegram's three
  words for it; ``test_faults.py``, ``staff/test_routes.py``, ``tests/e2e/test_desk_staff.py``.
- **The group became a supergroup** (none of seven bots): ``test_faults.py``,
  ``staff/test_routes.py``, ``tests/telegram/test_topics.py``.
- **An update is sent twice** (chatwoot #15450): here, ``tests/store/test_inbox.py``.
- **One RetryAfter stalls every chat** (``AIORateLimiter``): ``test_faults.py``,
  ``tests/telegram/test_relay.py``, ``test_sender.py``.
- **Albums are torn apart** (MrMissx #103, nessshon): here, ``migrant/test_incoming.py``,
  ``staff/test_replies.py``; killed between two parts:
  ``test_restarts.py``.
- **Replies mapped by** ``forward_from`` (ohld #1 #11, PTB #1933): here,
  ``migrant/test_incoming.py``, ``staff/test_routes.py``, ``tests/telegram/test_relay.py``.
- **Edits vanish or change the record** (chatwoot #13230, #14114): here, ``relay/test_edits.py``
  (another file too), ``migrant/test_incoming.py``, ``staff/test_replies.py``.
- **Captions over 1,024, texts over 4,096** (tdlib #334): here,
  ``tests/telegram/test_splitting.py``, ``tests/telegram/test_relay.py``.
- **A confident answer to a suicide threat** (Integreat): here, ``migrant/test_incoming.py``.

Not of the desk: language detectors (``tests/language``), Rasa's telemetry
(``tests/processes/test_runner.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.answers.model import DangerKind
from bot.handoff.case import State
from bot.language.tags import Locale
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    House,
    said,
    words,
)
from tests.telegram.desk.processes import successor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Json = dict[str, Any]


async def topics(house: House) -> int:
    """How many cases have a topic."""
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    return len(view["topics"]) - 1  # General


def received_twice(house: House) -> None:
    """From now on Telegram sends each update twice."""
    once: Callable[[Json], Awaitable[None]] = house.receive

    async def twice(update: Json) -> None:
        await once(update)
        await once(update)

    house.receive = twice  # type: ignore[method-assign]


# The bot keeps answering


async def test_the_bot_stays_silent_from_the_opening_to_the_end_and_then_answers_again(
    bare_house: House,
) -> None:
    """Also after a restart: that people talk is not in the memory of a process."""
    house = bare_house
    house.furnish()
    async with house.roles:
        await house.open()
        before = len(await house.told())
        await house.write("my wages")
        await house.reply("I am a person")
        await house.write("thanks, and the permit?")
    assert (await house.told())[before:] == ["I am a person"]
    again = successor(house)
    async with again.application, again.roles:
        await again.write("where is a centre")
        await again.write(sticker={})
        assert (await again.told())[before:] == ["I am a person"]
        number = (await again.case()).number
        await again.press(f"d:close:{number}", COUNSELLOR, GROUP)
        await again.press(f"d:close:{number}:spam", COUNSELLOR, GROUP)
        before = len(await again.told())
        await again.write("my wages")
        assert len(await again.told()) > before


async def test_a_cry_for_help_in_a_case_gets_the_danger_card_and_reaches_the_people(
    house: House,
) -> None:
    """A confident answer to a suicide threat: danger comes before whatever else was understood."""
    await house.open()
    await house.reply("what is it")
    before = len(await house.told())
    await house.write("danger, and my wages")
    assert len((await house.told())[before:]) == 1
    assert (await house.case()).dangers == (DangerKind.VIOLENCE,)
    assert "danger, and my wages" in await house.topic_texts()


# Two topics for one person


@pytest.mark.parametrize("seconds", [0.0, 0.2])
async def test_the_first_two_messages_open_one_topic(house: House, seconds: float) -> None:
    """Both are there before the topic is, also when Telegram is slow to open it."""
    await house.write("/start")
    await house.press("l:ru")
    if seconds:
        await house.api.post("/fault", method="createForumTopic", delay=seconds)
    for text in ("/human", "my question", "/human", "and another"):
        await house.api.send(text, user=MIGRANT)
    await house.settle()
    assert await topics(house) == 1
    assert await house.store.cases.earlier(MIGRANT) == (1,)
    asked = [text for text in await house.topic_texts() if text in {"my question", "and another"}]
    assert asked == ["my question", "and another"]


# Deleted topics


@pytest.mark.parametrize(
    "description",
    ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"],
)
@pytest.mark.parametrize(
    ("content", "method"),
    [({"text": "help"}, "sendMessage"), ({"voice": {}}, "copyMessage")],
)
async def test_the_message_after_a_deletion_is_not_lost(
    house: House, description: str, content: Json, method: str
) -> None:
    await house.open()
    await house.write("earlier words")
    old = await house.thread()
    await house.api.post(
        "/fault",
        method=method,
        chat=GROUP,
        error_code=400,
        description=f"Bad Request: {description}",
    )
    written = await house.write(**content)
    assert await house.thread() != old
    shown = await house.in_topic()
    assert any(said(m) == "help" or "voice" in m for m in shown)
    assert any("earlier words" in said(m) for m in shown)
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]


async def test_an_edit_after_a_deletion_is_not_lost_in_silence(house: House) -> None:
    """Its copy went with the topic: the staff see the new words, or the migrant is told."""
    await house.open()
    asked = await house.write("earlier words")
    await house.api.post(
        "/topics", user=OWNER, chat=GROUP, action="delete", thread=await house.thread()
    )
    before = len(await house.told())
    edit = {"message_id": asked["message_id"], "text": "other words"}
    await house.write(edit=edit)
    shown = [text for text in await house.topic_texts() if "other words" in text]
    told = (await house.told())[before:]
    sorry = words("The counsellors did not get this message. Please send it once more.")
    assert shown or told == [sorry]
    await house.write("are you there")
    assert any("other words" in text for text in await house.topic_texts())


# Updates twice


async def test_an_update_sent_twice_is_answered_once(house: House) -> None:
    received_twice(house)
    await house.open()
    await house.write("my question")
    await house.press("d:claim", COUNSELLOR, GROUP)
    await house.reply("my answer")
    assert (await house.topic_texts()).count("my question") == 1
    takes = words("{name} takes the case.").partition("{name}")[2]
    assert sum(takes in text for text in await house.topic_texts()) == 1
    assert (await house.told()).count("my answer") == 1
    assert await house.store.cases.earlier(MIGRANT) == (1,)
    assert await topics(house) == 1
    lines = await house.store.cases.transcript(1)
    assert [line.text for line in lines] == ["my question", "my answer"]


async def test_an_update_that_comes_again_much_later_is_known(bare_house: House) -> None:
    """After others with higher numbers, and after a restart: there is no high-water mark."""
    house = bare_house
    house.furnish()
    taken: list[Json] = []
    once = house.receive

    async def noted(update: Json) -> None:
        taken.append(update)
        await once(update)

    house.receive = noted  # type: ignore[method-assign]
    async with house.roles:
        await house.open()
        await house.write("one")
        await house.write("two")
        await house.reply("three")
    again = successor(house)
    async with again.application, again.roles:
        told, shown = len(await again.told()), len(await again.topic_texts())
        for update in taken:
            await again.receive(update)
        await again.settle()
        assert (len(await again.told()), len(await again.topic_texts())) == (told, shown)


async def test_a_late_update_with_a_lower_number_is_not_taken_for_a_known_one(
    house: House,
) -> None:
    await house.open()
    await house.write("one")
    message = {
        "message_id": 900_000,
        "date": 1_800_000_000,
        "chat": {"id": MIGRANT, "type": "private", "first_name": "M"},
        "from": {"id": MIGRANT, "is_bot": False, "first_name": "M"},
        "text": "from long ago",
    }
    await house.receive({"update_id": 1, "message": message})
    await house.settle()
    assert "from long ago" in await house.topic_texts()


# Albums


async def test_albums_of_both_sides_stay_whole_and_in_their_place(house: House) -> None:
    await house.open()
    await house.reply("hello")
    album = [{"photo": {"caption": "one"}}, {"photo": {}}, {"photo": {"caption": "three"}}]
    await house.api.send("before", user=MIGRANT)
    await house.api.send(album=album, user=MIGRANT)
    await house.api.send("after", user=MIGRANT)
    thread = await house.thread()
    there: Json = {"user": COUNSELLOR, "chat": GROUP, "thread": thread}
    await house.api.send("before", **there)
    await house.api.send(album=album, **there)
    await house.api.send("after", **there)
    await house.settle()
    heard = (await house.in_topic())[-5:]
    told = [m for m in await house.api.messages(MIGRANT) if m["from"]["is_bot"]][-5:]
    for seen in (heard, told):
        assert [said(m) for m in seen] == ["before", "one", "", "three", "after"]
        assert len({m.get("media_group_id") for m in seen[1:4]} - {None}) == 1


async def test_two_albums_at_once_are_two(house: House) -> None:
    await house.open()
    for caption in ("a", "b"):
        album = [{"photo": {"caption": caption}}, {"photo": {}}]
        await house.api.send(album=album, user=MIGRANT)
    await house.settle()
    await house.later(2)
    photos = [m for m in await house.in_topic() if "photo" in m]
    assert [said(m) for m in photos] == ["a", "", "b", ""]
    groups = [m["media_group_id"] for m in photos]
    assert groups[0] == groups[1] != groups[2] == groups[3]


# Replies


async def test_replies_find_their_message_though_the_migrant_hides_their_account(
    house: House,
) -> None:
    """By a map of our own, both ways, also to a part of an album, and after a restart."""
    await house.open()
    first = await house.write("first", forward={"sender_name": "Hidden"})
    await house.write("second")
    copy = next(m for m in await house.in_topic() if said(m).endswith("first"))
    assert not {"forward_origin", "forward_from"} & copy.keys()
    answer = await house.reply("about the first", reply_to=copy["message_id"])
    told = (await house.api.messages(MIGRANT))[-1]
    assert told["reply_to_message"]["message_id"] == first["message_id"]
    await house.write("about your answer", reply_to=told["message_id"])
    heard = (await house.in_topic())[-1]
    assert heard["reply_to_message"]["message_id"] == answer["message_id"]
    sent = await house.api.send(album=[{"photo": {}}, {"photo": {"caption": "b"}}], user=MIGRANT)
    await house.settle()
    await house.later(2)
    part = (await house.in_topic())[-1]
    await house.reply("about this picture", reply_to=part["message_id"])
    told = (await house.api.messages(MIGRANT))[-1]
    assert told["reply_to_message"]["message_id"] == sent["message_id"] + 1


# Edits


async def test_edits_are_carried_over_both_ways_and_no_version_is_lost(house: House) -> None:
    await house.open()
    asked = await house.write("twelve")
    answered = await house.reply("Monday")
    for text in ("thirteen", "fourteen"):
        edit = {"message_id": asked["message_id"], "text": text}
        await house.write(edit=edit)
    edit = {"message_id": answered["message_id"], "text": "Tuesday"}
    await house.write(user=COUNSELLOR, chat=GROUP, edit=edit)
    texts = await house.topic_texts()
    assert [text for text in texts if text in {"twelve", "thirteen", "fourteen"}] == ["fourteen"]
    assert [text for text in await house.told() if text in {"Monday", "Tuesday"}] == ["Tuesday"]
    lines = await house.store.cases.transcript(1)
    kept = [(line.side, line.text, line.version) for line in lines]
    assert kept == [
        ("migrant", "twelve", 0),
        ("staff", "Monday", 0),
        ("migrant", "thirteen", 1),
        ("migrant", "fourteen", 2),
        ("staff", "Tuesday", 1),
    ]


async def test_an_edit_of_a_caption_is_carried_over(house: House) -> None:
    await house.open()
    asked = await house.write(photo={"caption": "my papers"})
    edit = {"message_id": asked["message_id"], "text": "my new papers"}
    await house.write(edit=edit)
    assert said((await house.in_topic())[-1]) == "my new papers"


# Lengths


LONG = "\n".join(f"line {number:04}" for number in range(500))[:4096]
"""As much as a message can hold."""


async def test_a_text_of_4096_characters_that_grows_on_the_way_arrives_whole(
    house: House,
) -> None:
    """Forwarded or with a quote it is longer on the other side; one tick, no line is lost."""
    await house.open()
    written = await house.write(LONG, forward={"sender_name": "Somebody"})
    shown = "\n".join(await house.topic_texts())
    assert [line for line in LONG.split("\n") if line not in shown] == []
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]
    copy = next(m for m in await house.in_topic() if "line 0000" in said(m))
    answer = await house.reply(LONG, reply_to=copy["message_id"], quote="line 0000")
    told = "\n".join(await house.told())
    assert [line for line in LONG.split("\n") if line not in told] == []
    assert await house.reactions(GROUP, answer["message_id"]) == ["👍"]


async def test_a_text_of_markup_is_not_cut_by_its_escapes(house: House) -> None:
    await house.open()
    text = "<&>" * 1365
    await house.write(text)
    assert "".join((await house.topic_texts())[-1:]) == text


async def test_a_text_of_4096_characters_arrives_whole_where_there_are_no_topics(
    house: House,
) -> None:
    """The number of the case stands before it."""
    await house.api.post("/groups/change", user=OWNER, chat=GROUP, forum=False)
    await house.open()
    await house.write(LONG)
    shown = "\n".join(said(m) for m in await house.api.messages(GROUP))
    assert [line for line in LONG.split("\n") if line not in shown] == []


@pytest.mark.parametrize("side", ["migrant", "staff"])
async def test_a_caption_of_1024_characters_that_grows_arrives_whole(
    house: House, side: str
) -> None:
    await house.open()
    await house.reply("hello")
    caption = LONG[:1024]
    content: Json = {"photo": {"caption": caption}, "forward": {"sender_name": "Somebody"}}
    if side == "migrant":
        written = await house.write(**content)
        seen, chat = await house.in_topic(), MIGRANT
    else:
        written = await house.reply(**content)
        seen, chat = await house.api.messages(MIGRANT), GROUP
    assert any("photo" in m for m in seen)
    shown = "\n".join(said(m) for m in seen)
    assert [line for line in caption.split("\n") if line not in shown] == []
    assert await house.reactions(chat, written["message_id"]) == ["👍"]


async def test_a_long_answer_that_is_edited_is_changed_and_not_sent_again(house: House) -> None:
    await house.open()
    answer = await house.reply(LONG)
    before = len(await house.told())
    edit = {"message_id": answer["message_id"], "text": "short"}
    await house.write(user=COUNSELLOR, chat=GROUP, edit=edit)
    told = await house.told()
    assert (len(told), told[-1]) == (before, "short")


async def test_an_answer_that_an_edit_makes_too_long_arrives_whole(house: House) -> None:
    await house.open()
    asked = await house.write("a question")
    copy = (await house.in_topic())[-1]
    answer = await house.reply("short", reply_to=copy["message_id"], quote="a question")
    edit = {"message_id": answer["message_id"], "text": LONG}
    await house.write(user=COUNSELLOR, chat=GROUP, edit=edit)
    told = "\n".join(await house.told())
    assert [line for line in LONG.split("\n") if line not in told] == []
    assert "short" not in told
    changed = next(m for m in await house.api.messages(MIGRANT) if "line 0000" in said(m))
    assert changed["reply_to_message"]["message_id"] == asked["message_id"]


# Two voices


async def test_two_who_answer_at_once_one_is_heard_and_the_other_is_told(house: House) -> None:
    """Seen nowhere on the list, and in every shared inbox: two answers that contradict."""
    await house.open(locale=Locale.RU)
    thread = await house.thread()
    for user in (COUNSELLOR, COLLEAGUE):
        await house.api.send(f"from {user}", user=user, chat=GROUP, thread=thread)
    await house.settle()
    assert [text for text in await house.told() if text.startswith("from ")] == ["from 201"]
    assert (await house.case()).state is State.CLAIMED
    (second,) = [m for m in await house.api.messages(GROUP) if said(m) == "from 202"]
    answers = [
        m
        for m in await house.in_topic()
        if m.get("reply_to_message", {}).get("message_id") == second["message_id"]
    ]
    assert len(answers) == 1
    assert await house.reactions(GROUP, second["message_id"]) == []
