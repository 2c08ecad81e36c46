"""What goes wrong at a staff desk, over HTTP on the sandbox: nothing is lost, nothing is silent.

Where each fault is tested; "here" is this file, ``others``
``test_failures_of_others.py``, ``restarts`` ``test_restarts.py``:

- **topic deleted by staff**: here (both directions, a timer), restarts (killed while it is
  made anew), others (Telegram's three words, media, edits), ``staff/test_routes.py``,
  ``tests/telegram/test_topics.py``, ``tests/e2e/test_desk_staff.py``
- **topic closed by staff**: here, ``staff/test_routes.py``, ``tests/telegram/test_topics.py``
- **General topic**: here, ``staff/test_routes.py``, ``staff/test_replies.py``
- **bot not administrator, not a member, group no forum, privacy mode**: here,
  ``upkeep/test_rights.py``, ``staff/test_routes.py``, ``tests/telegram/test_topics.py``; where
  cases of a lost group go: ``cases/test_rehousing.py``
- **group upgraded**: here (relay both ways, buttons, queue, timers, restart; told by a refused call
  only; what waits meanwhile), ``staff/test_routes.py``, ``tests/telegram/test_topics.py``
- **counsellor left**: here, ``staff/test_routes.py``, ``staff/test_actions.py``
- **migrant deleted the account or blocked the bot**: here, ``staff/test_routes.py``,
  ``migrant/test_ending.py``, ``tests/telegram/test_relay.py``
- **429 on one group**: here, ``tests/telegram/test_relay.py``; replies before cards:
  ``tests/telegram/test_relay.py``, ``test_turnstile.py``; bundling: ``test_bundling.py`` there
- **restart in the middle**: restarts (a talk, an opening, a transfer, an album, a long text,
  timers); kill -9 of real processes: ``tests/telegram/test_kill.py``, ``test_kill_topic.py``,
  ``tests/e2e/test_desk.py``
- **two workers, two senders**: restarts, ``tests/telegram/test_topics.py``, ``test_sender.py``
- **Telegram down for ten minutes**: here, ``tests/telegram/test_relay.py``
"""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.handoff.case import State
from bot.handoff.groups import Group, Groups
from bot.handoff.rules import Rules
from bot.language.tags import Locale
from bot.store.keys import Family
from bot.telegram.desk.upkeep.rights import RightsCheck
from tests.eventually import eventually
from tests.store.helpers import none_waits
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OTHER,
    OWNER,
    House,
    said,
    words,
)
from tests.telegram.desk.processes import successor
from tests.telegram.desk.trouble import (
    both_write,
    forum,
    numbered,
    of_bot,
    only,
    reminders,
    small_group,
    topic_ids,
)

Json = dict[str, Any]

# Topics


async def test_a_topic_deleted_by_staff_loses_nothing_in_either_direction(house: House) -> None:
    """The edit, the reply and the album after it arrive in the new topic too."""
    await house.open()
    await house.write("first")
    old = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=old)
    for number in range(3):
        await house.api.send(f"migrant {number}", user=MIGRANT)
    await house.settle()
    assert await house.thread() != old
    texts = await house.topic_texts()
    assert numbered(texts, "migrant ") == ["migrant 0", "migrant 1", "migrant 2"]
    assert any("first" in text for text in texts)
    await house.reply("I am here")
    assert await house.last_told() == "I am here"
    assert len(await topic_ids(house)) == 2


async def test_a_topic_deleted_by_staff_comes_back_for_a_timer_too(house: House) -> None:
    await house.open()
    old = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=old)
    await house.later(Rules().remind + 1)
    assert await house.thread() != old
    assert len(reminders(await house.topic_texts())) == 1


async def test_a_topic_closed_by_staff_takes_the_next_message_all_the_same(house: House) -> None:
    await house.open()
    thread = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="close", thread=thread)
    await house.settle()
    written = await house.write("are you there")
    assert (await house.topic_texts())[-1] == "are you there"
    assert await house.thread() == thread
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]
    assert not await house.topic_is_closed()  # or administrators only could answer
    await house.reply("yes")
    assert await house.last_told() == "yes"


async def test_general_talk_never_reaches_a_migrant_even_as_a_reply(house: House) -> None:
    """Replies, albums and edits in General, with a case open beside it."""
    await house.open()
    before = len(await house.told())
    tea = await house.write("tea?", user=COUNSELLOR, chat=GROUP)
    await house.write("yes", user=COLLEAGUE, chat=GROUP, reply_to=tea["message_id"])
    await house.write(user=COUNSELLOR, chat=GROUP, album=[{"photo": {}}, {"photo": {}}])
    edit = {"message_id": tea["message_id"], "text": "coffee?"}
    await house.write(user=COUNSELLOR, chat=GROUP, edit=edit)
    await house.later(5)
    assert len(await house.told()) == before
    assert (await house.case()).state is State.WAITING


# Rights


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"member": "bot", "status": "member"}, "Make the bot an administrator."),
        (
            {"member": "bot", "status": "administrator", "rights": ["can_manage_topics"]},
            "Give the bot the right to pin messages.",
        ),
        ({"forum": False}, "Switch topics on in the settings of the group."),
    ],
    ids=["not administrator", "a right is missing", "no forum"],
)
async def test_at_start_the_bot_says_what_its_rights_lack(
    house: House, change: Json, sentence: str
) -> None:
    """Not an administrator, privacy mode hides from it what is written; the others tell why."""
    path = "/members" if "member" in change else "/groups/change"
    await house.api.post(path, user=OWNER, chat=GROUP, **change)
    bot, store = house.application.bot, house.store
    with capture_logs() as logs:
        await RightsCheck(bot, house.desk, store.redis, store.keys).all()
    assert words(sentence) in (await of_bot(house, GROUP))[-1]
    assert [one["event"] for one in logs if one["log_level"] == "warning"] == [
        "staff_rights_missing"
    ]


async def test_privacy_mode_keeps_words_from_a_bot_that_is_no_administrator(house: House) -> None:
    """As an administrator it gets all, whatever the mode; else the check says what to do."""
    await house.open()
    assert (await house.application.bot.get_me()).can_read_all_group_messages is False
    await house.reply("you are heard")
    assert await house.last_told() == "you are heard"
    await house.api.post("/members", user=OWNER, chat=GROUP, member="bot", status="member")
    await house.settle()
    told = "\n".join(await of_bot(house, GROUP))
    assert words("Make the bot an administrator.") in told
    sent = await house.api.post(
        "/send", user=COUNSELLOR, chat=GROUP, thread=await house.thread(), text="unheard"
    )
    assert sent["update_id"] is None


async def test_a_group_that_put_the_bot_out_is_logged_and_the_migrant_is_told(
    house: House,
) -> None:
    await house.open()
    await house.api.post("/members", user=OWNER, chat=GROUP, member="bot", status="left")
    with capture_logs() as logs:
        written = await house.write("can you hear me")
        bot, store = house.application.bot, house.store
        await RightsCheck(bot, house.desk, store.redis, store.keys).all()
    last = (await house.api.messages(MIGRANT))[-1]
    assert last["reply_to_message"]["message_id"] == written["message_id"]
    sorry = "The counsellors did not get this message. Please send it once more."
    assert said(last) == words(sorry)
    events = [one["event"] for one in logs]
    assert "staff_rights_missing" in events
    assert "effect_given_up" in events
    assert not any("can you hear me" in str(one) for one in logs)


async def test_a_case_opened_while_the_bot_was_out_comes_with_the_next_reminder(
    house: House,
) -> None:
    await house.api.post("/members", user=OWNER, chat=GROUP, member="bot", status="left")
    await house.open()
    assert await topic_ids(house) == [1]
    await house.api.post("/members", user=OWNER, chat=GROUP, member="bot", status="administrator")
    await house.settle()
    await house.later(Rules().remind + 1)
    assert len(await topic_ids(house)) == 2
    found = await house.store.cases.topic((await house.case()).number)
    assert found is not None
    assert found.card


async def test_without_topics_words_go_to_general_under_the_number_of_the_case(
    house: House,
) -> None:
    await house.api.post("/groups/change", user=OWNER, chat=GROUP, forum=False)
    case = await house.open()
    await house.write("nobody pays me")
    assert f"#{case.number}\nnobody pays me" in await of_bot(house, GROUP)


# A group gets another id


async def test_an_upgraded_group_is_followed_everywhere_also_after_a_restart(
    bare_house: House,
) -> None:
    """Relay both ways, buttons, the queue and timers, with the old id in the operator's file."""
    house = bare_house
    old = await small_group(house)
    house.furnish(only(old))
    async with house.roles:
        case = await house.open()
        await house.write("before")
        assert f"#{case.number}\nbefore" in await of_bot(house, old)
        changed = await house.api.post("/groups/change", user=OWNER, chat=old, upgrade=True)
        new = int(changed["chat"]["id"])
        await house.api.post("/groups/change", user=OWNER, chat=new, forum=True)
        rights = ["can_manage_topics", "can_pin_messages", "can_delete_messages"]
        known = {"member": "bot", "status": "administrator", "rights": rights}
        await house.api.post("/members", user=OWNER, chat=new, **known)
        await house.settle()
    again = successor(house, only(old))
    async with again.application, again.roles:
        await again.write("after")
        found = await again.store.cases.topic(case.number)
        assert found is not None
        assert found.group == new
        assert "after" in await of_bot(again, new)
        assert "after" not in await of_bot(again, old)
        await again.later(Rules().remind + 1)
        there = [m for m in await again.api.messages(new) if "is_topic_message" in m]
        in_topic = [said(m) for m in there if m["message_thread_id"] == found.thread]
        assert len(reminders(in_topic)) == 1
        await again.press(f"d:claim:{case.number}", COUNSELLOR, new)
        claimed = (await again.case()).claimed_by
        assert claimed is not None
        assert claimed.id == COUNSELLOR
        await again.write("we hear you", COUNSELLOR, chat=new, thread=found.thread)
        assert await again.last_told() == "we hear you"
        await again.write("/queue", user=COUNSELLOR, chat=new)
        assert f"{case.number}" in (await of_bot(again, new))[-1]
        assert (await again.case()).group == new
        assert await again.store.cases.open_in(old) == ()
        await again.press(f"d:close:{case.number}", COUNSELLOR, new)
        await again.press(f"d:close:{case.number}:answered", COUNSELLOR, new)
        assert (await again.case()).state is State.CLOSED


async def test_what_waits_for_a_group_that_is_upgraded_meanwhile_keeps_its_order(
    bare_house: House,
) -> None:
    house = bare_house
    old = await small_group(house)
    house.furnish(only(old))
    async with house.roles:
        case = await house.open()
        stall = {"error_code": 429, "retry_after": 1}
        await house.api.post("/fault", method="sendMessage", chat=old, **stall)
        for number in range(3):
            await house.api.send(f"migrant {number}", user=MIGRANT)
        while await house._fetch():
            pass
        await eventually(lambda: none_waits(house.store, Family.INBOX))
        changed = await house.api.post("/groups/change", user=OWNER, chat=old, upgrade=True)
        while await house._fetch():
            pass
        await eventually(lambda: none_waits(house.store, Family.INBOX))
        for number in range(3, 5):
            await house.api.send(f"migrant {number}", user=MIGRANT)
        await house.settle()
    mark = f"#{case.number}\n"
    there = await of_bot(house, int(changed["chat"]["id"]))
    assert all(text.startswith(mark) for text in there if "migrant " in text)
    lines = [line for text in there for line in text.splitlines()]  # some went as one
    assert numbered(lines, "migrant ") == [f"migrant {n}" for n in range(5)]


async def test_an_upgrade_that_only_a_refused_call_tells_of_is_followed_too(
    house: House,
) -> None:
    """The service message is late or lost; Telegram's answer to a call has the new id as well."""
    new = await forum(house)
    await house.open()
    await house.api.post(
        "/fault",
        method="sendMessage",
        chat=GROUP,
        error_code=400,
        description="Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=new,
    )
    await house.write("where are you")
    assert await house.store.cases.canonical(GROUP) == new
    assert "where are you" in await of_bot(house, new)
    found = await house.store.cases.topic((await house.case()).number)
    assert found is not None
    await house.write("here", user=COUNSELLOR, chat=new, thread=found.thread)
    assert await house.last_told() == "here"


# People who are gone


async def test_a_counsellor_who_left_gives_the_case_back_and_another_goes_on(
    house: House,
) -> None:
    await house.open()
    await house.reply("hello")
    await house.api.post("/members", user=OWNER, chat=GROUP, member=COUNSELLOR, status="kicked")
    await house.settle()
    assert (await house.case()).state is State.WAITING
    await house.write("hello?")
    await house.reply("I go on", user=COLLEAGUE)
    assert await house.last_told() == "I go on"
    claimed = (await house.case()).claimed_by
    assert claimed is not None
    assert claimed.id == COLLEAGUE


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was blocked by the user"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_migrant_who_is_gone_is_told_where_it_was_written_and_may_come_back(
    house: House, code: int, description: str
) -> None:
    await house.open()
    await house.api.post(
        "/fault", method="sendMessage", chat=MIGRANT, error_code=code, description=description
    )
    written = await house.reply("are you there")
    about = [
        said(m)
        for m in await house.in_topic()
        if m.get("reply_to_message", {}).get("message_id") == written["message_id"]
    ]
    gone = words("Not delivered: the person has blocked the bot or is gone.")
    assert about == ["⚠️ " + gone]
    assert await house.reactions(GROUP, written["message_id"]) == []
    assert (await house.case()).unreachable is True
    await house.write("I am back")
    assert (await house.case()).unreachable is False
    texts = await house.topic_texts()
    assert words("The person is back: what you write arrives.") in texts
    assert "I am back" in texts
    await house.reply("good")
    assert await house.last_told() == "good"


# Limits


async def test_429_on_one_group_stalls_no_other_group_and_no_migrant(bare_house: House) -> None:
    house = bare_house
    second = await forum(house)
    first = Group(GROUP, "First", Locale.RU, (Locale.RU,))
    other = Group(second, "Second", Locale.RU, tuple(set(Locale) - {Locale.RU}))
    groups = Groups((first, other))
    house.furnish(groups)
    async with house.roles:
        await house.open()
        await house.open(OTHER, Locale.UZ)
        thread, there = await house.thread(), await house.thread(OTHER)
        await house.api.post(
            "/fault", method="sendMessage", chat=GROUP, error_code=429, retry_after=60, times=50
        )
        await house.api.send("stalled", user=MIGRANT)
        await house.api.send("goes", user=OTHER)
        for chat, place in ((GROUP, thread), (second, there)):
            await house.api.send("yes", user=COUNSELLOR, chat=chat, thread=place)
        await house.api.send("/help", user=MIGRANT)
        while await house._fetch():
            pass

        async def others_go_on() -> bool:
            return (
                "goes" in await of_bot(house, second)
                and "yes" in await house.told(MIGRANT)
                and "yes" in await house.told(OTHER)
            )

        await eventually(others_go_on)
        assert "stalled" not in await of_bot(house, GROUP)
    await house.api._session.delete("/sandbox/api/fault")
    again = successor(house, groups)
    async with again.application, again.roles:
        await again.settle()
        assert (await of_bot(again, GROUP)).count("stalled") == 1


# Telegram is away


async def test_telegram_down_for_ten_minutes_all_arrives_in_order_and_once(house: House) -> None:
    """Timers fall due meanwhile; what people write comes first and is complete."""
    await house.open()
    await house.api.post("/fault", error_code=502, times=30)
    await house.api.post("/fault", cut=True, times=100_000)
    for number in range(5):
        await both_write(house, number, number + 1)
        while await house._fetch():
            pass
        house.clock.moment += 120
        await house.parts.timekeeper.look()
    for text in ("/start", "/human", "my question"):
        await house.api.send(text, user=OTHER)
    while await house._fetch():
        pass
    assert numbered(await of_bot(house, GROUP), "migrant ") == []
    assert numbered(await house.told(), "staff ") == []
    await house.api._session.delete("/sandbox/api/fault")
    await house.settle()
    assert len(await topic_ids(house)) == 3
    assert (await house.topic_texts(OTHER))[-1] == "my question"
    heard = numbered(await house.topic_texts(), "migrant ")
    assert heard == [f"migrant {number}" for number in range(5)]
    told = numbered(await house.told(), "staff ")
    assert told == [f"staff {number}" for number in range(5)]
    assert (await house.case()).claimed_by is not None
    ticked = [m for m in await house.api.messages(MIGRANT) if said(m).startswith("migrant ")]
    given = [await house.reactions(MIGRANT, m["message_id"]) for m in ticked]
    assert given == [["👍"]] * 5
