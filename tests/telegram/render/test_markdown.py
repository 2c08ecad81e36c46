"""Markdown of the answers as Telegram's HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.render.markdown import to_html, to_text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("**No**, never", "<b>No</b>, never"),
        ("- a\n- b", "• a\n• b"),
        ("2. a\n3. b", "2. a\n3. b"),
        ("1. a\n   - b\n2. c", "1. a\n\u2003• b\n2. c"),
        ("[law](https://l.kz/?a=1&b=2)", '<a href="https://l.kz/?a=1&amp;b=2">law</a>'),
        ("a < b & <b>c</b>", "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;"),
        ("line\nbreak", "line\nbreak"),
        ("| no | table |", "| no | table |"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_what_answers_use_is_rendered_and_the_rest_is_text(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


class _Balance(HTMLParser):
    """Fails on tags Telegram does not know and on tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "i", "a")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet="ab*_[]()<>&`#-1. \n\\!", max_size=80) | st.text())
def test_any_text_gives_balanced_telegram_html(markdown: str) -> None:
    balance = _Balance()
    balance.feed(to_html(markdown))
    balance.close()
    assert balance.open == []


def test_counting_ignores_mark_up() -> None:
    assert to_text("**No**, [law](https://l.kz)") == "No, law"
