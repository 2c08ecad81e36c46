"""Plays a recording: does what people did, waits for what the bot did, and compares."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.recording.differences import Answer, Difference, compare
from bot.sandbox.recording.recorded_bodies import swap_chats, swap_files, swap_messages
from bot.sandbox.recording.recordings import MAX_EVENTS, VERSION, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.recording.recordings import Event
    from bot.sandbox.world import World

    Do = Callable[[World, str, dict[str, Any]], dict[str, Any]]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How a replay went.

    Args:
        differences: What the bot did otherwise; nothing if all was the same.
        acts: How many acts the recording has.
        played: How many of them were done.
        answers: How many of the bot's answers were compared.
        stopped: Why it ended before the last act, or nothing.
    """

    differences: list[Difference]
    acts: int
    played: int
    answers: int
    stopped: str = ""


class _StoppedError(Exception):
    """The replay cannot go on; the text says why."""


def check(events: list[Event]) -> None:
    """Check that a recording can be played.

    Args:
        events: The recording.

    Raises:
        InputError: It cannot; the text names the event.
    """
    if len(events) > MAX_EVENTS:
        raise InputError(f"a recording has at most {MAX_EVENTS} events, not {len(events)}")
    for number, event in enumerate(events, start=1):
        kind = kind_of(event)
        if not kind:
            raise InputError(f"event {number} must have one of act, bot, file, recording")
        if kind == "recording" and event[kind] != VERSION:
            raise InputError(f"event {number}: version {event[kind]!r} is not known; {VERSION} is")
        if kind != "recording" and not isinstance(event[kind], str):
            raise InputError(f"event {number}: {kind} must be a text")
        if kind == "bot" and not isinstance(event.get("chat"), int):
            raise InputError(f"event {number}: chat must be a number")
        if kind == "file" and not isinstance(event.get("data"), str):
            raise InputError(f"event {number}: a file needs its data")
    if not any(kind_of(event) == "act" for event in events):
        raise InputError("there is nothing to play: the recording has no act")


class Player:
    """Plays one recording.

    Args:
        world: The sandbox; its own recording begins anew, and shows the replay afterwards.
        events: What to play; checked by ``check``.
        do: Does an act of the recording: gets the sandbox, the act's name and its body.
        patience: How long to wait for the bot's answers to one act, in seconds.
        settle: How long the bot must have done nothing at the end, in seconds.
    """

    def __init__(
        self, world: World, events: list[Event], do: Do, *, patience: float, settle: float
    ) -> None:
        self._world = world
        self._events = events
        self._do_act = do
        self._patience = patience
        self._settle = settle
        self._files = {event["file"]: event["data"] for event in events if kind_of(event) == "file"}
        self._chats: dict[int, int] = {}
        self._played = 0
        self._expected: list[Answer] = []
        self._awaited: Counter[int] = Counter()

    async def play(self) -> Report:
        """Play the recording to its end, or to where it cannot go on."""
        recording = self._world.recording
        was_on = recording.on
        recording.begin(on=True)
        recording.replaying = True
        try:
            return await self._play()
        finally:
            recording.replaying = False
            if not was_on:
                recording.stop()

    async def _play(self) -> Report:
        stopped = ""
        differences: list[Difference] = []
        try:
            for event in self._events:
                if kind_of(event) == "act":
                    await self._catch_up()
                    self._do(event)
                elif kind_of(event) == "bot" and self._played:
                    # What a bot did before anybody acted, it did by itself when it started.
                    self._expect(event)
            await self._catch_up()
            await self._quiet()
        except _StoppedError as error:
            stopped = str(error)
            differences = [Difference(act=self._played + 1, chat=0, what=stopped)]
        return Report(
            differences=compare(self._expected, self._done()) + differences,
            acts=sum(kind_of(event) == "act" for event in self._events),
            played=self._played,
            answers=len(self._expected),
            stopped=stopped,
        )

    def _expect(self, event: Event) -> None:
        here = event | {"chat": self._chat(event["chat"])}
        self._expected.append(Answer(self._played, here))
        self._awaited[here["chat"]] += 1

    def _done(self) -> list[Answer]:
        """Return what the bot did since the replay began."""
        done, act = [], 0
        for event in self._world.recording.events:
            act += kind_of(event) == "act"
            if kind_of(event) == "bot" and act:
                done.append(Answer(act, event))
        return done

    async def _catch_up(self) -> None:
        """Wait until the bot has done in each chat as much as it should have."""
        recording = self._world.recording
        deadline = asyncio.get_running_loop().time() + self._patience
        while self._awaited - recording.answers:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not recording.noting:
                raise _StoppedError(self._why_waiting())
            await recording.wait(left)

    def _why_waiting(self) -> str:
        recording = self._world.recording
        missing = self._awaited - recording.answers
        what = ", ".join(f"{count} in chat {chat}" for chat, count in missing.items())
        if not recording.noting:
            return f"after act {self._played} the recording was switched off, or is full"
        hint = "" if self._world.updates.has_receiver() else "; no bot asks for updates"
        return (
            f"after act {self._played} the bot was still to do {what} "
            f"after {self._patience:g} seconds{hint}"
        )

    async def _quiet(self) -> None:
        """Wait until the bot does nothing more, so that what it does too much is seen."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while asyncio.get_running_loop().time() < deadline:
            seen = len(self._world.recording.events)
            await self._world.recording.wait(self._settle)
            if len(self._world.recording.events) == seen:
                return

    def _do(self, event: Event) -> None:
        """Do what somebody did."""
        number = self._played + 1
        if number == 1:
            # What the bot still did of its own accord is no answer to what comes.
            self._awaited.update(self._world.recording.answers)
        try:
            result = self._do_act(self._world, event["act"], self._body(event))
        except InputError as error:
            raise _StoppedError(f"act {number} ({event['act']}) cannot be done: {error}") from error
        except BotApiError as error:
            raise _StoppedError(
                f"act {number} ({event['act']}) cannot be done: {error.description}"
            ) from error
        made = event.get("made")
        if isinstance(made, int) and "chat" in result:
            self._chats[made] = int(result["chat"]["id"])
        self._played = number

    def _body(self, event: Event) -> dict[str, Any]:
        body = {key: value for key, value in event.items() if key not in {"act", "made"}}
        body = swap_chats(body, self._chat)
        return swap_files(swap_messages(body, self._message), self._file)

    def _chat(self, chat_id: int) -> int:
        return self._chats.get(chat_id, chat_id)

    def _message(self, chat_id: int, name: Any) -> int:  # noqa: ANN401 - whatever the file says
        found = self._world.recording.message_id(chat_id, str(name))
        if found is None:
            raise InputError(f"there is no message {name!r} in chat {chat_id}")
        return found

    def _file(self, name: str) -> str:
        if name not in self._files:
            raise InputError(f"the recording does not hold the file {name}")
        return str(self._files[name])
