"""The staff groups: who takes which language, and when they work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.handoff.hours import KAZAKHSTAN

if TYPE_CHECKING:
    from bot.handoff.hours import Hours
    from bot.language.tags import Locale


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group of counsellors.

    Attributes:
        id: as the operator wrote it; ``store.cases`` knows if Telegram gave it another one since.
        name: how other groups call it.
        locale: the language of the staff's own interface.
        takes: the languages of migrants it takes.
        hours: when somebody works; None for always.
        coordinators: Telegram's user ids of those who are called when nobody claims a case.
        approvers: Telegram's user ids of those who may publish in the console.
    """

    id: int
    name: str
    locale: Locale
    takes: tuple[Locale, ...] = ()
    hours: Hours | None = None
    coordinators: tuple[int, ...] = ()
    approvers: tuple[int, ...] = ()

    @property
    def zone(self) -> str:
        """The time zone of its clock, of the IANA database."""
        return KAZAKHSTAN if self.hours is None else self.hours.zone


@dataclass(frozen=True, slots=True)
class Groups:
    """All staff groups; the first one takes the languages that no other takes."""

    all: tuple[Group, ...]

    @property
    def default(self) -> Group:
        """The group for the rest."""
        return self.all[0]

    def taking(self, locale: Locale) -> Group:
        """The group that takes a language."""
        return next((group for group in self.all if locale in group.takes), self.default)


class Missing(StrEnum):
    """What the desk needs and does not have; the rights by Telegram's names."""

    MEMBER = "member"
    FORUM = "forum"
    ADMINISTRATOR = "administrator"
    TOPICS = "can_manage_topics"
    PINS = "can_pin_messages"
    DELETES = "can_delete_messages"
    PRIVATE = "private"
