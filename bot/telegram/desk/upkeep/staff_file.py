"""Reads the staff file: which Telegram groups take the cases of which languages, and when.

How to write it: ``docs/operations.md``. Every fault names its line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.faults import FileFaults
from bot.answers.fields import FieldReader
from bot.answers.sentence import as_is
from bot.answers.yaml_file import parse_yaml
from bot.handoff.groups import Group, Groups
from bot.handoff.hours import KAZAKHSTAN, Fault, hours_of
from bot.language.tags import Locale

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.sentence import Sentence
    from bot.answers.yaml_file import Value
    from bot.handoff.hours import Hours

SANDBOX_GROUP = -1001000000001
"""The sandbox has a staff group ready under this id."""

MAX_NAME = 30
"""What fits on a button."""

NO_HOLIDAYS = "none"

_KEYS = (
    *("id", "name", "locale", "takes", "hours", "zone", "holidays", "closed", "coordinators"),
    "approvers",
)
_GROUP_ID = re.compile(r"-[1-9][0-9]{0,15}", re.ASCII)
_USER_ID = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOCALES = tuple(locale.value for locale in Locale)


class StaffFileError(Exception):
    """A staff file that cannot be used; one line for each fault."""


def load_groups(file: Path, *, sandbox: bool, required: bool = False) -> Groups | None:
    """The staff groups.

    Args:
        file: the staff file.
        sandbox: whether the helpline runs on the sandbox, whose ready group needs no file.
        required: whether the operator named the file, so that it must be there.

    Returns:
        The groups; None if there are none, and so no desk.

    Raises:
        StaffFileError: the file cannot be read or used.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            raise StaffFileError(f"{file}: there is no such file (STAFF_FILE).") from None
        ready = Group(SANDBOX_GROUP, "Helpline staff", Locale.RU, tuple(Locale))
        return Groups((ready,)) if sandbox else None
    except (OSError, UnicodeDecodeError) as error:
        raise StaffFileError(f"{file}: cannot be read ({type(error).__name__}).") from None
    faults = FileFaults(str(file))
    groups = read_groups(text, faults)
    if faults:
        raise StaffFileError("\n".join(map(str, faults.found)))
    return groups


def read_groups(text: str, faults: FileFaults) -> Groups:
    """The groups of a staff file, in its order; without groups only if there are faults.

    Args:
        text: the file.
        faults: takes what is wrong.
    """
    root = parse_yaml(text, faults)
    if root is None:
        return Groups(())
    reader = FieldReader(
        root, faults, as_is("The staff file must be written as `key: value` lines.")
    )
    reader.only(("groups",))
    found: list[Group] = []
    for entry in reader.entries("groups"):
        group = _group(entry, faults)
        if group is None:
            continue
        if any(group.id == other.id for other in found):
            faults.add(entry.line, as_is(f"The group {group.id} stands here twice."))
        taken = [locale for other in found for locale in other.takes if locale in group.takes]
        if taken:
            names = ", ".join(locale.value for locale in taken)
            faults.add(
                entry.line, as_is(f"Two groups take {names}; one language goes to one group.")
            )
        found.append(group)
    if not found and not faults:
        faults.add(root.line, as_is("`groups` is empty: name at least one group."))
    return Groups(tuple(found))


def _group(entry: Value, faults: FileFaults) -> Group | None:
    reader = FieldReader(entry, faults, as_is("A group must be written as `key: value` lines."))
    if reader.is_empty:
        return None
    reader.only(_KEYS)
    number = reader.text("id", required=True)
    if number and not _GROUP_ID.fullmatch(number):
        faults.add(
            reader.line_of("id"), as_is(f"`id: {number}` is no group; ids of groups begin with -.")
        )
    takes = reader.words("takes", _locale_fault)
    coordinators = reader.words("coordinators", _user_fault)
    approvers = reader.words("approvers", _user_fault)
    group = Group(
        id=int(number) if _GROUP_ID.fullmatch(number) else 0,
        name=reader.text("name", required=True, max_length=MAX_NAME),
        locale=reader.choice("locale", Locale),
        takes=tuple(Locale(name) for name in takes),
        hours=_hours(reader, faults),
        coordinators=tuple(map(int, coordinators)),
        approvers=tuple(map(int, approvers)),
    )
    return group if group.id else None


def _hours(reader: FieldReader, faults: FileFaults) -> Hours | None:
    written = reader.text("hours")
    days = [day for text in reader.words("closed", _day_fault) if (day := _day(text))]
    if not written:
        for key in ("zone", "holidays", "closed"):
            if reader.value(key) is not None:
                faults.add(reader.line_of(key), as_is(f"`{key}` says nothing without `hours`."))
        return None
    country = reader.text("holidays") or "KZ"
    zone = reader.text("zone") or KAZAKHSTAN
    found = hours_of(written, zone, None if country == NO_HOLIDAYS else country, days)
    match found:
        case Fault.HOURS:
            sentence = as_is(
                f"`hours: {written}` cannot be read; write Mon-Fri 09:00-18:00, or 24/7."
            )
            faults.add(reader.line_of("hours"), sentence)
        case Fault.ZONE:
            faults.add(
                reader.line_of("zone"), as_is(f"`zone: {zone}` is no zone; write Asia/Almaty.")
            )
        case Fault.COUNTRY:
            sentence = as_is(f"`holidays: {country}` is no country; write KZ, or {NO_HOLIDAYS}.")
            faults.add(reader.line_of("holidays"), sentence)
    return None if isinstance(found, Fault) else found


def _locale_fault(word: str) -> Sentence | None:
    if word in _LOCALES:
        return None
    return as_is(f"`{word}` is none of our languages: {', '.join(_LOCALES)}.")


def _user_fault(word: str) -> Sentence | None:
    return None if _USER_ID.fullmatch(word) else as_is(f"`{word}` is no user id: a number.")


def _day_fault(word: str) -> Sentence | None:
    return None if _day(word) else as_is(f"`{word}` is no date; write it as 2026-12-31.")


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError:
        return None
