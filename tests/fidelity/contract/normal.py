"""Brings results into a form in which two runs, or two libraries' readings, can be compared."""

from __future__ import annotations

from typing import Any

# What differs between two runs of the same script, by what it is: numbers are given to each thing
# in the order in which it first shows up.
_IDS = {
    "callback_query_id": "callback query",
    "file_id": "file",
    "file_path": "path",
    "file_unique_id": "unique file",
    "media_group_id": "album",
    "message_id": "message",
    "message_ids": "message",
    "message_thread_id": "message",
    "migrate_from_chat_id": "chat",
    "migrate_to_chat_id": "chat",
    "update_id": "update",
}
_DATES = {"date", "edit_date", "until_date", "expire_date", "last_error_date"}
_OBJECTS_WITH_IDS = {"chat": "chat", "callback_query": "callback query", "sender_chat": "chat"}


def kept(value: Any) -> Any:
    """Without what says nothing: python-telegram-bot fills in False and empty lists."""
    if isinstance(value, dict):
        told = {key: kept(each) for key, each in value.items()}
        return {key: each for key, each in told.items() if _says_something(each)}
    if isinstance(value, list | tuple):
        return [kept(each) for each in value]
    return value


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value != []


class Names:
    """Names for the ids of one run: ``message 1``, ``message 2``, …"""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def normal(self, value: Any) -> Any:
        """A result with names for ids and no dates."""
        return self._normal(kept(value), "", "")

    def _normal(self, value: Any, key: str, around: str) -> Any:
        if isinstance(value, dict):
            return {name: self._normal(each, name, key) for name, each in value.items()}
        if isinstance(value, list):
            return [self._normal(each, key, around) for each in value]
        if key in _DATES:
            return "a date"
        if (around, key) == ("dice", "value"):
            return "a number"
        if isinstance(value, str) and value.startswith("http://127.0.0.1:"):
            return "a local address"
        if isinstance(value, str) and value.startswith("https://t.me/+"):
            return self._name("link", value)
        kind = _IDS.get(key) or (_OBJECTS_WITH_IDS.get(around) if key == "id" else None)
        return self._name(kind, value) if kind else value

    def _name(self, kind: str, value: Any) -> str:
        known = sum(name.startswith(f"{kind} ") for name in self._names.values())
        return self._names.setdefault((kind, str(value)), f"{kind} {known + 1}")
