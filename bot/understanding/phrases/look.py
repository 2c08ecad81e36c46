"""Looks through the training phrases of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.language.identify import Sample
from bot.language.tags import Locale
from bot.understanding import labelled
from bot.understanding.files import DataFileError
from bot.understanding.phrases.guards import Doubt, Kind, Placed, counts, doubts
from bot.understanding.phrases.mislabelled import mislabelled
from bot.understanding.phrases.phrase_file import phrase_files, read_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Look(msgspec.Struct, frozen=True):
    """What the phrases are, and what is doubtful about them.

    Attributes:
        counts: of phrases, by intent and language.
        doubts: in the order of their kinds.
    """

    counts: dict[str, dict[Locale, int]]
    doubts: tuple[Doubt, ...]

    @property
    def errors(self) -> tuple[Doubt, ...]:
        """What must be mended."""
        return tuple(doubt for doubt in self.doubts if doubt.kind.is_error)

    @property
    def notes(self) -> tuple[Doubt, ...]:
        """What may be quite right."""
        return tuple(doubt for doubt in self.doubts if doubt.kind.is_note)


def look(folder: Path, measured: Iterable[Path] = (), *, languages: bool = False) -> Look:
    """Looks through all phrases of a folder such as ``nlu_data``.

    Args:
        folder: has a folder of phrases for each locale, and ``samples``.
        measured: files or folders of labelled messages that the understanding is measured with.
        languages: also whether each looks like its language, which takes a minute.

    Raises:
        OSError: labelled messages cannot be read.
    """
    found: list[Doubt] = []
    phrases: list[Placed] = []
    for locale, path in phrase_files(folder):
        name = str(path.relative_to(folder))
        try:
            read = read_phrases(path)
        except DataFileError as error:
            place = f" (line {error.line})" if error.line else ""
            found.append(Doubt(Kind.BROKEN_FILE, f"{error.fault}{place}", name))
            continue
        phrases += [Placed(phrase.text, phrase.intent, locale, name) for phrase in read]
    texts = [row.text for path in measured for row in labelled.read(path).rows]
    found += doubts(phrases, texts)
    if languages:
        found += mislabelled(phrases, tuple(_samples(folder / "samples")))
    order = {kind: place for place, kind in enumerate(Kind)}
    return Look(counts(phrases), tuple(sorted(found, key=lambda doubt: order[doubt.kind])))


def _samples(folder: Path) -> Iterator[Sample]:
    """The sentences of the files that are named as a language."""
    for path in sorted(folder.glob("*.txt")):
        if "." not in path.stem:
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip() and not line.startswith("#"):
                    yield Sample(line.strip(), path.stem)
