"""A console with phrases, models and a trainer of its own, and a stand-in for Rasa."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.console.training import jobs
from bot.handoff.masking import mask
from bot.store.review import Guessed, Question, Why
from tests.console import house as houses
from tests.console.training.conftest import place, settings, trainer
from tests.console.training.test_service import TOKEN, Rasa

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.console.training.folders import Folders
    from bot.store.store import Store

    Ask = Callable[..., Awaitable[None]]

__all__ = ["place", "settings", "trainer"]


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


@pytest.fixture
async def house(
    store: Store, tmp_path: Path, place: Folders, rasa: Rasa
) -> AsyncIterator[houses.House]:
    app = web.Application()
    app.router.add_get("/status", rasa.status)
    app.router.add_put("/model", rasa.put)
    async with (
        TestServer(app) as server,
        houses.house(
            store,
            tmp_path,
            training=place,
            nlu_data_dir=place.phrases,
            nlu_url=str(server.make_url("/")),
            nlu_token=TOKEN,
        ) as made,
    ):
        yield made
        await jobs.cancel(place)


@pytest.fixture
def ask(house: houses.House) -> Ask:
    """Puts a question into the queue, masked as the bot does it."""
    day = house.parts.clock.today().isoformat()

    async def put(
        text: str,
        locale: str = "ru",
        *,
        why: Why = Why.LOST,
        guesses: tuple[tuple[str, float], ...] = (),
        subject: str = "",
        times: int = 1,
    ) -> None:
        guessed = tuple(Guessed(*guess) for guess in guesses)
        question = Question(day, mask(text).text, locale, "cyrl", why, guessed, subject)
        cases = house.parts.store.cases
        for _ in range(times):
            await cases.write([cases.to_review(question)])

    return put
