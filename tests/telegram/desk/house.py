"""The whole desk on the sandbox: worker, sender, real Redis, HTTP; only the classifier is played.

Updates are fetched when a test asks for it, and timers fall due when it moves the clock: nothing
depends on how fast the machine is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from bot import app
from bot.answers.model import DangerKind
from bot.catalogs import Catalogs
from bot.dialogue.events import Guess, Reading, TextReceived
from bot.dialogue.thresholds import Thresholds
from bot.handoff.groups import Group, Groups
from bot.language.scripts import is_wordless
from bot.language.tags import Locale
from bot.settings import ROOT, SANDBOX_TOKEN, Settings
from bot.store.keys import Family
from bot.telegram import updates
from bot.telegram.conversation import Conversation
from bot.telegram.desk.set_up import make_desk, set_up
from bot.telegram.desk.staff.console_link import register_console
from bot.telegram.flood import Limits
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import Patience, Sender
from bot.telegram.updates import ALLOWED_UPDATES
from bot.telegram.worker import Worker
from bot.understanding.commands import plain_command
from tests import factories
from tests.eventually import eventually
from tests.sandbox.conftest import Api
from tests.store.helpers import none_waits
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from bot.handoff.case import Case
    from bot.store.store import Store
    from tests.telegram.conftest import Measured

GROUP = -1_001_000_000_001
MIGRANT, OTHER, COUNSELLOR, COLLEAGUE, OWNER = 101, 102, 201, 202, 203
EAGER = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000, group_per_minute=60_000)
IMPATIENT = Patience(first_wait=0.01, longest_wait=0.05)
CATALOGS = Catalogs(ROOT / "locales")
STAFF_LOCALE = Locale.RU
CONSOLE = "https://console.example.org"

Json = dict[str, Any]

_INTENTS = {
    "wages": "unpaid_wages",
    "permit": "permit_cost",
    "thanks": "thanks",
    "bye": "goodbye",
    "person": "talk_to_human",
    "centre": "find_centre",
    "must": "permit_need",
    "tongue": "change_language",
}
"""What the played classifier is sure of, by a word of the message."""


def words(message: str, locale: Locale = Locale.RU, **filled: object) -> str:
    """A sentence of the interface, as a chat in a language shows it."""
    shown = CATALOGS[locale].gettext(message)
    return shown.format(**filled) if filled else shown


class PlayedReader:
    """Reads a few English words; "perhaps" leaves it unsure, "danger" is the lexicon's."""

    async def read(self, text: str, locale: Locale | None = None) -> TextReceived:
        small = text.lower()
        known = [intent for word, intent in _INTENTS.items() if word in small]
        danger = (DangerKind.VIOLENCE,) if "danger" in small else ()
        sure = 0.4 if "perhaps" in small else 0.95
        guesses = tuple(Guess(intent, sure) for intent in known[:1]) or (Guess("greet", 0.01),)
        return TextReceived(
            reading=Reading(guesses, urgency=1.0 if danger else 0.0),
            danger=danger,
            command=plain_command(text),
            wordless=is_wordless(text),
            bare_city=small == "almaty",
            city="almaty" if small == "almaty" else None,
        )


@dataclass
class PlayedClock:
    """Stands still until a test moves it."""

    moment: float = 1_800_000_000.0
    forward: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.moment

    def today(self) -> date:
        return datetime.fromtimestamp(self.moment, UTC).date()

    async def sleep_until(self, moment: float) -> None:
        """Nobody waits here."""


class Anybody:
    """Who is in a staff group: the sandbox sees to it."""

    async def has(self, group: int, user: int) -> bool:
        return True


class House:
    """What tests of the desk act with."""

    def __init__(self, store: Store, root: str, session: ClientSession, metrics: Measured) -> None:
        self.store = store
        self.api = Api(session)
        self._session = session
        self.clock = PlayedClock()
        settings = Settings(telegram_bot_token="", telegram_api_url=root.rstrip("/"))
        request = AiohttpRequest()
        self.application = app.build_application(settings, request, AiohttpRequest())
        self._metrics = metrics
        self._offset = 0

    def furnish(self, groups: Groups | None = None, *, processes: int = 1) -> None:
        """Wires everything as the process does, for as many processes as wished."""
        cities: dict[Locale, dict[str, str]] = {locale: {} for locale in Locale}
        library = factories.library()
        self.conversation = Conversation(
            lambda: library, CATALOGS, cities, Thresholds(), self.clock.today
        )
        reader: Any = PlayedReader()
        clock: Any = self.clock
        ready = Group(GROUP, "Staff", STAFF_LOCALE, tuple(Locale), coordinators=(OWNER,))
        self.desk = make_desk(self.store, groups or Groups((ready,)), clock, self.conversation)
        register_console(self.application, self.desk, self.store.console, CONSOLE)
        self.parts = set_up(
            self.application, self.conversation, reader, self.desk, Anybody(), self.store
        )
        hooks = app._hooks(
            self.application, self.conversation, self.store, self._metrics, self.parts
        )
        bot = self.application.bot
        roles: list[Worker | Sender] = []
        for _ in range(processes):
            sender = Sender(self.store, bot, self._metrics, limits=EAGER, patience=IMPATIENT)
            roles += [Worker(self.store, bot, hooks, self._metrics), sender]
        self.roles = Running(*roles)

    # What happens

    async def settle(self) -> None:
        """Until everything written is answered and everything said is sent."""
        while await self._fetch() or not await self._is_quiet():
            await eventually(self._is_quiet)

    async def later(self, seconds: float) -> None:
        """Time passes; timers fall due in their order."""
        end = self.clock.moment + seconds
        while True:
            due: Any = await self.store.redis.zrange(
                self.store.keys.timers(), 0, 0, withscores=True
            )
            if not due or due[0][1] / 1000 > end:
                break
            self.clock.moment = max(self.clock.moment, due[0][1] / 1000)
            await self.parts.timekeeper.look()
            await self.settle()
        self.clock.moment = end

    async def write(self, text: str = "", user: int = MIGRANT, **more: Any) -> Json:
        """Somebody writes, and everything that follows happens."""
        message = await self.api.send(text, user=user, **more)
        await self.settle()
        return message

    async def press(self, data: str, user: int = MIGRANT, chat: int | None = None) -> None:
        """Somebody presses the newest button with data that begin so."""
        place = chat or user
        for message in reversed(await self.api.messages(place)):
            for button in buttons(message):
                if button.get("callback_data", "").startswith(data):
                    await self.api.post(
                        "/press",
                        user=user,
                        chat=place,
                        message_id=message["message_id"],
                        data=button["callback_data"],
                    )
                    await self.settle()
                    return
        raise AssertionError(f"no button {data!r}")

    async def open(self, user: int = MIGRANT, locale: Locale = Locale.RU) -> Case:
        """A person starts, chooses a language, and asks for the staff."""
        await self.write("/start", user=user)
        await self.press(f"l:{locale.value}", user=user)
        await self.write("/human", user=user)
        return await self.case(user)

    async def reply(self, text: str = "", user: int = COUNSELLOR, **more: Any) -> Json:
        """A counsellor writes in the topic of the migrant's last case."""
        thread = await self.thread()
        return await self.write(text, user=user, chat=GROUP, thread=thread, **more)

    # What is seen

    async def case(self, user: int = MIGRANT) -> Case:
        """The person's last case."""
        numbers = await self.store.cases.earlier(user)
        case = (await self.store.cases.load(numbers[-1])).case
        assert case is not None
        return case

    async def thread(self, user: int = MIGRANT) -> int:
        topic = await self.store.cases.topic((await self.case(user)).number)
        assert topic is not None
        return topic.thread

    async def in_topic(self, user: int = MIGRANT) -> list[Json]:
        """The bot's messages in the topic of the last case, without the card."""
        thread = await self.thread(user)
        topic = await self.store.cases.topic((await self.case(user)).number)
        assert topic is not None
        return [
            message
            for message in await self.api.messages(GROUP)
            if message.get("message_thread_id") == thread
            and message["from"]["is_bot"]
            and message["message_id"] != topic.card
            and not {"forum_topic_created", "pinned_message"} & message.keys()
            and not {"forum_topic_edited", "forum_topic_closed"} & message.keys()
            and "forum_topic_reopened" not in message
        ]

    async def topic_texts(self, user: int = MIGRANT) -> list[str]:
        """Their words."""
        return [said(message) for message in await self.in_topic(user)]

    async def told(self, user: int = MIGRANT) -> list[str]:
        """What the bot said to a person."""
        return [
            said(message) for message in await self.api.messages(user) if message["from"]["is_bot"]
        ]

    async def last_told(self, user: int = MIGRANT) -> str:
        return (await self.told(user))[-1]

    async def reactions(self, chat: int, message_id: int) -> list[str]:
        """The emoji on a message."""
        view = await self.api.get(f"/chats/{chat}?after=0")
        given = view["reactions"].get(str(message_id), {})
        return [kind["emoji"] for kinds in given.values() for kind in kinds]

    async def topic_is_closed(self) -> bool:
        thread = await self.thread()
        view = await self.api.get(f"/chats/{GROUP}?after=0")
        return bool(next(topic["closed"] for topic in view["topics"] if topic["id"] == thread))

    async def _fetch(self) -> bool:
        """Takes in what waits at the sandbox; whether there was anything."""
        asked = {"offset": self._offset, "timeout": 0, "allowed_updates": list(ALLOWED_UPDATES)}
        url = f"/bot{SANDBOX_TOKEN}/getUpdates"
        async with self._session.post(url, json=asked) as answer:
            found: list[Json] = (await answer.json())["result"]
        for update in found:
            self._offset = update["update_id"] + 1
            await self.receive(update)
        return bool(found)

    async def receive(self, update: Json) -> None:
        """An update comes, as the receiver takes it in."""
        payload = updates.write_json(update)
        await self.store.inbox.add(update["update_id"], updates.chat_id_of(update), payload)

    async def _is_quiet(self) -> bool:
        return await none_waits(self.store, Family.INBOX) and await none_waits(
            self.store, Family.OUTBOX
        )


def said(message: Json) -> str:
    """The words of a message."""
    return str(message.get("text") or message.get("caption") or "")


def buttons(message: Json) -> list[Json]:
    """The inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
