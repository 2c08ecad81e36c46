"""The policy of what a page may load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.answers_folder import AnswersFolder
from bot.console.web.headers import headers
from tests.console.house import ANNA

if TYPE_CHECKING:
    import pytest

    from bot.answers.loaded import Loaded
    from tests.console.house import House


def test_the_map_may_load_its_pictures_from_where_the_operator_says_and_nothing_else() -> None:
    policy = headers("https://{s}.tiles.example.org/{z}/{x}/{y}.png")["content-security-policy"]
    assert "img-src 'self' data: https://*.tiles.example.org;" in policy
    assert policy.count("example.org") == 1


def test_without_tiles_nothing_comes_from_elsewhere() -> None:
    assert "http" not in headers()["content-security-policy"]


def test_only_under_https_a_browser_is_told_to_stay_there() -> None:
    assert "strict-transport-security" not in headers()
    assert "strict-transport-security" in headers(https=True)


async def test_a_page_that_says_that_something_broke_has_all_headers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody caught is answered outside of all middleware."""

    async def breaks(_: AnswersFolder) -> Loaded:
        raise RuntimeError("a mistake in the code")

    monkeypatch.setattr(AnswersFolder, "loaded", breaks)
    async with house.browser(ANNA) as anna:
        answer = await anna.get("/teach/phrases")
    assert answer.status_code == 500
    assert "a mistake in the code" not in answer.text
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
