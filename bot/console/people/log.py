"""The audit logs as tables: filtered, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.console import Change
    from bot.store.staff import Reveal


def changes_of(
    changes: Iterable[Change], since: float, who: int | None = None, what: str = ""
) -> tuple[Change, ...]:
    """Changes from a moment on, newest first.

    Args:
        changes: oldest first.
        since: seconds since the epoch.
        who: by this member only.
        what: of this kind only.
    """
    found = [
        change
        for change in changes
        if change.at >= since
        and (who is None or change.who.id == who)
        and (not what or change.what == what)
    ]
    return tuple(sorted(found, key=lambda change: -change.at))


def reveals_of(
    reveals: Iterable[Reveal], since: float, who: int | None = None
) -> tuple[Reveal, ...]:
    """Looks at what was masked, likewise."""
    found = [one for one in reveals if one.at >= since and who in (None, one.staff)]
    return tuple(sorted(found, key=lambda one: -one.at))
