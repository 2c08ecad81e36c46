"""Reads ``answer.yml``: where an answer comes from, how fresh it is and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.centres_file import is_web_address, no_web_address
from bot.answers.fields import FieldReader
from bot.answers.model import Answer, Handoff, Source, Status
from bot.answers.sentence import N_
from bot.answers.yaml_file import Fields

if TYPE_CHECKING:
    from bot.answers.faults import FileFaults
    from bot.answers.yaml_file import Value

FILE = "answer.yml"

KEYS = (
    *("status", "approved_by", "checked_on", "check_again_by", "facts", "sources"),
    *("sources_russia", "related", "handoff", "phones"),
)
"""What may stand in the file, in the order in which it does."""


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file that was read.

    Attributes:
        answer: without its texts yet.
        key_lines: the line of each key.
    """

    answer: Answer
    key_lines: dict[str, int]


def read_answer(root: Value | None, faults: FileFaults, topic: str, intent: str) -> AnswerFile:
    """The answer that a file describes; what is wrong goes to ``faults``."""
    reader = FieldReader(root, faults, N_("The file must be written as `key: value` lines."))
    reader.only(KEYS)
    answer = Answer(
        intent=intent,
        topic=topic,
        status=reader.choice("status", Status),
        checked_on=reader.day("checked_on"),
        check_again_by=reader.day("check_again_by"),
        handoff=reader.choice("handoff", Handoff),
        texts={},
        approved_by=reader.optional("approved_by"),
        facts=reader.words("facts"),
        sources=_sources(reader, "sources", faults),
        sources_russia=_sources(reader, "sources_russia", faults),
        related=reader.words("related"),
        phones=reader.words("phones"),
    )
    if answer.status is Status.APPROVED and answer.approved_by is None:
        sentence = N_("Approved, but `approved_by` does not say by whom.")
        faults.add(reader.line_of("status"), sentence)
    if answer.check_again_by < answer.checked_on:
        sentence = N_("`check_again_by` is before `checked_on`.")
        faults.add(reader.line_of("check_again_by"), sentence)
    return AnswerFile(answer, {key: reader.line_of(key) for key in KEYS})


def _sources(reader: FieldReader, key: str, faults: FileFaults) -> tuple[Source, ...]:
    sources = []
    for entry in reader.entries(key):
        if not isinstance(entry, Fields):
            faults.add(entry.line, N_("A source must have `title` and `url`."))
            continue
        fields = FieldReader(entry, faults, N_("A source must have `title` and `url`."))
        fields.only(("title", "url", "date"))
        url = fields.text("url", required=True)
        if url and not is_web_address(url):
            faults.add(fields.line_of("url"), no_web_address("url", url))
        day = fields.loose_date("date", required=False)
        sources.append(Source(fields.text("title", required=True), url, day))
    return tuple(sources)
