"""Telegram's HTML: https://core.telegram.org/bots/api#html-style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.html_parser import HtmlError, parse_html
from bot.sandbox.text.utf16 import utf16_length, utf16_slice


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<STRONG>a</Strong>", "a", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<del>a</del>", "a", [("strikethrough", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp;amp; &quot; &#1179; &#x49B;", '<b> &amp; " қ қ', []),
        ("&nbsp; &unknown; & &#0;", "&nbsp; &unknown; & &#0;", []),
        ("a<b>x</>", "ax", [("bold", 1, 1)]),
        ("<b x>a</b>", "a", [("bold", 0, 1)]),
        ("<pre><code>x</code></pre>", "x", [("pre", 0, 1), ("code", 0, 1)]),
        ("<tg-time unix='5' format='dT'>x</tg-time>", "x", [("date_time", 0, 1)]),
        ("<tg-time>x</tg-time>", "x", []),
    ],
)
def test_markup_becomes_text_and_entities(
    markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, spans = parse_html(markup)
    assert found == text
    assert [(s["type"], s["offset"], s["length"]) for s in spans] == entities


def test_link_is_normalised_as_telegram_does() -> None:
    _, entities = parse_html("<a href='HTTPS://Example.ORG'>a</a>")
    assert entities == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://example.org/"}
    ]


@pytest.mark.parametrize("href", ["tel:+7", "javascript:alert(1)", "http://nodot/", ""])
def test_a_link_that_telegram_does_not_accept_loses_its_entity(href: str) -> None:
    assert parse_html(f'<a href="{href}">word</a>') == ("word", [])


def test_user_link_becomes_a_mention() -> None:
    _, entities = parse_html('<a href="tg://user?id=1001">a</a>')
    assert entities[0]["type"] == "text_mention"
    assert entities[0]["user_id"] == 1001


def test_language_of_code_goes_to_its_pre() -> None:
    expected = [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert entities == expected
    _, entities = parse_html('<code class="language-python"><pre>x</pre></code>')
    assert entities == expected
    _, entities = parse_html('<code class="language-python">x</code>')
    assert entities == [{"type": "code", "offset": 0, "length": 1}]


def test_time_and_its_format() -> None:
    _, entities = parse_html('<tg-time unix="1647531900" format="Tw">x</tg-time>')
    assert entities == [
        {"type": "date_time", "offset": 0, "length": 1, "unix_time": 1647531900,
         "date_time_format": "wT"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("қ<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
        ("<b><i>a</i>", "Can't find end tag corresponding to start tag \"b\""),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a b/>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b\0>", "Unclosed start tag at byte offset 0"),
        ("&#xd83d;", "Text contains invalid Unicode characters after decoding HTML entities, "
         "check for unmatched surrogate code units"),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix=5 format=rt>x</tg-time>", "Invalid date format used"),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)  # fmt: skip
def test_faults_are_named_in_telegrams_words(markup: str, error: str) -> None:
    with pytest.raises(HtmlError) as caught:
        parse_html(markup)
    assert str(caught.value) == error


PIECES = st.sampled_from(
    ["<b>", "</b>", "<i>", "</i>", "<a href='https://a.kz'>", "</a>", "<code>", "</code>", "<pre>",
     "</pre>", "<", ">", "&", "&lt;", "&#128512;", "/", '"', "'", "=", " ", "қ", "😀", "\u200f",
     "\0", "<blockquote expandable>", "</blockquote>", "<tg-emoji emoji-id='5'>", "</tg-emoji>"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except HtmlError:
        return
    total = utf16_length(text)
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= total - entity["length"]
        # No entity begins or ends inside a surrogate pair.
        assert "\ufffd" not in utf16_slice(
            text.replace("\ufffd", "?"), entity["offset"], entity["length"]
        )
    starts = [(e["offset"], -e["length"]) for e in entities]
    assert starts == sorted(starts)


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="<>&"), min_size=1, max_size=8
)
TAGS = st.sampled_from(["b", "i", "u", "s", "code", "blockquote"])


@given(st.lists(st.tuples(st.none() | TAGS, WORDS), max_size=8))
def test_entities_cover_exactly_what_was_between_the_tags(
    parts: list[tuple[str | None, str]],
) -> None:
    markup = "".join(f"<{tag}>{word}</{tag}>" if tag else word for tag, word in parts)
    text, entities = parse_html(markup)
    assert text == "".join(word for _, word in parts)
    covered = [utf16_slice(text, e["offset"], e["length"]) for e in entities]
    assert covered == [word for tag, word in parts if tag]
