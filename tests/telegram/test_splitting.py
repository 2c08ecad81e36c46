"""A long text becomes several messages, none too long, none with broken HTML."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.sandbox.text.html_parser import parse_html
from bot.telegram.effects import (
    AlbumItem,
    AlbumKind,
    Button,
    ChatAction,
    CopyMessage,
    EditMessage,
    Origin,
    ReplyKeyboard,
    SendAlbum,
    SendMessage,
)
from bot.telegram.splitting import MAX_TEXT, fit, parts_of, split_text, strip_tags

KEYBOARD = ((Button("A", data="a"),),)

PARAGRAPH = "слово " * 300 + "конец."


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def squeezed(text: str) -> str:
    return "".join(text.split())


@st.composite
def html(draw: st.DrawFn) -> str:
    """Nested tags around words, emoji, entities and line ends, balanced."""
    word = st.sampled_from(["сөз", "😀", "&", "<", "\n\n", "\n", ". ", " ", "oʻz", "a" * 9])
    leaf = st.lists(word, min_size=1, max_size=12).map(lambda words: escape("".join(words)))

    def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        tag = st.sampled_from([("<b>", "</b>"), ("<i>", "</i>"), ('<a href="x.org">', "</a>")])
        wrapped = st.tuples(tag, inner).map(lambda pair: pair[0][0] + pair[1] + pair[0][1])
        return st.lists(st.one_of(inner, wrapped), min_size=1, max_size=4).map("".join)

    return draw(st.recursive(leaf, wrap, max_leaves=8))


def test_a_text_that_fits_stays_as_it_is() -> None:
    text = "<b>" + "a" * MAX_TEXT + "</b>"
    assert split_text(text, MAX_TEXT) == [text]


def test_it_is_split_at_a_paragraphs_end() -> None:
    parts = split_text("\n\n".join([PARAGRAPH] * 4), MAX_TEXT)
    assert parts == ["\n\n".join([PARAGRAPH] * 2)] * 2


def test_it_is_split_at_a_line_or_a_word_where_paragraphs_are_too_long() -> None:
    assert split_text("aaaa bbbb\ncccc dddd", 12) == ["aaaa bbbb", "cccc dddd"]
    assert split_text("aaaa bbbb cccc", 10) == ["aaaa bbbb", "cccc"]
    assert split_text("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_an_open_tag_is_closed_and_opened_again() -> None:
    assert split_text('<a href="u">aaaa <b>bbbb cccc</b></a>', 10) == [
        '<a href="u">aaaa <b>bbbb</b></a>',
        '<a href="u"><b>cccc</b></a>',
    ]


def test_plain_text_is_not_taken_for_html() -> None:
    assert split_text("<b>aaaaaa<i>bbbb", 8, plain=True) == ["<b>aaaaa", "a<i>bbbb"]


@given(html(), st.integers(8, 60))
def test_parts_fit_are_sound_html_and_lose_nothing_but_space(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    shown = [strip_tags(part) for part in parts]
    assert squeezed("".join(shown)) == squeezed(strip_tags(text))
    if len(parts) > 1:
        assert max(map(units, shown)) <= limit
        for part in parts:
            parse_html(part)  # Telegram's own rules; raises on a broken tag


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(2, 20))
def test_any_text_is_split_as_plain_text(text: str, limit: int) -> None:
    parts = split_text(text, limit, plain=True)
    assert squeezed("".join(parts)) == squeezed(text)
    if len(parts) > 1:
        assert max(map(units, parts)) <= limit
        assert all(part.strip() for part in parts)


LONG = "\n\n".join([PARAGRAPH] * 5)


def test_buttons_and_name_go_with_the_last_part_and_the_reply_with_the_first() -> None:
    message = SendMessage(chat_id=1, text=LONG, keyboard=KEYBOARD, reply_to=9, ref="r", silent=True)
    first, middle, last = fit(message)
    assert isinstance(first, SendMessage)
    assert isinstance(middle, SendMessage)
    assert isinstance(last, SendMessage)
    assert (first.keyboard, first.reply_to, first.ref, first.silent) == (None, 9, None, True)
    assert (middle.keyboard, middle.reply_to, middle.ref) == (None, None, None)
    assert (last.keyboard, last.reply_to, last.ref) == (KEYBOARD, None, "r")


def test_a_long_edit_becomes_an_edit_and_messages() -> None:
    parts = fit(EditMessage(chat_id=1, message_id=7, text=LONG, keyboard=KEYBOARD))
    assert [type(part) for part in parts] == [EditMessage, SendMessage, SendMessage]
    assert getattr(parts[0], "keyboard", 0) is None
    assert getattr(parts[-1], "keyboard", 0) == KEYBOARD


@pytest.mark.parametrize(
    "effect",
    [
        SendMessage(chat_id=1, text="short", reply_keyboard=ReplyKeyboard()),
        EditMessage(chat_id=1, message_id=2, text="short"),
        ChatAction(chat_id=1),
    ],
)
def test_what_fits_is_left_alone(effect: SendMessage | EditMessage | ChatAction) -> None:
    assert fit(effect) == (effect,)


def test_tags_are_stripped_and_entities_read() -> None:
    assert strip_tags('<b>1 &lt; 2</b> &amp; <a href="x">z</a>') == "1 < 2 & z"


LONG_CAPTION = "слово " * 300


def test_what_carries_a_message_over_is_taken_apart_by_the_sender_only() -> None:
    """Its author is told of one result."""
    effect = SendMessage(chat_id=1, origin=Origin(-5, 7), case=3, text=LONG, reply_ref="g1")
    assert fit(effect) == (effect,)
    parts = parts_of(effect)
    assert len(parts) > 1
    assert all(part.origin == effect.origin for part in parts)
    assert [getattr(part, "reply_ref", "") for part in parts] == ["g1"] + [None] * (len(parts) - 1)


def test_a_caption_too_long_becomes_a_text_below_with_the_buttons() -> None:
    copy = CopyMessage(
        chat_id=1, from_chat_id=2, message_id=3, caption=LONG_CAPTION, keyboard=KEYBOARD
    )
    bare, text = parts_of(copy)
    assert bare == replace(copy, caption="", keyboard=None)
    assert text == SendMessage(
        chat_id=1, text=LONG_CAPTION, keyboard=KEYBOARD, reply_ref="previous"
    )
    short = replace(copy, caption="x" * 1024)
    assert parts_of(short) == (short,)


def test_an_edited_caption_too_long_goes_on_as_a_text() -> None:
    edit = EditMessage(chat_id=1, message_ref="g2", text=LONG_CAPTION, caption=True)
    first, rest = parts_of(edit)
    assert isinstance(first, EditMessage)
    assert isinstance(rest, SendMessage)
    assert len(first.text) <= 1024
    assert rest.reply_ref == "g2"
    assert squeezed(first.text + rest.text) == squeezed(LONG_CAPTION)


@pytest.mark.parametrize(
    ("count", "sizes"), [(2, [2]), (10, [10]), (11, [5, 6]), (25, [6, 6, 6, 7])]
)
def test_an_album_too_large_becomes_several(count: int, sizes: list[int]) -> None:
    items = tuple(AlbumItem(AlbumKind.PHOTO, "F", number) for number in range(count))
    parts = parts_of(SendAlbum(chat_id=1, origin=Origin(-5, 0), items=items))
    assert [len(part.items) for part in parts if isinstance(part, SendAlbum)] == sizes


def test_an_album_of_one_is_a_copy() -> None:
    items = (AlbumItem(AlbumKind.PHOTO, "F", 4, "x"),)
    parts = parts_of(SendAlbum(chat_id=1, case=3, origin=Origin(-5, 4), items=items))
    assert parts == (
        CopyMessage(
            chat_id=1, case=3, origin=Origin(-5, 4), from_chat_id=-5, message_id=4, caption="x"
        ),
    )
