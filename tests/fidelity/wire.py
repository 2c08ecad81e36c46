"""One call of the Bot API, one answer and one update, as they go over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """What a bot asks for.

    Args:
        method: As in the address.
        parameters: By name. Telegram takes a string for everything, also in a JSON body.
        files: The names of the uploads, by the field they came in.
    """

    method: str
    parameters: Json = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """A parameter, out of the JSON that forms carry it in."""
        given = self.parameters.get(name)
        if not isinstance(given, str):
            return given
        try:
            return json.loads(given)
        except ValueError:
            return given


@dataclass(frozen=True)
class Exchange:
    """A call and its answer.

    Args:
        call: The call.
        status: The HTTP status; 0 if the connection was cut.
        answer: The decoded answer.
    """

    call: Call
    status: int
    answer: Any

    @property
    def result(self) -> Any:
        """The ``result`` of an answer that is ``ok``; else None."""
        if isinstance(self.answer, dict) and self.answer.get("ok") is True:
            return self.answer.get("result")
        return None


@dataclass(frozen=True)
class Delivery:
    """An update that was posted to the bot's webhook, and how the bot answered."""

    update: Any
    status: int


def read_call(method: str, query: Mapping[str, str], content_type: str, body: bytes) -> Call:
    """Reads a call in any of the forms that the Bot API takes.

    Args:
        method: As in the address.
        query: The parameters in the address.
        content_type: The header.
        body: The body.
    """
    values: Json = dict(query)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return Call(method, values | json.loads(body or b"{}"))
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qsl(body.decode(), keep_blank_values=True)
        return Call(method, values | dict(fields))
    if kind == "multipart/form-data":
        given, files = _read_multipart(content_type, body)
        return Call(method, values | given, files)
    return Call(method, values)


def _read_multipart(content_type: str, body: bytes) -> tuple[Json, dict[str, str]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    values: Json = {}
    files: dict[str, str] = {}
    for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        filename = part.get_filename()
        if filename is None:
            payload = part.get_payload(decode=True)
            values[name] = payload.decode() if isinstance(payload, bytes) else str(payload)
        else:
            files[name] = filename
    return values, files
