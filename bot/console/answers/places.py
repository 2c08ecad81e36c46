"""Which file a page is about: the names in its address, and the path in the folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Path

from bot.answers.answer_file import FILE as ANSWER_FILE
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.loaded import Loaded, LoadedAnswer

Name = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""A topic or an intent in an address."""
ProposalId = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,70}-[1-9][0-9]{0,8}$")]
"""A proposal in an address."""
VERSION = r"^[0-9a-f]{40}$"

ORDER = (Locale.RU, Locale.KK, Locale.UZ, Locale.UZ_CYRL, Locale.TG, Locale.KY)
"""The source first, then the translations."""


class Sheet(StrEnum):
    """A file of an answer, as addresses name it: its languages, and its sources and dates."""

    RU = "ru"
    KK = "kk"
    UZ = "uz"
    UZ_CYRL = "uz_Cyrl"
    TG = "tg"
    KY = "ky"
    DETAILS = "details"

    @property
    def locale(self) -> Locale | None:
        """The language that it is; None for the sources and dates."""
        return None if self is Sheet.DETAILS else Locale(self.value)


@dataclass(frozen=True, slots=True)
class Place:
    """A file of an answer.

    Attributes:
        topic: the folder that the answer's folder stands in.
        intent: the answer.
        sheet: which of its files.
    """

    topic: str
    intent: str
    sheet: Sheet = Sheet.RU

    @property
    def folder(self) -> str:
        """Of the answer, within the answers folder."""
        return f"{self.topic}/{self.intent}"

    @property
    def path(self) -> str:
        """Of the file, within the answers folder."""
        return self.path_of(self.sheet)

    @property
    def details(self) -> str:
        """The path of its ``answer.yml``."""
        return self.path_of(Sheet.DETAILS)

    @property
    def address(self) -> str:
        """Of its page."""
        return self.address_of(self.sheet)

    def path_of(self, sheet: Sheet) -> str:
        """The path of another file of the answer."""
        name = ANSWER_FILE if sheet is Sheet.DETAILS else f"{sheet.value}.md"
        return f"{self.folder}/{name}"

    def address_of(self, sheet: Sheet) -> str:
        """The address of another file of the answer."""
        return f"/answers/{self.folder}/{sheet.value}"


def place_of(topic: Name, intent: Name, sheet: Sheet) -> Place:
    """The file that an address names."""
    return Place(topic, intent, sheet)


ThePlace = Annotated[Place, Depends(place_of)]
"""A route's file of an answer."""


def address_of(path: str) -> str:
    """The address at which a file of the folder is edited."""
    parts = path.split("/")
    if len(parts) == 3:
        name = parts[2].removesuffix(".md")
        sheet = "details" if parts[2] == ANSWER_FILE else name
        if sheet in set(Sheet):
            return f"/answers/{parts[0]}/{parts[1]}/{sheet}"
    return f"/answers/files/{path}"


def entry_of(loaded: Loaded, folder: str) -> LoadedAnswer | None:
    """The answer of a folder."""
    return next((one for one in loaded.answers if one.folder == folder), None)
