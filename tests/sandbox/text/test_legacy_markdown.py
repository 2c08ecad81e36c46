"""The first Markdown: https://core.telegram.org/bots/api#markdown-style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from bot.sandbox.text.legacy_markdown import parse_legacy_markdown
from bot.sandbox.text.markdown_parser import MarkdownError
from bot.sandbox.text.utf16 import utf16_length


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain.", "plain.", []),
        ("*a* _b_ `c`", "a b c", [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1)]),
        ("*a _b* c", "a _b c", [("bold", 0, 4)]),
        (r"\*a\* \_ \` \[ \.", r"*a* _ ` [ \.", []),
        ("қ😀*қ*", "қ😀қ", [("bold", 3, 1)]),
        ("**", "", []),
        ("```\na```b", "ab", [("pre", 0, 1)]),
        ("[a](egov.kz)b", "ab", [("text_link", 0, 1)]),
        ("[a](egov.kz", "a", [("text_link", 0, 1)]),
        ("[a](nodot)", "a", []),
        ("[a](tg://user?id=7)", "a", [("text_mention", 0, 1)]),
        ("__a__", "a", []),
    ],
)
def test_markup_becomes_text_and_entities(
    markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, spans = parse_legacy_markdown(markup)
    assert found == text
    assert [(s["type"], s["offset"], s["length"]) for s in spans] == entities


def test_the_language_of_code() -> None:
    assert parse_legacy_markdown("```py\nx```") == (
        "x",
        [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
    )


def test_a_link_without_address_is_spoilt_as_telegram_spoils_it() -> None:
    _, entities = parse_legacy_markdown("[example.org]")
    assert entities[0]["url"] == "http://xample.orgg/"


@pytest.mark.parametrize(
    ("markup", "place"), [("a*b", 1), ("қ_b", 2), ("`a", 0), ("```a", 0), ("[a", 0), ("a ``` `", 2)]
)
def test_an_entity_without_end_is_the_one_error(markup: str, place: int) -> None:
    with pytest.raises(MarkdownError) as caught:
        parse_legacy_markdown(markup)
    error = f"Can't find end of the entity starting at byte offset {place}"
    assert str(caught.value) == error


@given(st.text(st.sampled_from("*_`[]()\\\n\r qқ😀\0"), max_size=24))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, entities = parse_legacy_markdown(markup)
    except MarkdownError:
        return
    end = 0
    for entity in entities:
        assert entity["offset"] >= end
        end = entity["offset"] + entity["length"]
    assert end <= utf16_length(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\")))
def test_an_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_legacy_markdown(escape_markdown(text, version=1)) == (text, [])
