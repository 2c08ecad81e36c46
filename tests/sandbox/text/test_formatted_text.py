"""From what was written to a message's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.formatted_text import caption_text, format_text, message_text
from bot.sandbox.text.utf16 import utf16_length


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


def test_empty_text_is_refused() -> None:
    with pytest.raises(BadRequestError, match="message text is empty"):
        message_text(format_text(""))


@pytest.mark.parametrize("text", [" \n ", "\r", "\u200b"])
def test_text_that_nobody_sees_is_refused_in_other_words(text: str) -> None:
    with pytest.raises(BadRequestError, match="text must be non-empty"):
        message_text(format_text(text))


def test_length_counts_after_the_markup_is_gone() -> None:
    assert len(message_text(format_text(f"<b>{'a' * 4096}</b>", "HTML")).text) == 4096
    with pytest.raises(BadRequestError, match="message is too long"):
        message_text(format_text("a" * 4097))


def test_length_counts_characters_not_utf16_units() -> None:
    message_text(format_text("😀" * 4096))
    with pytest.raises(BadRequestError, match="message is too long"):
        message_text(format_text("😀" * 4097))


def test_an_edit_has_other_words_for_too_long() -> None:
    with pytest.raises(BadRequestError, match="MESSAGE_TOO_LONG"):
        message_text(format_text("a" * 4097), "MESSAGE_TOO_LONG")


def test_what_is_written_has_a_limit_in_bytes_markup_included() -> None:
    assert format_text(f"<b>{'қ' * 16380}</b>", "HTML").text == "қ" * 16380
    with pytest.raises(BadRequestError, match="text is too long"):
        format_text(f"<b>{'қ' * 16381}</b>", "HTML")


def test_caption_may_be_empty_but_not_long() -> None:
    assert caption_text(format_text("")).text == ""
    with pytest.raises(BadRequestError, match="message caption is too long"):
        caption_text(format_text("a" * 1025))


@pytest.mark.parametrize(
    ("text", "mode"),
    [("<b>a</b>", "html"), ("*a*", "MarkdownV2"), ("*a*", "markdown"), ("*a*", "MARKDOWNV2")],
)
def test_parse_modes(text: str, mode: str) -> None:
    formatted = format_text(text, mode)
    assert formatted.text == "a"
    assert formatted.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_a_fault_in_the_markup_is_prefixed() -> None:
    with pytest.raises(BadRequestError) as caught:
        format_text("a.", "MarkdownV2")
    assert caught.value.description == (
        "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the "
        "preceding '\\'"
    )


def test_unknown_parse_mode_is_refused_if_there_is_text() -> None:
    with pytest.raises(BadRequestError, match="unsupported parse_mode"):
        format_text("a", "BBCode")
    assert format_text("", "BBCode").text == ""
    assert format_text("*a*", "None").text == "*a*"


def test_a_parse_mode_wins_over_entities() -> None:
    italic = {"type": "italic", "offset": 0, "length": 1}
    assert [e["type"] for e in format_text("<b>a</b>", "HTML", [italic]).entities] == ["bold"]


def test_a_mention_of_a_stranger_is_dropped() -> None:
    known = {"id": 7, "is_bot": False, "first_name": "A"}
    formatted = format_text(
        "[a](tg://user?id=7)[b](tg://user?id=8)", "MarkdownV2", user_of={7: known}.get
    )
    assert formatted.entities == [{"type": "text_mention", "offset": 0, "length": 1, "user": known}]


def test_nothing_is_found_inside_code_and_links() -> None:
    formatted = format_text("<code>egov.kz</code> <a href='a.kz'>b.kz</a> egov.kz", "HTML")
    kinds = [entity["type"] for entity in formatted.entities]
    assert kinds == ["code", "text_link", "url"]


def test_a_found_link_cuts_bold() -> None:
    formatted = format_text("<b>a egov.kz</b>", "HTML")
    spans = [(e["type"], e["offset"], e["length"]) for e in formatted.entities]
    assert spans == [("bold", 0, 2), ("url", 2, 7), ("bold", 2, 7)]


def test_given_entities_are_checked() -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}
    assert format_text("a", "", [bold]).entities == [bold]
    with pytest.raises(BadRequestError, match="ends after the end of the text"):
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
