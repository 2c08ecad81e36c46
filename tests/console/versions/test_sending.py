"""From the approval to a bot on another machine."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from structlog.testing import capture_logs

from bot.answers.watch import LibraryHolder
from bot.console.versions import sending
from bot.console.versions.sending import EditionSender, Sending
from bot.console.versions.versions import Versions
from bot.language.tags import Locale
from bot.library import refresh
from bot.store.store import Store, open_store
from tests.answers.small_folder import RUSSIAN, edit
from tests.console.versions.desk import NEW, OLD, RU, Ticking, published
from tests.eventually import eventually
from tests.servers import StoreServer, start_server, stop_server


@pytest.fixture
def server() -> Iterator[StoreServer]:
    started = start_server("redis", fsync="no")
    yield started
    stop_server(started)


@pytest.fixture
async def store(server: StoreServer) -> AsyncIterator[Store]:
    opened = await open_store(server.url, f"test-{token_hex(4)}:", 4)
    yield opened
    await opened.close()


@pytest.fixture
def sender(versions: Versions, store: Store, monkeypatch: pytest.MonkeyPatch) -> EditionSender:
    monkeypatch.setattr(sending, "CHECK_SECONDS", 0.05)
    return EditionSender(versions, store.editions, Ticking(), {})


@pytest.fixture
def bot(folder: Path, tmp_path: Path) -> LibraryHolder:
    """A bot on another machine, with a folder that nobody changes."""
    copied = tmp_path / "elsewhere"
    shutil.copytree(folder, copied)
    return LibraryHolder(copied)


def price(bot: LibraryHolder) -> str:
    return bot.library.answers["rent"].texts[Locale.RU].parts["everyone"]  # type: ignore[index]


async def test_a_publication_reaches_another_machine(
    versions: Versions, store: Store, sender: EditionSender, bot: LibraryHolder
) -> None:
    published(versions)

    assert await sender.send() is Sending.SENT
    assert await refresh(bot, store.editions)
    assert price(bot) == NEW
    assert await sender.send() is Sending.SAME


async def test_a_change_by_hand_on_the_machine_of_the_console_does_too(
    folder: Path, store: Store, sender: EditionSender, bot: LibraryHolder
) -> None:
    await sender.send()
    await refresh(bot, store.editions)
    edit(folder / RU, OLD, NEW)

    assert await sender.send() is Sending.SENT
    assert await refresh(bot, store.editions)
    assert price(bot) == NEW


async def test_at_its_start_the_consoles_folder_wins(
    folder: Path, git_dir: Path, store: Store, sender: EditionSender, bot: LibraryHolder
) -> None:
    """An operator has updated the checkout while the console was stopped."""
    await sender.send()
    edit(folder / RU, OLD, NEW)
    again = Versions(folder, git_dir, Ticking(), values={})

    assert await EditionSender(again, store.editions, Ticking(), {}).send() is Sending.SENT
    await refresh(bot, store.editions)
    assert price(bot) == NEW


async def test_what_is_broken_is_not_sent(
    folder: Path, store: Store, sender: EditionSender
) -> None:
    await sender.send()
    good = await store.editions.version()
    edit(folder / RU, "# everyone", "# nobody")

    assert await sender.send() is Sending.BROKEN
    assert await store.editions.version() == good


async def test_what_could_not_be_sent_is_sent_later(
    versions: Versions,
    store: Store,
    server: StoreServer,
    sender: EditionSender,
    bot: LibraryHolder,
) -> None:
    server.kill()
    published(versions)
    assert await sender.send() is Sending.AWAY
    watching = asyncio.create_task(sender.watch())
    server.start()

    async def has_it() -> bool:
        await refresh(bot, store.editions)
        return price(bot) == NEW

    await eventually(has_it)
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


async def test_of_an_absence_one_line_is_logged_and_none_of_a_start(
    versions: Versions, server: StoreServer, sender: EditionSender
) -> None:
    published(versions)
    with capture_logs() as logs:
        for failures in (2, 5):
            server.kill()
            for _ in range(failures):
                assert await sender.send() is Sending.AWAY
            server.start()
            await eventually(lambda: is_sent(sender))
    events = [line["event"] for line in logs if line["log_level"] == "warning"]
    assert events == ["edition_not_sent"]


async def is_sent(sender: EditionSender) -> bool:
    return await sender.send() is not Sending.AWAY


async def test_an_edition_that_somebody_dropped_is_sent_again(
    store: Store, sender: EditionSender, folder: Path
) -> None:
    await sender.send()
    await store.editions.drop()

    assert await sender.send() is Sending.SENT
    assert (folder / RU).read_text() == RUSSIAN
