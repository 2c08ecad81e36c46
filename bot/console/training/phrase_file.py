"""Files of training phrases: read as any, and the one the console writes, ``taught.yml``."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.understanding.files import DataFileError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.language.tags import Locale

TAUGHT = "taught.yml"
"""As in ``nlu/components/project.py``, which tells it apart from what came with the program."""

_HEAD = """\
# What counsellors taught the bot in the console, which writes this file anew: add phrases there, or
# in the other files.
version: "3.1"
nlu:
"""


class Phrase(NamedTuple):
    """A training phrase; ``calm`` if it only asks about a danger (``nlu_data/README.md``)."""

    text: str
    intent: str
    calm: bool = False


def read_phrases(path: Path) -> list[Phrase]:
    """The phrases of a file, in its order; none if there is no such file.

    Raises:
        DataFileError: it is not in Rasa's NLU format.
    """
    if not path.exists():
        return []
    found = read_yaml(path)
    blocks = found.get("nlu") if isinstance(found, dict) else None
    if not isinstance(blocks, list):
        raise DataFileError(path, "there is no list under `nlu:`")
    return [phrase for block in blocks for phrase in _of_block(path, block)]


def _of_block(path: Path, block: Any) -> Iterator[Phrase]:  # noqa: ANN401 - as the file has it
    if not isinstance(block, dict) or not isinstance(block.get("intent"), str):
        raise DataFileError(path, "expected `- intent: …`")
    metadata, examples = block.get("metadata"), block.get("examples")
    if not isinstance(examples, str):
        raise DataFileError(path, f"{block['intent']} has no `examples: |`")
    calm = isinstance(metadata, dict) and metadata.get("calm") is True
    for row in examples.splitlines():
        if row.strip():
            yield Phrase(row.strip().removeprefix("- ").strip(), block["intent"], calm)


def write_taught(folder: Path, locale: Locale, phrases: Iterable[Phrase]) -> None:
    """Writes a locale's ``taught.yml`` whole or not at all; without phrases there is no file.

    Args:
        folder: of the locale; made if it is not there.
        locale: what the phrases are written in.
        phrases: of one line each, without control characters and brackets.

    Raises:
        OSError: it cannot be written.
    """
    by_block: dict[tuple[str, bool], list[str]] = {}
    for phrase in phrases:
        by_block.setdefault((phrase.intent, phrase.calm), []).append(phrase.text)
    path = folder / TAUGHT
    if not by_block:
        path.unlink(missing_ok=True)
        return
    blocks = [_block(intent, calm, locale, by_block[intent, calm]) for intent, calm in by_block]
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".taught-{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(_HEAD + "".join(blocks))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _block(intent: str, calm: bool, locale: Locale, texts: Iterable[str]) -> str:
    examples = "".join(f"    - {text}\n" for text in texts)
    calm_line = "    calm: true\n" if calm else ""
    return (
        f"- intent: {intent}\n  metadata:\n    language: {locale.tag}\n{calm_line}"
        f"  examples: |\n{examples}"
    )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else changes what is taught meanwhile: two counsellors may teach at once.

    Raises:
        OSError: there is no such folder.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
