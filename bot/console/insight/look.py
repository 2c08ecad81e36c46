"""How a chart looks: as attributes of its elements, for paper, grey and screens alike.

pygal writes a style sheet and a script into each picture. Our pages forbid both, and a browser may
hold a picture to the same rules: so they are taken out, and what they say is written where it is
meant. Every column has a pattern of its own, so that nothing depends on colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
INK, GREY, SOFT, PAPER = "#1b2424", "#4b5858", "#c5cdcd", "#ffffff"
LABEL, SMALL = "13", "12"
"""Sizes of letters, in the picture's units."""

COLOURS = (
    *("#0b5c66", "#b3541e", "#5a4fa3", "#8a6d00"),
    *("#9a1f4b", "#3d6b1f", "#5b6770", "#1f4e9a"),
)
"""They pass WCAG's 3:1 against the paper."""

LIGHT = "#9ccbd0"
"""The ground of the first column, light enough for the numbers on it."""

_TILE = "8"

_PATTERNS: tuple[str, ...] = (
    "",
    "M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6",
    "M0 4 H8",
    "M0 0 L8 8 M-2 6 L2 10 M6 -2 L10 2",
    "M4 0 V8",
    "M0 4 H8 M4 0 V8",
    "M0 0 L8 8 M0 8 L8 0",
    "M2 2 h2 v2 h-2 z M6 6 h2 v2 h-2 z",
)
"""What is drawn over the light ground of a column; the first is filled. One for each colour."""

_DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 5", "1 4", "12 4", "6 2 2 2")


def dressed(root: Element, columns: Sequence[int]) -> Element:
    """Takes style sheet, script and hints out of a picture by pygal, and writes the look in.

    Args:
        root: the picture.
        columns: the place of each of its series among the columns that can be drawn: one looks
            the same whether there is anything to draw of the others or not.
    """
    for parent, child in [*_pairs(root)]:
        name = child.tag
        gone = name in ("style", "script", "desc", "title")
        if not isinstance(name, str) or gone or "tooltip-overlay" in _classes(child):
            parent.remove(child)
    root.set("font-family", FONT)
    defs = root.find("defs")
    if defs is not None:
        for number, (colour, path) in enumerate(zip(COLOURS, _PATTERNS, strict=True)):
            _pattern(defs, number, colour, path)
    _walk(root, (), None, columns)
    return root


def _pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    for parent in root.iter():
        for child in parent:
            yield parent, child


def _classes(element: Element) -> tuple[str, ...]:
    return tuple(element.get("class", "").split())


def _pattern(defs: Element, number: int, colour: str, path: str) -> None:
    whole = {"width": _TILE, "height": _TILE}
    tile = SubElement(
        defs, "pattern", {"id": f"p{number}", "patternUnits": "userSpaceOnUse", **whole}
    )
    ground = {"fill": PAPER if path else LIGHT}
    SubElement(tile, "rect", {**whole, **ground})
    if path:
        SubElement(
            tile, "path", {"d": path, "stroke": colour, "stroke-width": "2.2", "fill": "none"}
        )


def _walk(
    element: Element, above: tuple[str, ...], serie: int | None, columns: Sequence[int]
) -> None:
    own = _classes(element)
    serie = _serie(own, serie, columns)
    if element.tag == "rect" and "legends" in above and "line-graph" in above:
        _as_line(element)
        own = (*own, "line")
    for name, value in _look(element.tag, own, above, serie).items():
        element.set(name, value)
    for child in element:
        if child.tag != "defs":
            _walk(child, (*above, *own), serie, columns)
    for name in ("class", "style", "id"):
        element.attrib.pop(name, None)


def _as_line(box: Element) -> None:
    """A box of a legend as a piece of its line, by whose dashes it is known in grey."""
    x, y, width, height = (float(box.attrib.pop(key)) for key in ("x", "y", "width", "height"))
    box.tag = "path"
    box.set("d", f"M{x} {y + height / 2} h{width}")


def _serie(own: tuple[str, ...], before: int | None, columns: Sequence[int]) -> int | None:
    found = [name.removeprefix("color-") for name in own if name.startswith("color-")]
    return columns[int(found[0]) % len(columns)] % len(COLOURS) if found else before


def _look(
    tag: str, own: tuple[str, ...], above: tuple[str, ...], serie: int | None
) -> dict[str, str]:
    if "background" in own:
        return {"fill": PAPER}
    if tag == "text":
        return _text_look(own, above)
    if serie is not None and "line" in own:
        return {
            "fill": "none",
            "stroke": COLOURS[serie],
            "stroke-width": "2.5",
            "stroke-dasharray": _DASHES[serie] or "none",
        }
    if serie is not None and tag in ("rect", "circle"):
        return {"fill": f"url(#p{serie})", "stroke": COLOURS[serie], "stroke-width": "1.3"}
    if "line" in own:
        quiet = "guide" in own
        hidden = quiet and "always_show" not in above and _is_across(above)
        return {
            "fill": "none",
            "stroke": SOFT if quiet else GREY,
            "opacity": "0" if hidden else "1",
        }
    return {}


def _is_across(above: tuple[str, ...]) -> bool:
    """Whether a guide is of the axis of names, where lines only disturb."""
    lying = "horizontal" in above
    return ("y" in above) if lying else ("x" in above)


def _text_look(own: tuple[str, ...], above: tuple[str, ...]) -> dict[str, str]:
    if "value" in own:
        # A rim of paper: the number is read on every pattern.
        return {
            "font-size": SMALL,
            "fill": INK,
            "stroke": PAPER,
            "stroke-width": "3",
            "paint-order": "stroke",
            "stroke-linejoin": "round",
            "text-anchor": "middle",
        }
    if "no_data" in own:
        return {"font-size": "18", "fill": GREY, "text-anchor": "middle"}
    anchor = "start"
    if "axis" in above:
        anchor = "end" if "y" in above else "middle"
    return {"font-size": LABEL, "fill": INK, "text-anchor": anchor}
