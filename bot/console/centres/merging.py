"""Two people changed one centre: their changes put together, field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from bot.console.centres.draft import NAME_ORDER, ORDER, Draft


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that the other has changed too.

    Attributes:
        field: its name in the file; a name in a language as ``names.kk``.
        both: you have changed it otherwise; if not, theirs was taken over.
    """

    field: str
    base: str
    theirs: str
    yours: str
    both: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes out: ``draft`` has theirs where only they changed it, else yours."""

    draft: Draft
    clashes: tuple[Clash, ...]


def merge(base: Draft, theirs: Draft, yours: Draft) -> Merged:
    """Puts two changes together.

    Args:
        base: what both began with.
        theirs: what the other made of it.
        yours: what is now to be saved.
    """
    taken: dict[str, object] = {}
    clashes = []
    for field in ORDER:
        if field == "names":
            continue
        before, other, own = (getattr(one, field) for one in (base, theirs, yours))
        if other != before:
            both = own not in (before, other)
            clashes.append(Clash(field, shown(before), shown(other), shown(own), both))
            if not both:
                taken[field] = other
    names = dict(yours.names)
    for name in NAME_ORDER:
        before, other, own = (one.names.get(name, "") for one in (base, theirs, yours))
        if other != before:
            both = own not in (before, other)
            clashes.append(Clash(f"names.{name}", before, other, own, both))
            if not both:
                names[name] = other
    taken["names"] = {name: names[name] for name in NAME_ORDER if names.get(name)}
    return Merged(replace(yours, **taken), tuple(clashes))


def shown(value: object) -> str:
    """A field in one line."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
