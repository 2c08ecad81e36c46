"""The file of training phrases that the console writes, ``taught.yml``."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.language.tags import Locale
    from bot.understanding.phrases.phrase_file import Phrase

TAUGHT = "taught.yml"
"""As in ``nlu/components/project.py``, which tells it apart from what came with the program."""

_HEAD = """\
# What counsellors taught the bot in the console, which writes this file anew: add phrases there, or
# in the other files.
version: "3.1"
nlu:
"""


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
