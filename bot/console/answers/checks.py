"""The answers of a version, read and checked; and what a check says of words not yet saved.

Reading all answers takes a second or two, so what was read of a version is kept: a version never
changes. Everything here blocks: call it in a thread.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from bot.answers import check, uzbek
from bot.answers.facts_file import FOLDER as FACTS
from bot.answers.glossary_file import FILE as GLOSSARY
from bot.answers.load import read_library
from bot.answers.snapshot import Snapshot, is_served
from bot.console.answers.edited import folder_of, with_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.answers.check import Beside, Ground
    from bot.answers.findings import Finding, Report
    from bot.answers.loaded import Loaded
    from bot.console.versions.model import Version
    from bot.console.versions.versions import Versions

KEPT = 6
"""What is published, and the few proposals that people work on at a time; some MB each."""


@dataclass(frozen=True, slots=True)
class Read:
    """The answers of a version.

    Attributes:
        version: which.
        files: all files of the folder, by path.
        loaded: what they say.
        ground: what their texts are held against.
    """

    version: Version
    files: Mapping[str, bytes]
    loaded: Loaded
    ground: Ground

    def text(self, path: str) -> str | None:
        """A file's text, what is not UTF-8 as U+FFFD; None if it is not there."""
        raw = self.files.get(path)
        return None if raw is None else raw.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check says of edited files.

    Attributes:
        loaded: all answers, with the edited ones.
        findings: about the answer or the file that was edited.
    """

    loaded: Loaded
    findings: tuple[Finding, ...]


class Checks:
    """Reads and checks versions, and keeps the last few.

    Args:
        versions: of the answers.
        beside: what comes from outside the folder.
        today: tells the day.
    """

    def __init__(self, versions: Versions, beside: Beside, today: Callable[[], date]) -> None:
        self._versions = versions
        self._beside = beside
        self._today = today
        self._read: OrderedDict[Version, Read] = OrderedDict()
        self._reports: dict[tuple[Version, date], Report] = {}
        self._ground: tuple[Mapping[str, bytes], Ground] | None = None
        self._memo: check.Memo = {}
        self._lock = Lock()

    @property
    def today(self) -> date:
        """The day in Kazakhstan."""
        return self._today()

    def published(self) -> Read:
        """The answers as they are published now."""
        found = self.of(self._versions.import_outside_changes())
        assert found is not None  # noqa: S101 - a version never goes away
        return found

    def of(self, version: Version) -> Read | None:
        """The answers of a version; None if there is no such version."""
        with self._lock:
            if version in self._read:
                self._read.move_to_end(version)
                return self._read[version]
            files = self._versions.contents(version)
            if files is None:
                return None
            read = self._read_files(version, files)
            self._read[version] = read
            while len(self._read) > KEPT:
                gone, _ = self._read.popitem(last=False)
                self._reports = {at: r for at, r in self._reports.items() if at[0] != gone}
            return read

    def report(self, read: Read) -> Report:
        """The state of all answers of a version today."""
        at = (read.version, self._today())
        with self._lock:
            if at not in self._reports:
                self._reports[at] = self.report_anew(read)
            return self._reports[at]

    def look(self, read: Read, path: str, changes: Mapping[str, str]) -> Looked:
        """What a check says of edited files of one answer, or of one other file.

        Args:
            read: the version that they were made from.
            path: of a file of the answer, or of the other file.
            changes: new contents by path, if there are any.
        """
        files = {**read.files, **{path: text.encode() for path, text in changes.items()}}
        folder = folder_of(path)
        if folder is None:
            return self._look_at_all(files, path)
        loaded = with_folder(read.loaded, files, folder, self._beside.values)
        entry = next((one for one in loaded.answers if one.folder == folder), None)
        if entry is None:  # a folder whose name cannot be one of an answer
            return Looked(loaded, ())
        found = check.check_answer(entry, loaded, read.ground, self._today(), self._beside)
        return Looked(loaded, found)

    def read_files(self, files: Mapping[str, bytes]) -> Read:
        """Answers that are no version (yet)."""
        return self._read_files("", files)

    def report_anew(self, read: Read) -> Report:
        """The state today of answers that are no version (yet)."""
        today = self._today()
        return check.report(read.loaded, read.ground, today, self._beside, self._memo)

    def _look_at_all(self, files: Mapping[str, bytes], path: str) -> Looked:
        read = self._read_files("", files)
        found = self.report_anew(read).findings
        return Looked(read.loaded, tuple(one for one in found if one.file == path))

    def _read_files(self, version: Version, files: Mapping[str, bytes]) -> Read:
        served = Snapshot({path: raw for path, raw in files.items() if is_served(path)})
        loaded = read_library(served, self._beside.values)
        # Most versions differ in a text or two: what all are held against is read once.
        own = {path: raw for path, raw in files.items() if _is_ground(path)}
        known = self._ground
        if known is None or known[0] != own:
            known = self._ground = own, check.ground_of(files, loaded, self._beside)
        return Read(version, files, loaded, known[1])


def _is_ground(path: str) -> bool:
    return path in (GLOSSARY, uzbek.FILE) or path.startswith(f"{FACTS}/")
