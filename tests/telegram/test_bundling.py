"""What one person writes in a row goes as one message where a group's minute is spent.

Over HTTP on the sandbox, which says when the minute is spent, and to a real Redis.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from telegram import Bot

from bot.store.keys import Family
from bot.store.store import open_store
from bot.telegram import bundling, flood
from bot.telegram.effects import (
    Button,
    EditMessage,
    Effect,
    Origin,
    SendMessage,
    SetReaction,
)
from bot.telegram.flood import Limits
from bot.telegram.request import AiohttpRequest
from bot.telegram.splitting import MAX_TEXT, length
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.sandbox.conftest import Api
from tests.store.helpers import none_waits
from tests.telegram.bot_api import TOKEN
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
from tests.telegram.mortal import SHARDS
from tests.telegram.test_kill import PREFIX, own_server
from tests.telegram.test_topics import bench, sandbox

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from tests.servers import StoreServer
    from tests.telegram.case_bench import Json
    from tests.telegram.conftest import Measured

__all__ = ["bench", "own_server", "sandbox"]

REVEAL = ((Button("Reveal", data="d:reveal:12:1"),),)


@pytest.fixture
async def case(bench: CaseBench) -> CaseBench:
    """A bench with an open case."""
    await bench.open_case()
    await bench.work(opening())
    return bench


async def spend(case: CaseBench) -> None:
    """The group's minute is spent when the next message is sent."""
    await case.api.post("/fault", method="sendMessage", chat=GROUP, error_code=429, retry_after=1)


async def lines(case: CaseBench, *texts: str) -> list[SendMessage]:
    """A migrant writes these."""
    return [relay(await case.write(text), text) for text in texts]


async def bundled(case: CaseBench, *texts: str) -> list[SendMessage]:
    """A migrant wrote these, and they went as one."""
    sent = await lines(case, *texts)
    await spend(case)
    await case.work(*sent)
    assert await shown(case) == ["\n".join(texts)]
    return sent


async def shown(case: CaseBench) -> list[str]:
    """What stands in the topic below the card."""
    return (await case.texts(await case.thread()))[1:]


async def last(case: CaseBench, chat: int = GROUP) -> Json:
    return (await case.messages(chat))[-1]


def origin_of(effect: SendMessage) -> Origin:
    assert effect.origin is not None
    return effect.origin


def edit_of(effect: SendMessage, text: str) -> EditMessage:
    """The person writes one of the messages anew."""
    return EditMessage(
        chat_id=GROUP,
        case=CASE,
        origin=effect.origin,
        message_ref=origin_of(effect).ref,
        text=text,
        or_send=True,
    )


async def ticked(case: CaseBench, effects: list[SendMessage]) -> list[str]:
    reactions = (await case.view(MIGRANT))["reactions"]
    return [one.text for one in effects if str(origin_of(one).message_id) in reactions]


async def test_what_waits_for_a_groups_minute_goes_as_one_and_each_is_ticked(
    case: CaseBench,
) -> None:
    texts = [str(number) for number in range(12)]  # more than a queue keeps in memory
    sent = await bundled(case, *texts)
    assert await ticked(case, sent) == texts
    assert await case.signals() == []
    assert case.metrics.value("sends_total", method="send_message", outcome="bundled") == 11


async def test_where_the_minute_is_not_spent_each_goes_alone(case: CaseBench) -> None:
    await case.work(*await lines(case, "a", "b", "c"))
    assert await shown(case) == ["a", "b", "c"]


async def test_formatting_stays_where_it_was_also_behind_emoji(case: CaseBench) -> None:
    """Telegram counts in UTF-16: an emoji of the first line is two units of the second's offset."""
    first, second = await lines(case, "👍🏽 a", "b")
    await spend(case)
    await case.work(first, replace(second, text="<b>b</b> &lt;"))
    message = await last(case)
    assert message["text"] == "👍🏽 a\nb <"
    assert message["entities"] == [{"type": "bold", "offset": 7, "length": 1}]


async def test_media_go_alone_and_nothing_overtakes(case: CaseBench) -> None:
    a, b = await lines(case, "a", "b")
    photo = copy(await case.write(photo={"caption": "photo"}), caption="photo")
    c, d = await lines(case, "c", "d")
    await spend(case)
    await case.work(a, b, photo, c, d)
    assert await shown(case) == ["a\nb", "photo", "c", "d"]


async def test_only_what_is_written_in_a_row_goes_together(case: CaseBench) -> None:
    """Rule: a notice between, an answer to a message, another case: none of that is in a row."""
    a, b, c, d = await lines(case, "a", "b", "c", "d")
    notice = SendMessage(chat_id=GROUP, case=CASE, text="notice")
    answering = replace(c, reply_ref=origin_of(a).ref)
    await case.open_case(13)
    other = replace((await lines(case, "other"))[0], case=13)
    await case.work(opening(13))
    await spend(case)
    await case.post(a, other, notice, b, answering, d)
    await case.work()
    assert await shown(case) == ["a", "notice", "b", "c", "d"]
    assert await case.texts(await case.thread(13)) == ["Case 12", "other"]
    assert await ticked(case, [a, b, answering, d, other]) == ["a", "b", "c", "d", "other"]


async def test_an_edit_of_a_bundled_message_changes_its_part_only(case: CaseBench) -> None:
    _, second, third = await bundled(case, "a", "b", "c")
    await case.work(edit_of(second, "<i>B</i>"))
    await case.work(edit_of(third, "C"))
    assert await shown(case) == ["a\nB\nC"]
    await case.work(edit_of(second, "BB"))
    assert await shown(case) == ["a\nBB\nC"]


async def test_an_edit_that_waits_behind_the_bundle_changes_it_too(case: CaseBench) -> None:
    first, second = await lines(case, "a", "b")
    await spend(case)
    await case.work(first, second, edit_of(first, "A"))
    assert await shown(case) == ["A\nb"]


async def test_an_edit_that_makes_the_bundle_too_long_becomes_a_message(case: CaseBench) -> None:
    _, second = await bundled(case, "a", "b")
    longer = "я" * (MAX_TEXT - 1)
    await case.work(edit_of(second, longer))
    assert await shown(case) == ["a\nb", longer]
    assert (await last(case))["reply_to_message"]["text"] == "a\nb"
    await case.work(edit_of(second, "b again"))
    assert await shown(case) == ["a\nb", "b again"]


async def test_an_edit_of_a_bundle_that_is_gone_is_sent_anew(case: CaseBench) -> None:
    _, second = await bundled(case, "a", "b")
    await case.staff("delete", await case.thread())
    await case.work(edit_of(second, "B"))
    assert await shown(case) == ["B"]


async def test_replies_and_reactions_find_the_bundle_from_each_message(case: CaseBench) -> None:
    first, second = await bundled(case, "a", "b")
    bundle = (await last(case))["message_id"]
    for number, one in enumerate((first, second)):
        again = await case.write("again")
        await case.work(relay(again, "again", reply_ref=origin_of(one).ref))
        assert (await last(case))["reply_to_message"]["message_id"] == bundle, number
        name = origin_of(one).ref
        emoji = ("❤", "🔥")[number]
        await case.work(SetReaction(chat_id=GROUP, case=CASE, emoji=emoji, message_ref=name))
        given = (await case.view())["reactions"][str(bundle)]
        assert [kind["emoji"] for kinds in given.values() for kind in kinds] == [emoji]


async def test_a_counsellors_reply_to_a_bundle_answers_its_last_message(case: CaseBench) -> None:
    _, second = await bundled(case, "a", "b")
    bundle = (await last(case))["message_id"]
    thread = await case.thread()
    answer = await case.write("yes", user=COUNSELLOR, chat=GROUP, thread=thread)
    await case.work(relay(answer, "yes", to=MIGRANT, reply_ref=f"g{bundle}"))
    got = await last(case, MIGRANT)
    assert got["reply_to_message"]["message_id"] == origin_of(second).message_id


async def test_the_buttons_of_all_are_there_and_tell_which(case: CaseBench) -> None:
    first, second, third = await lines(case, "a", "b", "c")
    await spend(case)
    await case.work(replace(first, keyboard=REVEAL), second, replace(third, keyboard=REVEAL))
    rows = (await last(case))["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in rows for button in row] == ["Reveal 1", "Reveal 2"]
    await case.work(replace(edit_of(third, "c, unmasked"), keyboard=None))
    rows = (await last(case))["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in rows for button in row] == ["Reveal"]


async def test_a_bundle_that_is_refused_goes_message_by_message(case: CaseBench) -> None:
    """The guilty one alone is told; the others arrive."""
    sent = await lines(case, "a", "b", "c")
    sent[1] = replace(sent[1], text="<b>b")
    await spend(case)
    await case.work(*sent)
    assert await shown(case) == ["a", "b", "c"]
    assert await ticked(case, sent) == ["a", "<b>b", "c"]


async def test_a_bundle_for_a_topic_that_was_deleted_goes_to_the_new_one(
    case: CaseBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "GROUP_SECONDS", 1.0)
    narrow = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000, group_per_minute=1)
    sent = await lines(case, "a", "b")
    await case.staff("delete", await case.thread())
    await spend(case)
    await case.work(*sent, limits=narrow)
    assert await shown(case) == ["a\nb"]
    assert await ticked(case, sent) == ["a", "b"]


async def test_more_than_fits_into_a_message_goes_as_several(case: CaseBench) -> None:
    sent = await lines(case, *("я" * 1500 for _ in range(4)))
    await spend(case)
    await case.work(*sent)
    assert [len(text) for text in await shown(case)] == [3001, 1500, 1500]
    assert len(await ticked(case, sent)) == 4


async def test_what_was_bundled_is_forgotten_with_the_person(case: CaseBench) -> None:
    await bundled(case, "a", "b")
    keys = case.store.keys
    assert await case.store.redis.hkeys(keys.case_map(CASE)) != []
    await case.erase()
    left = await case.store.redis.hkeys(keys.case_map(CASE))
    assert not [name for name in left if name.startswith(b"bundle:")]


async def test_in_another_group_nothing_is_left_of_the_bundle(case: CaseBench) -> None:
    """Rule: the same number names another message there."""
    first, _ = await bundled(case, "a", "b")
    other = await case.found(forum=True)
    loaded = await case.store.cases.load(CASE)
    assert loaded.case is not None
    there = replace(loaded.case, group=other)
    assert await case.store.cases.write(case.store.cases.put(there, loaded.raw, there.opened))
    await case.plan(CASE, group=other)
    await case.work(opening(CASE, other))
    names = await case.store.redis.hkeys(case.store.keys.case_map(CASE))
    assert not [name for name in names if name.startswith(b"bundle:")]
    await case.work(replace(edit_of(first, "A"), chat_id=other))
    assert (await last(case, other))["text"] == "A"


async def test_killed_before_a_bundle_is_noted_all_of_it_comes_again(
    own_server: StoreServer, sandbox: TestServer, metrics: Measured
) -> None:
    """Sent and not recorded: at least once, in order, and every message has its tick in the end."""
    root = str(sandbox.make_url("/"))
    store = await open_store(own_server.url, PREFIX, SHARDS)

    async def start(*death: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.telegram.mortal"),
            *(own_server.url, PREFIX, f"{root}bot", *death),
            stdout=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )

    async with (
        ClientSession(base_url=root) as session,
        Bot(TOKEN, base_url=f"{root}bot", request=AiohttpRequest()) as bot,
    ):
        case = CaseBench(store, bot, Api(session), metrics)
        await case.open_case()
        await case.work(opening())
        sent = await lines(case, "a", "b", "c")
        await spend(case)
        await case.post(*sent)
        seen = await bot.get_updates(timeout=0)  # nobody shall answer these
        await bot.get_updates(offset=seen[-1].update_id + 1, timeout=0)
        process = await start(Step.SENT.value, "1")
        assert await process.wait() == -signal.SIGKILL
        assert await shown(case) == ["a\nb\nc"]
        assert await ticked(case, sent) == []
        process = await start()
        await eventually(lambda: none_waits(store, Family.OUTBOX))
        assert await shown(case) == ["a\nb\nc", "a", "b", "c"]
        assert await ticked(case, sent) == ["a", "b", "c"]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    await store.close()


# The rule itself


def _line(number: int, text: str, **more: object) -> SendMessage:
    sent = SendMessage(
        chat_id=GROUP, case=CASE, origin=Origin(MIGRANT, number), text=text, late=False
    )
    return replace(sent, **more)


@pytest.mark.parametrize(
    "other",
    [
        _line(2, "b", plain=True),
        _line(2, "b", late=True),
        _line(2, "b", case=13),
        _line(2, "b", chat_id=-2),
        _line(2, "b", silent=True),
        _line(2, "b", reply_to=7),
        _line(2, "b", origin=None),
        _line(2, "b", origin=Origin(102, 2)),
        _line(2, "b", origin=Origin(GROUP, 2)),
        EditMessage(chat_id=GROUP, case=CASE, origin=Origin(MIGRANT, 2), text="b"),
    ],
)
def test_what_is_no_plain_text_of_the_same_person_stays_alone(other: Effect) -> None:
    assert bundling.followers(_line(1, "a"), [other, _line(3, "c")]) == ()


def test_what_the_staff_write_is_never_bundled() -> None:
    reply = SendMessage(chat_id=MIGRANT, case=CASE, origin=Origin(GROUP, 5), text="a")
    assert not bundling.may_lead(reply)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r"), min_size=1)


@given(st.lists(_TEXTS, min_size=1, max_size=30))
def test_a_bundle_fits_has_all_in_order_and_survives_keeping(texts: list[str]) -> None:
    first, *others = [_line(number, text) for number, text in enumerate(texts)]
    taken = (first, *bundling.followers(first, others))
    whole = bundling.joined(taken)
    assert whole.text == "\n".join(texts[: len(taken)])
    assert length(whole.text) <= max(MAX_TEXT, length(first.text))
    assert len(taken) <= bundling.MAX_LINES
    bundle = bundling.bundle_of(taken)
    assert bundling.decode(bundling.encode(bundle).decode()) == bundle


@pytest.mark.parametrize("payload", [None, "", "{", '{"lines":1}'])
def test_a_bundle_that_cannot_be_read_is_none(payload: str | None) -> None:
    assert bundling.decode(payload) is None
