"""Topics of cases over HTTP on the sandbox: opened, found missing, impossible, torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from telegram import Bot

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import Member
from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import create_app
from bot.store.keys import Family
from bot.telegram.effects import (
    Button,
    ChangeTopic,
    ChatAction,
    CopyMessage,
    EditMessage,
    Origin,
    SendMessage,
    TidyTopic,
)
from bot.telegram.request import AiohttpRequest
from bot.telegram.signals import ShutOut, TopicRemade, Undelivered
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.sandbox.conftest import Api
from tests.sandbox.menu_bot import TOKEN
from tests.store.helpers import none_waits
from tests.telegram.case_bench import (
    CASE,
    GROUP,
    MIGRANT,
    OWNER,
    CaseBench,
    opening,
    relay,
)
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store
    from tests.telegram.conftest import Measured


@pytest.fixture
async def sandbox() -> AsyncIterator[TestServer]:
    server = TestServer(create_app(SandboxConfig()), handler_cancellation=True)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def bench(sandbox: TestServer, store: Store, metrics: Measured) -> AsyncIterator[CaseBench]:
    root = str(sandbox.make_url("/"))
    async with (
        ClientSession(base_url=root) as session,
        Bot(TOKEN, base_url=f"{root}bot", request=AiohttpRequest()) as bot,
    ):
        made = CaseBench(store, bot, Api(session), metrics)
        await made.write("/start")
        yield made


def staff_group(sandbox: TestServer) -> Group:
    assert sandbox.app is not None
    group = sandbox.app[WORLD].chats[GROUP]
    assert isinstance(group, Group)
    return group


# Opening


async def test_the_first_effect_opens_the_topic_with_title_icon_and_pinned_card(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    topic = await bench.topic(thread)
    assert topic is not None
    assert (topic["name"], topic["icon_emoji"]) == ("12 · UZ", "❗️")
    assert await bench.texts(thread) == ["Case 12"]
    kept = await bench.store.cases.topic(CASE)
    assert kept is not None
    assert (await bench.view())["pinned"] == [kept.card]
    assert await bench.store.cases.in_topic(GROUP, thread) == CASE
    assert await bench.store.cases.map_lookup(CASE, "ref:card") == (str(kept.card),)


async def test_one_topic_for_a_burst_of_first_messages(bench: CaseBench) -> None:
    """MasterGroosha's topic bot #13: two first messages open two topics."""
    await bench.open_case()
    origins = [await bench.write(text) for text in "abc"]
    await bench.work(*(relay(origin, text) for origin, text in zip(origins, "abc", strict=True)))
    assert len(await bench.calls("createForumTopic")) == 1
    assert await bench.texts(await bench.thread()) == ["Case 12", "a", "b", "c"]


async def test_the_topic_goes_without_an_icon_that_telegram_does_not_have(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.plan(icon="🥄")
    await bench.work(opening())
    topic = await bench.topic(await bench.thread())
    assert topic is not None
    assert topic["icon_custom_emoji_id"] == ""


async def test_a_case_without_a_readable_plan_gets_a_topic_all_the_same(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.store.cases.write([bench.store.cases.plan(CASE, b"{")])
    await bench.work(SendMessage(chat_id=GROUP, case=CASE, text="x"))
    topic = await bench.topic(await bench.thread())
    assert topic is not None
    assert topic["name"] == "#12"


# Telegram's refusals


async def test_a_topic_that_staff_deleted_is_made_anew_and_the_message_sent_again(
    bench: CaseBench,
) -> None:
    """Four topic bots lose the user's next message."""
    await bench.open_case()
    await bench.work(opening())
    first = await bench.thread()
    await bench.staff("delete", first)
    origin = await bench.write("help")
    await bench.work(relay(origin, "help"))
    second = await bench.thread()
    assert second != first
    assert await bench.texts(second) == ["Case 12", "help"]
    assert await bench.signals() == [(MIGRANT, TopicRemade(CASE))]
    assert await bench.store.cases.in_topic(GROUP, first) is None
    assert await bench.store.cases.in_topic(GROUP, second) == CASE


@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"])
async def test_each_of_telegrams_words_for_it_means_a_deleted_topic(
    bench: CaseBench, words: str
) -> None:
    await bench.open_case()
    await bench.work(opening())
    await bench.api.post(
        "/fault", method="sendMessage", error_code=400, description=f"Bad Request: {words}"
    )
    await bench.work(relay(await bench.write("x"), "x"))
    assert len(await bench.calls("createForumTopic")) == 2
    assert await bench.texts(await bench.thread()) == ["Case 12", "x"]


async def test_a_group_whose_topics_keep_vanishing_ends_it(bench: CaseBench) -> None:
    await bench.open_case()
    gone = "Bad Request: message thread not found"
    await bench.work(opening())
    await bench.api.post("/fault", method="copyMessage", error_code=400, description=gone, times=9)
    origin = await bench.write(photo={})
    effect = relay(origin, "x")
    await bench.api.post("/fault", method="sendMessage", error_code=400, description=gone, times=50)
    await bench.work(effect)
    signals = [told for _, told in await bench.signals() if isinstance(told, Undelivered)]
    assert signals == [Undelivered(CASE, origin, "topic_gone")]


async def test_a_closed_topic_is_opened_again(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    await bench.staff("close", thread)
    await bench.api.post(
        "/fault", method="sendMessage", error_code=400, description="Bad Request: TOPIC_CLOSED"
    )
    await bench.work(relay(await bench.write("x"), "x"))
    topic = await bench.topic(thread)
    assert topic is not None
    assert topic["closed"] is False
    assert await bench.texts(thread) == ["Case 12", "x"]


async def test_a_bot_without_the_right_writes_to_general_with_the_number_of_the_case(
    bench: CaseBench, sandbox: TestServer
) -> None:
    staff_group(sandbox).bot = Member("administrator", rights=frozenset({"can_pin_messages"}))
    await bench.open_case()
    a, b = await bench.write("a"), await bench.write("b")
    await bench.work(relay(a, "a"), relay(b, "b"))
    assert await bench.texts(None) == ["Case 12", "#12\na", "#12\nb"]
    said = [message for message in await bench.messages() if "text" in message]
    assert [message["reply_to_message"]["text"] for message in said[1:]] == ["Case 12"] * 2
    assert len(await bench.calls("createForumTopic")) == 1
    assert bench.metrics.value("topics_total", outcome="impossible") == 1
    # The right is given: the next sender opens the topic.
    staff_group(sandbox).bot = Member(
        "administrator", rights=frozenset({"can_pin_messages", "can_manage_topics"})
    )
    await bench.work(relay(await bench.write("c"), "c"))
    assert await bench.texts(await bench.thread()) == ["Case 12", "c"]


async def test_a_group_without_topics_is_written_to_all_the_same(bench: CaseBench) -> None:
    plain = await bench.found(forum=False)
    await bench.open_case(group=plain)
    await bench.work(relay(await bench.write("a"), "a", to=plain))
    assert await bench.texts(None, plain) == ["Case 12", "#12\na"]


@pytest.mark.parametrize("standing", [Member("left"), Member("kicked")])
async def test_a_group_that_put_the_bot_out_ends_it_and_the_migrant_is_told(
    bench: CaseBench, sandbox: TestServer, standing: Member
) -> None:
    await bench.open_case()
    await bench.work(opening())
    staff_group(sandbox).bot = standing
    origin = await bench.write("a")
    await bench.work(relay(origin, "a"))
    told = [Undelivered(CASE, origin, "shut_out"), ShutOut(CASE, GROUP)]
    assert await bench.signals() == [(MIGRANT, one) for one in told]
    assert await bench.store.outbox.is_blocked(GROUP) is False


async def test_a_group_that_is_not_there_ends_it(bench: CaseBench) -> None:
    await bench.open_case(group=-100777)
    origin = await bench.write("a")
    await bench.work(relay(origin, "a", to=-100777))
    told = [Undelivered(CASE, origin, "chat_not_found"), ShutOut(CASE, -100777)]
    assert await bench.signals() == [(MIGRANT, one) for one in told]


async def test_a_group_that_became_a_supergroup_is_followed_and_its_id_kept(
    bench: CaseBench,
) -> None:
    """None of seven bots handles it."""
    old = await bench.found(kind="group")
    await bench.open_case(group=old)
    await bench.work(relay(await bench.write("a"), "a", to=old))
    change = await bench.api.post("/groups/change", user=OWNER, chat=old, upgrade=True, forum=True)
    new = change["chat"]["id"]
    rights = ["can_manage_topics", "can_pin_messages"]
    status = {"status": "administrator", "rights": rights}
    await bench.api.post("/members", user=OWNER, chat=new, member="bot", **status)
    await bench.work(relay(await bench.write("b"), "b", to=old, reply_ref="p999"))
    assert await bench.store.cases.canonical(old) == new
    assert await bench.texts(await bench.thread(), new) == ["Case 12", "b"]
    await bench.work(SendMessage(chat_id=old, text="to all"))
    assert (await bench.texts(None, new))[-1] == "to all"


async def test_a_refused_pin_does_not_hold_up_the_case(
    bench: CaseBench, sandbox: TestServer
) -> None:
    staff_group(sandbox).bot = Member("administrator", rights=frozenset({"can_manage_topics"}))
    await bench.open_case()
    await bench.work(relay(await bench.write("a"), "a"))
    assert await bench.texts(await bench.thread()) == ["Case 12", "a"]


# Cards and titles


async def test_a_card_shows_the_newest_plan_and_what_was_overtaken_is_left_out(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.work(opening())
    edits = [
        EditMessage(chat_id=GROUP, case=CASE, message_ref="card", text=f"{number}", late=True)
        for number in range(3)
    ]
    await bench.plan(text="newest", keyboard=((Button("Claim", data="d:claim:12"),),))
    await bench.work(*edits)
    assert await bench.texts(await bench.thread()) == ["newest"]
    assert len(await bench.calls("editMessageText")) == 1


async def test_a_card_that_staff_deleted_is_posted_again(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.work(opening())
    kept = await bench.store.cases.topic(CASE)
    assert kept is not None
    await bench.api.post("/delete", user=OWNER, chat=GROUP, message_id=kept.card)
    await bench.plan(text="now")
    await bench.work(EditMessage(chat_id=GROUP, case=CASE, message_ref="card", text="now"))
    assert await bench.texts(await bench.thread()) == ["now"]
    again = await bench.store.cases.topic(CASE)
    assert again is not None
    assert again.card != kept.card


async def test_a_topic_is_renamed_closed_and_opened(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    await bench.plan(title="12 · closed", icon="✅")
    close = ChangeTopic(chat_id=GROUP, case=CASE, title="12 · closed", icon="✅", closed=True)
    await bench.work(close, close)
    topic = await bench.topic(thread)
    assert topic is not None
    assert (topic["name"], topic["icon_emoji"], topic["closed"]) == ("12 · closed", "✅", True)
    await bench.work(ChangeTopic(chat_id=GROUP, case=CASE, closed=False))
    topic = await bench.topic(thread)
    assert topic is not None
    assert topic["closed"] is False
    assert len(await bench.calls("editForumTopic")) == 1
    assert bench.metrics.value("sends_total", method="change_topic", outcome="sent") == 4


async def test_the_end_of_a_case_does_not_bring_back_its_deleted_topic(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.work(opening())
    await bench.staff("delete", await bench.thread())
    await bench.work(ChangeTopic(chat_id=GROUP, case=CASE, closed=True))
    assert len(await bench.calls("createForumTopic")) == 1
    assert await bench.store.cases.topic(CASE) is None


async def test_typing_in_a_case_opens_no_topic(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.work(ChatAction(chat_id=GROUP, case=CASE))
    assert await bench.calls("createForumTopic", "sendChatAction") == []


# Transfers


async def test_a_case_in_another_group_has_a_topic_there_and_what_is_for_the_old_goes_to_the_old(
    bench: CaseBench,
) -> None:
    other = await bench.found(forum=True)
    await bench.open_case()
    first = await bench.write("a")
    await bench.work(relay(first, "a"))
    old = await bench.thread()
    await bench.plan(text="moved", group=other)
    await bench.work(
        opening(group=other),
        SendMessage(chat_id=GROUP, case=CASE, text="went away"),
    )
    new = await bench.thread()
    assert await bench.texts(old) == ["Case 12", "a", "went away"]
    assert await bench.texts(new, other) == ["moved"]
    # The same number names another message there: nobody's words are answered by mistake.
    await bench.work(relay(first, "b", to=other, reply_ref=first.ref))
    last = (await bench.messages(other))[-1]
    assert last["text"] == "b"
    assert last["reply_to_message"].get("text") is None


async def test_a_case_that_comes_back_has_a_topic_of_its_own_again(bench: CaseBench) -> None:
    other = await bench.found(forum=True)
    await bench.open_case()
    await bench.work(opening())
    old = await bench.thread()
    await bench.plan(group=other)
    await bench.work(opening(group=other))
    await bench.plan(text="back")
    await bench.work(opening())
    assert await bench.thread() != old
    assert await bench.texts(await bench.thread()) == ["back"]


async def test_a_case_that_comes_to_a_group_without_topics_forgets_the_old_groups_messages(
    bench: CaseBench,
) -> None:
    """Else an edit would change whatever message has the same number there."""
    plain = await bench.found(forum=False)
    await bench.open_case()
    first = await bench.write("a")
    await bench.work(relay(first, "a"))
    await bench.plan(group=plain)
    await bench.work(opening(group=plain))
    edit = EditMessage(chat_id=plain, case=CASE, origin=first, message_ref=first.ref, text="b")
    await bench.work(edit)
    assert await bench.calls("editMessageText") == []
    assert await bench.texts(None, plain) == ["Case 12"]


# Erased cases


async def test_of_an_erased_case_no_more_is_carried_over_but_staff_are_told(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    origin = await bench.write("secret")
    await bench.post(relay(origin, "secret"))
    revealed = CopyMessage(
        chat_id=GROUP, case=CASE, from_chat_id=MIGRANT, message_id=origin.message_id
    )
    await bench.post(revealed)
    await bench.erase()
    await bench.work(
        EditMessage(chat_id=GROUP, case=CASE, message_ref="card", text="no more"),
        SendMessage(chat_id=GROUP, case=CASE, text="erased"),
    )
    assert await bench.texts(thread) == ["no more", "erased"]
    assert await bench.store.cases.map_lookup(CASE, f"ref:{origin.ref}") == (None,)
    assert await bench.signals() == []
    for method in ("send_message", "copy_message"):
        assert bench.metrics.value("sends_total", method=method, outcome="erased") == 1


async def test_what_waits_for_a_groups_limit_when_its_case_is_erased_is_not_sent(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    await bench.api.post("/fault", method="sendMessage", error_code=429, retry_after=2)
    await bench.post(relay(await bench.write("secret"), "secret"))

    async def it_waits() -> bool:
        return bench.metrics.value("send_retries_total", cause="retry_after") == 1

    async with Running(bench.sender()):
        await eventually(it_waits)
        await bench.erase()
        await eventually(lambda: none_waits(bench.store, Family.OUTBOX))
    assert await bench.texts(thread) == ["Case 12"]


async def test_an_erased_case_gets_no_new_topic(bench: CaseBench) -> None:
    await bench.open_case()
    await bench.erase()
    await bench.work(SendMessage(chat_id=GROUP, case=CASE, text="erased"))
    assert await bench.calls("createForumTopic") == []
    assert await bench.texts(None) == ["#12\nerased"]


# Dying in the middle


class _DiedError(BaseException):
    """The process is gone: nothing after it runs."""


async def test_a_topic_made_by_a_process_that_died_is_tidied_away(bench: CaseBench) -> None:
    """Telegram tells the bot of every topic it opens: that is how the torn one is known."""
    await bench.open_case()

    def die(step: Step) -> None:
        if step is Step.TOPIC_MADE:
            raise _DiedError

    await bench.post(opening())
    with pytest.raises(BaseExceptionGroup) as caught:
        await bench.sender(at=die).run()
    assert caught.group_contains(_DiedError)
    assert await bench.store.cases.topic(CASE) is None
    (torn,) = [topic["id"] for topic in (await bench.view())["topics"] if topic["id"] != 1]
    await bench.work(TidyTopic(chat_id=GROUP, thread=torn))
    thread = await bench.thread()
    await bench.work(TidyTopic(chat_id=GROUP, thread=thread))
    assert thread != torn
    assert await bench.topic(torn) is None
    assert await bench.topic(thread) is not None
    assert await bench.texts(thread) == ["Case 12"]


async def test_a_card_that_was_not_sent_before_the_process_died_is_sent_by_the_next(
    bench: CaseBench,
) -> None:
    await bench.open_case()
    await bench.work(opening())
    thread = await bench.thread()
    kept = await bench.store.cases.topic(CASE)
    assert kept is not None
    await bench.api.post("/delete", user=OWNER, chat=GROUP, message_id=kept.card)
    await bench.store.redis.hdel(bench.store.keys.case_topic(CASE), "card")
    await bench.work(relay(await bench.write("a"), "a"))
    assert await bench.texts(thread) == ["Case 12", "a"]


async def test_two_processes_that_open_a_topic_at_once_keep_one(bench: CaseBench) -> None:
    """After an upgrade a case can be in two lanes for a while, which two processes own."""
    await bench.open_case()
    at = await bench.store.topics.whereabouts(CASE, GROUP)

    class Race:
        made = 0

        async def other(self) -> None:
            topic = await bench.bot.create_forum_topic(GROUP, "the other")
            self.made = topic.message_thread_id
            noted = await bench.store.topics.opened(CASE, at, self.made, remade=b"")
            assert noted == self.made

    race, create = Race(), bench.bot.create_forum_topic

    async def slow(*args: object, **more: object) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(bench.bot), "create_forum_topic", original)
            made = await create(*args, **more)  # type: ignore[arg-type]
            await race.other()
        return made

    original = type(bench.bot).create_forum_topic
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(bench.bot), "create_forum_topic", lambda _, *a, **m: slow(*a, **m))
        await bench.work(SendMessage(chat_id=GROUP, case=CASE, text="x"))
    assert await bench.thread() == race.made
    topics = [topic["id"] for topic in (await bench.view())["topics"]]
    assert topics == [1, race.made]


async def test_two_senders_share_the_work_and_open_each_topic_once(bench: CaseBench) -> None:
    numbers = range(20, 26)
    for number in numbers:
        await bench.open_case(number)
    origin = Origin(MIGRANT, 1)
    async with Running(bench.sender(), bench.sender()):
        for text in "abc":
            await bench.post(
                *(
                    SendMessage(chat_id=GROUP, case=number, origin=origin, text=text)
                    for number in numbers
                )
            )

        await eventually(lambda: none_waits(bench.store, Family.OUTBOX))
    assert len(await bench.calls("createForumTopic")) == len(numbers)
    for number in numbers:
        assert await bench.texts(await bench.thread(number)) == ["Case 12", "a", "b", "c"]
