"""Runs the script's steps with one library, checks each, and keeps what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fidelity.contract.client import LOST, Client, Json, RefusedError
from tests.fidelity.contract.matching import Holding, differences
from tests.fidelity.contract.normal import Names, kept
from tests.fidelity.strictness import answer_violations, update_violations
from tests.fidelity.wire import Exchange

if TYPE_CHECKING:
    from tests.fidelity.sandbox_api import SandboxApi

POLL_SECONDS = 10
UPDATE_KINDS = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
]
_CODES = {
    "Bad Request": 400,
    "Unauthorized": 401,
    "Forbidden": 403,
    "Not Found": 404,
    "Conflict": 409,
    "Request Entity Too Large": 413,
    "Too Many Requests": 429,
    "Internal Server Error": 500,
    "Not Implemented in the sandbox": 501,
    "Bad Gateway": 502,
}
Chapter = Callable[["Script"], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    """What came of a step, in the form in which two runs are compared."""

    name: str
    outcome: Any


@dataclass
class Run:
    """What one library got out of a chapter."""

    library: str
    steps: list[Step] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Script:
    """What the chapters are written against.

    Each step has a name, does one thing and says what must come of it. A step that goes wrong is
    written down, and the chapter goes on.

    Args:
        client: The library.
        sandbox: What people do.
        token: The bot's token.
    """

    def __init__(self, client: Client, sandbox: SandboxApi, token: str) -> None:
        self.token = token
        self._client = client
        self._sandbox = sandbox
        self._names = Names()
        self._offset = 0
        self._waiting: list[Json] = []
        self.exchanges: list[Exchange] = []
        self.run = Run(client.name)

    async def call(
        self,
        step: str,
        method: str,
        *,
        gives: Any = None,
        refused: str = "",
        lost: bool = False,
        retry_after: Any = None,
        migrated_to: int | None = None,
        **parameters: Any,
    ) -> Any:
        """The bot calls a method.

        Args:
            step: What this step shows.
            method: The method.
            gives: What the result must hold.
            refused: Telegram's words, with their prefix, if it must refuse.
            lost: Whether there must be no answer at all.
            retry_after: The seconds it must say to wait.
            migrated_to: The supergroup that it must name.
            parameters: Of the method, as Bot API JSON.

        Returns:
            The result as it came over the wire; an empty object after a refusal.
        """
        before = len(self.exchanges)
        try:
            told = await self._client.call(method, **parameters)
        except RefusedError as refusal:
            if lost:
                self._check(step, differences(refusal.kind, LOST, "kind"))
                self._keep(step, "no answer")
                return {}
            self._check_refusal(step, refusal, refused, before)
            if retry_after is not None:
                self._check(step, differences(refusal.retry_after, retry_after, "retry_after"))
            if migrated_to is not None:
                found = differences(refusal.migrate_to_chat_id, migrated_to, "migrate_to_chat_id")
                self._check(step, found)
            return {}
        wire = self._wire(step, before)
        result = wire.result if wire else None
        if refused or lost:
            self._fault(step, f"not refused; expected {refused or 'no answer'!r}")
        if gives is not None:
            self._check(step, differences(result, gives))
        if kept(told) != kept(result):
            self._fault(step, f"{self._client.name} made {kept(told)} of {kept(result)}")
        self._keep(step, told)
        return result

    async def does(self, act: str, /, **body: Any) -> Json:
        """A person does something, through the sandbox's JSON API."""
        return await self._sandbox.post(act, **body)

    async def looks(self, path: str) -> Json:
        """A person looks at something, through the sandbox's JSON API."""
        return await self._sandbox.get(path)

    async def hears(self, step: str, **expected: Any) -> Any:
        """The bot is told something: the next update must be of this kind and hold this.

        Returns:
            What the update holds.
        """
        if not self._waiting:
            self._waiting = await self._poll(POLL_SECONDS)
        if not self._waiting:
            self._fault(step, f"no update came; expected {expected}")
            return {}
        return self.told(step, self._waiting.pop(0), **expected)

    def told(self, step: str, update: Any, **expected: Any) -> Any:
        """An update that came, by whatever way, must be of this kind and hold this."""
        ((kind, content),) = expected.items()
        self._check(step, update_violations(update))
        self._check(step, differences(update, {kind: content}, "update"))
        self._keep(step, update)
        return update.get(kind, {})

    def seen(self, updates: list[Json]) -> None:
        """The bot need not be told these updates again."""
        self._offset = max(update["update_id"] for update in updates) + 1

    async def raw(self, method: str, **parameters: Any) -> Json:
        """Calls a method without any library; returns the whole answer."""
        return await self._sandbox.call(self.token, method, **parameters)

    async def raw_as(self, token: str, method: str, **parameters: Any) -> Json:
        """The same with another token."""
        return await self._sandbox.call(token, method, **parameters)

    async def hears_all(
        self, step: str, *expected: Json, besides: tuple[str, ...] = ()
    ) -> list[Json]:
        """The bot is told several things at once; Telegram does not promise their order.

        Args:
            step: What this step shows.
            expected: For each update, its kind and what it must hold.
            besides: Kinds of updates that may come as well, or not.

        Returns:
            All the updates that were waiting.
        """
        if not self._waiting:
            self._waiting = await self._poll(POLL_SECONDS if expected else 0)
        updates, self._waiting = self._waiting, []
        for update in updates:
            self._check(step, update_violations(update))
        counted = [update for update in updates if not set(update) & set(besides)]
        if len(counted) != len(expected):
            kinds = [sorted(set(update) - {"update_id"}) for update in updates]
            self._fault(step, f"{len(updates)} updates came instead of {len(expected)}: {kinds}")
        self._check(step, differences(updates, Holding(*expected), "updates"))
        self._keep(step, updates)
        return updates

    async def waits_out(self, step: str) -> None:
        """The bot takes note of whatever there is; it is not what the chapter is about."""
        self._waiting += await self._poll(0)
        for update in self._waiting:
            self._check(step, update_violations(update))
        self._keep(step, self._waiting)
        self._waiting = []

    async def hears_nothing(self, step: str) -> None:
        """The bot is told nothing more."""
        self._waiting += await self._poll(0)
        kinds = [set(update) - {"update_id"} for update in self._waiting]
        if kinds:
            self._fault(step, f"unexpected updates: {kinds}")
        self._waiting = []

    async def begin(self) -> None:
        """Brings bot and sandbox to where every chapter starts."""
        await self._sandbox.post("reset")
        await self._client.call("deleteWebhook", drop_pending_updates=True)
        await self._poll(0)

    def check(self, step: str, found: Any, expected: Any) -> None:
        """Something that was seen must be as expected."""
        self._check(step, differences(found, expected, "seen"))
        self._keep(step, found)

    async def download(self, step: str, file_path: str, content: bytes) -> None:
        """The bot fetches a file, whose contents must be these."""
        found = await self._client.download(file_path)
        if found != content:
            self._fault(step, f"{len(found)} bytes instead of {len(content)}")
        self._keep(step, len(found))

    def listen(self, happened: Any) -> None:
        """Listens to the relay between library and sandbox."""
        if isinstance(happened, Exchange):
            self.exchanges.append(happened)

    async def _poll(self, seconds: int) -> list[Json]:
        asked = {"offset": self._offset} if self._offset else {}
        before = len(self.exchanges)
        await self._client.call(
            "getUpdates", timeout=seconds, allowed_updates=UPDATE_KINDS, **asked
        )
        found = self.exchanges[before].result
        if found:
            self._offset = found[-1]["update_id"] + 1
        return list(found)

    def _wire(self, step: str, before: int) -> Exchange | None:
        """What went over the wire during a step: judged by aiogram's models."""
        if len(self.exchanges) != before + 1:
            self._fault(step, f"{len(self.exchanges) - before} calls went out instead of one")
            return None
        exchange = self.exchanges[before]
        if exchange.status:
            method, answer = exchange.call.method, exchange.answer
            self._check(step, answer_violations(method, exchange.status, answer))
        return exchange

    def _check_refusal(self, step: str, refusal: RefusedError, expected: str, before: int) -> None:
        wire = self._wire(step, before)
        words = str(wire.answer.get("description")) if wire and wire.answer else ""
        if words != expected:
            self._fault(step, f"refused with {words!r}; expected {expected or 'a result'!r}")
        code = next((code for name, code in _CODES.items() if words.startswith(name)), 0)
        if wire is not None and wire.status != code:
            self._fault(step, f"status {wire.status} with the words {words!r}")
        if not _kind_fits(refusal.kind, code):
            self._fault(step, f"{self._client.name} took {code} for {refusal.kind}")
        self._keep(step, f"refused: {words}")

    def _check(self, step: str, found: list[str]) -> None:
        for each in found:
            self._fault(step, each)

    def _fault(self, step: str, what: str) -> None:
        self.run.faults.append(f"{self._client.name}: {step}: {what}")

    def _keep(self, step: str, outcome: Any) -> None:
        self.run.steps.append(Step(step, self._names.normal(outcome)))


def _kind_fits(kind: int, code: int) -> bool:
    """Both libraries have one class for several codes."""
    together = ({401, 404}, {500, 501, 502, 413})
    return kind == code or any({kind, code} <= group for group in together)
