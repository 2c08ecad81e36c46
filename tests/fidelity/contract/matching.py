"""Compares what came with what a step of the script expects, which is only a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Any:
    """Anything that is there."""

    def __repr__(self) -> str:
        return "ANY"


@dataclass(frozen=True)
class _Absent:
    """Nothing: the field must not be there."""

    def __repr__(self) -> str:
        return "ABSENT"


@dataclass(frozen=True)
class Like:
    """A string that a regular expression matches as a whole."""

    pattern: str


@dataclass(frozen=True)
class Holding:
    """A list that has at least these items, in any order."""

    items: tuple[Any, ...]

    def __init__(self, *items: Any) -> None:
        object.__setattr__(self, "items", items)


ANY = _Any()
ABSENT = _Absent()
_NOTHING = object()


def differences(found: object, expected: object, place: str = "result") -> list[str]:
    """Where a value is not as expected.

    Args:
        found: Bot API JSON.
        expected: The fields that matter: a dict needs only these keys, a list all its items.
        place: What to call the value.
    """
    if expected is ABSENT:
        return [] if found is _NOTHING else [f"{place}: there, with {found!r}"]
    if found is _NOTHING:
        return [f"{place}: missing"]
    match expected:
        case _Any():
            return []
        case Like(pattern):
            fits = isinstance(found, str) and re.fullmatch(pattern, found, re.DOTALL)
            return [] if fits else [f"{place}: {found!r} is not like {pattern!r}"]
        case Holding(items) if isinstance(found, list):
            return [
                f"{place}: nothing like {item!r} in it"
                for item in items
                if all(differences(each, item) for each in found)
            ]
        case dict() if isinstance(found, dict):
            return [
                fault
                for key, value in expected.items()
                for fault in differences(found.get(key, _NOTHING), value, f"{place}.{key}")
            ]
        case list() if isinstance(found, list) and len(found) == len(expected):
            pairs = enumerate(zip(found, expected, strict=True))
            return [
                fault
                for n, (one, other) in pairs
                for fault in differences(one, other, f"{place}[{n}]")
            ]
    same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
    return [] if same else [f"{place}: {found!r} instead of {expected!r}"]
