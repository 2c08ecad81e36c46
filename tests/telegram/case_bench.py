"""A sender on the sandbox, with a case between a migrant and the ready staff group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale
from bot.store.inbox import signalled_chat
from bot.store.keys import Family
from bot.store.outbox import Outgoing
from bot.telegram import effects, signals
from bot.telegram.effects import ChangeTopic, CopyMessage, Origin, SendMessage, TopicPlan
from bot.telegram.flood import Limits
from bot.telegram.sender import Patience, Sender
from tests.eventually import eventually
from tests.sandbox.conftest import Api
from tests.sandbox.forums import GROUP
from tests.store.helpers import entries, none_waits
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.store import Store
    from bot.telegram.effects import Effect, Keyboard
    from bot.telegram.signals import Signal
    from tests.telegram.conftest import Measured

MIGRANT, COUNSELLOR, OWNER = 101, 201, 203
CASE = 12
NOW = 1_800_000_000.0
EAGER = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000, group_per_minute=60_000)
IMPATIENT = Patience(first_wait=0.01, longest_wait=0.05, tidy_after=0.0)

Json = dict[str, Any]

__all__ = ["CASE", "COUNSELLOR", "GROUP", "MIGRANT", "OWNER", "CaseBench"]


class CaseBench:
    """What the tests of relaying act with."""

    def __init__(self, store: Store, bot: Bot, api: Api, metrics: Measured) -> None:
        self.store = store
        self.bot = bot
        self.api = api
        self.metrics = metrics
        self._numbers = iter(range(10_000))

    # The case

    async def open_case(self, number: int = CASE, group: int = GROUP, chat: int = MIGRANT) -> Case:
        """A case whose topic is not there yet."""
        case = Case(number, chat, group, State.WAITING, Opening.ASKED, NOW, locale=Locale.RU)
        await self.store.cases.write(self.store.cases.put(case, b"", NOW))
        await self.plan(number, group=group)
        return case

    async def plan(
        self,
        number: int = CASE,
        title: str = "12 · UZ",
        icon: str = "❗️",
        text: str = "<b>Case 12</b>",
        *,
        group: int = GROUP,
        keyboard: Keyboard | None = None,
    ) -> None:
        """How the case's topic shall be from now on."""
        card = SendMessage(chat_id=group, case=number, text=text, keyboard=keyboard, ref="card")
        payload = effects.encode_plan(TopicPlan(group, title, icon, card))
        assert await self.store.cases.write([self.store.cases.plan(number, payload)])

    async def thread(self, number: int = CASE) -> int:
        topic = await self.store.cases.topic(number)
        assert topic is not None
        return topic.thread

    async def erase(self) -> None:
        await self.store.forget(MIGRANT)

    # What is sent

    def sender(self, **options: Any) -> Sender:
        options = {"limits": EAGER, "patience": IMPATIENT, **options}
        return Sender(self.store, self.bot, self.metrics, **options)

    async def post(self, *posted: Effect) -> None:
        """Puts effects into the outbox, as a turn would."""
        await self.store.outbox.append(
            Outgoing(
                effect.chat_id,
                effects.lane(effect),
                effects.encode(effect),
                f"t.{next(self._numbers)}",
            )
            for effect in posted
        )

    async def work(self, *posted: Effect, **options: Any) -> None:
        """Sends until the outbox is empty."""
        await self.post(*posted)
        async with Running(self.sender(**options)):
            await eventually(lambda: none_waits(self.store, Family.OUTBOX))

    async def signals(self) -> list[tuple[int | None, Signal]]:
        """What came back to the cases, with the chats in whose order."""
        return [
            (signalled_chat(entry), signals.decode(entry.data))
            for entry in await entries(self.store, Family.INBOX)
        ]

    # What people do and see

    async def write(self, text: str = "", user: int = MIGRANT, **more: Any) -> Origin:
        """A person writes; what an effect carries over."""
        message = await self.api.send(text, user=user, **more)
        return Origin(message["chat"]["id"], message["message_id"])

    async def messages(self, chat: int = GROUP) -> list[Json]:
        return await self.api.messages(chat)

    async def texts(self, thread: int | None, chat: int = GROUP) -> list[str]:
        """The bot's texts and captions in a topic (None: in General, or a chat without topics)."""
        return [
            message.get("text") or message.get("caption") or ""
            for message in await self.messages(chat)
            if message["from"]["is_bot"]
            and (message.get("message_thread_id") if "is_topic_message" in message else None)
            == thread
            and {"text", "caption", "photo", "voice", "document"} & message.keys()
        ]

    async def view(self, chat: int = GROUP) -> Json:
        return await self.api.get(f"/chats/{chat}?after=0")

    async def topic(self, thread: int) -> Json | None:
        """A topic as the staff see it."""
        topics = (await self.view())["topics"]
        return next((topic for topic in topics if topic["id"] == thread), None)

    async def found(self, **more: Any) -> int:
        """Another group of the owner's, in which the bot is an administrator."""
        given = {"creator": OWNER, "title": "Other", "bot": "administrator", **more}
        group: int = (await self.api.post("/groups", **given))["chat"]["id"]
        return group

    async def staff(self, action: str, thread: int | None = None, **more: Any) -> Json:
        """The owner does something with topics."""
        given = {"thread": thread} if thread is not None else {}
        return await self.api.post(
            "/topics", user=OWNER, chat=GROUP, action=action, **given, **more
        )

    async def calls(self, *methods: str) -> list[Json]:
        """The bot's calls of these methods, as the sandbox's journal has them."""
        told: list[Json] = (await self.api.get("/calls?after=0"))["calls"]
        return [call for call in told if call["method"] in methods]


def relay(origin: Origin, text: str, *, to: int = GROUP, **more: Any) -> SendMessage:
    """A text carried over."""
    return SendMessage(chat_id=to, case=CASE, origin=origin, text=text, **more)


def copy(origin: Origin, *, to: int = GROUP, **more: Any) -> CopyMessage:
    """A medium carried over."""
    return CopyMessage(
        chat_id=to,
        case=CASE,
        origin=origin,
        from_chat_id=origin.chat_id,
        message_id=origin.message_id,
        **more,
    )


def opening(case: int = CASE, group: int = GROUP) -> ChangeTopic:
    """What a new case begins with."""
    return ChangeTopic(chat_id=group, case=case)
