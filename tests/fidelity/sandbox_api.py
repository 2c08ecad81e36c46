"""The sandbox's JSON API: what people do."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession

Json = dict[str, Any]


class SandboxApi:
    """Drives a sandbox.

    Args:
        session: An HTTP client.
        url: The sandbox's root.
    """

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._root = url
        self._url = f"{url}/sandbox/api"

    async def post(self, act: str, **body: Any) -> Json:
        """Asks for something to happen.

        Raises:
            AssertionError: The sandbox refused; its sentence says why.
        """
        async with self._session.post(f"{self._url}/{act}", json=body) as answer:
            told: Json = await answer.json()
            assert answer.status == 200, f"{act}: {told}"
            return told

    async def get(self, path: str) -> Json:
        """Asks for what can be seen."""
        async with self._session.get(f"{self._url}/{path}") as answer:
            told: Json = await answer.json()
            assert answer.status == 200, f"{path}: {told}"
            return told

    async def call(self, token: str, method: str, **parameters: Any) -> Json:
        """Calls a Bot API method, as another bot with the same token would."""
        url = f"{self._root}/bot{token}/{method}"
        async with self._session.post(url, json=parameters) as answer:
            told: Json = await answer.json()
            return told
