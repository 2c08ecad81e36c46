"""Charts: no script, no style sheet, patterns beside colours, nothing of the text is markup."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.insight.charts import drawn
from bot.console.insight.hidden import HIDDEN
from bot.console.insight.sheet import Column, Kind, Plot, Row, Sheet
from bot.console.web.languages import Language, load_wordings
from bot.settings import ROOT

W = load_wordings(ROOT / "locales")[Language.EN]
SVG = "{http://www.w3.org/2000/svg}"


def a_sheet(plot: Plot, rows: list[Row], kind: Kind = Kind.COUNT) -> Sheet:
    columns = (Column("one", kind), Column("two", kind))
    return Sheet("days", "T", "N", "H", columns, tuple(rows), plot)


@pytest.mark.parametrize("plot", Plot)
@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.SHARE, Kind.SECONDS])
def test_a_chart_has_no_script_and_no_style(plot: Plot, kind: Kind) -> None:
    values = (0.5, 0.25) if kind is Kind.SHARE else (500, 70)
    rows = [Row("A <script>alert(1)</script>", values), Row("B", (HIDDEN, values[1]))]
    root = ET.fromstring(drawn(a_sheet(plot, rows, kind), W))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names.isdisjoint({"script", "style", "foreignObject", "a", "image"})
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes.isdisjoint({"style", "class", "href", "onclick"})
    assert "A <script>alert(1)</script>" in {text.text for text in root.iter(f"{SVG}text")}


def test_each_column_has_a_pattern_of_its_own_whichever_others_are_drawn() -> None:
    both = drawn(a_sheet(Plot.STRIPS, [Row("A", (5, 7))]), W)
    second = drawn(a_sheet(Plot.STRIPS, [Row("A", (0, 7))]), W)
    assert ('fill="url(#p0)"' in both, 'fill="url(#p1)"' in both) == (True, True)
    assert ('fill="url(#p0)"' in second, 'fill="url(#p1)"' in second) == (False, True)


def test_a_hidden_number_is_marked_not_drawn() -> None:
    root = ET.fromstring(drawn(a_sheet(Plot.STRIPS, [Row("A", (HIDDEN, 9)), Row("B", (9, 9))]), W))
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {"A *", "B"} <= texts
    assert "A" not in texts


cells = st.one_of(st.none(), st.just(HIDDEN), st.integers(0, 10**7))
labels = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)


@given(st.sampled_from(list(Plot)), st.lists(st.tuples(labels, cells, cells), max_size=30))
def test_whatever_is_in_a_table_can_be_drawn(plot: Plot, rows: list) -> None:
    sheet = a_sheet(plot, [Row(label, (one, two)) for label, one, two in rows])
    if not sheet.is_drawn:
        return
    root = ET.fromstring(drawn(sheet, W))
    assert not any(
        math.isnan(float(value))
        for element in root.iter(f"{SVG}rect")
        for key, value in element.attrib.items()
        if key in ("x", "y", "width", "height")
    )
