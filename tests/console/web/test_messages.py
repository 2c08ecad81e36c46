"""What goes wrong while a script asks for a part of a page is said on the page; the page stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.console.house import ANNA, DINA, Browser, House

if TYPE_CHECKING:
    import httpx

    from tests.servers import StoreServer

PART = {"hx-request": "true"}
MESSAGE = {
    "hx-retarget": "#messages",
    "hx-reswap": "innerMorph",
    "hx-reselect": "#message",
    "hx-push-url": "false",
    "hx-replace-url": "false",
}


def headers(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("hx-")}


async def stale(browser: Browser, **headers: str) -> httpx.Response:
    """Sends a form of another session."""
    return await browser.client.post(
        "/teach/label", data={"csrf": "old", "text": "draft"}, headers=headers
    )


async def test_a_stale_form_gets_a_message_with_the_token_of_this_session(house: House) -> None:
    async with house.browser(ANNA) as anna:
        answer = await stale(anna, **PART)
        token = await anna.token()
    assert (answer.status_code, headers(answer)) == (403, MESSAGE)
    assert answer.text.lstrip().startswith('<div id="message"')
    assert "<html" not in answer.text
    assert "Nothing was saved" in answer.text
    assert f'data-csrf="{token}"' in answer.text


async def test_without_a_script_it_is_a_page_with_the_draft(house: House) -> None:
    async with house.browser(ANNA) as anna:
        answer = await stale(anna)
    assert (answer.status_code, headers(answer)) == (403, {})
    assert "<html" in answer.text
    assert re.search(r'<textarea name="text"[^>]*>draft</textarea>', answer.text)


async def test_who_is_signed_out_is_told_and_gets_no_token(house: House) -> None:
    async with house.browser() as stranger:
        for answer in (
            await stale(stranger, **PART),
            await stranger.get("/answers?text=x", **PART),
        ):
            assert (answer.status_code, headers(answer)) == (401, MESSAGE)
            assert "Your session has ended" in answer.text
            assert 'href="/sign-in" target="_blank"' in answer.text
            assert "data-csrf" not in answer.text


@pytest.mark.parametrize("path", ["/banners", "/teach/grouping", "/teach/training/job"])
async def test_what_a_page_asks_for_by_itself_ends_where_it_stands(house: House, path: str) -> None:
    """A message above the page, again every few seconds, would be read aloud again and again."""
    async with house.browser() as stranger:
        answer = await stranger.get(path, **PART)
    assert (answer.status_code, headers(answer)) == (401, {})
    assert "Your session has ended" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "There is no such page"),
        ("/teach?page=0", 404, "There is no such page"),
        ("/insight", 403, "You may not do this"),
    ],
)
async def test_every_error_of_a_part_is_a_message(
    house: House, path: str, status: int, said: str
) -> None:
    async with house.browser(ANNA) as anna:
        part, page = await anna.get(path, **PART), await anna.get(path)
    assert (part.status_code, headers(part)) == (status, MESSAGE)
    assert (page.status_code, headers(page)) == (status, {})
    for answer in (part, page):
        assert said in answer.text
    assert ("<html" in part.text, "<html" in page.text) == (False, True)


async def test_too_many_changes_are_told_with_how_long_to_wait(house: House) -> None:
    async with house.browser(ANNA) as anna:
        token = await anna.token()
        sent = {"csrf": token, "do": "x"}
        for _ in range(60):
            await anna.client.post("/teach/label", data=sent)
        answer = await anna.client.post("/teach/label", data=sent, headers=PART)
    assert (answer.status_code, headers(answer)) == (429, MESSAGE)
    assert re.search(r"Please wait \d+ second", answer.text)


async def test_an_absent_store_is_a_message_too(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(DINA) as dina:
        await dina.get("/")
        own_server.kill()
        answer = await dina.get("/people/changes", **PART)
    assert (answer.status_code, headers(answer)) == (503, MESSAGE)
    assert "The store is away" in answer.text
    own_server.start()
