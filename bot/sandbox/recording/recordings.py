"""Recordings: what people did and what the bot did, in order, without ids that may differ.

A recording is a list of events, each a flat JSON object:

- ``{"act": "send", "user": 101, "text": "…"}``: what a person did, as the JSON API takes it,
- ``{"bot": "sendMessage", "chat": 101, "text": "…"}``: what the bot did,
- ``{"file": "sha256:…", "data": "…"}``: the contents of a file that a later act sends, in base64,
- ``{"recording": 1}``: the version of this form, at the beginning.

Messages are named by their order in their chat since the recording began: ``bot 3`` is the third
that the bot put there, ``people 2`` the second of everybody else's.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.sandbox.config import MEGABYTE
from bot.sandbox.errors import InputError
from bot.sandbox.recording.recorded_bodies import file_name, place_of, swap_files, swap_messages

if TYPE_CHECKING:
    from bot.sandbox.chats.messages import StoredMessage

Event = dict[str, Any]

VERSION = 1
MAX_EVENTS = 5000
MAX_FILE_BYTES = 8 * MEGABYTE
EARLIER = "earlier"
"""How a message from before the recording is named."""

_KINDS = ("act", "bot", "file", "recording")

# The bot never gets to know who has read what.
NOT_RECORDED = frozenset({"read"})


def kind_of(event: Event) -> str:
    """Return which kind of event it is: ``act``, ``bot``, ``file``, ``recording``, or nothing.

    An act keeps its body's fields beside it, of which one may be called ``bot``.
    """
    return next((kind for kind in _KINDS if kind in event), "")


class Recording:
    """The recording of one sandbox. It stops when it is full, so that its beginning stays.

    Attributes:
        on: Whether events are noted.
        full: Whether it stopped because there is no more room.
        events: What was noted.
        answers: How many things the bot did, by chat.
        replaying: Whether a recording is being played, in which nobody else may take part.
    """

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.replaying = False
        self.begin(on=True)

    def begin(self, *, on: bool) -> None:
        """Forget what was noted; begin anew, or not."""
        self.on = on
        self.full = False
        self.events: list[Event] = [{"recording": VERSION}] if on else []
        self.answers: Counter[int] = Counter()
        self._presses: dict[str, int] = {}
        self._counts: Counter[tuple[int, str]] = Counter()
        self._names: dict[tuple[int, int], str] = {}
        self._ids: dict[tuple[int, str], int] = {}
        self._files: set[str] = set()
        self._file_bytes = 0

    def stop(self) -> None:
        """Note no more, and keep what was noted."""
        self.on = False

    def refuse_while_replaying(self) -> None:
        """Keep others out of a replay.

        Raises:
            InputError: One is under way.
        """
        if self.replaying:
            raise InputError("a replay is under way; wait for its end")

    @property
    def noting(self) -> bool:
        """Whether events are noted now."""
        return self.on and not self.full

    def count(self, chat_id: int, message: StoredMessage) -> None:
        """Give a new message its name."""
        if not self.noting:
            return
        side = "bot" if message.by_bot else "people"
        self._counts[chat_id, side] += 1
        name = f"{side} {self._counts[chat_id, side]}"
        self._names[chat_id, message.id] = name
        self._ids[chat_id, name] = message.id

    def name_of(self, chat_id: int, message_id: int) -> str:
        """Return the name of a message; those from before the recording share one."""
        return self._names.get((chat_id, message_id), EARLIER)

    def message_id(self, chat_id: int, name: str) -> int | None:
        """Return the id of the message with a name, if there is one."""
        return self._ids.get((chat_id, name))

    def chat_of_press(self, callback_query_id: str) -> int | None:
        """Return in which chat a button was pressed, if it was since the recording began."""
        return self._presses.get(callback_query_id)

    def note_act(self, act: str, body: Event, result: Event) -> None:
        """Note what a person did.

        Args:
            act: The address, such as ``send``.
            body: The request's body.
            result: The answer to it.
        """
        if not self.noting or act in NOT_RECORDED:
            return
        event: Event = {"act": act} | swap_messages(body, self.name_of)
        if act == "people":
            event["id"] = result["person"]["id"]
        if act == "press":
            self._presses[result["callback_query_id"]] = place_of(body)
        made = result.get("chat")
        if isinstance(made, dict) and made["id"] != place_of(body):
            event["made"] = made["id"]
        self._note(swap_files(event, self._keep_file))

    def note_answer(self, event: Event) -> None:
        """Note what the bot did; its ``chat`` says where."""
        if self.noting:
            self.answers[int(event["chat"])] += 1
            self._note(event)

    def _note(self, event: Event) -> None:
        self.events.append(event)
        if len(self.events) >= MAX_EVENTS or self._file_bytes > MAX_FILE_BYTES:
            self.full = True
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait(self, seconds: float) -> None:
        """Wait until the next event.

        Args:
            seconds: How long at most.
        """
        event = self._changed
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return

    def _keep_file(self, data: str) -> str:
        name = file_name(data)
        if name not in self._files:
            self._files.add(name)
            self._file_bytes += len(data)
            self.events.append({"file": name, "data": data})
        return name
