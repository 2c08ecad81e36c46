"""Requests that are too long, and fields that must not be taken for such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.versions.paths import MAX_BYTES
from bot.console.web.body import MAX_BODY_BYTES

if TYPE_CHECKING:
    from tests.console.house import House


async def test_nobody_can_send_more_than_people_write(house: House) -> None:
    """Rule: also who is not signed in, and whose words would be sent back as a draft."""
    many = {f"f{number}": "x" * 500_000 for number in range(MAX_BODY_BYTES // 500_000 + 1)}
    async with house.browser() as browser:
        answer = await browser.client.post("/answers/resolve", data=many)
        assert answer.status_code == 413
        assert len(answer.content) < 10_000
        assert "content-security-policy" in answer.headers


async def test_the_longest_file_that_is_kept_comes_back_whole(house: House) -> None:
    """A browser sends a Cyrillic letter as six: what fits into a file must fit into a form."""
    draft = "я" * (MAX_BYTES // 2)
    async with house.browser() as browser:
        answer = await browser.client.post("/answers/resolve", data={"file:centres.yml": draft})
        assert answer.status_code == 401
        assert draft in answer.text
