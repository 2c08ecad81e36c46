"""Web pages from elsewhere have no say: neither by a script nor by a picture's address."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession

from tests.sandbox.conftest import Api

ADDRESSES = ("/sandbox/api/reset", "/bot1:T/sendMessage", "/file/bot1:T/photos/file_1.jpg")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        # DNS rebinding: to the browser this page and the sandbox are of one origin.
        {"Origin": "http://evil.example:8081", "Host": "evil.example:8081"},
    ],
)
async def test_other_web_pages_are_refused(
    raw: ClientSession, path: str, headers: dict[str, str]
) -> None:
    async with raw.post(path, headers=headers) as answer:
        assert answer.status == 403
        assert (await answer.json())["error"]


async def test_a_foreign_page_cannot_take_the_updates_away(raw: ClientSession, api: Api) -> None:
    hook = "/bot1:T/setWebhook?url=http://evil.example/"
    async with raw.get(hook, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 403
    assert (await api.get("/bot"))["webhook"] is False


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "localhost:9", "[::1]:9", "192.168.1.7", "sandbox:9"]
)
async def test_its_own_page_and_bots_get_in(raw: ClientSession, host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    async with raw.post("/sandbox/api/reset", headers=own) as answer:
        assert answer.status == 200
    async with raw.post("/bot1:T/getMe", headers={"Host": host}) as answer:
        assert answer.status == 200


async def test_a_link_from_elsewhere_opens_the_page(raw: ClientSession) -> None:
    async with raw.get("/", headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 200
    async with raw.get("/", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
