"""What a turn writes beside the session and the effects; all of it in the turn's one commit.

``life_of`` names another key, a case's as a rule. What has it is written after all that has not,
only if that key is there, and lives exactly as long: nothing is kept longer than the case it
belongs to, and nothing comes back once the case was erased, whoever writes late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.typing import EncodableT


class Put(msgspec.Struct, frozen=True):
    """Writes a string.

    Attributes:
        key: its name, of ``Keys``.
        value: what to write; empty deletes the key.
        ttl: in seconds; 0 for none.
        before: what must be there for the turn to count, empty for nothing; the turn is done again
            if it is not. None: whatever is there.
        life_of: see above; then ``ttl`` is not used.
    """

    key: str
    value: bytes
    ttl: int = 0
    before: bytes | None = None
    life_of: str = ""


class Append(msgspec.Struct, frozen=True):
    """Appends to a list.

    Attributes:
        key: its name.
        value: the new last element.
        ttl: of the whole list, in seconds; 0 for none.
        length: how many of the last elements are kept.
        life_of: see above; then ``ttl`` is not used.
    """

    key: str
    value: bytes
    ttl: int
    length: int
    life_of: str = ""


class Rank(msgspec.Struct, frozen=True):
    """Puts a member into a sorted set, or (``score`` None) takes it out.

    Attributes:
        key: its name.
        member: the member.
        score: for times, milliseconds since the epoch.
        ttl: of the whole set, in seconds; 0 for none.
    """

    key: str
    member: str
    score: int | None
    ttl: int = 0


class Lapse(msgspec.Struct, frozen=True):
    """Takes out of a sorted set, whose scores tell when its members end, those that have ended.

    The set itself lives until its last member ends.

    Attributes:
        key: its name.
        now: milliseconds since the epoch.
    """

    key: str
    now: int


class Field(msgspec.Struct, frozen=True):
    """Sets a field of a hash, or (``value`` empty) deletes it.

    Attributes:
        key: its name.
        name: of the field.
        value: its value.
        ttl: of the whole hash, in seconds; 0 leaves it.
        life_of: see above; then ``ttl`` is not used.
    """

    key: str
    name: str
    value: bytes
    ttl: int = 0
    life_of: str = ""


class Add(msgspec.Struct, frozen=True):
    """Adds to a number in a hash; what is not there counts as 0.

    Attributes:
        key: its name.
        name: of the field.
        by: how much is added.
        ttl: of the whole hash, in seconds; 0 leaves it.
    """

    key: str
    name: str
    by: int
    ttl: int = 0


class AddOnes(msgspec.Struct, frozen=True):
    """Adds 1 to each of some numbers in a hash; what is not there counts as 0.

    Attributes:
        key: its name.
        names: of the fields; without line breaks.
        ttl: of the whole hash, in seconds.
        length: how many fields it may have; no new one comes to so many.
    """

    key: str
    names: tuple[str, ...]
    ttl: int
    length: int


class Distinct(msgspec.Struct, frozen=True):
    """Counts a member in a HyperLogLog, once however often it comes.

    Attributes:
        key: its name.
        member: the member, of which nothing is kept but what the count needs.
        ttl: of the whole, in seconds.
    """

    key: str
    member: bytes
    ttl: int


class Enter(msgspec.Struct, frozen=True):
    """Puts a document into a hash, unless one of its name is there.

    Attributes:
        key: its name.
        name: of the field.
        value: the document.
        ttl: of the whole hash, in seconds; set only if something is entered or counted.
        length: how many documents it may have; no new one comes to so many.
        counted: whether the field ``#<name>`` counts how often it came; else it stays at 1.
    """

    key: str
    name: str
    value: bytes
    ttl: int
    length: int
    counted: bool = True


class Expire(msgspec.Struct, frozen=True):
    """Sets how long a key lives from now on, in seconds; 0 deletes it."""

    key: str
    ttl: int


Write = Put | Append | Rank | Lapse | Field | Add | AddOnes | Distinct | Enter | Expire


def encoded(writes: Iterable[Write]) -> tuple[list[str], list[EncodableT]]:
    """The KEYS and the ARGV of ``scripts/writes.lua``: two and five for each write."""
    names: list[str] = []
    values: list[EncodableT] = []
    for write in writes:
        names += [write.key, getattr(write, "life_of", "")]
        values += _values(write)
    return names, values


def _values(write: Write) -> tuple[EncodableT, ...]:
    match write:
        case Put(value=value, ttl=ttl, before=None):
            return "put", value, ttl, "0", ""
        case Put(value=value, ttl=ttl, before=before):
            return "put", value, ttl, "1", before or b""
        case Append(value=value, ttl=ttl, length=length):
            return "append", value, ttl, length, ""
        case Rank(member=member, score=score, ttl=ttl):
            return "rank", member, "" if score is None else score, ttl, ""
        case Lapse(now=now):
            return "lapse", now, "", "", ""
        case Field(name=name, value=value, ttl=ttl):
            return "field", name, value, ttl, ""
        case Add(name=name, by=by, ttl=ttl):
            return "add", name, by, ttl, ""
        case AddOnes(names=names, ttl=ttl, length=length):
            return "add_ones", "\n".join(names), ttl, length, ""
        case Distinct(member=member, ttl=ttl):
            return "distinct", member, ttl, "", ""
        case Enter(name=name, value=value, ttl=ttl, length=length, counted=counted):
            return "enter" if counted else "enter_once", name, value, ttl, length
        case Expire(ttl=ttl):
            return "expire", ttl, "", "", ""
