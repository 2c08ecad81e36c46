"""Which answers and other centres go by a centre: by its name, or by its number. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.text_rules import phones

if TYPE_CHECKING:
    from bot.answers.loaded import Loaded
    from bot.console.centres.book import Book
    from bot.console.centres.draft import Draft


@dataclass(frozen=True, slots=True)
class Use:
    """An answer that names a centre.

    Attributes:
        folder: of the answer, ``topic/intent``.
        question: in Russian.
        phones: the numbers of the centre that its text says.
    """

    folder: str
    question: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """The answers that name it, and the names of the centres that are asked about through it."""

    answers: tuple[Use, ...]
    asking: tuple[Draft, ...]

    def __bool__(self) -> bool:
        return bool(self.answers or self.asking)


def uses_of(draft: Draft, loaded: Loaded, book: Book) -> Uses:
    """Who would have to be looked at when the centre's numbers change or it is hidden.

    Args:
        draft: as it is published.
        loaded: the answers as they are published.
        book: the centres.
    """
    own = set(draft.phones)
    answers = []
    for entry in loaded.answers:
        said = {
            phone
            for text in entry.texts.values()
            for part in text.read.text.parts.values()
            for phone in phones(part)
        }
        found = tuple(phone for phone in draft.phones if phone in said & own)
        if found or draft.id in entry.answer.phones:
            source = next(iter(entry.answer.texts.values()), None)
            answers.append(Use(entry.folder, source.question if source else "", found))
    asking = tuple(e.draft for e in book.entries if e.draft.ask_at == draft.id)
    return Uses(tuple(answers), asking)
