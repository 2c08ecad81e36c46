"""How entities stand together; the expectations were compared with TDLib's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.entity_rules import MAX_ENTITIES, fixed, limited, order_of, with_found

Span = tuple[str, int, int]


def _entities(*spans: Span) -> list[dict[str, Any]]:
    return [{"type": kind, "offset": offset, "length": length} for kind, offset, length in spans]


def _spans(entities: list[dict[str, Any]]) -> list[Span]:
    return [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("given_spans", "kept"),
    [
        # A link inside bold cuts it in three.
        ([("bold", 0, 10), ("text_link", 3, 2)],
         [("bold", 0, 3), ("text_link", 3, 2), ("bold", 3, 2), ("bold", 5, 5)]),
        # Bold is cut out of code.
        ([("bold", 0, 10), ("code", 3, 2)], [("bold", 0, 3), ("code", 3, 2), ("bold", 5, 5)]),
        ([("code", 0, 10), ("bold", 3, 2)], [("code", 0, 10)]),
        ([("date_time", 0, 10), ("bold", 3, 2)], [("date_time", 0, 10)]),
        # Bold and italic nest, whatever overlaps.
        ([("bold", 0, 10), ("italic", 5, 10)],
         [("bold", 0, 5), ("italic", 5, 10), ("bold", 5, 5)]),
        # Pieces of one kind that touch become one.
        ([("bold", 0, 2), ("bold", 2, 1)], [("bold", 0, 3)]),
        # Of two links that overlap, the first stays.
        ([("text_link", 0, 3), ("text_mention", 2, 3)], [("text_link", 0, 3)]),
        # Quotes neither nest nor cut through a link.
        ([("blockquote", 0, 9), ("expandable_blockquote", 3, 3)], [("blockquote", 0, 9)]),
        ([("blockquote", 0, 4), ("code", 2, 4)], [("blockquote", 0, 4)]),
        ([("code", 0, 9), ("blockquote", 3, 3)], [("blockquote", 3, 3)]),
        ([("bold", 0, 0)], []),
        ([("custom_emoji", 0, 2), ("bold", 0, 2), ("blockquote", 0, 2)],
         [("blockquote", 0, 2), ("bold", 0, 2), ("custom_emoji", 0, 2)]),
    ],
)  # fmt: skip
def test_what_gives_way(given_spans: list[Span], kept: list[Span]) -> None:
    assert _spans(fixed(_entities(*given_spans))) == kept


def test_nothing_is_found_inside_code_and_links() -> None:
    code = _entities(("code", 0, 7))
    assert with_found(code, _entities(("url", 0, 7))) == code


def test_what_is_found_cuts_bold() -> None:
    bold = _entities(("bold", 0, 9))
    found = with_found(bold, _entities(("url", 2, 7)))
    assert _spans(found) == [("bold", 0, 2), ("url", 2, 7), ("bold", 2, 7)]


def test_the_hundred_and_first_entity_is_lost() -> None:
    many = fixed(_entities(*(("code", 2 * n, 1) for n in range(90)), ("bold", 300, 1)))
    assert limited(many) == many
    more = fixed(_entities(*(("bold", 3 * n, 1) for n in range(80)),
                           *(("code", 3 * n + 1, 1) for n in range(80))))  # fmt: skip
    kept = [kind for kind, _, _ in _spans(limited(more))]
    assert len(kept) == MAX_ENTITIES
    assert kept.count("code") == 80


KINDS = ["bold", "italic", "spoiler", "code", "pre", "blockquote", "text_link", "date_time"]
SPANS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 12), st.integers(0, 12)), max_size=7
)


@given(SPANS)
def test_fixed_entities_nest_and_stay_fixed(spans: list[Span]) -> None:
    entities = fixed(_entities(*spans))
    assert entities == sorted(entities, key=order_of)
    for one in entities:
        for other in entities:
            begin, end = one["offset"], one["offset"] + one["length"]
            other_begin, other_end = other["offset"], other["offset"] + other["length"]
            apart = end <= other_begin or other_end <= begin
            inside = begin <= other_begin and other_end <= end
            around = other_begin <= begin and end <= other_end
            assert apart or inside or around
    assert fixed(entities) == entities
