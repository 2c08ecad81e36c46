"""What the page of a centre shows. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.hours import parse_hours
from bot.console.centres import words
from bot.console.centres.gazetteer import atlas_of, city_name, country_name, language_name
from bot.console.centres.opening import errors_of, proposed
from bot.console.centres.preview import preview
from bot.console.centres.problems import problems
from bot.console.centres.saving import prepared
from bot.console.centres.uses import uses_of
from bot.telegram.render.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.answers.findings import Finding
    from bot.answers.loaded import Loaded
    from bot.console.answers.preview import Bubble
    from bot.console.centres.draft import Draft
    from bot.console.centres.merging import Merged
    from bot.console.centres.opening import Opened
    from bot.console.centres.uses import Uses
    from bot.console.parts import Parts
    from bot.console.versions.model import Proposal
    from bot.console.web.languages import Wording
    from bot.language.tags import Locale

OWN_LANGUAGES = ("ru", "kk", "uz", "tg", "ky", "en")
Choices = tuple[tuple[str, str], ...]
"""What can be chosen: value and word."""


@dataclass(frozen=True, slots=True)
class Live:
    """What stands beside the form, and follows what is typed.

    Attributes:
        bubble: the card; None if nobody is shown it.
        hours: the opening hours in words; empty if there are none or they cannot be read.
        problems: sentences by field.
        locale: of the card.
    """

    bubble: Bubble | None
    hours: str
    problems: Mapping[str, str]
    locale: Locale


@dataclass(frozen=True, slots=True)
class Options:
    """What the form offers to choose from."""

    kinds: Choices
    cities: Choices
    services: Choices
    languages: Choices
    countries: Choices
    confidences: Choices
    asked: Choices


@dataclass(frozen=True, slots=True)
class Editing:
    """The page.

    Attributes:
        name: the id; empty for a new one.
        draft: what stands in the fields.
        opened: the file that it is of.
        base: the version that a save begins with.
        options: to choose from.
        live: beside the form.
        others: other open proposals that change it.
        uses: which answers and centres go by it.
        blocking: what keeps the proposal from being published.
        merged: after two changes of the same centre.
        is_complaining: the faults are shown at the fields.
        labels: of the fields.
    """

    name: str
    draft: Draft
    opened: Opened
    base: str
    options: Options
    live: Live
    others: tuple[Proposal, ...] = ()
    uses: Uses | None = None
    blocking: tuple[Finding, ...] = ()
    merged: Merged | None = None
    is_complaining: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

    def problem(self, name: str) -> str:
        """The sentence at a field; empty if there is nothing to say."""
        return self.live.problems.get(name, "") if self.is_complaining else ""


@dataclass(frozen=True, slots=True)
class View:
    """How somebody looks at a centre.

    Attributes:
        w: their words.
        locale: of the card.
        loaded: the answers as they are published.
    """

    w: Wording
    locale: Locale
    loaded: Loaded


def live(parts: Parts, view: View, draft: Draft, opened: Opened, name: str) -> Live:
    """The card and the faults of what was typed.

    Args:
        parts: what the pages work with.
        view: how it is looked at.
        draft: as it was sent.
        opened: the file.
        name: the id; empty for a new one.
    """
    entry = opened.book.find(name)
    before = entry.draft if entry else None
    atlas = atlas_of(parts)
    ready = prepared(parts, draft, before, opened.book)
    found = problems(ready, opened.book, atlas.cities, before)
    cities = {key: city.names[view.locale] for key, city in atlas.cities.items()}
    bot_words = parts.catalogs[view.locale]
    today = parts.clock.today()
    context = Context(bot_words, parts.catalogs, view.loaded.library, cities, today)
    runs = parse_hours(ready.hours) if ready.hours else None
    hours = "" if runs is None else "; ".join(map(bot_words.hours, runs))
    if runs == ():
        hours = bot_words.gettext("around the clock")
    sentences = {problem.field: words.sentence(view.w, problem) for problem in found}
    return Live(preview(ready, context), hours, sentences, view.locale)


def editing(parts: Parts, view: View, opened: Opened, draft: Draft, name: str) -> Editing:
    """The page of a centre with a draft in its fields; see ``live`` for the arguments."""
    entry = opened.book.find(name)
    here = opened.proposal.id if opened.proposal else ""
    others = tuple(one for one in proposed(parts).get(name, ()) if one.id != here)
    return Editing(
        name=name,
        draft=draft,
        opened=opened,
        base=opened.base,
        options=_options(parts, view.w, opened, draft),
        live=live(parts, view, draft, opened, name),
        others=others,
        uses=uses_of(entry.draft, view.loaded, opened.book) if entry else None,
        blocking=errors_of(parts, opened.proposal) if opened.proposal else (),
        labels=words.fields(view.w),
    )


def _options(parts: Parts, w: Wording, opened: Opened, draft: Draft) -> Options:
    atlas, book = atlas_of(parts), opened.book
    spoken = {code for entry in book.entries for code in entry.draft.languages}
    codes = {code for entry in book.entries for code in entry.draft.citizenships}
    codes |= {*atlas.countries, *draft.citizenships} - {"KZ"}
    cities = {*atlas.cities, *filter(None, [draft.city])}
    asked = (e.draft for e in book.entries if e.draft.phones and e.draft.id != draft.id)
    return Options(
        kinds=tuple(words.kinds(w).items()),
        cities=_sorted((key, city_name(w, atlas, key)) for key in cities),
        services=tuple(words.services(w, book.services).items()),
        languages=_spoken(w, {*spoken, *draft.languages}),
        countries=_sorted((code, country_name(w, code)) for code in codes - {"any"}),
        confidences=tuple(words.confidences(w).items()),
        asked=tuple((one.id, f"{one.name} ({', '.join(one.phones)})") for one in asked),
    )


def _spoken(w: Wording, codes: Iterable[str]) -> Choices:
    others = _sorted((c, language_name(w, c)) for c in codes if c not in OWN_LANGUAGES)
    return (*((code, language_name(w, code)) for code in OWN_LANGUAGES), *others)


def _sorted(choices: Iterable[tuple[str, str]]) -> Choices:
    return tuple(sorted(choices, key=lambda one: one[1].casefold()))
