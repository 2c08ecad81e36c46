"""Measuring, over HTTP, with a stand-in for the classifier (tests/nlu measures the real one)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import Settings
from bot.understanding.evaluate import EvaluationError, evaluate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TOKEN = "t"


async def _parse(request: web.Request) -> web.Response:
    """Reads every text as a greeting."""
    if request.query.get("token") != TOKEN:
        return web.Response(status=401)
    text = (await request.json())["text"]
    ranking = [{"name": "greet", "confidence": 0.9}, {"name": "thanks", "confidence": 0.1}]
    answer = {"text": text, "intent_ranking": ranking, "languages": [], "urgency": 0.0}
    return web.json_response(answer)


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_post("/model/parse", _parse)
    async with TestServer(app) as running:
        yield running


def settings_for(url: str, token: str = TOKEN) -> Settings:
    return Settings(_env_file=None, nlu_url=url, nlu_token=token)


def phrases(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "phrases.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


async def test_it_asks_the_classifier_about_every_row(server: TestServer, tmp_path: Path) -> None:
    path = phrases(
        tmp_path,
        {"text": "салам", "intent": "greet"},
        {"text": "рахмат", "intent": "thanks"},
        {"text": "?"},
    )

    found = await evaluate(settings_for(str(server.make_url("/"))), path)

    assert found.rows == 2
    assert (found.intent.top1, found.intent.top3) == (1 / 2, 1)
    assert found.ms.median > 0
    assert len(found.faults) == 1


async def test_a_classifier_that_refuses_is_a_sentence(server: TestServer, tmp_path: Path) -> None:
    path = phrases(tmp_path, {"text": "салам", "intent": "greet"})

    with pytest.raises(EvaluationError, match="is down"):
        await evaluate(settings_for(str(server.make_url("/")), token="wrong"), path)


async def test_no_rows_are_a_sentence_with_the_reasons(server: TestServer, tmp_path: Path) -> None:
    path = phrases(tmp_path, {"text": "салам"})

    with pytest.raises(EvaluationError, match=r"nothing to measure in .*\n.*jsonl:1: no `intent`"):
        await evaluate(settings_for(str(server.make_url("/"))), path)


async def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="No such file"):
        await evaluate(settings_for("http://127.0.0.1:9"), tmp_path / "none.jsonl")
