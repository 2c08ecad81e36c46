"""The people of the desk's load test: migrants and counsellors who use the sandbox's JSON API.

Each writes numbered sentences, so that whatever arrives says whose it is and which one.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import ClientSession

Json = dict[str, Any]

TEAMS = (
    (Locale.RU,),
    (Locale.KK,),
    (Locale.UZ, Locale.UZ_CYRL),
    (Locale.TG,),
    (Locale.KY,),
)
"""Which languages each of the five groups takes."""

COUNSELLORS = 4
"""In each group."""

SENTENCES = 3
"""That a migrant writes in a case, and as many a counsellor."""

FIRST_MIGRANT, FIRST_COUNSELLOR, OWNER = 10_000, 100, 99
LOOK_SECONDS = 0.25
"""Between two looks at a group, or at the journal."""

MIGRANTS_WORDS = re.compile(r"migrant (\d+) writes (\d+)")
COUNSELLORS_WORDS = re.compile(r"counsellor tells (\d+) for time (\d+)")


def of_migrant(person: int, number: int) -> str:
    """A migrant's sentence."""
    return f"migrant {person} writes {number}"


def of_counsellor(person: int, number: int) -> str:
    """A counsellor's sentence to a migrant."""
    return f"counsellor tells {person} for time {number}"


def sentences(pattern: re.Pattern[str], messages: Iterable[Json]) -> list[tuple[int, int, Json]]:
    """The migrant's number, the sentence's, and the message; a message may hold several."""
    return [
        (int(match[1]), int(match[2]), message)
        for message in messages
        for match in pattern.finditer(message.get("text", ""))
    ]


class Sandbox:
    """The JSON API, and the journal of the bot's calls as far as it was read."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session
        self._known = 0
        self._changed = asyncio.Event()
        self.calls: list[Json] = []
        self.made: dict[int, list[float]] = defaultdict(list)

    async def get(self, path: str) -> Json:
        """What a path answers.

        Raises:
            RuntimeError: it refuses; its words.
        """
        async with self._session.get(f"/sandbox/api{path}") as answer:
            body: Json = msgspec.json.decode(await answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{path}: {body}")
            return body

    async def post(self, path: str, **body: object) -> Json:
        """What a path answers to a body.

        Raises:
            RuntimeError: it refuses; its words.
        """
        async with self._session.post(f"/sandbox/api{path}", json=body) as answer:
            told: Json = msgspec.json.decode(await answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{path}: {told}")
            return told

    async def read_journal(self) -> None:
        """Reads on, and wakes those who wait for a message."""
        told = await self.get(f"/calls?after={self._known}")
        if told["calls"] and told["calls"][0]["n"] != self._known + 1:
            raise RuntimeError("calls were lost: the journal is read too seldom")
        self._known = told["now"]
        self.calls += told["calls"]
        for call in told["calls"]:
            if call["ok"] and makes_a_message(call["method"]):
                self.made[call["chat"]].append(call["at"])
        self._changed.set()
        self._changed = asyncio.Event()

    async def follow_journal(self) -> None:
        """Reads on until cancelled."""
        while True:
            await self.read_journal()
            await asyncio.sleep(LOOK_SECONDS)

    async def first_in(self, chat: int) -> None:
        """Waits until the bot has sent a message."""
        while not self.made[chat]:
            await self._changed.wait()


def makes_a_message(method: str) -> bool:
    """Whether a method of the Bot API does, and is counted by Telegram's limits."""
    return method.startswith(("send", "copyMessage", "forwardMessage")) and not method.endswith(
        ("Action", "Draft")
    )


@dataclass
class Case:
    """What the people of a case saw and did.

    Attributes:
        migrant: the number of the person.
        asked: when the migrant asked for a counsellor, as Unix time like all others here.
        written: when the migrant wrote each sentence.
        told: when the counsellor wrote each sentence.
        heard: set when a counsellor has written.
    """

    migrant: int
    asked: float = 0.0
    written: dict[int, float] = field(default_factory=dict)
    told: dict[int, float] = field(default_factory=dict)
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Migrants:
    """Those who write to the bot.

    Args:
        sandbox: the JSON API.
        cases: of those who will have one, by the number of the migrant.
    """

    def __init__(self, sandbox: Sandbox, cases: dict[int, Case]) -> None:
        self._sandbox = sandbox
        self._cases = cases

    async def live(self, person: int, delay: float) -> None:
        """Comes after a while, chooses a language, looks at the menu; some open a case."""
        await asyncio.sleep(delay)
        user, team = FIRST_MIGRANT + person, TEAMS[person % len(TEAMS)]
        locale = team[person // len(TEAMS) % len(team)]
        await self._write(user, "/start")
        await self._sandbox.first_in(user)
        await self._press(user, f"l:{locale.value}")
        if person not in self._cases:
            await self._write(user, "/menu")
            return
        case = self._cases[person]
        case.asked = time.time()
        await self._write(user, "/human")
        for number in range(1, SENTENCES):
            await self._say(case, number)
        await case.heard.wait()
        await self._say(case, SENTENCES)

    async def _say(self, case: Case, number: int) -> None:
        case.written[number] = time.time()
        await self._write(FIRST_MIGRANT + case.migrant, of_migrant(case.migrant, number))

    async def _write(self, user: int, text: str) -> None:
        await self._sandbox.post("/send", user=user, language_code="ru", text=text)

    async def _press(self, user: int, data: str) -> None:
        for message in reversed((await self._sandbox.get(f"/chats/{user}?after=0"))["messages"]):
            rows = message.get("reply_markup", {}).get("inline_keyboard", ())
            if any(button.get("callback_data") == data for row in rows for button in row):
                await self._sandbox.post(
                    "/press", user=user, message_id=message["message_id"], data=data
                )
                return
        raise RuntimeError(f"{user} was shown no button {data}")


class Team:
    """The counsellors of one group, who look at it and answer what is new.

    Args:
        sandbox: the JSON API.
        group: Telegram's id of it.
        members: Telegram's ids of the counsellors.
        cases: all cases, by the number of the migrant.
    """

    def __init__(
        self, sandbox: Sandbox, group: int, members: list[int], cases: dict[int, Case]
    ) -> None:
        self.group = group
        self._sandbox = sandbox
        self._members = members
        self._cases = cases
        self._known = 0

    async def work(self) -> None:
        """Looks until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Sees what is new, and answers it."""
        view = await self._sandbox.get(f"/chats/{self.group}?after={self._known}")
        self._known = view["now"]
        for person, number, message in sentences(MIGRANTS_WORDS, view["messages"]):
            case, thread = self._cases[person], message.get("message_thread_id", 1)
            if number == 1 and not case.told:
                await self._say(case, thread, 1)
                await self._say(case, thread, 2)
                case.heard.set()
            elif number == SENTENCES and SENTENCES not in case.told:
                await self._say(case, thread, SENTENCES)

    async def _say(self, case: Case, thread: int, number: int) -> None:
        counsellor = self._members[case.migrant // len(TEAMS) % len(self._members)]
        case.told[number] = time.time()
        text = of_counsellor(case.migrant, number)
        await self._sandbox.post(
            "/send", user=counsellor, chat=self.group, thread=thread, text=text
        )
