"""A webhook of the script's own."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from aiohttp import web

from tests.fidelity.contract.client import Json
from tests.fidelity.relay import SECRET_HEADER


class Hook:
    """Takes updates and keeps them.

    Attributes:
        url: Where it listens.
        secret: What came along with the last update.
        statuses: What to answer next; 200 when there is none left.
        answer: The body to answer with.
    """

    def __init__(self) -> None:
        self.url = ""
        self.secret: str | None = None
        self.statuses: list[int] = []
        self.answer: Json = {}
        self._taken: asyncio.Queue[Any] = asyncio.Queue()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def next(self) -> Any:
        """The next update; the test's own time limit ends the wait."""
        return await self._taken.get()

    async def _take(self, request: web.Request) -> web.Response:
        self.secret = request.headers.get(SECRET_HEADER)
        status = self.statuses.pop(0) if self.statuses else 200
        response = web.json_response(self.answer or None, status=status)
        self._taken.put_nowait(await request.json())
        return response
