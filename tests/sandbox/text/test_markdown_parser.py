"""MarkdownV2: https://core.telegram.org/bots/api#markdownv2-style.

The errors and their byte offsets were compared with those of TDLib, whose parser Telegram runs.
"""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from bot.sandbox.text.html_parser import parse_html
from bot.sandbox.text.markdown_parser import MarkdownError, parse_markdown
from bot.sandbox.text.utf16 import utf16_length, utf16_slice

RESERVED = "Character '{}' is reserved and must be escaped with the preceding '\\'"


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("*a*", "a", [("bold", 0, 1)]),
        ("_a_", "a", [("italic", 0, 1)]),
        ("__a__", "a", [("underline", 0, 1)]),
        ("~a~", "a", [("strikethrough", 0, 1)]),
        ("||a||", "a", [("spoiler", 0, 1)]),
        ("`a.b`", "a.b", [("code", 0, 3)]),
        ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("😀*😀*", "😀😀", [("bold", 2, 2)]),
        (r"1\. \*a\*", "1. *a*", []),
        (r"\\ \a \😀", "\\ a \\😀", []),
        ("**", "", []),
        ("*a*b_c_", "abc", [("bold", 0, 1), ("italic", 2, 1)]),
        (r"`\\ \``", "\\ `", [("code", 0, 3)]),
        (">one\n>two\nthree", "one\ntwo\nthree", [("blockquote", 0, 8)]),
        (">one||", "one", [("expandable_blockquote", 0, 3)]),
        (">one||\ntwo", "one\ntwo", [("expandable_blockquote", 0, 4)]),
        (">one\n**>two", "one\ntwo", [("blockquote", 0, 4), ("blockquote", 4, 3)]),
        (">*one*\n>||two||", "one\ntwo", [
            ("blockquote", 0, 7), ("bold", 0, 3), ("spoiler", 4, 3)]),
    ],
)  # fmt: skip
def test_markup_becomes_text_and_entities(
    markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, spans = parse_markdown(markup)
    assert found == text
    assert [(s["type"], s["offset"], s["length"]) for s in spans] == entities


def test_italic_and_underline_are_told_apart_by_an_empty_bold() -> None:
    # Three underscores are read as two and one: the second italic has no end.
    with pytest.raises(MarkdownError, match="Can't find end of Italic entity at byte offset 8"):
        parse_markdown("__a _b___")
    text, entities = parse_markdown("__a _b_**__")
    assert text == "a b"
    assert [e["type"] for e in entities] == ["underline", "italic"]


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        ("[a](egov.kz)", {"type": "text_link", "url": "http://egov.kz/"}),
        (r"[a](https://egov.kz/x?\)=1)", {"type": "text_link", "url": "https://egov.kz/x?)=1"}),
        ("[a](tg://user?id=1001)", {"type": "text_mention", "user_id": 1001}),
        ("![a](tg://emoji?id=5368)", {"type": "custom_emoji", "custom_emoji_id": "5368"}),
        ("![a](tg://time?unix=1647531900&format=wDT)",
         {"type": "date_time", "unix_time": 1647531900, "date_time_format": "wDT"}),
        ("![a](tg://time?unix=5)",
         {"type": "date_time", "unix_time": 5, "date_time_format": ""}),
        ("```\na```", {"type": "pre"}),
        ("```python\na```", {"type": "pre", "language": "python"}),
    ],
)  # fmt: skip
def test_entities_with_something_to_tell(markup: str, entity: dict[str, object]) -> None:
    assert parse_markdown(markup) == ("a", [entity | {"offset": 0, "length": 1}])


def test_a_link_without_address_links_to_its_words() -> None:
    _, entities = parse_markdown(r"[egov\.kz]")
    assert entities[0]["url"] == "http://egov.kz/"


def test_a_link_that_telegram_does_not_accept_loses_its_entity() -> None:
    assert parse_markdown("[word](nodot)") == ("word", [])


@pytest.mark.parametrize(
    ("markup", "text", "language"),
    [
        ("```py x```", " x", "py"),
        ("```py```", "py", None),
        ("```\r\nx```", "x", None),
        ("```py\n\nx```", "\nx", "py"),
    ],
)
def test_the_language_of_code_needs_code_behind_it(
    markup: str, text: str, language: str | None
) -> None:
    found, entities = parse_markdown(markup)
    assert found == text
    assert entities[0].get("language") == language


@pytest.mark.parametrize("char", "]()>#+-=|{}.!")
def test_reserved_characters_must_be_escaped(char: str) -> None:
    with pytest.raises(MarkdownError) as caught:
        parse_markdown(f"a{char}")
    assert str(caught.value) == RESERVED.format(char)
    assert parse_markdown(f"a\\{char}") == (f"a{char}", [])


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("қ*a", "Can't find end of Bold entity at byte offset 2"),
        ("a_b", "Can't find end of Italic entity at byte offset 1"),
        ("__a", "Can't find end of Underline entity at byte offset 0"),
        ("~a", "Can't find end of Strikethrough entity at byte offset 0"),
        ("||a", "Can't find end of Spoiler entity at byte offset 0"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("```a", "Can't find end of Pre entity at byte offset 0"),
        ("```py a", "Can't find end of PreCode entity at byte offset 0"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("![a", "Can't find end of CustomEmoji entity at byte offset 0"),
        ("*a _b* c_", "Can't find end of Italic entity at byte offset 8"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](https://egov.kz)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://time?unix=5&format=rt)", "Invalid tg://emoji or tg://time URL specified"),
        (">*a\nb", "Can't find end of Bold entity at byte offset 1"),
        (">a ||b\nc", "Can't find end of Spoiler entity at byte offset 3"),
        ("a > b", RESERVED.format(">")),
    ],
)
def test_faults_are_named_in_telegrams_words(markup: str, error: str) -> None:
    with pytest.raises(MarkdownError) as caught:
        parse_markdown(markup)
    assert str(caught.value) == error


PIECES = st.sampled_from(
    ["*", "_", "__", "~", "||", "|", "`", "```", "[", "]", "](a.kz)", "](tg://user?id=7)", "![",
     "](tg://emoji?id=5)", "\\", "\n", "\n>", ">", "**>", "||\n", "\r\n", "x", "қ", "😀", "\0", "(",
     ")", "!", "\x7f"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, entities = parse_markdown(markup)
    except MarkdownError:
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


@given(st.text())
def test_an_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_markdown(escape_markdown(text, version=2)) == (text, [])


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
MARKS = {
    "bold": ("*", "*", "<b>", "</b>"),
    "italic": ("_", "_", "<i>", "</i>"),
    "underline": ("__", "__", "<u>", "</u>"),
    "strikethrough": ("~", "~", "<s>", "</s>"),
    "spoiler": ("||", "||", "<tg-spoiler>", "</tg-spoiler>"),
    "text_link": ("[", "](https://egov.kz/a)", "<a href='https://egov.kz/a'>", "</a>"),
    "text_mention": ("[", "](tg://user?id=7)", "<a href='tg://user?id=7'>", "</a>"),
    "custom_emoji": ("![", "](tg://emoji?id=5)", "<tg-emoji emoji-id='5'>", "</tg-emoji>"),
    "date_time": ("![", "](tg://time?unix=5&format=r)",
                  "<tg-time unix='5' format='r'>", "</tg-time>"),
}  # fmt: skip
# A tree of formatted words: (kind or None, words or parts).
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(
        st.sampled_from(sorted(MARKS)), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


# Underscores that touch are read in the wrong pairs; an empty entity between them helps.
SEPARATORS = {"bold": "**", "strikethrough": "~~", "spoiler": "||||"}
LOW = frozenset({"italic", "underline"})


def _render(tree: object, around: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Write a tree as MarkdownV2 and as HTML; a kind is not repeated inside itself."""
    if isinstance(tree, str):
        return escape_markdown(tree, version=2), escape(tree, quote=False)
    assert isinstance(tree, tuple)
    kind, parts = tree
    separator = next((mark for other, mark in SEPARATORS.items() if other not in around), "")
    bare = kind in around or (kind in LOW and (around & LOW or not separator))
    written = [_render(part, around if bare else around | {kind}) for part in parts]
    markdown = "".join(one for one, _ in written)
    html = "".join(one for _, one in written)
    if bare:
        return markdown, html
    begin, end, tag, end_tag = MARKS[kind]
    after = separator if kind in LOW else ""
    return f"{begin}{markdown}{end}{after}", f"{tag}{html}{end_tag}"


@given(st.lists(TREES, max_size=4))
def test_equal_html_gives_equal_text_and_entities(trees: list[object]) -> None:
    written = [_render(tree) for tree in trees]
    markdown = "".join(one for one, _ in written)
    html = "".join(one for _, one in written)
    assert parse_markdown(markdown) == parse_html(html)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (">a\n>b\nc", "<blockquote>a\nb\n</blockquote>c"),
        ("**>a *b*||", "<blockquote expandable>a <b>b</b></blockquote>"),
        ("```py\na.b```", '<pre><code class="language-py">a.b</code></pre>'),
        ("`a<b`", "<code>a&lt;b</code>"),
    ],
)
def test_quotes_and_code_equal_their_html(markdown: str, html: str) -> None:
    assert parse_markdown(markdown) == parse_html(html)
