"""What people write in a case reaches the other side, over HTTP on the sandbox."""

from __future__ import annotations

import asyncio
import random
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store.keys import Family
from bot.store.outbox import today
from bot.telegram.effects import (
    AlbumItem,
    AlbumKind,
    EditMessage,
    Origin,
    SendAlbum,
    SendLocation,
    SendMessage,
    SetReaction,
)
from bot.telegram.flood import Limits
from bot.telegram.sender import Patience
from bot.telegram.signals import Undelivered
from tests.eventually import eventually
from tests.store.helpers import none_waits
from tests.telegram.case_bench import (
    CASE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    CaseBench,
    copy,
    opening,
    relay,
)
from tests.telegram.helpers import Running
from tests.telegram.test_topics import bench, sandbox

if TYPE_CHECKING:
    from tests.telegram.case_bench import Json

__all__ = ["bench", "sandbox"]


@pytest.fixture
async def case(bench: CaseBench) -> CaseBench:
    """A bench with an open case."""
    await bench.open_case()
    await bench.work(opening())
    return bench


async def staff_write(bench: CaseBench, text: str = "", **more: object) -> Origin:
    """A counsellor writes into the topic."""
    return await bench.write(text, user=COUNSELLOR, chat=GROUP, thread=await bench.thread(), **more)


async def last(bench: CaseBench, chat: int = GROUP) -> Json:
    return (await bench.messages(chat))[-1]


# Ticks


async def test_who_wrote_sees_a_tick_when_it_is_delivered(case: CaseBench) -> None:
    origin = await case.write("help")
    await case.work(relay(origin, "help"))
    reactions = (await case.view(MIGRANT))["reactions"][str(origin.message_id)]
    assert [one["emoji"] for given in reactions.values() for one in given] == ["👍"]
    answer = await staff_write(case, "yes")
    await case.work(relay(answer, "yes", to=MIGRANT))
    assert str(answer.message_id) in (await case.view())["reactions"]


async def test_a_tick_that_fails_fails_in_silence(case: CaseBench) -> None:
    await case.api.post("/fault", method="setMessageReaction", error_code=400, times=5)
    await case.work(relay(await case.write("help"), "help"))
    assert await case.signals() == []
    assert await case.store.counts.of_day(today()) == {}


# Replies, edits, reactions


async def test_replies_point_to_the_same_message_on_the_other_side(case: CaseBench) -> None:
    asked = await case.write("may I work?")
    await case.work(relay(asked, "may I work?"))
    shown = await last(case)
    # The counsellor answers what came from the migrant.
    answer = await staff_write(case, "yes")
    answered = f"g{shown['message_id']}"
    await case.work(relay(answer, "yes", to=MIGRANT, reply_ref=answered))
    got = await last(case, MIGRANT)
    assert got["reply_to_message"]["message_id"] == asked.message_id
    # The migrant answers what came from the counsellor.
    thanks = await case.write("thanks")
    await case.work(relay(thanks, "thanks", reply_ref=f"p{got['message_id']}"))
    assert (await last(case))["reply_to_message"]["message_id"] == answer.message_id
    # The migrant answers their own message.
    more = await case.write("and where?")
    await case.work(relay(more, "and where?", reply_ref=asked.ref))
    assert (await last(case))["reply_to_message"]["message_id"] == shown["message_id"]
    # The helpline answers in the topic what the counsellor wrote there.
    await case.work(SendMessage(chat_id=GROUP, case=CASE, text="note", reply_ref=answer.ref))
    assert (await last(case))["reply_to_message"]["message_id"] == answer.message_id


async def test_a_reply_to_what_is_unknown_or_deleted_is_sent_without(case: CaseBench) -> None:
    asked = await case.write("a")
    await case.work(relay(asked, "a"))
    shown = await last(case)
    await case.api.post("/delete", user=MIGRANT, message_id=asked.message_id)
    for ref in (f"g{shown['message_id']}", "g99999", "card"):
        await case.work(relay(await staff_write(case, "b"), "b", to=MIGRANT, reply_ref=ref))
        got = await last(case, MIGRANT)
        assert got["text"] == "b"
        assert "reply_to_message" not in got


async def test_an_edit_changes_what_was_carried_over_even_if_that_still_waits(
    case: CaseBench,
) -> None:
    origin = await case.write("a")
    edit = EditMessage(chat_id=GROUP, case=CASE, origin=origin, message_ref=origin.ref, text="A")
    await case.work(relay(origin, "a"), edit)
    assert await case.texts(await case.thread()) == ["Case 12", "A"]


async def test_an_edit_of_what_was_never_carried_over_does_nothing_or_sends_it(
    case: CaseBench,
) -> None:
    origin = Origin(MIGRANT, 999)
    edit = EditMessage(chat_id=GROUP, case=CASE, origin=origin, message_ref=origin.ref, text="A")
    await case.work(edit)
    assert await case.calls("editMessageText") == []
    await case.work(replace(edit, or_send=True))
    assert await case.texts(await case.thread()) == ["Case 12", "A"]
    await case.work(replace(edit, or_send=True, text="AA"))
    assert await case.texts(await case.thread()) == ["Case 12", "AA"]


async def test_an_edited_caption_is_changed(case: CaseBench) -> None:
    origin = await case.write(photo={"caption": "a"})
    await case.work(copy(origin, caption="a"))
    edit = EditMessage(
        chat_id=GROUP, case=CASE, message_ref=origin.ref, text="<b>b</b>", caption=True
    )
    await case.work(edit)
    assert (await last(case))["caption"] == "b"


async def test_an_edit_that_takes_a_caption_for_a_text_is_put_right(case: CaseBench) -> None:
    origin = await case.write(photo={"caption": "a"})
    await case.work(copy(origin, caption="a"))
    await case.work(EditMessage(chat_id=GROUP, case=CASE, message_ref=origin.ref, text="b"))
    assert (await last(case))["caption"] == "b"


async def test_reactions_are_carried_over_and_taken_back(case: CaseBench) -> None:
    origin = await case.write("a")
    reaction = SetReaction(chat_id=GROUP, case=CASE, emoji="❤", message_ref=origin.ref)
    await case.work(relay(origin, "a"), reaction)
    shown = str((await last(case))["message_id"])
    given = (await case.view())["reactions"][shown]
    assert [one["emoji"] for ones in given.values() for one in ones] == ["❤"]
    await case.work(SetReaction(chat_id=GROUP, case=CASE, emoji=None, message_ref=origin.ref))
    given = (await case.view())["reactions"][shown]
    assert [one for ones in given.values() for one in ones] == []


async def test_a_reaction_to_what_is_unknown_does_nothing(case: CaseBench) -> None:
    await case.work(SetReaction(chat_id=GROUP, case=CASE, emoji="❤", message_ref="p999"))
    assert await case.calls("setMessageReaction") == []


# Media


@pytest.mark.parametrize("kind", ["photo", "voice", "video_note", "sticker", "document"])
async def test_media_are_copied_never_forwarded(case: CaseBench, kind: str) -> None:
    content: Json = {kind: {}}
    origin = await case.write(**content)
    await case.work(copy(origin))
    got = await last(case)
    assert kind in got
    assert "forward_origin" not in got
    assert got["message_thread_id"] == await case.thread()


async def test_a_caption_too_long_goes_as_a_text_below_the_medium(case: CaseBench) -> None:
    """tdlib #334."""
    long = "слово " * 300
    origin = await case.write(photo={})
    await case.work(copy(origin, caption=long))
    picture, text = (await case.messages())[-2:]
    assert "caption" not in picture
    assert text["text"] == long.strip()
    assert text["reply_to_message"]["message_id"] == picture["message_id"]
    # Both are known as what the migrant sent; the picture is what an edit changes.
    found = await case.store.cases.map_lookup(
        CASE, f"g{picture['message_id']}", f"g{text['message_id']}", f"ref:{origin.ref}"
    )
    assert found == (origin.ref, origin.ref, str(picture["message_id"]))


async def test_a_text_too_long_goes_in_parts_with_one_tick_and_all_are_known(
    case: CaseBench,
) -> None:
    origin = await case.write("long")
    paragraph = "слово " * 500
    await case.work(relay(origin, f"{paragraph}\n\n{paragraph}"))
    first, second = (await case.messages())[-2:]
    assert [first["text"], second["text"]] == [paragraph.strip()] * 2
    found = await case.store.cases.map_lookup(
        CASE, f"g{first['message_id']}", f"g{second['message_id']}", f"ref:{origin.ref}"
    )
    assert found == (origin.ref, origin.ref, str(first["message_id"]))
    assert len(await case.calls("setMessageReaction")) == 1


async def _album(bench: CaseBench, *captions: str) -> tuple[Origin, tuple[AlbumItem, ...]]:
    told = await bench.api.post(
        "/send", user=MIGRANT, album=[{"photo": {"caption": caption}} for caption in captions]
    )
    items = tuple(
        AlbumItem(
            AlbumKind.PHOTO,
            message["photo"][-1]["file_id"],
            message["message_id"],
            message.get("caption", ""),
        )
        for message in told["messages"]
    )
    return Origin(MIGRANT, items[0].origin), items


async def test_an_album_stays_one_and_each_part_is_known(case: CaseBench) -> None:
    """MrMissx #103, nessshon: albums are torn apart."""
    origin, items = await _album(case, "a", "", "c")
    await case.work(SendAlbum(chat_id=GROUP, case=CASE, origin=origin, items=items))
    parts = (await case.messages())[-3:]
    assert len({part["media_group_id"] for part in parts}) == 1
    assert [part.get("caption", "") for part in parts] == ["a", "", "c"]
    known = await case.store.cases.map_lookup(CASE, *(f"g{part['message_id']}" for part in parts))
    assert known == tuple(f"p{item.origin}" for item in items)
    assert len(await case.calls("setMessageReaction")) == 1


async def test_an_album_with_a_caption_too_long_keeps_its_words(case: CaseBench) -> None:
    origin, items = await _album(case, "a", "b")
    items = (items[0], replace(items[1], caption="слово " * 300))
    await case.work(SendAlbum(chat_id=GROUP, case=CASE, origin=origin, items=items))
    *parts, text = (await case.messages())[-3:]
    assert [part.get("caption", "") for part in parts] == ["a", ""]
    assert text["text"] == ("слово " * 300).strip()


async def test_an_album_that_telegram_refuses_goes_part_by_part_and_the_guilty_is_told(
    case: CaseBench,
) -> None:
    origin, items = await _album(case, "a", "b", "c")
    words = 'Bad Request: failed to send message #2 with the error message "MEDIA_INVALID"'
    await case.api.post("/fault", method="sendMediaGroup", error_code=400, description=words)
    await case.api.post("/delete", user=MIGRANT, message_id=items[1].origin)
    await case.work(SendAlbum(chat_id=GROUP, case=CASE, origin=origin, items=items))
    assert await case.texts(await case.thread()) == ["Case 12", "a", "c"]
    lost = Undelivered(CASE, Origin(MIGRANT, items[1].origin), "copy_gone")
    assert await case.signals() == [(MIGRANT, lost)]


async def test_a_place_stands_in_the_topic(case: CaseBench) -> None:
    await case.work(SendLocation(chat_id=GROUP, case=CASE, latitude=43.2, longitude=76.9))
    assert (await last(case))["message_thread_id"] == await case.thread()


# What cannot be delivered


async def test_staff_are_told_that_the_migrant_blocked_the_bot(case: CaseBench) -> None:
    answer = await staff_write(case, "yes")
    await case.api.post("/block", user=MIGRANT)
    await case.work(relay(answer, "yes", to=MIGRANT))
    assert await case.signals() == [(MIGRANT, Undelivered(CASE, answer, "blocked"))]
    assert await case.store.outbox.is_blocked(MIGRANT) is True
    assert str(answer.message_id) not in (await case.view())["reactions"]


@pytest.mark.parametrize(
    ("code", "words", "cause"),
    [
        (403, "Forbidden: user is deactivated", "blocked"),
        (403, "Forbidden: bot can't initiate conversation with a user", "blocked"),
        (400, "Bad Request: chat not found", "chat_not_found"),
        (400, "Bad Request: user restricted receiving of voice note messages", "kind_barred"),
        (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "kind_barred"),
        (400, "Bad Request: CHAT_SEND_VOICES_FORBIDDEN", "kind_barred"),
        (400, "Bad Request: not enough rights to send voice notes to the chat", "kind_barred"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "shut_out"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "shut_out"),
        (400, "Bad Request: have no write access to the chat", "shut_out"),
        (400, "Bad Request: message to copy not found", "copy_gone"),
        (400, "Bad Request: message can't be copied", "kind_barred"),
        (400, "Bad Request: something new", "refused"),
    ],
)
async def test_each_refusal_has_a_cause_for_who_wrote(
    case: CaseBench, code: int, words: str, cause: str
) -> None:
    answer = await staff_write(case, voice={})
    await case.api.post("/fault", method="copyMessage", error_code=code, description=words)
    await case.work(copy(answer, to=MIGRANT))
    assert await case.signals() == [(MIGRANT, Undelivered(CASE, answer, cause))]


async def test_a_message_deleted_before_it_was_copied_is_told(case: CaseBench) -> None:
    origin = await case.write(photo={})
    await case.api.post("/delete", user=MIGRANT, message_id=origin.message_id)
    await case.work(copy(origin))
    assert await case.signals() == [(MIGRANT, Undelivered(CASE, origin, "copy_gone"))]


async def test_what_a_case_waits_for_too_long_is_told(case: CaseBench) -> None:
    origin = await case.write("a")
    await case.api.post("/fault", method="sendMessage", error_code=502, times=10_000)
    await case.work(
        relay(origin, "a"), patience=Patience(case_age=0.2, first_wait=0.02, tidy_after=0)
    )
    assert await case.signals() == [(MIGRANT, Undelivered(CASE, origin, "expired"))]


async def test_words_in_a_case_outlive_the_patience_for_answers(case: CaseBench) -> None:
    """An answer an hour late confuses; what people write to each other does not."""
    assert Patience().case_age == 24 * 3600
    origin = await case.write("a")
    await case.api.post("/fault", method="sendMessage", error_code=502, times=3)
    await case.work(
        relay(origin, "a"),
        SendMessage(chat_id=MIGRANT, text="an answer of the bot"),
        patience=Patience(age=-1.0, first_wait=0.01),
    )
    assert await case.texts(await case.thread()) == ["Case 12", "a"]
    assert case.metrics.value("sends_total", method="send_message", outcome="expired") == 1


async def test_after_telegram_was_down_everything_comes_in_order(case: CaseBench) -> None:
    """Ten minutes are many failures; nothing is lost, nothing overtakes, and both sides see it."""
    for code in (500, 502, 504):
        await case.api.post("/fault", error_code=code, times=20)
    await case.api.post("/fault", cut=True, times=20)
    origins = [await case.write(str(number)) for number in range(5)]
    answers = [await staff_write(case, str(number)) for number in range(5)]
    await case.work(
        *(relay(origin, str(n)) for n, origin in enumerate(origins)),
        *(relay(answer, str(n), to=MIGRANT) for n, answer in enumerate(answers)),
    )
    numbers = [str(number) for number in range(5)]
    assert await case.texts(await case.thread()) == ["Case 12", *numbers]
    assert await case.texts(None, MIGRANT) == numbers
    assert await case.signals() == []


# Limits of groups


async def test_one_groups_429_stalls_no_other_group_and_no_migrant(case: CaseBench) -> None:
    other = await case.found(forum=True)
    await case.open_case(13, group=other)
    await case.api.post(
        "/fault", method="sendMessage", chat=GROUP, error_code=429, retry_after=60, times=50
    )
    answer = await staff_write(case, "yes")
    await case.post(
        SendMessage(chat_id=GROUP, case=CASE, text="stalled"),
        SendMessage(chat_id=other, case=13, text="goes"),
        relay(answer, "yes", to=MIGRANT),
    )

    async def others_are_there() -> bool:
        there = await case.store.cases.topic(13)
        if there is None or await case.texts(None, MIGRANT) != ["yes"]:
            return False
        return await case.texts(there.thread, other) == ["Case 12", "goes"]

    async with Running(case.sender()):
        await eventually(others_are_there)
    assert await case.texts(await case.thread()) == ["Case 12"]


async def test_words_go_before_cards_where_a_groups_limit_is_reached(case: CaseBench) -> None:
    """And a late effect goes at once where words wait behind it, for order is kept in a case."""
    numbers = range(20, 24)
    for number in numbers:
        await case.open_case(number)
        await case.work(opening(number))
    before = len(await case.messages())
    slow = Limits(per_second=1000, chat_seconds=0.15, chat_burst=1, group_per_minute=1000)
    late = [
        SendMessage(chat_id=GROUP, case=number, text=f"late {number}", late=True)
        for number in numbers
    ]
    await case.post(*late, SendMessage(chat_id=GROUP, case=23, text="behind 23"))
    await case.post(SendMessage(chat_id=GROUP, case=CASE, text="words"))
    async with Running(case.sender(limits=slow)):
        await eventually(lambda: none_waits(case.store, Family.OUTBOX))
    said = [message["text"] for message in (await case.messages())[before:]]
    # Whoever is read first goes at once; then the words by age, and what is late last.
    first, *rest = said
    order = ["late 23", "behind 23", "words", "late 20", "late 21", "late 22"]
    order.remove(first)
    assert rest == order


async def test_ticks_and_reactions_do_not_count_to_a_groups_limit(case: CaseBench) -> None:
    answers = [await staff_write(case, str(number)) for number in range(4)]
    narrow = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000, group_per_minute=1)
    await case.work(
        *(relay(answer, "x", to=MIGRANT) for answer in answers),
        limits=narrow,
    )
    assert len((await case.view())["reactions"]) == 4


async def test_stopping_ends_all_waiting(case: CaseBench) -> None:
    narrow = Limits(per_second=1000, chat_seconds=600, chat_burst=1, group_per_minute=20)
    numbers = range(20, 30)
    for number in numbers:
        await case.open_case(number)
    await case.post(
        *(
            SendMessage(chat_id=GROUP, case=number, text="x", late=number % 2 == 0)
            for number in numbers
        )
    )
    async with asyncio.timeout(10):
        async with Running(case.sender(limits=narrow)):
            await eventually(lambda: _something_was_made(case))
    assert not await none_waits(case.store, Family.OUTBOX)


async def _something_was_made(case: CaseBench) -> bool:
    return len(await case.calls("createForumTopic")) >= 2


async def test_in_a_storm_of_faults_nothing_is_lost_and_nothing_overtakes(
    bench: CaseBench,
) -> None:
    """Answers that are lost after Telegram did its work may double a message, never drop one."""
    storm = random.Random(7)
    kinds: tuple[Json, ...] = (
        {"error_code": 502},
        {"cut": True},
        {"cut": True, "after": True},
        {"error_code": 500},
    )
    for method in ("sendMessage", "createForumTopic", "copyMessage", "setMessageReaction"):
        for _ in range(10):
            await bench.api.post("/fault", method=method, **storm.choice(kinds))
    numbers, texts = range(20, 23), [str(number) for number in range(8)]
    for number in numbers:
        await bench.open_case(number)
    async with Running(bench.sender(), bench.sender()):
        for text in texts:
            for number in numbers:
                await bench.post(
                    SendMessage(chat_id=GROUP, case=number, text=text, late=storm.random() < 0.5),
                    SendMessage(chat_id=MIGRANT, case=number, text=f"{number}/{text}"),
                )
        await eventually(lambda: none_waits(bench.store, Family.OUTBOX))
    for number in numbers:
        said = [text for text, _ in groupby(await bench.texts(await bench.thread(number)))]
        assert said == ["Case 12", *texts]
    got = [text for text, _ in groupby(await bench.texts(None, MIGRANT))]
    assert got == [f"{number}/{text}" for text in texts for number in numbers]
    assert await bench.signals() == []


async def test_a_wait_for_a_groups_minute_does_not_hold_up_another_process(
    case: CaseBench,
) -> None:
    """Shards that another process shall have are given up at once, with what waits in them."""
    narrow = Limits(per_second=1000, chat_seconds=600, chat_burst=1)
    wide = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000)
    groups = [await case.found(forum=True, title=str(number)) for number in range(8)]
    for number, group in enumerate(groups, 20):
        await case.open_case(number, group=group)
        await case.post(SendMessage(chat_id=group, case=number, text="waits"))
    waiting, other = case.sender(limits=narrow), case.sender(limits=wide)

    async def all_wait() -> bool:
        return len(await case.calls("createForumTopic")) >= 1 + len(groups)

    async def half_is_sent() -> bool:
        sent = await case.calls("sendMessage")
        return sum(call["ok"] for call in sent) >= 2

    async with asyncio.timeout(60), Running(waiting):
        await eventually(all_wait)
        async with Running(other):
            await eventually(half_is_sent)


async def test_redis_away_while_a_place_is_looked_for_loses_nothing(
    case: CaseBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, failures = case.store.topics.whereabouts, [1, 2]

    async def fail_first(number: int, group: int) -> object:
        if failures:
            failures.pop()
            raise RedisConnectionError
        return await look(number, group)

    monkeypatch.setattr(case.store.topics, "whereabouts", fail_first)
    origin = await case.write("a")
    await case.work(relay(origin, "a"))
    assert await case.texts(await case.thread()) == ["Case 12", "a"]
    assert await case.signals() == []
