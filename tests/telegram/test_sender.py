"""Effects reach Telegram in order, within its limits, and every end is recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.store.keys import Family
from bot.store.outbox import Outgoing, today
from bot.telegram import effects
from bot.telegram.effects import (
    AlbumKind,
    AnswerCallback,
    Button,
    ChatAction,
    ChatCommand,
    CopyMessage,
    DeleteMessage,
    EditMarkup,
    EditMessage,
    Medium,
    ReplyButton,
    ReplyKeyboard,
    SendLocation,
    SendMessage,
    SendVenue,
    SetCommands,
)
from bot.telegram.flood import Limits
from bot.telegram.sender import Patience, Sender
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.store.helpers import entries, none_waits
from tests.telegram.bot_api import BotApi, refusal
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.store import Store
    from bot.telegram.effects import Effect
    from tests.telegram.conftest import Measured

CHAT, OTHER = 1001, 2002
ROWS = (
    (Button("A", data="a"), Button("B", url="https://example.org")),
    (Button("C", copy_text="c"),),
)
EAGER = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000, group_per_minute=60_000)
IMPATIENT = Patience(first_wait=0.01, longest_wait=0.05)


class Bench:
    """A sender on the scripted Bot API."""

    def __init__(self, store: Store, bot: Bot, api: BotApi, metrics: Measured) -> None:
        self.store = store
        self.bot = bot
        self.api = api
        self.metrics = metrics
        self._numbers = iter(range(10_000))

    async def post(self, *posted: Effect, received: int = 0) -> None:
        """Puts effects into the outbox, as a turn would."""
        await self.store.outbox.append(
            Outgoing(
                effect.chat_id,
                effects.lane(effect),
                effects.encode(effect),
                f"t.{next(self._numbers)}",
                received,
            )
            for effect in posted
        )

    def sender(self, **options: Any) -> Sender:
        options = {"limits": EAGER, "patience": IMPATIENT, **options}
        return Sender(self.store, self.bot, self.metrics, **options)

    async def work(self, *posted: Effect, **options: Any) -> None:
        """Sends until the outbox is empty."""
        await self.post(*posted)
        async with Running(self.sender(**options)):
            await eventually(lambda: none_waits(self.store, Family.OUTBOX))

    def sends(self, outcome: str, method: str = "send_message") -> float:
        return self.metrics.value("sends_total", method=method, outcome=outcome)

    async def failures(self) -> dict[str, int]:
        counts = await self.store.counts.of_day(today())
        return {count.subject: number for count, number in counts.items()}


@pytest.fixture
def bench(store: Store, bot: Bot, api: BotApi, metrics: Measured) -> Bench:
    return Bench(store, bot, api, metrics)


def texts(chat: int, *values: str) -> list[SendMessage]:
    return [SendMessage(chat_id=chat, text=value) for value in values]


@pytest.mark.parametrize(
    ("effect", "method", "params"),
    [
        (
            SendMessage(chat_id=CHAT, text="<b>x</b>", keyboard=ROWS, protect=True, silent=True),
            "sendMessage",
            {
                "text": "<b>x</b>",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
                "protect_content": True,
                "disable_notification": True,
                "reply_markup": {
                    "inline_keyboard": [
                        [
                            {"text": "A", "callback_data": "a"},
                            {"text": "B", "url": "https://example.org"},
                        ],
                        [{"text": "C", "copy_text": {"text": "c"}}],
                    ]
                },
            },
        ),
        (
            SendMessage(
                chat_id=CHAT,
                text="x",
                plain=True,
                link_preview=True,
                reply_to=5,
                reply_keyboard=ReplyKeyboard(
                    ((ReplyButton("P", request_location=True), ReplyButton("M")),),
                    one_time=True,
                    placeholder="…",
                ),
            ),
            "sendMessage",
            {
                "text": "x",
                "link_preview_options": {"is_disabled": False},
                "reply_parameters": {"message_id": 5, "allow_sending_without_reply": True},
                "reply_markup": {
                    "keyboard": [[{"text": "P", "request_location": True}, {"text": "M"}]],
                    "resize_keyboard": True,
                    "one_time_keyboard": True,
                    "input_field_placeholder": "…",
                },
            },
        ),
        (
            SendMessage(chat_id=CHAT, text="x", reply_keyboard=ReplyKeyboard()),
            "sendMessage",
            {
                "text": "x",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
                "reply_markup": {"remove_keyboard": True},
            },
        ),
        (
            EditMessage(chat_id=CHAT, message_id=7, text="x"),
            "editMessageText",
            {
                "message_id": 7,
                "text": "x",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            },
        ),
        (
            EditMessage(
                chat_id=CHAT,
                message_id=7,
                text="<b>x</b>",
                caption=True,
                medium=Medium(AlbumKind.DOCUMENT, "f"),
            ),
            "editMessageMedia",
            {
                "message_id": 7,
                "media": {
                    "type": "document",
                    "media": "f",
                    "caption": "<b>x</b>",
                    "parse_mode": "HTML",
                },
            },
        ),
        (
            EditMarkup(chat_id=CHAT, message_id=7),
            "editMessageReplyMarkup",
            {"message_id": 7},
        ),
        (DeleteMessage(chat_id=CHAT, message_id=7), "deleteMessage", {"message_id": 7}),
        (
            SendLocation(chat_id=CHAT, latitude=43.25, longitude=76.9),
            "sendLocation",
            {"latitude": 43.25, "longitude": 76.9},
        ),
        (
            SendVenue(chat_id=CHAT, latitude=43.25, longitude=76.9, title="T", address="A"),
            "sendVenue",
            {"latitude": 43.25, "longitude": 76.9, "title": "T", "address": "A"},
        ),
        (ChatAction(chat_id=CHAT), "sendChatAction", {"action": "typing"}),
        (
            CopyMessage(chat_id=CHAT, from_chat_id=-5, message_id=9),
            "copyMessage",
            {"from_chat_id": -5, "message_id": 9},
        ),
        (
            SetCommands(chat_id=CHAT, commands=(ChatCommand("menu", "Меню"),)),
            "setMyCommands",
            {
                "commands": [{"command": "menu", "description": "Меню"}],
                "scope": {"type": "chat", "chat_id": CHAT},
            },
        ),
        (
            SetCommands(chat_id=CHAT),
            "deleteMyCommands",
            {"scope": {"type": "chat", "chat_id": CHAT}},
        ),
    ],
)
async def test_each_effect_is_one_call(
    bench: Bench, effect: Effect, method: str, params: dict[str, object]
) -> None:
    await bench.work(effect)
    (call,) = bench.api.calls
    sent = {name: _plain(value) for name, value in call.params.items() if name != "chat_id"}
    assert (call.method, sent) == (method, params)
    assert call.chat in {CHAT, 0}


def _plain(value: object) -> object:
    """Nested parameters go as strings of JSON, numbers and truth values as their text."""
    try:
        return json.loads(str(value))
    except ValueError:
        return value


async def test_a_callback_is_answered(bench: Bench) -> None:
    await bench.work(AnswerCallback(chat_id=CHAT, query_id="77", text="рахмет", alert=True))
    (call,) = bench.api.calls
    assert call.method == "answerCallbackQuery"
    assert call.params == {"callback_query_id": "77", "text": "рахмет", "show_alert": "true"}


async def test_order_per_chat_holds_with_many_chats(bench: Bench) -> None:
    numbers = [str(n) for n in range(10)]
    await bench.work(*(SendMessage(chat_id=chat, text=n) for n in numbers for chat in range(1, 21)))
    assert {chat: bench.api.of(chat) for chat in range(1, 21)} == dict.fromkeys(
        range(1, 21), numbers
    )
    assert bench.sends("sent") == 200


async def test_a_retry_after_stalls_only_its_chat(bench: Bench) -> None:
    """The other chat's messages come while the first one waits; its order stays."""
    bench.api.script(refusal(429, "Too Many Requests", retry_after=1), chat=CHAT)
    await bench.work(*texts(CHAT, "a", "b"), *texts(OTHER, *"12345678"))
    calls = bench.api.calls
    (first_try, *retries) = [call for call in calls if call.chat == CHAT]
    assert [call.text for call in retries] == ["a", "b"]
    assert retries[0].at - first_try.at >= 1
    assert all(call.at < retries[0].at for call in calls if call.chat == OTHER)
    assert bench.api.of(OTHER) == list("12345678")
    assert bench.metrics.value("send_retries_total", cause="retry_after") == 1


async def test_a_chat_past_its_burst_waits_and_no_other_chat_with_it(bench: Bench) -> None:
    """How long it waits is a matter of ``test_flood``, whose clock is the test's."""
    limits = Limits(per_second=1000, chat_seconds=60, chat_burst=3)
    await bench.post(*texts(CHAT, *"12345"), *texts(OTHER, *"abc"))

    async def six_are_sent() -> bool:
        return len(bench.api.calls) >= 6

    async with Running(bench.sender(limits=limits, patience=Patience())):
        await eventually(six_are_sent)
    assert bench.api.of(CHAT) == list("123")
    assert bench.api.of(OTHER) == list("abc")


async def test_callbacks_and_typing_go_past_what_waits(bench: Bench) -> None:
    bench.api.script(refusal(429, "Too Many Requests", retry_after=1), chat=CHAT)
    await bench.work(
        SendMessage(chat_id=CHAT, text="a"), AnswerCallback(chat_id=CHAT, query_id="7")
    )
    methods = [call.method for call in bench.api.calls]
    assert methods.index("answerCallbackQuery") < len(methods) - 1
    assert methods[-1] == "sendMessage"


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_servers_faults_are_tried_again(bench: Bench, code: int) -> None:
    bench.api.script(refusal(code, "Oops"), times=3)
    await bench.work(*texts(CHAT, "a", "b"))
    assert bench.api.of(CHAT) == ["a", "a", "a", "a", "b"]
    assert bench.metrics.value("send_retries_total", cause="network") == 3


async def test_what_is_too_old_is_given_up(bench: Bench) -> None:
    bench.api.script(refusal(502, "Bad Gateway"), chat=CHAT, times=10_000)
    await bench.work(
        *texts(CHAT, "a"), *texts(OTHER, "b"), patience=Patience(age=0.2, first_wait=0.02)
    )
    assert bench.api.of(OTHER) == ["b"]
    assert bench.sends("expired") == 1
    assert await bench.failures() == {"expired": 1}


async def test_a_wait_beyond_the_age_limit_is_not_begun(bench: Bench) -> None:
    bench.api.script(refusal(429, "Too Many Requests", retry_after=5000))
    await bench.work(*texts(CHAT, "a"))
    assert bench.sends("expired") == 1


async def test_a_block_is_recorded_and_tried_once(bench: Bench) -> None:
    bench.api.script(refusal(403, "Forbidden: bot was blocked by the user"))
    await bench.work(*texts(CHAT, "a"), *texts(OTHER, "b"))
    assert await bench.store.outbox.is_blocked(CHAT) is True
    assert await bench.store.outbox.is_blocked(OTHER) is False
    assert len(bench.api.calls) == 2
    assert await bench.failures() == {"blocked": 1}


async def test_an_unknown_chat_is_given_up(bench: Bench) -> None:
    bench.api.script(refusal(400, "Bad Request: chat not found"))
    await bench.work(*texts(CHAT, "a", "b"))
    assert bench.api.of(CHAT) == ["a", "b"]
    assert await bench.failures() == {"chat_not_found": 1}


async def test_an_edit_that_changes_nothing_is_a_success(bench: Bench) -> None:
    bench.api.script(refusal(400, "Bad Request: message is not modified"), "editMessageText")
    await bench.work(EditMessage(chat_id=CHAT, message_id=7, text="x"))
    assert bench.sends("done", "edit_message") == 1
    assert await bench.failures() == {}


async def test_an_edit_of_a_lost_message_is_sent_anew(bench: Bench) -> None:
    bench.api.script(refusal(400, "Bad Request: message to edit not found"), "editMessageText")
    await bench.work(EditMessage(chat_id=CHAT, message_id=7, text="x", or_send=True))
    assert [call.method for call in bench.api.calls] == ["editMessageText", "sendMessage"]


async def test_html_that_telegram_refuses_is_sent_as_plain_text(bench: Bench) -> None:
    bench.api.script(refusal(400, "Bad Request: can't parse entities: Unsupported start tag"))
    with capture_logs() as logs:
        await bench.work(SendMessage(chat_id=CHAT, text="<b>1 &lt; 2</b>"))
    assert bench.api.of(CHAT) == ["<b>1 &lt; 2</b>", "1 < 2"]
    assert "parse_mode" not in bench.api.calls[-1].params
    assert "effect_repaired" in [log["event"] for log in logs]
    assert "1 < 2" not in str(logs)


async def test_a_text_too_long_goes_in_parts(bench: Bench) -> None:
    paragraph = "слово " * 500
    await bench.work(SendMessage(chat_id=CHAT, text=f"{paragraph}\n\n{paragraph}", keyboard=ROWS))
    assert bench.api.of(CHAT) == [paragraph.strip()] * 2
    assert ["reply_markup" in call.params for call in bench.api.calls] == [False, True]


async def test_a_text_that_telegram_finds_too_long_goes_in_parts(bench: Bench) -> None:
    bench.api.script(refusal(400, "Bad Request: message is too long"))
    await bench.work(SendMessage(chat_id=CHAT, text="aaaa bbbb"))
    assert bench.api.of(CHAT)[0] == "aaaa bbbb"
    assert "".join(bench.api.of(CHAT)[1:]) == "aaaabbbb"


async def test_a_migrated_group_is_followed(bench: Bench) -> None:
    bench.api.script(
        refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1005), chat=-5
    )
    await bench.work(*texts(-5, "a"))
    assert bench.api.of(-1005) == ["a"]


@pytest.mark.parametrize(
    "payload", [b"", b"{", b'{"v":99}', b'{"v":1,"effect":{"type":"x","chat_id":1}}']
)
async def test_an_unreadable_effect_never_blocks_the_stream(bench: Bench, payload: bytes) -> None:
    await bench.store.outbox.append([Outgoing(CHAT, str(CHAT), payload, "t.x")])
    await bench.work(*texts(CHAT, "after"))
    assert bench.api.of(CHAT) == ["after"]
    assert bench.sends("unreadable", "unknown") == 1
    assert await bench.failures() == {"unreadable": 1}


async def test_a_fault_of_ours_is_given_up_not_repeated(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.telegram.calls.carry_out", fail)
    await bench.work(*texts(CHAT, "a"))
    assert bench.sends("broken") == 1


async def test_a_refused_token_is_waited_out(bench: Bench) -> None:
    """The operator changes it; answers of the last hour are sent then."""
    bench.api.script(refusal(401, "Unauthorized"), times=2)
    await bench.work(*texts(CHAT, "a"))
    assert bench.api.of(CHAT) == ["a", "a", "a"]


async def test_a_named_message_is_found_again(bench: Bench) -> None:
    await bench.work(SendMessage(chat_id=CHAT, text="x", ref="card"))
    message_id = await bench.store.outbox.message_of(CHAT, "card")
    assert message_id == 101
    assert await bench.store.outbox.ref_of(CHAT, message_id) == "card"


async def test_the_time_from_update_to_answer_is_measured(bench: Bench) -> None:
    seconds, microseconds = await bench.store.redis.time()
    received = int(seconds) * 1000 + int(microseconds) // 1000 - 2500
    await bench.post(*texts(CHAT, "x"), received=received)
    await bench.work()
    assert bench.metrics.value("answer_seconds_count") == 1
    assert 2.5 <= bench.metrics.value("answer_seconds_sum") < 60


async def test_stopping_leaves_what_waits_to_the_next(bench: Bench) -> None:
    bench.api.script(refusal(429, "Too Many Requests", retry_after=1), chat=CHAT)
    await bench.post(*texts(CHAT, "a", "b"))
    async with Running(bench.sender()):
        await bench.api.until(lambda: len(bench.api.calls) == 1)
    assert len(await entries(bench.store, Family.OUTBOX)) == 2
    await bench.work()
    assert bench.api.of(CHAT) == ["a", "a", "b"]


async def test_two_senders_send_each_effect_once(bench: Bench) -> None:
    numbers = [str(n) for n in range(5)]
    async with Running(bench.sender(), bench.sender()):
        for n in numbers:
            await bench.post(*(SendMessage(chat_id=chat, text=n) for chat in range(1, 21)))
        await bench.api.until(lambda: len(bench.api.calls) >= 100)
    assert all(bench.api.of(chat) == numbers for chat in range(1, 21))


async def test_the_step_is_passed_once_sent(bench: Bench) -> None:
    steps: list[Step] = []
    bench.api.script(refusal(502, "Bad Gateway"))
    await bench.work(*texts(CHAT, "a"), at=steps.append)
    assert steps == [Step.SENT]
