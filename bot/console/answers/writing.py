"""What forms make of the files: only what was changed is another, to the letter. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.answers.edit_answer import with_fields
from bot.answers.edit_markdown import new_markdown, with_front, with_part
from bot.answers.edit_yaml import NotEditableError
from bot.answers.faults import FileFaults
from bot.answers.markdown_file import parse_markdown
from bot.answers.model import Part, Status
from bot.answers.stamp import with_hashes
from bot.console.answers import details_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.edit_answer import Field
    from bot.console.answers.details_form import Details
    from bot.console.answers.places import Place

_NO_DETAILS = "status: draft\napproved_by:\n"


def with_text(content: str | None, labels: Mapping[str, str], parts: Mapping[Part, str]) -> str:
    """A Markdown file with other labels and parts.

    What cannot be put into the file as it is (a heading within a part) is written anew, so that
    nothing is lost: its faults can then be seen and mended in the whole file.

    Args:
        content: of the file; None if it is not there yet.
        labels: ``question`` and ``short``.
        parts: all parts that the file is to have.
    """
    if content is None:
        return new_markdown(labels["question"], labels["short"], parts)
    present = parse_markdown(content, FileFaults(""), is_source=False).text
    before = {"question": present.question, "short": present.short}
    changed = {name: text for name, text in labels.items() if text != before[name]}
    try:
        made = with_front(content, changed) if changed else content
        for part in Part:
            if parts.get(part) != present.parts.get(part):
                made = with_part(made, part, parts.get(part))
    except NotEditableError:
        made = new_markdown(labels["question"], labels["short"], parts)
        if present.translates:
            made = with_hashes(made, {p.value: h for p, h in present.translates.items()})
    return made


def with_details(content: str | None, details: Details, place: Place) -> str:
    """``answer.yml`` with the fields of a form; those that cannot be right stay as they are.

    Raises:
        NotEditableError: the file is not written as it should be.
    """
    text = _NO_DETAILS if content is None else content
    present, _ = details_form.parsed(text, place)
    wished: dict[str, Field] = {
        name: date.fromisoformat(day)
        for name, day in details.dates.items()
        if name not in details.faults
    }
    wished |= {n: details.words(n) for n in details_form.LISTS if n not in details.faults}
    wished["handoff"] = details.handoff
    if not any(row.faults for row in details.rows):
        wished["sources"] = details.sources
    changed = {
        name: new
        for name, new in wished.items()
        if content is None or new != getattr(present, name)
    }
    return with_fields(text, changed)


def approved(content: str, by: str, checked_on: date, check_again_by: date) -> str:
    """``answer.yml`` of an answer that somebody has checked against its sources.

    Raises:
        NotEditableError: the file is not written as it should be.
    """
    fields: dict[str, Field] = {
        "status": Status.APPROVED,
        "approved_by": by,
        "checked_on": checked_on,
        "check_again_by": check_again_by,
    }
    return with_fields(content, fields)


def unapproved(content: str) -> str:
    """``answer.yml`` of an answer whose text nobody has checked against its sources yet.

    Raises:
        NotEditableError: the file is not written as it should be.
    """
    return with_fields(content, {"status": Status.DRAFT, "approved_by": None})
