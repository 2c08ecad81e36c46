"""Keeps the answers in service up to date: with the console's edition, or with the folder.

Who wins: see ``answers.watch``. To get rid of an edition, stop the console and drop it: ``drop``.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError

from bot.store.consumer import until_done
from bot.store.store import open_store

if TYPE_CHECKING:
    from bot.answers.watch import LibraryHolder
    from bot.settings import Settings
    from bot.store.edition import Edition, Editions

_log = structlog.get_logger()


async def first_edition(editions: Editions) -> tuple[str, bytes] | None:
    """Version and packed files of the edition to begin with; waits for a store that is away."""
    found = await until_done(editions.load, "edition")
    return None if found is None else (found.version, found.packed)


async def refresh(holder: LibraryHolder, editions: Editions) -> bool:
    """Looks for another edition, or for changes of the folder; cheap if there are none.

    While the store is away an edition stays in service; a folder that is served is still followed.

    Returns:
        Whether another version is in service now.
    """
    try:
        version = await editions.version()
        if version != holder.edition:
            found = None if version is None else await editions.load()
            edition = None if found is None else (found.version, found.packed)
            if await asyncio.to_thread(holder.follow, edition):
                return True
    except RedisError as error:
        _log.debug("edition_unknown", error=type(error).__name__)
    return await asyncio.to_thread(holder.refresh)


async def published(settings: Settings) -> Edition | None:
    """The edition that all bots serve; None while each serves its own folder."""
    store = await open_store(settings.store_url, settings.key_prefix, settings.shards)
    try:
        return await store.editions.load()
    finally:
        await store.close()


async def drop(settings: Settings) -> bool:
    """Removes the edition: every bot goes back to its own folder within seconds.

    A running console puts it there again at once: it has to be stopped before.

    Returns:
        Whether there was one.
    """
    store = await open_store(settings.store_url, settings.key_prefix, settings.shards)
    try:
        return await store.editions.drop()
    finally:
        await store.close()
