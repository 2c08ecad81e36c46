"""The HTTP client under python-telegram-bot: aiohttp in place of httpx.

httpx slows down with many requests in flight. Errors are mapped as ``HTTPXRequest`` maps them;
statuses and Telegram's own errors are mapped by ``BaseRequest``. No message of an error of ours
contains the address, which has the bot's token in it, or a body, which has a person's words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram._utils.types import JSONDict, ODVInput
    from telegram.request import RequestData

CONNECTIONS = 100
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
WRITE_SECONDS = 5.0
UPLOAD_SECONDS = 60.0
POOL_SECONDS = 5.0
KEEP_ALIVE_SECONDS = 30.0


class AiohttpRequest(BaseRequest):
    """Requests to the Bot API over aiohttp.

    Args:
        connections: how many at the same time; further requests wait ``POOL_SECONDS`` for one.
        read_timeout: how long to wait for Telegram's answer, in seconds.
        trust_env: whether to use the proxies of ``HTTP_PROXY``, ``HTTPS_PROXY`` and ``NO_PROXY``.
    """

    __slots__ = ("_connections", "_read_timeout", "_session", "_trust_env")

    def __init__(
        self,
        connections: int = CONNECTIONS,
        read_timeout: float = READ_SECONDS,
        *,
        trust_env: bool = False,
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds, unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the connection pool; may be called again after ``shutdown``."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=300
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                trust_env=self._trust_env,
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Closes all connections."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Reads an answer; unlike the inherited method, never logs it.

        Raises:
            TelegramError: it is not a JSON object.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the base class's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Makes one request; see the base class.

        Raises:
            TimedOut: no connection, or no answer in time.
            NetworkError: any other fault below HTTP.
        """
        if self._session is None or self._session.closed:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        connect = _seconds(connect_timeout, CONNECT_SECONDS)
        waiting = _total(connect, _seconds(pool_timeout, POOL_SECONDS))
        reading = _seconds(read_timeout, self._read_timeout)
        uploads = request_data is not None and request_data.contains_files
        writing = _seconds(write_timeout, UPLOAD_SECONDS if uploads else WRITE_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=_total(waiting, writing, reading),
            connect=waiting,
            sock_connect=connect,
            sock_read=_total(writing, reading),
        )
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut("No connection in time; nothing was sent") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(f"aiohttp: {type(error).__name__}") from None


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """JSON, or a form if there are files: compact, and Cyrillic takes two bytes a letter."""
    if request_data is None:
        return {}
    values = request_data.json_parameters
    if not request_data.contains_files:
        try:
            body = msgspec.json.encode(values)
        except UnicodeEncodeError:  # half of a surrogate pair; JSON's escapes can carry it
            body = json.dumps(values).encode()
        return {"data": body, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(values)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return {"data": form}


def _seconds(given: object, default: float) -> float | None:
    """A time-out as asked for in a call, where None means none, or the default."""
    return given if given is None or isinstance(given, int | float) else default


def _total(*seconds: float | None) -> float | None:
    """The sum of time-outs; none if one of them is none."""
    known = [value for value in seconds if value is not None]
    return sum(known) if len(known) == len(seconds) else None
