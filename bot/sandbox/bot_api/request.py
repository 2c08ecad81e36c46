"""Reads a Bot API call: JSON, form or multipart, from the address or the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BadRequestError, BotApiError
from bot.sandbox.media.files import MAX_UPLOAD, Upload, type_of
from bot.sandbox.params import Params

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.multipart import BodyPartReader

_FORM = "application/x-www-form-urlencoded"


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
