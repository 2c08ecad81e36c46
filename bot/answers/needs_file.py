"""Reads ``needs.yml``: what a person looks for a centre for, and which services meet it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.fields import FieldReader
from bot.answers.model import Need
from bot.answers.yaml_file import Fields, Items
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.faults import FileFaults
    from bot.answers.yaml_file import Value

FILE = "needs.yml"

NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
"""It shares the 64 bytes of a button's data with the name of a city and a number."""

MAX_TITLE = 30
"""What fits on one line of a full-width button, beside the emoji."""


def read_needs(root: Value, faults: FileFaults, services: frozenset[str]) -> tuple[Need, ...]:
    """The needs in the order of their buttons.

    Args:
        root: the file.
        faults: takes what is wrong.
        services: the words that ``centres.yml`` has for what a place helps with.
    """
    if not isinstance(root, Items):
        faults.add(root.line, "The file must be a list of needs.")
        return ()
    needs: dict[str, Need] = {}
    for entry in root.items:
        if not isinstance(entry, Fields):
            faults.add(entry.line, "A need must be `key: value` lines.")
            continue
        need = _need(FieldReader(entry, faults, "A need"), services, faults)
        if need.name and not NAME.fullmatch(need.name):
            sentence = "a name has small Latin letters, digits and _, at most 20."
            faults.add(entry.line, f"`{need.name}` cannot be a need: {sentence}")
        if need.name in needs:
            faults.add(entry.line, f"The need `{need.name}` stands here twice.")
        needs[need.name] = need
    return tuple(needs.values())


def _need(reader: FieldReader, services: frozenset[str], faults: FileFaults) -> Need:
    def fault(service: str) -> str | None:
        return None if service in services else f"`{service}` is no service of centres.yml."

    reader.only(("name", "emoji", "titles", "services"))
    titles = reader.inner("titles")
    titles.only(tuple(locale.value for locale in Locale))
    need = Need(
        name=reader.text("name", required=True),
        emoji=reader.text("emoji", required=True),
        titles={
            locale: titles.text(locale.value, required=True, max_length=MAX_TITLE)
            for locale in Locale
        },
        services=reader.words("services", fault),
    )
    if not reader.entries("services"):
        faults.add(reader.line_of("services"), "`services` is empty: nobody would be found.")
    return need
