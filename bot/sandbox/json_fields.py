"""Reads the fields of nested JSON objects with Telegram's leniency and in its words.

A number may come as a string and a string as a number (tdutils' ``JsonObject``).
"""

from __future__ import annotations

from typing import Any


class FieldError(ValueError):
    """A field is missing or of another type; the words are Telegram's."""


def _missing(name: str) -> FieldError:
    return FieldError(f'Can\'t find field "{name}"')


def _wrong(name: str, wanted: str) -> FieldError:
    return FieldError(f'Field "{name}" must be of type {wanted}')


def required_number(item: dict[str, Any], name: str) -> int:
    """Return a whole number.

    Raises:
        FieldError: There is none.
    """
    value = item.get(name)
    if value is None and name not in item:
        raise _missing(name)
    return _number(value, name)


def optional_number(item: dict[str, Any], name: str, default: int = 0) -> int:
    """Return a whole number, or the default if there is no field or it is null.

    Raises:
        FieldError: There is something else.
    """
    value = item.get(name)
    return default if value is None else _number(value, name)


def _number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(name, "Number")
    try:
        return int(str(value))
    except ValueError:
        raise FieldError(f'Can\'t parse as an integer string "{value}"') from None


def required_text(item: dict[str, Any], name: str) -> str:
    """Return a text.

    Raises:
        FieldError: There is none.
    """
    if name not in item:
        raise _missing(name)
    return _text(item[name], name)


def optional_text(item: dict[str, Any], name: str, default: str = "") -> str:
    """Return a text, or the default if there is no field or it is null.

    Raises:
        FieldError: There is something else.
    """
    value = item.get(name)
    return default if value is None else _text(value, name)


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _wrong(name, "String")


def optional_flag(item: dict[str, Any], name: str) -> bool:
    """Return yes or no; no if there is no field or it is null.

    Raises:
        FieldError: There is something else.
    """
    value = item.get(name)
    if value is None:
        return False
    if isinstance(value, bool):
        return value
    raise _wrong(name, "Boolean")
