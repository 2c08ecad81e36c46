"""All that the editor's page shows of a file. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.pick import SOURCE_LOCALE
from bot.answers.stamp import with_hashes
from bot.console.answers import details_form, editor, writing
from bot.console.answers.facts import rests_on
from bot.console.answers.live import View, live
from bot.console.answers.overdue import question
from bot.console.answers.places import Sheet, entry_of
from bot.console.answers.russian import since
from bot.console.answers.saving import SAVED
from bot.console.web.errors import NotThereError
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers.faults import Fault
    from bot.console.answers.details_form import Details
    from bot.console.answers.facts import Rests
    from bot.console.answers.live import Live
    from bot.console.answers.opened import Opened
    from bot.console.answers.places import Place
    from bot.console.answers.russian import Since
    from bot.console.parts import Parts
    from bot.console.web.forms import Form


FIELDS = (
    *(*SAVED, "mode", "content", "read", "question", "short", *editor.FIELDS),
    *(*details_form.DATES, *details_form.LISTS, "handoff", "title", "url", "date"),
    *("whom", "what"),
)
"""What the form of a file sends: of a text, of sources and dates, or of either as a whole."""


@dataclass(frozen=True, slots=True)
class Editing:
    """A file that is edited.

    Attributes:
        place: of the file.
        opened: the file, and the proposal that it stands in.
        text: what is in it, or is to be.
        whole: it is edited as one text, not field by field.
        faults: why it can only be edited as one text.
        exists: the file is there.
        made: the text that is served in its place if it is not: Uzbek made from the other script.
        sheet: of a language: its parts.
        details: of ``answer.yml``: its fields.
        live: what it looks like, and what a check says.
        since: what changed in the Russian text.
        rests: on which facts and sources.
    """

    place: Place
    opened: Opened
    text: str
    whole: bool
    faults: tuple[Fault, ...]
    exists: bool
    made: str
    sheet: editor.Sheet | None
    details: Details | None
    live: Live
    since: tuple[Since, ...]
    rests: Rests

    @property
    def question(self) -> str:
        """What the answer answers, in Russian; its name if that cannot be read."""
        if self.sheet is not None and self.sheet.source.question:
            return self.sheet.source.question
        entry = entry_of(self.opened.read.loaded, self.place.folder)
        return self.place.intent if entry is None else question(entry)

    @property
    def is_source(self) -> bool:
        """It is the Russian text, or the sources and dates: nothing that is translated."""
        return self.place.sheet.locale in (None, SOURCE_LOCALE)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be shown.

    Attributes:
        whole: as one text.
        view: which preview.
        details: the fields as they were sent; None: as they are in the text.
    """

    whole: bool = False
    view: View = field(default_factory=View)
    details: Details | None = None


def editing(parts: Parts, place: Place, opened: Opened, text: str | None, wish: Wish) -> Editing:
    """What the page shows.

    Args:
        parts: what the pages work with.
        place: of the file.
        opened: the file as its editor began with it.
        text: what is to be in it; None if there is no such file.
        wish: how it is to be shown.

    Raises:
        NotThereError: there is no such answer.
    """
    if not any(path.startswith(f"{place.folder}/") for path in opened.read.files):
        raise NotThereError
    russian_path = place.path_of(Sheet.RU)
    russian = opened.read.text(russian_path)
    entry = entry_of(opened.read.loaded, place.folder)
    locale = place.sheet.locale
    sheet: editor.Sheet | None = None
    details: Details | None = None
    changed: tuple[Since, ...] = ()
    faults: tuple[Fault, ...] = ()
    if locale is None:
        read, faults = details_form.read(text, place)
        details = wish.details or read
    else:
        source = text if place.sheet is Sheet.RU else russian
        sheet = editor.sheet(text, source, place.path, locale, place.folder)
        faults = sheet.faults
        if text is not None and locale is not SOURCE_LOCALE:
            own, _ = editor.read(text, place.path, locale)
            changed = since(parts.versions, russian_path, own, sheet.source)
    return Editing(
        place=place,
        opened=opened,
        text=text or "",
        whole=wish.whole or bool(faults),
        faults=faults,
        exists=opened.text is not None,
        made=_made(opened, place) if text is None else "",
        sheet=sheet,
        details=details,
        live=live(parts, opened.read, place, text, wish.view),
        since=changed,
        rests=rests_on(None if entry is None else entry.answer, opened.read.ground.facts),
    )


def sent_text(place: Place, opened: Opened, form: Form) -> str:
    """What a form makes of a file."""
    if form.get("mode") == "whole":
        text = form.text("content")
        text = text if text.endswith("\n") else f"{text}\n"
    elif place.sheet is Sheet.DETAILS:
        text = writing.with_details(opened.text, details_form.sent(form, str), place)
    else:
        labels = {name: " ".join(form.get(name).split()) for name in ("question", "short")}
        text = writing.with_text(opened.text, labels, editor.sent_parts(form))
    if form.get("read") and place.sheet.locale not in (None, SOURCE_LOCALE):
        own, _ = editor.read(text, place.path, place.sheet.locale or SOURCE_LOCALE)
        source = opened.read.text(place.path_of(Sheet.RU)) or ""
        russian, _ = editor.read(source, place.path_of(Sheet.RU), SOURCE_LOCALE)
        text = with_hashes(text, dict(editor.hashes(own, russian)))
    return text


def sent_details(form: Form, gettext: Callable[[str], str]) -> Details | None:
    """The fields of a form of sources and dates, with what is wrong with them."""
    return None if form.get("mode") == "whole" else details_form.sent(form, gettext)


def _made(opened: Opened, place: Place) -> str:
    """What is served of a language that nobody wrote: Uzbek in the other script."""
    entry = entry_of(opened.read.loaded, place.folder)
    if entry is None or place.sheet.locale is not Locale.UZ_CYRL:
        return ""
    text = entry.answer.texts.get(Locale.UZ_CYRL)
    if text is None:
        return ""
    parts = [f"# {part.value}\n{words}\n" for part, words in text.parts.items()]
    head = f"question: {text.question}\nshort: {text.short}"
    return "\n".join([head, "", *parts])
