"""Reads a Bot API call: JSON, form or multipart, from the address or the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BadRequestError, BotApiError, NotEmulatedError
from bot.sandbox.media import MAX_UPLOAD, Upload

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.multipart import BodyPartReader

_TRUE = frozenset({"true", "1", "yes", "y"})
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
        """Return a parameter as a whole number; what is not one counts as left out."""
        value = self._values.get(name, default)
        if isinstance(value, bool):
            return int(value)
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            return default

    def number(self, name: str) -> float | None:
        """Return a parameter as a number, or None."""
        try:
            return float(self._values[name])
        except (KeyError, TypeError, ValueError):
            return None

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
            raise BadRequestError(f"{name} is empty")
        try:
            return int(self.text(name))
        except ValueError:
            raise BadRequestError("chat not found") from None

    def message_id(self, name: str = "message_id") -> int:
        """Return a message's id.

        Raises:
            BadRequestError: There is none.
        """
        number = self.integer(name)
        if number <= 0:
            raise BadRequestError("message identifier is not specified")
        return number

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
        raise BotApiError(400, "Bad Request: can't parse JSON object") from error
    if not isinstance(decoded, dict):
        raise BotApiError(400, "Bad Request: can't parse JSON object: object expected")
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
        mime_type = part.headers.get("Content-Type", "")
        files[name] = Upload(part.filename, mime_type, bytes(content))
