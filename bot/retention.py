"""How long what is personal is kept, and by whom, as variables: what is told is what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import organisation
from bot.catalogs import Catalogs
from bot.store.keys import DAY, kept

if TYPE_CHECKING:
    from bot.answers.variables import Values
    from bot.settings import Settings


def variables(settings: Settings) -> Values:
    """What stands for the variables of the privacy answer, by name.

    Raises:
        CatalogError: a catalog with the words for it is missing or broken.
    """
    catalogs = Catalogs(settings.locales_dir)
    return {**periods(settings), **organisation.variables(settings, catalogs)}


def periods(settings: Settings) -> dict[str, str]:
    """The number of hours, days or weeks by the name that the privacy answer gives it."""
    return {one.variable: str(one.period) for one in kept(settings.session_days * DAY)}
