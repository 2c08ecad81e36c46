"""What is wrong in an answers folder: each fault names its file and line."""

from __future__ import annotations

import msgspec

from bot.answers.sentence import N_, Sentence


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing that makes a file unusable.

    Attributes:
        file: path within the answers folder, with forward slashes.
        line: from 1; 0 when the fault is not about a line (a file is missing).
        sentence: what is wrong, for the person who mends it.
    """

    file: str
    line: int
    sentence: Sentence

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.sentence}"


class BrokenLibraryError(Exception):
    """An answers folder that cannot be served.

    Attributes:
        faults: all of them, by file and line.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class FileFaults:
    """Gathers the faults of one file."""

    __slots__ = ("_found", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def add(self, line: int, sentence: Sentence) -> None:
        """Notes a fault at a line."""
        self._found.append(Fault(self.file, line, sentence))

    @property
    def found(self) -> tuple[Fault, ...]:
        """The faults so far, in the order they were found."""
        return tuple(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)


def not_utf8() -> Sentence:
    """That a file is no text that can be read."""
    return N_("Not UTF-8 text; save the file as UTF-8.")


def unreadable_file(error: OSError) -> Sentence:
    """That the machine does not give a file out, with its own word for why."""
    return N_("Cannot be read: {error}.", error=error.strerror or type(error).__name__)
