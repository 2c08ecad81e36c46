"""What was read from an answers folder, with where each statement stands, for the checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.model import AUDIENCES, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers.faults import Fault
    from bot.answers.markdown_file import MarkdownFile
    from bot.answers.model import Answer, Library
    from bot.language.tags import Locale

DANGER = "danger"
"""The folder of the danger cards."""
CONVERSATION = "conversation"
"""The topic of greetings and the like, which stands in no menu."""

ESSENTIAL = frozenset({Part.EVERYONE, *AUDIENCES, Part.RUSSIA})
"""A translation without one of these that the Russian has would say something else: not served."""


@dataclass(frozen=True, slots=True)
class LoadedText:
    """One language of an answer as it was read.

    Attributes:
        file: path within the folder.
        read: what it says, with the lines of its parts.
        missing: parts that the Russian has and this has not.
    """

    file: str
    read: MarkdownFile
    missing: tuple[Part, ...]

    @property
    def is_served(self) -> bool:
        """It is complete enough to be shown."""
        return ESSENTIAL.isdisjoint(self.missing)


@dataclass(frozen=True, slots=True)
class LoadedAnswer:
    """An answer or a danger card.

    Attributes:
        folder: path within the answers folder.
        file: of its ``answer.yml``.
        answer: with the texts that are served.
        key_lines: of the keys of ``answer.yml``.
        texts: the languages that were written, served or not.
    """

    folder: str
    file: str
    answer: Answer
    key_lines: dict[str, int]
    texts: dict[Locale, LoadedText]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds. The library may be served only if there are no faults.

    Attributes:
        library: with all that could be read.
        answers: the same with the lines of its files.
        topic_lines: the line of each topic.
        faults: of all files.
        to_cyrillic: writes Uzbek Latin in Cyrillic, with the folder's exceptions.
    """

    library: Library
    answers: tuple[LoadedAnswer, ...]
    topic_lines: dict[str, int]
    faults: tuple[Fault, ...] = ()
    to_cyrillic: Callable[[str], str] = str
