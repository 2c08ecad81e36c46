"""How long what is personal is kept, as variables of the texts: what is told is what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.keys import DAY, kept

if TYPE_CHECKING:
    from bot.settings import Settings


def variables(settings: Settings) -> dict[str, str]:
    """The number of days or weeks by the name that the privacy answer gives it."""
    return {one.variable: str(one.period) for one in kept(settings.session_days * DAY)}
