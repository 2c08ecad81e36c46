"""How the page's files are served: plain, without a way out of their folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from bot.sandbox.page import STATIC

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from aiohttp.test_utils import TestServer


async def test_every_file_of_the_page_is_served(raw: ClientSession) -> None:
    for path in STATIC.rglob("*.*"):
        async with raw.get(f"/static/{path.relative_to(STATIC)}") as answer:
            assert answer.status == 200, path
            assert await answer.read() == path.read_bytes()
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["../page.py", "..%2Fpage.py", "%2e%2e/page.py", "core/../../page.py", "core", "core/none.js",
     "/etc/hostname", "%00.js", "//etc/passwd"],
)  # fmt: skip
async def test_nothing_else_is(raw: ClientSession, sandbox: TestServer, path: str) -> None:
    address = URL(f"{sandbox.make_url('/static/')}{path}", encoded=True)
    async with raw.get(address) as answer:
        assert answer.status == 404
