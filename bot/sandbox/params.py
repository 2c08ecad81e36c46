"""The parameters of a call, read with Telegram's leniency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BadRequestError, NotEmulatedError

if TYPE_CHECKING:
    from bot.sandbox.media.files import Upload

# telegram-bot-api: to_bool, to_integer
_TRUE = frozenset({"true", "1", "yes"})
_LEADING_NUMBER = re.compile(r"-?[0-9]+")


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
