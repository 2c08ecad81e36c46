"""Reads the Markdown file of an answer: front matter, then parts under headings.

Between two lines of ``---`` stand ``question`` and ``short``, in a translation also ``translates``
with the hash of each Russian part it was made from (written by ``helpline stamp``). After them each
part starts with its heading: ``# everyone``, ``# more``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.fields import FieldReader
from bot.answers.model import AnswerText, Part
from bot.answers.pick import HASH_LENGTH
from bot.answers.sentence import N_
from bot.answers.yaml_file import parse_yaml

if TYPE_CHECKING:
    from bot.answers.faults import FileFaults

MAX_LABEL = 100
"""Characters of a question or a short name; a button with more is not a button any more."""

FENCE = "---"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINED = re.compile(r"(=+|-{2,})[ \t]*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufeff]")
_HASH = re.compile(rf"[0-9a-f]{{{HASH_LENGTH}}}")
_KEYS = ("question", "short", "translates")


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A file that was read.

    Attributes:
        text: what it says.
        part_lines: the line of each part's heading.
    """

    text: AnswerText
    part_lines: dict[Part, int]


def parse_markdown(content: str, faults: FileFaults, *, is_source: bool) -> MarkdownFile:
    """What an answer's Markdown file says.

    Args:
        content: of the file.
        faults: takes what is wrong; nothing is ever raised. With faults, the result is partial.
        is_source: the Russian file, which translates nothing.
    """
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines[0] = lines[0].removeprefix("\ufeff")  # a byte order mark, which some editors write
    for number, line in enumerate(lines, 1):
        if found := _FORBIDDEN.search(line):
            code = f"{ord(found.group()):04X}"
            faults.add(number, N_("An invisible control character (U+{code}).", code=code))
    end = front_matter_end(lines)
    if end is None:
        faults.add(1, N_("The file must start with ---, `question:`, `short:` and ---."))
        return MarkdownFile(AnswerText("", "", {}), {})
    head = parse_yaml("\n".join(lines[1:end]), faults, first_line=2)
    otherwise = N_("The head of the file must be written as `key: value` lines.")
    reader = FieldReader(head, faults, otherwise)
    reader.only(_KEYS[:2] if is_source else _KEYS)
    question = reader.text("question", required=True, max_length=MAX_LABEL)
    short = reader.text("short", required=True, max_length=MAX_LABEL)
    translates = {} if is_source else _translates(reader, faults)
    parts, part_lines = _parts(lines, end + 1, faults)
    return MarkdownFile(AnswerText(question, short, parts, translates), part_lines)


def front_matter_end(lines: list[str]) -> int | None:
    """The index of the line that closes the front matter; None if there is none."""
    if lines[0].rstrip() != FENCE:
        return None
    return next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)


def is_heading(line: str) -> bool:
    """Whether a line (without its end) heads a part, be it a known one or not."""
    return _HEADING.fullmatch(line) is not None


def heading_of(line: str) -> Part | None:
    """The part that a line heads; None if it heads none, or none that is known."""
    found = _HEADING.fullmatch(line)
    if found is None or found.group(1) != "#" or found.group(2) not in set(Part):
        return None
    return Part(found.group(2))


def _translates(reader: FieldReader, faults: FileFaults) -> dict[Part, str]:
    inner = reader.inner("translates")
    inner.only(tuple(Part))
    hashes = {part: inner.text(part) for part in Part if part.value in inner.keys()}  # noqa: SIM118
    for part, recorded in hashes.items():
        if not _HASH.fullmatch(recorded):
            sentence = N_("Not a hash that `helpline stamp` writes.")
            faults.add(inner.line_of(part), sentence)
    return hashes


def _parts(
    lines: list[str], first: int, faults: FileFaults
) -> tuple[dict[Part, str], dict[Part, int]]:
    """The parts in the order they stand in the file, and the lines of their headings."""
    bodies: dict[Part, list[str]] = {}
    part_lines: dict[Part, int] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines[first:], first + 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            current = []
            part = _part(heading, number, faults)
            if part in bodies:
                faults.add(number, N_("The part `{part}` stands here twice.", part=part))
            elif part is not None:
                bodies[part] = current
                part_lines[part] = number
        elif current is None and line.strip():
            current = []
            faults.add(number, N_("Text before the first part; start with `# everyone`."))
        elif current is not None:
            if _UNDERLINED.fullmatch(line) and current and current[-1].strip():
                sentence = N_("A line of === or --- would make a heading of the line above.")
                faults.add(number, sentence)
            current.append(line)
    for part, body in bodies.items():
        if not any(line.strip() for line in body):
            faults.add(part_lines[part], N_("The part `{part}` is empty.", part=part))
    return {part: "\n".join(body).strip() for part, body in bodies.items()}, part_lines


def _part(heading: re.Match[str], number: int, faults: FileFaults) -> Part | None:
    marks, name = heading.groups()
    if marks == "#" and name in set(Part):
        return Part(name)
    sentence = N_(
        "`{heading}` is no part of an answer. Parts: {parts}.",
        heading=f"{marks} {name}",
        parts=tuple(f"# {part.value}" for part in Part),
    )
    faults.add(number, sentence)
    return None
