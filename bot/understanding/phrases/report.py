"""What was found in the training phrases, for people and for programs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from bot.language.tags import Locale
from bot.understanding.phrases.guards import counted
from bot.understanding.phrases.phrase_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.understanding.phrases.guards import Doubt
    from bot.understanding.phrases.look import Look


def sums(found: Look) -> str:
    """One line: how many phrases, and of each kind of doubt."""
    phrases = sum(sum(by_locale.values()) for by_locale in found.counts.values())
    kinds = ", ".join(f"{kind.value} {count}" for kind, count in counted(found.doubts).items())
    line = f"{phrases:,} phrases, {len(found.counts)} intents, {len(found.errors)} errors"
    return f"{line} ({kinds})." if kinds else f"{line}."


def as_text(found: Look, folder: Path) -> str:
    """How many phrases each intent has in each language, the doubts with their lines, the sums."""
    lines = [f"{'phrases':28}" + "".join(f"{locale.value:>9}" for locale in Locale)]
    lines += [
        f"{intent:28}" + "".join(f"{by_locale[locale]:9}" for locale in Locale)
        for intent, by_locale in found.counts.items()
    ]
    lines += ["", *(f"  {_line(doubt, folder)}" for doubt in found.doubts)]
    return "\n".join([*lines, "", sums(found)])


def as_data(found: Look, folder: Path) -> dict[str, Any]:
    """The same for programs."""
    return {
        "errors": len(found.errors),
        "counts": msgspec.to_builtins(found.counts, str_keys=True),
        "findings": [
            {
                "error": doubt.kind.is_error,
                "kind": doubt.kind.value,
                "file": doubt.file,
                "line": _number(doubt, folder),
                "phrase": doubt.phrase,
                "sentence": doubt.sentence,
            }
            for doubt in found.doubts
        ],
    }


def as_html(found: Look, folder: Path) -> str:
    """The same as a part of a page."""
    return "\n".join(_html(found, folder))


def _html(found: Look, folder: Path) -> Iterator[str]:
    yield "<h2>Training phrases</h2>"
    yield f"<p>{escape(sums(found))}</p>"
    yield '<div class="wide"><table><caption>Phrases of each intent</caption>'
    heads = "".join(f'<th scope="col">{locale.value}</th>' for locale in Locale)
    yield f'<thead><tr><th scope="col">intent</th>{heads}</tr></thead><tbody>'
    for intent, by_locale in found.counts.items():
        cells = "".join(f"<td>{by_locale[locale]}</td>" for locale in Locale)
        yield f'<tr><th scope="row">{escape(intent)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    if found.doubts:
        yield "<ul>"
        yield from (f"<li>{escape(_line(doubt, folder))}</li>" for doubt in found.doubts)
        yield "</ul>"


def _line(doubt: Doubt, folder: Path) -> str:
    number = _number(doubt, folder)
    where = f"{doubt.file}:{number}: " if number else f"{doubt.file}: " if doubt.file else ""
    quoted = f" ({doubt.phrase})" if doubt.phrase else ""
    return f"{where}{doubt.kind.value}: {doubt.sentence}{quoted}"


def _number(doubt: Doubt, folder: Path) -> int:
    return line_of(folder / doubt.file, doubt.phrase) if doubt.phrase else 0
