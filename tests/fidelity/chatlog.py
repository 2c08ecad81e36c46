"""What people see of a bot, read off the wire: so it works in front of any server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fidelity.wire import Delivery, Exchange, Json

_SHOWS = {
    "sendmessage": "text",
    "editmessagetext": "text",
    "sendphoto": "caption",
    "editmessagecaption": "caption",
}


@dataclass(frozen=True)
class Shown:
    """A message of the bot as it was sent or edited.

    Args:
        message_id: Its number in the chat.
        text: As the bot wrote it, with its HTML.
        markup: Its ``reply_markup``.
        notice: Whether it is only the answer to a button press.
    """

    message_id: int
    text: str
    markup: Json = field(default_factory=dict)
    notice: bool = False

    @property
    def buttons(self) -> list[Json]:
        """The buttons under it."""
        return [button for row in self.markup.get("inline_keyboard", []) for button in row]

    def offers(self, data: str) -> bool:
        """Whether a button's data begins with this."""
        return any(str(button.get("callback_data", "")).startswith(data) for button in self.buttons)


class ChatLog:
    """Listens to a relay; keeps for each chat what was shown there, in order."""

    def __init__(self) -> None:
        self._shown: dict[int, list[Shown]] = {}
        self._pressed_in: dict[str, int] = {}
        self._answered: dict[str, Shown] = {}
        self._changed = asyncio.Event()

    def __call__(self, happened: Exchange | Delivery) -> None:
        """Takes note of what happened on the wire."""
        if isinstance(happened, Exchange) and happened.result is not None:
            self._note(happened)

    def expect_answer(self, query_id: str, chat: int) -> None:
        """Says whose button press has this id, which the answer does not; it may have come."""
        if query_id in self._answered:
            self._add(chat, self._answered.pop(query_id))
        else:
            self._pressed_in[query_id] = chat

    def count(self, chat: int) -> int:
        """How much was shown in a chat so far."""
        return len(self._shown.get(chat, []))

    def since(self, chat: int, count: int) -> list[Shown]:
        """What was shown in a chat after its first ``count`` things."""
        return self._shown.get(chat, [])[count:]

    async def wait_for(self, chat: int, count: int, fits: Callable[[Shown], bool]) -> Shown:
        """Waits until something that fits is shown; the caller limits the time."""
        while True:
            changed = self._changed
            for shown in self.since(chat, count):
                if fits(shown):
                    return shown
            await changed.wait()

    def _note(self, exchange: Exchange) -> None:
        call, method = exchange.call, exchange.call.method.lower()
        if method == "answercallbackquery":
            query_id = str(call.parameters["callback_query_id"])
            notice = Shown(0, str(call.parameters.get("text", "")), notice=True)
            if query_id in self._pressed_in:
                self._add(self._pressed_in.pop(query_id), notice)
            else:
                self._answered[query_id] = notice
        elif method in _SHOWS:
            text = str(call.parameters.get(_SHOWS[method], ""))
            result: Any = exchange.result
            markup = call.value("reply_markup") or {}
            self._add(result["chat"]["id"], Shown(result["message_id"], text, markup))

    def _add(self, chat: int, shown: Shown) -> None:
        self._shown.setdefault(chat, []).append(shown)
        event, self._changed = self._changed, asyncio.Event()
        event.set()
