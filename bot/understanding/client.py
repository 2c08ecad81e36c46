"""Asks the classifier: Rasa's ``POST /model/parse`` on an internal address.

It may be down, starting, slow or wrong; the helpline goes on without it, so nothing here raises
but a wrong use. A circuit breaker spares everyone the waiting while it is away.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Self

import aiohttp
import msgspec
import structlog
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

from bot.dialogue.events import Guess, Reading, Unread
from bot.language.identify import OTHER
from bot.language.tags import Locale

_log = structlog.get_logger()

FAILURES = 5
"""Failures in a row that open the circuit."""

REST = 10.0
"""Seconds the circuit stays open before one request tries again."""

_LARGEST_ANSWER = 256 * 1024
"""Bytes; a ranking of all intents is under ten thousand."""

_LANGUAGES = frozenset({*(locale.value for locale in Locale), OTHER})

Probability = Annotated[float, msgspec.Meta(ge=0, le=1.000001)]
Name = Annotated[str, msgspec.Meta(min_length=1)]


class _Ranked(msgspec.Struct, frozen=True):
    name: Name
    confidence: Probability


class _Parse(msgspec.Struct, frozen=True):
    """What we use of Rasa's answer; ``languages`` and ``urgency`` are from our components."""

    intent_ranking: Annotated[tuple[_Ranked, ...], msgspec.Meta(min_length=1)]
    languages: tuple[_Ranked, ...] = ()
    urgency: Probability = 0.0


class _Status(msgspec.Struct, frozen=True):
    """What we use of ``GET /status``."""

    model_file: str = ""


class OddAnswerError(Exception):
    """The classifier answered, but not with a reading; the cause has no text of a message."""


class Classifier:
    """A client of one classifier; keeps its connections open between questions.

    Args:
        url: base address, such as ``http://127.0.0.1:5005``.
        token: Rasa's ``--auth-token``; empty for none.
        timeout: seconds to wait for an answer, all in all.
        rest: seconds without questions after ``FAILURES`` failures in a row.
    """

    def __init__(self, url: str, token: str = "", timeout: float = 1.5, rest: float = REST) -> None:
        self._url = url.rstrip("/")
        self._query = {"token": token} if token else {}
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None
        # a turn that is cancelled says nothing about the classifier
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=FAILURES, default_ttl=rest, exclude=[asyncio.CancelledError]
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections; a later question opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def read(self, text: str) -> Reading | Unread:
        """What the classifier makes of a text, or why it cannot be had; never raises."""
        try:
            async with await self._breakers.get_breaker("classifier"):
                answer = await self._post(text)
                return _reading(answer)
        except OpenedState as open_circuit:
            open_circuit.__traceback__ = None  # one object, raised again and again
            return Unread.DOWN
        except TimeoutError:
            _log.warning("classifier_slow", seconds=self._timeout.total)
            return Unread.SLOW
        except aiohttp.ClientError as error:
            _log.warning("classifier_down", error=type(error).__name__)
        except OddAnswerError as error:
            _log.error("classifier_answered_oddly", cause=str(error))
        return Unread.DOWN

    async def is_up(self) -> bool:
        """Whether a model is loaded and answers; for the readiness page, past the breaker."""
        try:
            async with self._connected().get(
                f"{self._url}/status", params=self._query, timeout=self._timeout
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def model(self) -> str | None:
        """The file name of the model that answers; empty if it is not told, None while away."""
        try:
            async with self._connected().get(
                f"{self._url}/status", params=self._query, timeout=self._timeout
            ) as response:
                if response.status != 200:
                    return None
                body = await response.content.read(_LARGEST_ANSWER)
        except (aiohttp.ClientError, TimeoutError):
            return None
        try:
            return msgspec.json.decode(body, type=_Status).model_file.rpartition("/")[2]
        except msgspec.DecodeError:
            return ""

    async def _post(self, text: str) -> bytes:
        sendable = text.encode("utf-8", "replace").decode("utf-8")
        async with self._connected().post(
            f"{self._url}/model/parse",
            params=self._query,
            json={"text": sendable},
            timeout=self._timeout,
        ) as response:
            if response.status != 200:
                raise OddAnswerError(f"HTTP status {response.status}")
            body = await response.content.read(_LARGEST_ANSWER)
            if not response.content.at_eof():
                body += await _rest(response.content, _LARGEST_ANSWER - len(body))
            return body

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return self._session


async def _rest(content: aiohttp.StreamReader, limit: int) -> bytes:
    chunks = b""
    while not content.at_eof():
        chunks += await content.readany()
        if len(chunks) > limit:
            raise OddAnswerError(f"more than {_LARGEST_ANSWER} bytes")
    return chunks


def _reading(answer: bytes) -> Reading:
    try:
        parse = msgspec.json.decode(answer, type=_Parse)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OddAnswerError(_cause(error)) from None
    unknown = [ranked.name for ranked in parse.languages if ranked.name not in _LANGUAGES]
    if unknown:
        raise OddAnswerError(f"{len(unknown)} unknown language names")
    return Reading(
        intents=tuple(map(_guess, parse.intent_ranking)),
        languages=tuple(map(_guess, parse.languages)),
        urgency=min(parse.urgency, 1.0),
    )


def _cause(error: Exception) -> str:
    """Which field is wrong; msgspec names fields and types, never values."""
    return str(error) if isinstance(error, msgspec.ValidationError) else "not JSON"


def _guess(ranked: _Ranked) -> Guess:
    return Guess(ranked.name, min(ranked.confidence, 1.0))
