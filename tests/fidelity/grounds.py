"""Where a journey takes place: how what a person does reaches the bot."""

from __future__ import annotations

import itertools
from typing import Any, Protocol

from aiohttp import ClientSession

from tests.fidelity.processes import TOKEN
from tests.fidelity.sandbox_api import SandboxApi
from tests.fidelity.wire import Json


class Ground(Protocol):
    """A server, with somebody who acts there."""

    async def send(self, user: int, language_code: str, **content: Any) -> None:
        """A person sends a text, a location or something else."""

    async def press(self, user: int, language_code: str, message_id: int, data: str) -> str:
        """A person presses a button, or one that is not there; returns the query's id."""


class SandboxGround:
    """The helpline's own sandbox."""

    def __init__(self, api: SandboxApi) -> None:
        self.api = api

    async def send(self, user: int, language_code: str, **content: Any) -> None:
        """A person sends something."""
        await self.api.post("send", user=user, language_code=language_code, **content)

    async def press(self, user: int, language_code: str, message_id: int, data: str) -> str:
        """A person presses a button."""
        told = await self.api.post(
            "press", user=user, message_id=message_id, data=data, forged=True
        )
        return str(told["callback_query_id"])


class EmulatorGround:
    """lo-bot-api-emulator, which invents nothing: updates are written here as Telegram does."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = f"{url}/__fixture/updates"
        self._ids = itertools.count(1_000_000)

    async def send(self, user: int, language_code: str, **content: Any) -> None:
        """A person sends a text or a location."""
        text = str(content.get("text", ""))
        message = self._message(user) | {"from": _user(user, language_code)} | content
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        await self._enqueue({"message": message})

    async def press(self, user: int, language_code: str, message_id: int, data: str) -> str:
        """A person presses a button."""
        query_id = str(next(self._ids))
        message = self._message(user) | {
            "message_id": message_id,
            "from": {"id": 7, "is_bot": True, "first_name": "Fixture"},
            "text": "…",
        }
        query = {
            "id": query_id,
            "from": _user(user, language_code),
            "message": message,
            "chat_instance": str(user),
            "data": data,
        }
        await self._enqueue({"callback_query": query})
        return query_id

    def _message(self, user: int) -> Json:
        chat = {"id": user, "type": "private", "first_name": "A"}
        return {"message_id": next(self._ids), "date": 1_800_000_000, "chat": chat}

    async def _enqueue(self, update: Json) -> None:
        body = {"token": TOKEN, "update": update}
        async with self._session.post(self._url, json=body) as answer:
            assert answer.status == 200, await answer.text()


def _user(user: int, language_code: str) -> Json:
    return {"id": user, "is_bot": False, "first_name": "A", "language_code": language_code}
