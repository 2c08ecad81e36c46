"""The helpline on the sandbox, with everything on the wire judged by aiogram's Bot API models."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.chatlog import ChatLog
from tests.fidelity.grounds import SandboxGround
from tests.fidelity.journeys import (
    ANYWHERE,
    ON_THE_SANDBOX,
    WITH_CLASSIFIER,
    Made,
    all_screens,
    asks_by_buttons,
    begins,
    end,
    finds_nobody_to_read,
    start,
)
from tests.fidelity.person import SECONDS, Person
from tests.fidelity.processes import HelplineProcess, SandboxProcess, free_port
from tests.fidelity.relay import Relay
from tests.fidelity.sandbox_api import SandboxApi
from tests.fidelity.strictness import Witness

pytestmark = pytest.mark.e2e

JOURNEYS = (*ANYWHERE, *ON_THE_SANDBOX, *WITH_CLASSIFIER)
BY_WEBHOOK = (asks_by_buttons, finds_nobody_to_read)
_users = itertools.count(9001)
_screens: set[str] = set()


class Watched:
    """A helpline at work on the sandbox, and who watches the wire."""

    def __init__(self, api: SandboxApi, relay: Relay) -> None:
        self.api = api
        self.log = ChatLog()
        self.witness = Witness()
        self.receiving = asyncio.Event()
        self.made: Made = {}
        relay.listeners += [self.log, self.witness]
        relay.arrivals.append(self._arrived)

    def person(self, language_code: str = "ru") -> Person:
        """Somebody new."""
        ground = SandboxGround(self.api)
        return Person(ground, self.log, next(_users), language_code, _screens)

    def _arrived(self, call: Any) -> None:
        if call.method in ("getUpdates", "setWebhook"):
            self.receiving.set()


@asynccontextmanager
async def watch(
    folder: Path, http: ClientSession, *, classifier: bool = False, **settings: str
) -> AsyncIterator[Watched]:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxProcess(folder))
        relay = await stack.enter_async_context(Relay(sandbox.url, webhooks=True))
        watched = Watched(SandboxApi(http, sandbox.url), relay)
        process = HelplineProcess(folder, relay.url, classifier=classifier, **settings)
        await stack.enter_async_context(process)
        await watched.receiving.wait()
        yield watched


@pytest_asyncio.fixture(scope="module")
async def helpline(
    tmp_path_factory: pytest.TempPathFactory, http: ClientSession
) -> AsyncIterator[Watched]:
    folder = tmp_path_factory.mktemp("helpline")
    # However busy the machine is, the classifier gets the time to answer.
    async with watch(folder, http, classifier=True, NLU_TIMEOUT="30") as watched:
        watched.made = start(JOURNEYS, watched.person)
        yield watched
        await end(watched.made)


@pytest_asyncio.fixture(scope="module")
async def webhook_helpline(
    tmp_path_factory: pytest.TempPathFactory, http: ClientSession
) -> AsyncIterator[Watched]:
    """By webhook, and without a classifier."""
    port = free_port()
    settings: dict[str, Any] = {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_PORT": str(port),
        "WEBHOOK_SECRET": "only-for-this-one-test",
    }
    async with watch(tmp_path_factory.mktemp("webhook"), http, **settings) as watched:
        watched.made = start(BY_WEBHOOK, watched.person)
        yield watched
        await end(watched.made)


def in_order(watched: Watched) -> None:
    """Nothing on the wire was but as it must be."""
    assert not watched.witness.violations, "\n".join(watched.witness.violations)


@pytest.mark.parametrize("journey", [journey.__name__ for journey in JOURNEYS])
async def test_journey(helpline: Watched, journey: str) -> None:
    await helpline.made[journey]
    in_order(helpline)


@pytest.mark.parametrize("journey", [journey.__name__ for journey in BY_WEBHOOK])
async def test_journey_by_webhook(webhook_helpline: Watched, journey: str) -> None:
    await webhook_helpline.made[journey]
    assert webhook_helpline.witness.seen["update message"] >= 1
    assert webhook_helpline.witness.seen["getUpdates → 200"] == 0
    in_order(webhook_helpline)


@pytest.mark.parametrize(
    "kind",
    ["photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"],
)
async def test_what_cannot_be_read(helpline: Watched, kind: str) -> None:
    person = helpline.person()
    await begins(person)
    await person.sends(**{kind: {}})
    await person.sees("CannotRead", button="do:menu")
    in_order(helpline)


async def test_an_album_a_contact_and_a_venue(helpline: Watched) -> None:
    person = helpline.person()
    await begins(person)
    for _ in range(3):
        await person.sends(photo={"media_group_id": "777"})
    await person.sends(contact={"phone_number": "+77000000000", "own": True})
    await person.sees("CannotRead", words="контакт", button="do:menu")
    venue = {"latitude": 43.24, "longitude": 76.91, "title": "Bazaar", "address": "Tole bi 5"}
    await person.sends(location=venue)
    await person.sees("ShowCentres", words="км", button="do:menu")
    in_order(helpline)


async def test_an_edit_an_answer_a_forward_and_a_reaction(helpline: Watched) -> None:
    person = helpline.person()
    await begins(person)
    await person.writes("🙏")
    wordless = await person.sees("Wordless", button="do:menu")
    sent = await helpline.api.get(f"chats/{person.user}?after=0")
    own = [m for m in sent["messages"] if not m["from"]["is_bot"]][-1]["message_id"]
    await person.sends(edit={"message_id": own, "text": "/menu"})
    await person.sees("Menu", button="t:")
    await person.sends(text="Шымкент", reply_to=wordless.message_id)
    await person.sees("ShowCentres", words="Шымкент", button="do:human")
    await person.sends(text="Астана", forward={"sender_name": "Somebody"})
    await person.sees("ShowCentres", words="Астана", button="do:human")
    await helpline.api.post("react", user=person.user, message_id=own, emoji="👍")
    await person.writes("/menu")
    await person.sees("Menu", button="t:")
    in_order(helpline)


async def test_somebody_who_blocks_and_comes_back(helpline: Watched) -> None:
    person = helpline.person()
    await begins(person)
    await helpline.api.post("block", user=person.user)
    await helpline.api.post("unblock", user=person.user)
    await person.writes("/menu")
    await person.sees("Menu", button="t:")
    assert helpline.witness.seen["update my_chat_member"] >= 2
    in_order(helpline)


async def test_a_group_is_told_that_the_helpline_answers_in_private(helpline: Watched) -> None:
    member = helpline.person()
    await begins(member)
    founded = {"title": "Workers", "creator": member.user, "bot": "left"}
    chat = (await helpline.api.post("groups", **founded))["chat"]["id"]
    added = {"chat": chat, "user": member.user, "member": "bot", "status": "member"}
    await helpline.api.post("members", **added)
    async with asyncio.timeout(SECONDS):
        await helpline.log.wait_for(chat, 0, lambda shown: bool(shown.text))
        await helpline.api.post("send", chat=chat, user=member.user, text="Just talking")
        await helpline.api.post("send", chat=chat, user=member.user, text="/help")
        await helpline.log.wait_for(chat, 1, lambda shown: bool(shown.text))
    in_order(helpline)


@pytest.mark.parametrize(
    "fault",
    [
        {"error_code": 429, "retry_after": 1},
        {"error_code": 502},
        {"error_code": 500, "description": "Internal Server Error: restart"},
        {"cut": True},
    ],
    ids=str,
)
async def test_a_call_that_fails_once(helpline: Watched, fault: dict[str, object]) -> None:
    """Refusals have the form that aiogram's models ask for, too; the answer comes all the same."""
    person = helpline.person()
    await begins(person)
    await helpline.api.post("fault", method="sendMessage", chat=person.user, **fault)
    await person.writes("/human")
    await person.sees("ShowHuman", button="a:find_centre")
    in_order(helpline)


async def test_a_chat_that_refuses(helpline: Watched) -> None:
    person = helpline.person()
    await begins(person)
    await helpline.api.post("fault", method="sendMessage", chat=person.user, error_code=403)
    await person.writes("/human")
    await person.writes("/menu")
    await person.sees("Menu", button="t:")
    assert helpline.witness.seen["sendMessage → 403"] >= 1
    in_order(helpline)


async def test_every_screen_is_driven(helpline: Watched, webhook_helpline: Watched) -> None:
    await asyncio.gather(*helpline.made.values(), *webhook_helpline.made.values())
    assert all_screens() - _screens == set()


async def test_the_bot_described_itself(helpline: Watched) -> None:
    for method in ("setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"):
        assert helpline.witness.seen[f"{method} → 200"] == 6
    in_order(helpline)
