"""What Telegram finds in plain text by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.auto_entities import find_entities
from bot.sandbox.text.utf16 import utf16_length, utf16_slice


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start@some_bot now", [("bot_command", "/start@some_bot")]),
        ("a/start x//y", []),
        ("see https://egov.kz/cms.", [("url", "https://egov.kz/cms")]),
        ("(see egov.kz)", [("url", "egov.kz")]),
        ("https://a.kz/x_(y)", [("url", "https://a.kz/x_(y)")]),
        ("файл.txt и т.д.", []),
        ("мигрант.рф", [("url", "мигрант.рф")]),
        ("+7 (727) 250-00-00".replace("(", "").replace(")", ""), [
            ("phone_number", "+7 727 250-00-00")]),
        ("call +77272500000!", [("phone_number", "+77272500000")]),
        ("112 and 1414", []),
        ("a@b.kz @user_name", [("email", "a@b.kz"), ("mention", "@user_name")]),
        ("#виза #1 #a#b ##c", [("hashtag", "#виза"), ("hashtag", "#c")]),
        ("#visa@some_chat #x@ab", [("hashtag", "#visa@some_chat"), ("hashtag", "#x")]),
        ("$KZT $kzt $USDTUSDTX $1INCH", [("cashtag", "$KZT"), ("cashtag", "$1INCH")]),
        ("@gif @abc x@user_name", [("mention", "@gif")]),
        ("/a/b </c> /d@ab /e@abc", [("bot_command", "/e@abc")]),
        ("4242 4242 4242 4242", [("bank_card_number", "4242 4242 4242 4242")]),
        ("tg://resolve?domain=a", [("url", "tg://resolve?domain=a")]),
        ("😀 @user_name", [("mention", "@user_name")]),
    ],
)  # fmt: skip
def test_kinds(text: str, found: list[tuple[str, str]]) -> None:
    entities = find_entities(text)
    seen = [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in entities]
    assert seen == found


@given(st.text(max_size=60))
def test_found_entities_are_in_order_and_inside(text: str) -> None:
    at = 0
    for entity in find_entities(text):
        assert entity["offset"] >= at
        assert entity["length"] > 0
        at = entity["offset"] + entity["length"]
    assert at <= utf16_length(text)
