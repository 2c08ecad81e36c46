"""The live panel of the editor: what the words would look like, and what a check says of them.

Blocks: use a thread.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.findings import Weight
from bot.answers.pick import SOURCE_LOCALE
from bot.console.answers import editor
from bot.console.answers.places import Sheet, entry_of
from bot.console.answers.preview import What, Whom, choices, preview

if TYPE_CHECKING:
    from bot.answers.findings import Finding
    from bot.console.answers.checks import Read
    from bot.console.answers.editor import Length
    from bot.console.answers.places import Place
    from bot.console.answers.preview import Bubble, Choices
    from bot.console.parts import Parts
    from bot.console.web.forms import Form
    from bot.language.tags import Locale

WEIGHTS = (Weight.ERROR, Weight.WARNING, Weight.NOTE)


@dataclass(frozen=True, slots=True)
class View:
    """Who looks at which page."""

    whom: Whom | None = None
    what: What = What.MAIN


@dataclass(frozen=True, slots=True)
class Live:
    """What the panel shows.

    Attributes:
        bubble: the message; None if the answer cannot be shown at all.
        locale: of the person who gets it.
        choices: what else can be looked at.
        view: what is looked at.
        findings: about this file and the whole answer, errors first.
        sums: how many there are of each weight.
        lengths: of what has a limit.
    """

    bubble: Bubble | None
    locale: Locale
    choices: Choices
    view: View
    findings: tuple[Finding, ...]
    sums: dict[Weight, int]
    lengths: tuple[Length, ...]


def view_of(form: Form) -> View:
    """What a form asks to look at; anything else is the first page."""
    whom, what = form.get("whom"), form.get("what")
    return View(
        Whom(whom) if whom in set(Whom) else None, What(what) if what in set(What) else What.MAIN
    )


def live(parts: Parts, read: Read, place: Place, text: str | None, view: View) -> Live:
    """The panel for a file as it is being written.

    Args:
        parts: what the pages work with.
        read: the answers that it was made from.
        place: of the file.
        text: what is to be in it; None if there is no such file.
        view: what is looked at.
    """
    changes = {} if text is None else {place.path: text}
    looked = parts.checks.look(read, place.path, changes)
    entry = entry_of(looked.loaded, place.folder)
    answer = None if entry is None else entry.answer
    locale = place.sheet.locale or SOURCE_LOCALE
    offered = choices(answer)
    whom = view.whom if view.whom in offered.whom else offered.whom[0]
    what = view.what if view.what in offered.what else What.MAIN
    shown = None
    if answer is not None:
        shown = preview(
            looked.loaded.library,
            answer,
            (locale, whom, what),
            parts.catalogs,
            parts.checks.today,
        )
    findings = tuple(
        sorted(
            (one for one in looked.findings if _concerns(one, place)),
            key=lambda one: (WEIGHTS.index(one.kind.weight), one.file, one.line),
        )
    )
    counted = Counter(one.kind.weight for one in findings)
    measured: tuple[Length, ...] = ()
    if place.sheet is not Sheet.DETAILS and text is not None:
        measured = editor.lengths(editor.read(text, place.path, locale)[0], locale)
    return Live(
        shown,
        locale,
        offered,
        View(whom, what),
        findings,
        {weight: counted[weight] for weight in WEIGHTS},
        measured,
    )


def _concerns(finding: Finding, place: Place) -> bool:
    """Whether a finding belongs beside this file: its own, or about this language."""
    if finding.file == place.path:
        return True
    own = place.sheet.locale
    return finding.file == place.folder and finding.locale in (None, own)
