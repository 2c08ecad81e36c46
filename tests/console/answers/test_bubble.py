"""Telegram's HTML as pieces."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.console.answers.bubble import Piece, pieces
from bot.telegram.render.markdown import to_html


def test_styles_and_links_are_kept() -> None:
    found = pieces('<b>Yes</b>, <i>see</i> <a href="https://example.org/?a=1&amp;b=2">here</a>.')
    assert found == (
        Piece("Yes", bold=True),
        Piece(", "),
        Piece("see", italic=True),
        Piece(" "),
        Piece("here", link="https://example.org/?a=1&b=2"),
        Piece("."),
    )


def test_a_link_that_is_none_leaves_its_words() -> None:
    assert pieces('<a href="javascript:alert(1)">x</a>') == (Piece("x"),)


@given(st.text())
def test_no_text_becomes_mark_up(text: str) -> None:
    """What was escaped comes back as the same words, in no style."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    found = pieces(escape(clean))
    assert "".join(piece.text for piece in found) == clean
    assert not any(piece.bold or piece.italic or piece.link for piece in found)


@given(st.text())
def test_links_of_any_answer_lead_to_the_web_or_to_a_phone(markdown: str) -> None:
    for piece in pieces(to_html(markdown)):
        assert piece.link == "" or piece.link.lower().startswith(
            ("http://", "https://", "tel:", "mailto:")
        )
