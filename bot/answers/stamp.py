"""Records in a translation which version of the Russian text it translates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import snapshot
from bot.answers.faults import BrokenLibraryError
from bot.answers.load import read_library
from bot.answers.markdown_file import front_matter_end
from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.language.tags import Locale

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.loaded import LoadedAnswer


class NothingToStampError(Exception):
    """There is no such answer or no such translation; the text says which are there."""


def stamp(folder: Path, intent: str | None = None, locale: str | None = None) -> list[Path]:
    """Sets ``translates`` to the hashes of the present Russian parts; all else stays as it is.

    Args:
        folder: the answers folder.
        intent: one intent (its answer and its danger card) or one folder as
            ``danger/trafficking``; None for all.
        locale: one language as its file is named; None for all that are written.

    Returns:
        The files that changed.

    Raises:
        NothingToStampError: nothing is written under this intent in this language.
        BrokenLibraryError: a file that would be stamped, or its Russian text, has faults.
    """
    loaded = read_library(snapshot.take(folder))
    entries = [entry for entry in loaded.answers if intent in _names(entry)]
    translations = [
        (entry, written)
        for entry in entries
        for written in entry.texts
        if written is not SOURCE_LOCALE and locale in (None, written.value)
    ]
    if not translations:
        raise NothingToStampError(_nothing(entries, intent, locale))
    concerned = {entry.texts[SOURCE_LOCALE].file for entry, _ in translations}
    concerned |= {entry.texts[written].file for entry, written in translations}
    faults = tuple(fault for fault in loaded.faults if fault.file in concerned)
    if faults:
        raise BrokenLibraryError(faults)
    stamped = [_stamp_file(folder, entry, written) for entry, written in translations]
    return [path for path in stamped if path is not None]


def with_hashes(content: str, hashes: dict[str, str]) -> str:
    """The content of a translation with other hashes in its head; the rest letter by letter.

    Args:
        content: with a front matter, which is taken for granted.
        hashes: by part.
    """
    lines = content.splitlines(keepends=True)
    end = front_matter_end([line.strip("\ufeff\r\n") for line in lines])
    if end is None:
        return content
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    block = ["translates:", *(f"  {part}: {recorded}" for part, recorded in hashes.items()), ""]
    first, last = _old_block(lines, end)
    return "".join([*lines[:first], newline.join(block), *lines[last:]])


def _old_block(lines: list[str], end: int) -> tuple[int, int]:
    """Where ``translates`` stands in the head, from line to line; nothing before its end if not."""
    for first in range(1, end):
        if lines[first].startswith("translates:"):
            inner = first + 1
            while inner < end and (not lines[inner].strip() or lines[inner][0] in " \t"):
                inner += 1
            while not lines[inner - 1].strip():  # blank lines before the next key are not ours
                inner -= 1
            return first, inner
    return end, end


def _names(entry: LoadedAnswer) -> tuple[str | None, ...]:
    return None, entry.answer.intent, entry.folder


def _nothing(entries: list[LoadedAnswer], intent: str | None, locale: str | None) -> str:
    if not entries:
        return f"There is no answer `{intent}`."
    if locale not in (None, *(known.value for known in Locale if known is not SOURCE_LOCALE)):
        known_values = ", ".join(known.value for known in Locale if known is not SOURCE_LOCALE)
        return f"`{locale}` is none of the languages that translate: {known_values}."
    wanted = f" into {locale}" if locale else ""
    return f"There is no translation{wanted} of {intent or 'any answer'} yet."


def _stamp_file(folder: Path, entry: LoadedAnswer, locale: Locale) -> Path | None:
    """The file if it changed. Written aside and moved, so that no reader sees half of it."""
    path = folder / entry.texts[locale].file
    source = entry.texts[SOURCE_LOCALE].read.text.parts
    own = entry.texts[locale].read.text.parts
    hashes = {part.value: part_hash(source[part]) for part in source if part in own}
    before = path.read_bytes().decode()
    after = with_hashes(before, hashes)
    if after == before:
        return None
    aside = path.with_name(f".{path.name}.stamp")
    aside.write_bytes(after.encode())
    aside.replace(path)
    return path
