"""Loads an answers folder into a ``Library``, or says everything that is wrong with it.

At the top of the folder stand ``topics.yml``, ``centres.yml``, ``needs.yml`` and
``uzbek_exceptions.yml``. In ``<topic>/<intent>/`` stand ``answer.yml``, ``ru.md`` and the
translations ``kk.md``, ``uz.md``, ``tg.md``, ``ky.md``; also ``uz_Cyrl.md`` where the
transliterated text will not do. Danger cards (``danger/<kind>/``) and what is in no menu
(``conversation/<intent>/``) are written the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from bot.answers import (
    centres_file,
    load_answer,
    needs_file,
    snapshot,
    topics_file,
    uzbek,
)
from bot.answers.consistency import cross_faults
from bot.answers.faults import BrokenLibraryError, Fault, FileFaults
from bot.answers.loaded import CONVERSATION, DANGER, Loaded, LoadedAnswer
from bot.answers.model import DangerKind, Library
from bot.answers.sentence import N_
from bot.answers.yaml_file import parse_yaml
from bot.language.tags import Locale

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.model import Centre, Need, Topic
    from bot.answers.sentence import Sentence
    from bot.answers.snapshot import Snapshot
    from bot.answers.variables import Values
    from bot.answers.yaml_file import Value


@dataclass(slots=True)
class _Folder:
    """One answer's files by name."""

    path: PurePosixPath
    files: dict[str, bytes] = field(default_factory=dict)


def load_library(folder: Path, values: Values | None = None) -> Library:
    """The library of an answers folder.

    Args:
        folder: with all its files.
        values: of the variables in the texts, by name; None if nobody will read the texts (they
            keep their variables then).

    Raises:
        BrokenLibraryError: with every fault of every file.
    """
    loaded = read_library(snapshot.take(folder), values)
    if loaded.faults:
        raise BrokenLibraryError(loaded.faults)
    return loaded.library


def read_library(taken: Snapshot, values: Values | None = None) -> Loaded:
    """All that a snapshot holds, and all that is wrong with it; nothing is ever raised.

    Only the library has the values in place of the variables; the texts beside it are as written.
    """
    if taken.faults and not taken.files:
        return Loaded(Library(taken.version, {}, {}, (), ()), (), {}, taken.faults)
    return _Reader(taken, values).read()


class _Reader:
    def __init__(self, taken: Snapshot, values: Values | None) -> None:
        self._taken = taken
        self._values = values
        self._faults = list(taken.faults)

    def read(self) -> Loaded:
        topics, topic_lines = self._topics()
        cyrillic = self._uzbek()
        centres, services = self._centres(cyrillic)
        needs = self._needs(services)
        answers = [self._answer(folder, cyrillic) for folder in self._folders(topics)]
        library = Library(
            version=self._taken.version,
            answers={a.answer.intent: a.answer for a in answers if a.answer.topic != DANGER},
            cards={
                DangerKind(a.answer.intent): a.answer for a in answers if a.answer.topic == DANGER
            },
            topics=topics,
            centres=centres,
            needs=needs,
        )
        loaded = Loaded(library, tuple(answers), topic_lines, to_cyrillic=cyrillic.to_cyrillic)
        faults = (*self._faults, *cross_faults(loaded))
        return replace(loaded, faults=tuple(sorted(faults)))

    def _topics(self) -> tuple[tuple[Topic, ...], dict[str, int]]:
        faults = FileFaults(topics_file.FILE)
        root = self._yaml(faults)
        found = topics_file.read_topics(root, faults) if root is not None else ((), {})
        self._faults += faults.found
        return found

    def _centres(self, cyrillic: uzbek.Transliterator) -> tuple[tuple[Centre, ...], frozenset[str]]:
        """The centres, and the words for what they help with."""
        faults = FileFaults(centres_file.FILE)
        root = self._yaml(faults)
        found = centres_file.read_centres(root, faults) if root is not None else ()
        self._faults += faults.found
        return _with_cyrillic_names(found, cyrillic), centres_file.services_of(root)

    def _needs(self, services: frozenset[str]) -> tuple[Need, ...]:
        """The needs; a folder may do without."""
        faults = FileFaults(needs_file.FILE)
        root = self._yaml(faults) if needs_file.FILE in self._taken.files else None
        found = needs_file.read_needs(root, faults, services) if root is not None else ()
        self._faults += faults.found
        return found

    def _uzbek(self) -> uzbek.Transliterator:
        faults = FileFaults(uzbek.FILE)
        root = self._yaml(faults) if uzbek.FILE in self._taken.files else None
        found = uzbek.Transliterator({}) if root is None else uzbek.read_exceptions(root, faults)
        self._faults += faults.found
        return found

    def _folders(self, topics: tuple[Topic, ...]) -> list[_Folder]:
        """The folders of answers; files that belong nowhere are faults."""
        top = {topics_file.FILE, centres_file.FILE, needs_file.FILE, uzbek.FILE}
        known = {topic.name for topic in topics} | {CONVERSATION, DANGER}
        folders: dict[PurePosixPath, _Folder] = {}
        for name, content in self._taken.files.items():
            path = PurePosixPath(name)
            if len(path.parts) == 3 and path.parts[0] in known:
                folder = folders.setdefault(path.parent, _Folder(path.parent))
                folder.files[path.name] = content
            elif len(path.parts) == 3:
                self._fault(name, N_("`{topic}` is no topic of topics.yml.", topic=path.parts[0]))
            elif name not in top:
                self._fault(name, N_("This file does not belong here."))
        return [folders[path] for path in sorted(folders) if self._is_well_named(path)]

    def _is_well_named(self, path: PurePosixPath) -> bool:
        if path.parts[0] == DANGER and path.name not in set(DangerKind):
            sentence = N_(
                "`{name}` is no danger. Known: {known}.", name=path.name, known=tuple(DangerKind)
            )
            self._fault(str(path), sentence)
            return False
        if not topics_file.NAME.fullmatch(path.name):
            rule = topics_file.NAME_RULE
            self._fault(str(path), N_("`{name}`: {rule}", name=path.name, rule=rule))
        return True

    def _answer(self, folder: _Folder, cyrillic: uzbek.Transliterator) -> LoadedAnswer:
        files = tuple(sorted(folder.files.items()))
        values = None if self._values is None else tuple(sorted(self._values.items()))
        read = load_answer.read(str(folder.path), files, values, cyrillic)
        self._faults += read.faults
        return read.answer

    def _yaml(self, faults: FileFaults) -> Value | None:
        content = self._decoded(faults)
        if content is None:
            if not faults:
                faults.add(0, N_("The file is missing."))
            return None
        return parse_yaml(content, faults)

    def _decoded(self, faults: FileFaults) -> str | None:
        content = self._taken.files.get(faults.file)
        return None if content is None else load_answer.decoded(content, faults)

    def _fault(self, file: str, sentence: Sentence, line: int = 0) -> None:
        self._faults.append(Fault(file, line, sentence))


def _with_cyrillic_names(
    centres: tuple[Centre, ...], cyrillic: uzbek.Transliterator
) -> tuple[Centre, ...]:
    """The centres, with the Uzbek names in Cyrillic letters where nobody wrote them."""
    return tuple(
        msgspec.structs.replace(
            centre,
            names={Locale.UZ_CYRL: cyrillic.to_cyrillic(centre.names[Locale.UZ])} | centre.names,
        )
        if Locale.UZ in centre.names
        else centre
        for centre in centres
    )
