"""Calls of the Bot API over plain HTTP, for tests that look at Telegram's exact words."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession, FormData

from tests.sandbox.menu_bot import TOKEN


class Calls:
    """A bot that speaks JSON, or multipart where it has files."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def _body(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(f"/bot{TOKEN}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def ok(self, method: str, **params: object) -> Any:
        """Return the result of a call that succeeds."""
        body = await self._body(method, params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: object) -> str:
        """Return the words of a call that is refused, without their prefix."""
        body = await self._body(method, params)
        assert not body["ok"], body
        words: str = body["description"]
        return words.removeprefix("Bad Request: ")

    async def upload(self, method: str, files: dict[str, bytes], **params: str) -> Any:
        """Return the result of a call with files, by the names of their parts."""
        form = FormData()
        for name, value in params.items():
            form.add_field(name, value)
        for name, content in files.items():
            form.add_field(name, content, filename=f"{name}.bin")
        async with self._session.post(f"/bot{TOKEN}/{method}", data=form) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]
