"""Changes the question and the parts of an answer's Markdown file, and nothing else in it. Pure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answers.edit_yaml import NotEditableError, with_values
from bot.answers.faults import FileFaults
from bot.answers.markdown_file import (
    FENCE,
    front_matter_end,
    heading_of,
    is_heading,
    parse_markdown,
)
from bot.answers.model import Part
from bot.answers.sentence import N_
from bot.answers.written_yaml import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.markdown_file import MarkdownFile

ORDER = (Part.EVERYONE, Part.EAEU, Part.VISA_FREE, Part.OTHER, Part.RUSSIA, Part.MORE)
"""In which the parts stand in a file."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def with_front(content: str, fields: Mapping[str, str]) -> str:
    """A Markdown file with another ``question`` or ``short``.

    Raises:
        NotEditableError: there is no head, or it is not written as it should be.
    """
    lines = _lines(content)
    end = front_matter_end([line.strip("\ufeff\r\n") for line in lines] or [""])
    if end is None:
        raise NotEditableError(N_("The file has no head between two lines of `---`."))
    head = with_values("".join(lines[1:end]), dict(fields), ("question", "short", "translates"))
    return "".join([*lines[:1], head, *lines[end:]])


def with_part(content: str, part: Part, text: str | None) -> str:
    """A Markdown file in which a part has another text.

    Args:
        content: of the file.
        part: one that is there is changed; another one is put where it belongs.
        text: Markdown without headings; None takes the part out.

    Raises:
        NotEditableError: the text would end the part (it has a heading), or the part stands there
            twice, or there is no head.
    """
    before = _read(content)
    lines = _lines(content)
    newline = "\r\n" if "\r\n" in content else "\n"
    wished = None if text is None else _plain_ends(text).strip()
    written = [] if wished is None else [f"{line}{newline}" for line in wished.split("\n")]
    bounds = _bounds(lines, part)
    if bounds is not None:
        made = _replaced(lines, bounds, written, is_gone=wished is None)
    elif wished is not None:
        made = _added(lines, part, written, newline)
    else:
        return content
    after = _read(made)
    expected = {**before.text.parts, part: wished}
    if after.text.parts != {name: body for name, body in expected.items() if body is not None}:
        raise NotEditableError(
            N_("More than this part would change: is there a heading in the text?")
        )
    if len(after.part_lines) != sum(body is not None for body in expected.values()):
        raise NotEditableError(N_("There would be another part."))
    return made


def new_markdown(question: str, short: str, parts: Mapping[Part, str]) -> str:
    """A Markdown file that is not there yet, e.g. a translation that somebody begins."""
    head = f"{FENCE}\nquestion: {scalar(question)}\nshort: {scalar(short)}\n{FENCE}\n"
    bodies = [f"# {part}\n{_plain_ends(parts[part]).strip()}\n" for part in ORDER if part in parts]
    return head + "\n".join(bodies)


def _read(content: str) -> MarkdownFile:
    faults = FileFaults("")
    read = parse_markdown(content, faults, is_source=False)
    if any("twice" in str(fault.sentence) for fault in faults.found):
        raise NotEditableError(N_("A part stands there twice."))
    return read


def _lines(content: str) -> list[str]:
    return _LINE.findall(content)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_body_line(lines: list[str]) -> int:
    end = front_matter_end([line.strip("\ufeff\r\n") for line in lines] or [""])
    if end is None:
        raise NotEditableError(N_("The file has no head between two lines of `---`."))
    return end + 1


def _bounds(lines: list[str], part: Part) -> tuple[int, int] | None:
    """From a part's heading to the next heading, or to the end."""
    first = _first_body_line(lines)
    headings = [i for i in range(first, len(lines)) if is_heading(lines[i].rstrip("\r\n"))]
    for index, following in pairwise([*headings, len(lines)]):
        if heading_of(lines[index].rstrip("\r\n")) is part:
            return index, following
    return None


def _replaced(
    lines: list[str], bounds: tuple[int, int], written: list[str], *, is_gone: bool
) -> str:
    heading, end = bounds
    if is_gone:
        return "".join([*lines[:heading], *lines[end:]])
    first, last = heading + 1, end
    while first < last and not lines[first].strip():  # empty lines around the text stay
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    if last == len(lines) and last > first and not lines[-1].endswith(("\n", "\r")):
        written = [*written[:-1], written[-1].rstrip("\r\n")]  # the file ends without a line end
    return "".join([*lines[:first], *written, *lines[last:]])


def _added(lines: list[str], part: Part, written: list[str], newline: str) -> str:
    first = _first_body_line(lines)
    later = ORDER[ORDER.index(part) + 1 :]
    place = next(
        (i for i in range(first, len(lines)) if heading_of(lines[i].rstrip("\r\n")) in later),
        len(lines),
    )
    head, tail = lines[:place], lines[place:]
    if head and not head[-1].endswith(("\n", "\r")):
        head[-1] += newline
    if place > first and head[-1].strip():
        head.append(newline)
    block = [f"# {part}{newline}", *written]
    return "".join([*head, *block, *([newline] if tail else []), *tail])
