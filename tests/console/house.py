"""The console for tests: the real application on a real store, with Telegram played by a stand-in.

Pages are asked for as a browser does it: cookies are kept, forms are sent with what is in them.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from contextlib import asynccontextmanager
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from telegram import ChatMemberLeft, ChatMemberMember, User
from telegram.error import NetworkError

from bot import retention
from bot.answers.check import Beside
from bot.catalogs import Catalogs
from bot.clock import Clock
from bot.console.access.members import StaffMembers
from bot.console.answers.checks import Checks
from bot.console.answers_folder import AnswersFolder
from bot.console.app import make_app
from bot.console.insight.reader import Reader
from bot.console.parts import Parts
from bot.console.teach.teaching import Teaching
from bot.console.training.folders import Folders, folders
from bot.console.versions.sending import EditionSender
from bot.console.versions.versions import Versions
from bot.console.web.languages import load_wordings
from bot.handoff.groups import Group
from bot.language.tags import Locale
from bot.settings import ROOT, Settings
from bot.store.console import Member
from bot.understanding.client import Classifier
from tests.content import fresh_answers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store

ADDRESS = "http://127.0.0.1:8083"
ANNA = Member(201, "Counsellor 1")
"""A counsellor."""
BEK = Member(202, "Counsellor 2")
"""An approver."""
DINA = Member(203, "Counsellor 3")
"""A coordinator."""
STRANGER = Member(999, "Somebody else")
CATALOGS = Catalogs(ROOT / "locales")
WORDINGS = load_wordings(ROOT / "locales")
GROUP = Group(-1001, "Staff", Locale.RU, tuple(Locale), coordinators=(203,), approvers=(202,))


class Telegram:
    """Says who is in the staff group, as ``telegram.Bot`` does.

    Attributes:
        inside: the members' ids.
        away: Telegram does not answer.
        asked: how often it was asked.
    """

    def __init__(self) -> None:
        self.inside = {ANNA.id, BEK.id, DINA.id}
        self.away = False
        self.asked = 0

    async def get_chat_member(self, group: int, user: int) -> ChatMemberMember | ChatMemberLeft:
        self.asked += 1
        if self.away:
            raise NetworkError("away")
        who = User(user, "x", is_bot=False)
        return ChatMemberMember(who) if user in self.inside else ChatMemberLeft(who)


class Hand:
    """Winds a clock by hand; in seconds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Browser:
    """Asks for pages and sends forms; keeps cookies."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def token(self) -> str:
        """The token that the pages of this session hand out with their forms."""
        page = (await self.client.get("/")).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found, "nobody is signed in"
        return unescape(found[1])

    async def post(
        self, path: str, fields: dict[str, object] | None = None, **headers: str
    ) -> httpx.Response:
        """Sends a form with the session's token."""
        sent = {"csrf": await self.token(), **(fields or {})}
        return await self.client.post(path, data=sent, headers=headers)


class House:
    """The console, and everything around it that a test may touch.

    Attributes:
        parts: what the pages work with.
        telegram: says who is on the staff.
        hand: the clock by which memberships are asked again.
    """

    def __init__(self, parts: Parts, telegram: Telegram, hand: Hand) -> None:
        self.parts = parts
        self.telegram = telegram
        self.hand = hand
        self.app = make_app(parts)

    @asynccontextmanager
    async def browser(self, member: Member | None = None) -> AsyncIterator[Browser]:
        """A browser in English, signed in with a link if a member is given."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=ADDRESS, headers={"accept-language": "en"}
        ) as client:
            if member is not None:
                await self.parts.store.console.offer(f"link-{member.id}", member)
                answer = await client.post(f"/sign-in/link-{member.id}")
                assert answer.status_code == 303
            yield Browser(client)


@cache
def seed() -> Path:
    """The project's answers, and a repository with their first version; made once for a process."""
    folder = Path(tempfile.mkdtemp(prefix="console-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fresh_answers(folder / "answers")
    git = folder / "console" / "answers.git"
    Versions(folder / "answers", git, lambda: 0.0, {}).import_outside_changes()
    return folder


def grown(folder: Path) -> None:
    """Puts the project's answers and their first version into a folder.

    Git never changes an object that it has written, so that all tests can share them.
    """
    shutil.copytree(seed() / "answers", folder / "answers")
    git = folder / "console" / "answers.git"
    shutil.copytree(seed() / "console" / "answers.git", git, ignore=lambda *_: ["objects"])
    shutil.copytree(
        seed() / "console" / "answers.git" / "objects", git / "objects", copy_function=os.link
    )


@asynccontextmanager
async def house(
    store: Store, folder: Path, training: Folders | None = None, **settings: object
) -> AsyncIterator[House]:
    """A console on a store.

    Args:
        store: real.
        folder: where it keeps its files.
        training: where phrases and models are; else where the settings say.
        settings: other than the usual.
    """
    answers = folder / "answers"
    if not answers.exists():
        grown(folder)
    mine = {
        "data_dir": folder,
        "answers_dir": answers,
        "telegram_bot_token": "",
        "redis_url": "",
        "nlu_url": "http://127.0.0.1:9",
    }
    configured = Settings(_env_file=None, **(mine | settings))  # type: ignore[call-arg, arg-type]
    telegram, hand, clock = Telegram(), Hand(), Clock()
    values = retention.variables(configured)
    versions = Versions(answers, configured.console_dir / "answers.git", clock.now, values)
    answers_folder, places = AnswersFolder(answers, values), configured.nlu_data_dir / "places.yml"
    teaching = Teaching(training or folders(configured))
    async with Classifier(configured.classifier_url, "", 0.2) as classifier:
        parts = Parts(
            settings=configured,
            secret=b"a secret of the tests, 32 bytes.",
            store=store,
            clock=clock,
            catalogs=CATALOGS,
            wordings=WORDINGS,
            members=StaffMembers(telegram, [GROUP], store.cases.canonical, monotonic=hand),  # type: ignore[arg-type]
            classifier=classifier,
            groups=(GROUP,),
            folder=answers_folder,
            insight=Reader(store, answers_folder, places, (GROUP,), clock, hand),
            versions=versions,
            checks=Checks(
                versions, Beside(configured.nlu_data_dir / "samples", values), clock.today
            ),
            teaching=teaching,
            edition=EditionSender(versions, store.editions, clock.now, values),
        )
        yield House(parts, telegram, hand)
        await teaching.close()
