"""How long people wait, as tables; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.insight import hidden
from bot.console.insight.sheet import Column, Kind, Plot, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.console.insight.hidden import Told
    from bot.console.web.languages import Wording
    from bot.handoff.figures import Row as CaseRow
    from bot.handoff.figures import Summary


def waits(w: Wording, groups: Mapping[str, Summary], together: Summary) -> tuple[Sheet, ...]:
    """How long people wait for the staff's first word.

    Args:
        w: words of the reader.
        groups: of each staff group, by its name.
        together: of all.
    """
    note = w.gettext(
        "From the opening of a case to a counsellor's first word, in all hours. Half of the people"
        " waited no longer than the first number, nine of ten no longer than the second. Times are"
        " told from five cases on."
    )
    columns = (
        Column(w.gettext("cases"), is_drawn=False),
        Column(w.gettext("first reply, half"), Kind.SECONDS),
        Column(w.gettext("first reply, 9 of 10"), Kind.SECONDS),
        Column(w.gettext("closed, half"), Kind.SECONDS, is_drawn=False),
    )
    opened = hidden.line({each: row.opened for each, row in together.by_locale.items()})
    by_locale = tuple(
        Row(w.language_name(each), _times(row, opened.cells[each]))
        for each, row in together.by_locale.items()
    )
    of_groups = hidden.line({name: one.total.opened for name, one in groups.items()})
    by_group = tuple(
        Row(name, _times(one.total, of_groups.cells[name])) for name, one in groups.items()
    )
    of_hours = hidden.line({hour: row.opened for hour, row in enumerate(together.by_hour)})
    by_hour = tuple(
        Row(f"{hour:02}", _times(row, of_hours.cells[hour])[:3])
        for hour, row in enumerate(together.by_hour)
    )
    found = [
        Sheet(
            "waits",
            w.gettext("Waiting by language"),
            note,
            w.gettext("Language"),
            columns,
            by_locale,
            Plot.PAIRS,
        ),
        Sheet(
            "wait-hours",
            w.gettext("Waiting by the hour of opening"),
            w.gettext("On the group's own clock. From it one sees when the staff are missed."),
            w.gettext("Hour"),
            (columns[0], columns[1], Column(columns[2].title, Kind.SECONDS, is_drawn=False)),
            by_hour,
            Plot.PILES,
        ),
    ]
    if len(groups) > 1:
        title = w.gettext("Waiting by staff group")
        found.insert(
            1, Sheet("wait-groups", title, note, w.gettext("Group"), columns, by_group, Plot.PAIRS)
        )
    return tuple(found)


def _times(row: CaseRow, opened: Told) -> tuple[Told | float | None, ...]:
    return opened, row.replied.median, row.replied.p90, row.closed.median
