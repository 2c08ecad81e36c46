"""Tokens of forms, and what fields become."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.console.web.forms import Form, Tokens

TOKENS = Tokens(b"a secret")


@given(st.text(min_size=1), st.text())
def test_a_token_is_good_for_its_own_session_only(session: str, other: str) -> None:
    token = TOKENS.of(session)
    assert TOKENS.is_of(token, session)
    assert TOKENS.is_of(token, other) == (other == session)
    assert not Tokens(b"another").is_of(token, session)


@given(st.text(), st.text(min_size=1))
def test_no_other_token_is_good(token: str, session: str) -> None:
    assert TOKENS.is_of(token, session) == (token == TOKENS.of(session))


@given(st.text())
def test_fields_hold_no_carriage_returns_and_no_nul(text: str) -> None:
    form = Form([("a", "old"), ("a", text), ("csrf", "t")])
    assert not {"\r", "\0"} & set(form.text("a"))
    assert form.get("a") == form.text("a").strip()
    assert ("csrf", "t") not in form.fields
    assert form.token == "t"


def test_a_field_that_was_not_sent_is_empty() -> None:
    assert Form([]).get("a") == ""
    assert Form([]).text("a") == ""
    assert Form([]).all("a") == []
