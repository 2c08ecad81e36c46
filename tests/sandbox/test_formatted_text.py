"""From what was written to a message's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.formatted_text import caption_text, format_text, message_text
from bot.sandbox.utf16 import utf16_length


def test_white_space_at_both_ends_goes_and_entities_follow() -> None:
    formatted = format_text("\n  a <b>b</b> \n", "HTML")
    assert formatted.text == "a b"
    assert formatted.entities == [{"type": "bold", "offset": 2, "length": 1}]


def test_trimming_stops_at_the_first_entity() -> None:
    formatted = format_text(" <code> x</code>", "HTML")
    assert formatted.text == " x"
    assert formatted.entities == [{"type": "code", "offset": 0, "length": 2}]


def test_control_characters_do_not_reach_a_message() -> None:
    assert format_text("a\0b\tc\r\nd").text == "a b c\nd"


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(BadRequestError, match="message text is empty"):
        message_text(format_text(text))


def test_length_counts_after_the_markup_is_gone() -> None:
    assert len(message_text(format_text(f"<b>{'a' * 4096}</b>", "HTML")).text) == 4096
    with pytest.raises(BadRequestError, match="message is too long"):
        message_text(format_text("a" * 4097))


def test_length_counts_utf16_units() -> None:
    message_text(format_text("😀" * 2048))
    with pytest.raises(BadRequestError, match="message is too long"):
        message_text(format_text("😀" * 2049))


def test_caption_may_be_empty_but_not_long() -> None:
    assert caption_text(format_text("")).text == ""
    with pytest.raises(BadRequestError, match="message caption is too long"):
        caption_text(format_text("a" * 1025))


def test_markdown_is_honestly_missing() -> None:
    with pytest.raises(NotEmulatedError, match="MarkdownV2"):
        format_text("*a*", "MarkdownV2")


def test_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(BadRequestError, match="unsupported parse_mode"):
        format_text("a", "BBCode")


def test_given_entities_are_checked() -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}
    assert format_text("a", "", [bold]).entities == [bold]
    with pytest.raises(BadRequestError, match="incorrect length"):
        format_text("a", "", [bold | {"length": 2}])


ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "code", "italic"]),
        "offset": st.integers(0, 30),
        "length": st.integers(1, 30),
    }
)


@given(st.text(st.sampled_from(" \n\ra😀\0қ."), max_size=20), st.lists(ENTITY, max_size=3))
def test_entities_stay_inside_the_cleaned_text(
    text: str, entities: list[dict[str, object]]
) -> None:
    try:
        formatted = format_text(text, "", entities)
    except BadRequestError:
        return
    for entity in formatted.entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16_length(formatted.text)
