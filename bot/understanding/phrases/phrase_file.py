"""Files of training phrases, in Rasa's NLU format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.language.tags import Locale
from bot.understanding.files import DataFileError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


def phrase_files(folder: Path) -> list[tuple[Locale, Path]]:
    """The files of phrases of each locale in a folder such as ``nlu_data``, in a fixed order."""
    return [
        (locale, path)
        for locale in Locale
        for path in sorted((folder / locale.value).glob("*.yml"))
    ]


def line_of(path: Path, phrase: str) -> int:
    """The line on which a phrase stands first, from 1; 0 if it does not stand there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = f"- {phrase}"
    return next((number for number, line in enumerate(lines, 1) if line.strip() == wanted), 0)


def _of_block(path: Path, block: Any) -> Iterator[Phrase]:  # noqa: ANN401 - as the file has it
    if not isinstance(block, dict) or not isinstance(block.get("intent"), str):
        raise DataFileError(path, "expected `- intent: …`")
    metadata, examples = block.get("metadata"), block.get("examples")
    if not isinstance(examples, str) or not examples.strip():
        raise DataFileError(path, f"{block['intent']} has no `examples: |`")
    calm = isinstance(metadata, dict) and metadata.get("calm") is True
    for row in examples.splitlines():
        if row.strip():
            yield Phrase(row.strip().removeprefix("- ").strip(), block["intent"], calm)
