"""The composition root of the console's process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import structlog
import uvicorn
from redis.exceptions import RedisError
from telegram import Bot

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
from bot.console.training.folders import folders
from bot.console.versions.sending import EditionSender
from bot.console.versions.versions import Versions
from bot.console.web.languages import load_wordings
from bot.store.connection import connect
from bot.store.console import ConsoleStore, Member
from bot.store.keys import DAY, Keys
from bot.store.store import Store
from bot.telegram.desk.upkeep.staff_file import load_groups
from bot.telegram.request import AiohttpRequest
from bot.understanding.client import Classifier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.settings import Settings

SECRET_BYTES = 32
SANDBOX_COUNSELLOR = Member(201, "Counsellor 1")
"""The sandbox's ready staff group has this member."""

_log = structlog.get_logger()


async def main(settings: Settings) -> None:
    """Serves the console until SIGTERM or SIGINT.

    Raises:
        OSError: the port is taken.
    """
    async with AsyncExitStack() as stack:
        parts = await _parts(settings, stack)
        server = _Server(
            uvicorn.Config(
                make_app(parts),
                host=settings.console_host,
                port=settings.console_port,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=5,
            )
        )
        stack.push_async_callback(_cancelled, asyncio.create_task(parts.edition.watch()))
        if settings.uses_sandbox:
            stack.push_async_callback(_cancelled, asyncio.create_task(_print_link(parts)))
        await server.serve()


class _Server(uvicorn.Server):
    """One that ends in order: uvicorn's own raises the signal again before we have cleaned up."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Asks the server to stop when a signal comes."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def _parts(settings: Settings, stack: AsyncExitStack) -> Parts:
    clock = Clock(settings.clock_file if settings.uses_sandbox else None)
    redis, keys = connect(settings.store_url), Keys(settings.key_prefix)
    store = Store(redis, keys, settings.shards, session_ttl=settings.session_days * DAY)
    stack.push_async_callback(store.close)
    classifier = await stack.enter_async_context(
        Classifier(settings.classifier_url, settings.nlu_token, settings.nlu_timeout)
    )
    request = AiohttpRequest()
    bot = Bot(settings.token, f"{settings.api_url}/bot", f"{settings.api_url}/file/bot", request)
    await request.initialize()
    stack.push_async_callback(request.shutdown)
    groups = load_groups(
        settings.staff_path,
        sandbox=settings.uses_sandbox,
        required=settings.staff_file is not None,
    )
    members = StaffMembers(
        bot,
        groups.all if groups else (),
        store.cases.canonical,
        everybody_may_all=settings.uses_sandbox and not settings.staff_path.exists(),
    )
    values = retention.variables(settings)
    folder = AnswersFolder(settings.answers_dir, values)
    staff = groups.all if groups else ()
    places = settings.nlu_data_dir / "places.yml"
    versions = Versions(
        settings.answers_dir, settings.console_dir / "answers.git", clock.now, values
    )
    teaching = Teaching(folders(settings))
    stack.push_async_callback(teaching.close)
    return Parts(
        settings=settings,
        secret=read_secret(settings.console_dir / "secret"),
        store=store,
        clock=clock,
        catalogs=Catalogs(settings.locales_dir),
        wordings=load_wordings(settings.locales_dir),
        members=members,
        classifier=classifier,
        groups=staff,
        folder=folder,
        insight=Reader(store, folder, places, staff, clock),
        versions=versions,
        checks=Checks(versions, Beside(settings.nlu_data_dir / "samples", values), clock.today),
        teaching=teaching,
        edition=EditionSender(versions, store.editions, clock.now, values),
    )


def read_secret(file: Path) -> bytes:
    """The secret that signs cookies; made at the first start, readable to this user only.

    Args:
        file: holds it in hexadecimal digits.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_hex(SECRET_BYTES))
    return bytes.fromhex(file.read_text())


async def _print_link(parts: Parts) -> None:
    """For the person at the terminal who tries the helpline out."""
    address = await _sandbox_link(parts.store.console, parts.settings)
    print(f"  console    {address}\n             (good once, for five minutes)", flush=True)  # noqa: T201


async def new_sandbox_link(settings: Settings) -> str:
    """The address of a new sign-in link for the sandbox's counsellor; waits for the store."""
    redis, keys = connect(settings.store_url), Keys(settings.key_prefix)
    try:
        return await _sandbox_link(ConsoleStore(redis, keys), settings)
    finally:
        await redis.aclose()


async def _sandbox_link(store: ConsoleStore, settings: Settings) -> str:
    secret = secrets.token_urlsafe(32)
    while True:
        try:
            await store.offer(secret, SANDBOX_COUNSELLOR)
        except RedisError:
            await asyncio.sleep(0.2)
        else:
            return f"{settings.console_address}/sign-in/{secret}"


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
