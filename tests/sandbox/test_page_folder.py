"""The page's files come from one folder, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.sandbox import page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    static = tmp_path / "static"
    (static / "below").mkdir(parents=True)
    (static / "below" / "own.css").write_text("own")
    (static / "notes.txt").write_text("of no kind that a page needs")
    (tmp_path / "outside.css").write_text("outside")
    (static / "link.css").symlink_to(tmp_path / "outside.css")
    monkeypatch.setattr(page, "STATIC", static)
    return static


@pytest.mark.parametrize(
    "path",
    [
        "..%2Foutside.css",
        "below%2F..%2F..%2Foutside.css",
        "link.css",
        "notes.txt",
        "below",
        "a%00.css",
        "%2Fetc%2Fpasswd",
    ],
)
async def test_no_way_out(sandbox: TestServer, folder: Path, path: str) -> None:
    address = URL(f"{sandbox.make_url('/static/')}{path}", encoded=True)
    async with ClientSession() as client, client.get(address) as answer:
        assert answer.status == 404


async def test_what_is_below_is_served(raw: ClientSession, folder: Path) -> None:
    async with raw.get("/static/below/own.css") as answer:
        assert (answer.status, await answer.text()) == (200, "own")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
