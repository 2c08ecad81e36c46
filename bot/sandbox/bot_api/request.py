"""Reads a Bot API call: JSON, form or multipart, from the address or the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BadRequestError, BotApiError, NotEmulatedError
from bot.sandbox.media.files import MAX_UPLOAD, Upload, type_of

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.multipart import BodyPartReader

# telegram-bot-api: to_bool, to_integer
_TRUE = frozenset({"true", "1", "yes"})
_LEADING_NUMBER = re.compile(r"-?[0-9]+")
_FORM = "application/x-www-form-urlencoded"


class Params:
    """The parameters of one call, with Telegram's leniency: everything may come as a string.

    Args:
        values: Names and values.
        files: Uploaded files by field name.
    """

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self.files = files or {}

    def names(self) -> list[str]:
        """Return the names of the parameters that were given."""
        return list(self._values)

    def has(self, name: str) -> bool:
        """Say whether a parameter was given and is not empty."""
        return name in self._values and self._values[name] != ""

    def given(self, name: str) -> bool:
        """Say whether a parameter was given, empty or not."""
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self._values.get(name, default)
        if isinstance(value, str):
            return value
        return msgspec.json.encode(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """Return a parameter as a whole number: the one that it begins with, or else 0.

        Args:
            name: The parameter.
            default: What to return if it was left out.
        """
        if not self.has(name):
            return default
        value = self._values[name]
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        found = _LEADING_NUMBER.match(self.text(name))
        return int(found[0]) if found and len(found[0]) < 20 else 0

    def bounded(self, name: str, low: int, high: int, default: int = 0) -> int:
        """Return a parameter as a whole number, brought between two bounds."""
        return min(max(self.integer(name, default), low), high)

    def required(self, name: str) -> str:
        """Return a parameter as text.

        Raises:
            BadRequestError: There is none.
        """
        if not self.has(name):
            raise BadRequestError(f'parameter "{name}" is required')
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Return a parameter as yes or no."""
        return self.text(name).strip().lower() in _TRUE

    def json(self, name: str, what: str) -> Any:  # noqa: ANN401
        """Return a nested parameter, which forms carry as a string of JSON.

        Args:
            name: The parameter.
            what: What it is called in Telegram's error.

        Raises:
            BadRequestError: It is not JSON.
        """
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError as error:
            raise BadRequestError(f"can't parse {what} JSON object") from error

    def chat_id(self, name: str = "chat_id") -> int:
        """Return a chat's id.

        Raises:
            BadRequestError: There is none, or it is not a number.
        """
        if not self.has(name):
            raise BadRequestError("chat_id is empty")
        try:
            return int(self.text(name))
        except ValueError:
            raise BadRequestError("chat not found") from None

    def refuse(self, *names: str) -> None:
        """Refuse parameters that the sandbox does not have.

        Raises:
            NotEmulatedError: One of them was given.
        """
        for name in names:
            if self.has(name) and self.text(name).lower() not in {"false", "0"}:
                raise NotEmulatedError(f"parameter {name}")


async def read_params(request: web.Request) -> Params:
    """Read the parameters of a call.

    Args:
        request: The HTTP request.

    Returns:
        Its parameters; the body wins over the address.

    Raises:
        BotApiError: The body cannot be read.
    """
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    if not request.can_read_body:
        return Params(values)
    if kind == "application/json":
        values |= _json_object(await request.read())
    elif kind == _FORM:
        values |= dict((await request.post()).items())
    elif kind == "multipart/form-data":
        await _read_multipart(request, values, files)
    return Params(values, files)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(body) if body.strip() else {}
    except msgspec.DecodeError as error:
        # Telegram's words behind these depend on the place of the fault.
        raise BadRequestError("can't parse parameter value") from error
    if not isinstance(decoded, dict):
        raise BadRequestError("JSON object expected")
    return decoded


async def _read_multipart(
    request: web.Request, values: dict[str, Any], files: dict[str, Upload]
) -> None:
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            await _read_part(part, values, files)
    except (ValueError, AssertionError) as error:
        raise BotApiError(400, "Bad Request: can't parse multipart/form-data") from error


async def _read_part(
    part: BodyPartReader | Any,  # noqa: ANN401 - aiohttp may return a nested reader
    values: dict[str, Any],
    files: dict[str, Upload],
) -> None:
    name = getattr(part, "name", None)
    if not name:
        raise ValueError("a part without a name")
    content = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        content += chunk
        if len(content) > MAX_UPLOAD:
            raise BotApiError(413, "Request Entity Too Large")
    if part.filename is None:
        values[name] = content.decode("utf-8", "replace")
    else:
        # Telegram does not look at the type that stands in the header of the part.
        files[name] = Upload(part.filename, type_of(part.filename), bytes(content))
