"""The settings that matter to the staff, to look at; no secret and no address is among them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from bot.language.tags import Locale
from bot.store.keys import DAY, kept

if TYPE_CHECKING:
    from bot.console.web.languages import Wording
    from bot.handoff.groups import Group
    from bot.handoff.hours import Hours, Span
    from bot.handoff.rules import Rules
    from bot.settings import Settings


class GroupFacts(msgspec.Struct, frozen=True):
    """A staff group.

    Attributes:
        name: its name.
        language: of the staff's own interface.
        takes: the languages of the cases it gets.
        hours: when somebody works, a line for each run of equal days; empty for always.
        zone: of its clock.
        holidays: whether public holidays are days off.
        closed: days off beside them, still to come.
        coordinators: their user ids.
        approvers: likewise.
    """

    name: str
    language: str
    takes: tuple[str, ...]
    hours: tuple[str, ...]
    zone: str
    holidays: bool
    closed: tuple[str, ...]
    coordinators: tuple[int, ...]
    approvers: tuple[int, ...]


class Fact(msgspec.Struct, frozen=True):
    """A setting: what it is, and how it is set."""

    what: str
    value: str


def group_facts(w: Wording, groups: tuple[Group, ...], today: str) -> tuple[GroupFacts, ...]:
    """The staff groups; the first takes the languages that no other takes.

    Args:
        w: words of the reader.
        groups: of the staff file, in its order.
        today: YYYY-MM-DD.
    """
    named = {locale for group in groups for locale in group.takes}
    left = tuple(locale for locale in Locale if locale not in named)
    found = []
    for number, group in enumerate(groups):
        takes = group.takes + (left if number == 0 else ())
        hours = group.hours
        days = () if hours is None else tuple(sorted(hours.closed))
        closed = tuple(w.date(day) for day in days if day.isoformat() >= today)
        found.append(
            GroupFacts(
                group.name,
                w.language_name(group.locale),
                tuple(w.language_name(locale) for locale in takes),
                () if hours is None else hours_lines(w, hours),
                group.zone,
                hours is not None and hours.country is not None,
                closed,
                group.coordinators,
                group.approvers,
            )
        )
    return tuple(found)


def hours_lines(w: Wording, hours: Hours) -> tuple[str, ...]:
    """Working hours, a line for each run of days with the same: ``Mon–Fri 09:00–18:00``."""
    lines = []
    for spans, run in groupby(range(7), key=lambda day: hours.week[day]):
        days = list(run)
        if spans:
            names = dict.fromkeys((w.weekday(days[0]), w.weekday(days[-1])))
            lines.append(f"{'–'.join(names)} {', '.join(map(_span, spans))}")
    return tuple(lines)


def _span(span: Span) -> str:
    opens, closes = span
    until = f"{closes:%H:%M}" if closes.hour or closes.minute else "24:00"
    return f"{opens:%H:%M}–{until}"


def thresholds(w: Wording, settings: Settings) -> tuple[Fact, ...]:
    """How sure the classifier must be."""
    at = settings.thresholds
    return (
        Fact(w.gettext("answers at once from"), w.percent(at.sure)),
        Fact(w.gettext("and only with this lead over the second guess"), w.percent(at.margin)),
        Fact(w.gettext("offers a question as a button from"), w.percent(at.likely)),
        Fact(w.gettext("replies in the language of one message from"), w.percent(at.language_sure)),
        Fact(w.gettext("shows a danger card from an urgency of"), w.percent(at.urgent)),
        Fact(w.gettext("takes a danger word for harmless below"), w.percent(at.calm)),
    )


def periods(w: Wording, rules: Rules) -> tuple[Fact, ...]:
    """What happens to a case, and when."""
    return (
        Fact(w.gettext("the group is reminded of a case that nobody took"), w.period(rules.remind)),
        Fact(w.gettext("the coordinators are called for it"), w.period(rules.alarm)),
        Fact(w.gettext("a counsellor is reminded of a message"), w.period(rules.nudge)),
        Fact(w.gettext("a case goes back to the queue"), w.period(rules.absent)),
        Fact(
            w.gettext("the person is told that a quiet case will be closed"),
            w.period(rules.idle_warn),
        ),
        Fact(w.gettext("and after that it is closed"), w.period(rules.idle_close)),
        Fact(w.gettext("a message opens a closed case again"), w.period(rules.reopen)),
        Fact(
            w.gettext("the person is asked whether a referral helped"),
            w.period(rules.ask_after_referral),
        ),
    )


def keeping(w: Wording, settings: Settings) -> tuple[Fact, ...]:
    """How long what is personal is kept; the privacy answer says the same."""
    seconds = {one.variable: one.seconds for one in kept(settings.session_days * DAY)}
    found = (
        ("keep_session_days", w.gettext("language, citizenship, city after the last message")),
        ("keep_recent_hours", w.gettext("the last questions, masked")),
        ("keep_open_case_days", w.gettext("an open case after the last change")),
        ("keep_case_days", w.gettext("a case after its end")),
        (
            "keep_review_days",
            w.gettext("a masked question to teach, which nothing ties to anybody"),
        ),
        ("keep_ban_days", w.gettext("that somebody is blocked, at most")),
    )
    return tuple(Fact(name, _days(w, seconds[key])) for key, name in found)


def _days(w: Wording, seconds: int) -> str:
    if seconds % DAY:
        hours = -(-seconds // 3600)
        return w.ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    days = seconds // DAY
    return w.ngettext("{number} day", "{number} days", days).format(number=days)
