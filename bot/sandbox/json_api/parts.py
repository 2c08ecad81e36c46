"""The helpline's other processes, as their supervisord tells of them: looked at, stopped, started.

supervisord speaks XML-RPC on a unix socket (http://supervisord.org/api.html). A sandbox that runs
alone has no such socket, and then there are no parts.
"""

from __future__ import annotations

import asyncio
import http
import xmlrpc.client
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout, UnixConnector

from bot.sandbox.errors import InputError, SandboxError

if TYPE_CHECKING:
    from pathlib import Path

# The sandbox is not among them: it would switch itself off.
NAMES = ("store", "nlu", "bot")

CALL_SECONDS = 5.0
SETTLE_SECONDS = 35.0
"""Longer than any part may take to end in order before supervisord kills it."""

_LOOK_SECONDS = 0.1
_ON_ITS_WAY = frozenset({"STARTING", "STOPPING"})

# http://supervisord.org/api.html lists the methods; the numbers are in supervisor.xmlrpc.Faults.
_SPAWN_ERROR = 50
_ABNORMAL_TERMINATION = 40
_ALREADY_STARTED = 60
_NOT_RUNNING = 70
_HARMLESS = frozenset({_SPAWN_ERROR, _ABNORMAL_TERMINATION, _ALREADY_STARTED, _NOT_RUNNING})
"""The part's state tells the same."""


class PartsAwayError(SandboxError):
    """supervisord does not answer, or not as expected; the text says which."""


class Part(msgspec.Struct, frozen=True):
    """A process of the helpline.

    Args:
        name: ``store``, ``nlu`` or ``bot``.
        running: Whether it runs, or is about to.
        state: supervisord's word for it: RUNNING, STOPPED, BACKOFF (it died and will be started
            again), EXITED (it said why it cannot work) and others.
    """

    name: str
    running: bool
    state: str


class Parts:
    """The parts under one supervisord.

    Args:
        socket: supervisord's unix socket; None if there is none.
    """

    def __init__(self, socket: Path | None) -> None:
        self._socket = socket

    async def all(self) -> list[Part]:
        """Return the parts that this machine runs, in order of start.

        Raises:
            PartsAwayError: supervisord does not answer.
        """
        if self._socket is None:
            return []
        found = {str(info["name"]): info for info in await self._call("getAllProcessInfo")}
        return [_part(found[name]) for name in NAMES if name in found]

    async def switch(self, name: str, *, running: bool) -> Part:
        """Start or stop a part, and wait until it did.

        A part that is stopped so stays away until it is started; supervisord neither takes it for
        a crash nor ends.

        Args:
            name: Which part.
            running: Whether it shall run.

        Returns:
            The part as it then is; one that fails to start says so by its state.

        Raises:
            InputError: There is no such part.
            PartsAwayError: supervisord does not answer, or refuses.
        """
        known = [part.name for part in await self.all()]
        if name not in known:
            those = ", ".join(known) or "none: the sandbox runs alone"
            raise InputError(f"there is no part {name!r} to switch; there are {those}")
        await self._settled(name)
        # Waiting for the end in supervisord itself would keep it busy: it looks without a pause.
        method = "startProcess" if running else "stopProcess"
        try:
            await self._call(method, name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode not in _HARMLESS:
                raise PartsAwayError(f"supervisord refuses: {fault.faultString}") from fault
        return await self._settled(name)

    async def _settled(self, name: str) -> Part:
        """Wait until a part is on its way no longer."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SETTLE_SECONDS
        while True:
            part = _part(await self._call("getProcessInfo", name))
            if part.state not in _ON_ITS_WAY or loop.time() > deadline:
                return part
            await asyncio.sleep(_LOOK_SECONDS)

    async def _call(self, method: str, *arguments: str | bool) -> Any:  # noqa: ANN401 - XML-RPC's types
        """Call supervisord.

        Raises:
            xmlrpc.client.Fault: It refuses.
            PartsAwayError: It does not answer.
        """
        body = xmlrpc.client.dumps(arguments, f"supervisor.{method}")
        connector = UnixConnector(str(self._socket))
        timeout = ClientTimeout(total=CALL_SECONDS)
        try:
            async with (
                ClientSession(connector=connector, timeout=timeout) as session,
                session.post(
                    "http://localhost/RPC2", data=body, headers={"Content-Type": "text/xml"}
                ) as answer,
            ):
                if answer.status != http.HTTPStatus.OK:
                    raise PartsAwayError(f"supervisord answers with HTTP {answer.status}")
                text = await answer.text()
        except (ClientError, OSError, TimeoutError) as error:
            raise PartsAwayError("supervisord, which runs the parts, does not answer") from error
        (result,), _ = xmlrpc.client.loads(text)
        return result


def _part(info: dict[str, Any]) -> Part:
    state = str(info["statename"])
    return Part(str(info["name"]), state in {"RUNNING", "STARTING"}, state)
