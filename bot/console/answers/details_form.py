"""The fields of ``answer.yml`` as a form: sources, dates, facts, what comes next. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.answer_file import read_answer
from bot.answers.faults import FileFaults
from bot.answers.model import Handoff, Source
from bot.answers.yaml_file import parse_yaml
from bot.console.answers.overdue import rows_of, sent_rows, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.answers.faults import Fault
    from bot.answers.model import Answer
    from bot.console.answers.overdue import SourceRow
    from bot.console.answers.places import Place
    from bot.console.web.forms import Form

LISTS = ("facts", "related", "phones")
DATES = ("checked_on", "check_again_by")

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Details:
    """The fields as they stand in the form.

    Attributes:
        dates: by name, as they were typed.
        lists: by name, one word a line.
        handoff: how strongly the answer points to a person.
        rows: the sources, with some room for new ones.
        faults: what is wrong, by field; those of the sources stand with them.
    """

    dates: Mapping[str, str]
    lists: Mapping[str, str]
    handoff: str
    rows: tuple[SourceRow, ...]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """It can be saved."""
        return not self.faults and not any(row.faults for row in self.rows)

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list, each once."""
        return (
            tuple(dict.fromkeys(re.split(r"[\s,]+", self.lists[name].strip(", \n"))))
            if (self.lists[name].strip(", \n"))
            else ()
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Those that were written down."""
        return sources(self.rows)


def read(text: str | None, place: Place) -> tuple[Details, tuple[Fault, ...]]:
    """The fields of a file, and what is wrong with it."""
    answer, faults = parsed(text, place)
    return (
        Details(
            {name: _day(getattr(answer, name)) for name in DATES},
            {name: "\n".join(getattr(answer, name)) for name in LISTS},
            answer.handoff.value,
            tuple(rows_of(answer.sources)),
        ),
        faults,
    )


def parsed(text: str | None, place: Place) -> tuple[Answer, tuple[Fault, ...]]:
    """What a file says, as far as it can be read, and what is wrong with it."""
    faults = FileFaults(place.details)
    root = parse_yaml(text or "", faults)
    answer = read_answer(root, FileFaults("") if faults else faults, place.topic, place.intent)
    return answer.answer, faults.found


def sent(form: Form, gettext: Callable[[str], str]) -> Details:
    """The fields of a form, with what is wrong with them.

    Args:
        form: as it was sent.
        gettext: translates the sentences.
    """
    faults = {}
    dates = {name: form.get(name) for name in DATES}
    for name, text in dates.items():
        if not is_day(text):
            faults[name] = gettext("Write a date as 2026-11-22.")
    if not faults and dates["check_again_by"] < dates["checked_on"]:
        faults["check_again_by"] = gettext("This is before the day on which it was checked.")
    lists = {name: form.text(name) for name in LISTS}
    handoff = form.get("handoff")
    if handoff not in set(Handoff):
        handoff = Handoff.OFFER.value
        faults["handoff"] = gettext("Choose one of these.")
    found = Details(dates, lists, handoff, tuple(sent_rows(form, gettext)), faults)
    for name in LISTS:
        if bad := [word for word in found.words(name) if not _WORD.fullmatch(word)]:
            sentence = gettext("“{word}” cannot be a name: only Latin letters, digits, _ and -.")
            faults[name] = sentence.format(word=bad[0][:60])
    return found


def is_day(text: str) -> bool:
    """Whether a text is a day, YYYY-MM-DD."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _day(day: date) -> str:
    return "" if day == date.min else day.isoformat()
