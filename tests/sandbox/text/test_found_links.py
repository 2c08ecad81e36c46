"""Links and addresses in plain text; the expectations were compared with TDLib's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.found_links import find_links


def _found(text: str) -> list[tuple[str, str]]:
    return [(kind, text[begin:end]) for begin, end, kind in find_links(text)]


@pytest.mark.parametrize(
    "link",
    [
        "egov.kz",
        "www.egov.kz/cms/ru?a=1#b",
        "https://egov.kz",
        "HTTP://EGOV.KZ/x",
        "ftp://files.kz/a",
        "https://example.notatld",
        "мигрант.рф",
        "қазақстан.қаз/бет",
        "user:word@egov.kz",
        "egov.kz:8080/x",
        "127.0.0.1",
        "xn--80ak6aa92e.com",
        "tg://resolve?domain=durov",
        "ton://transfer",
        "a.kz/x_(y)",
        "a.kz/[x]/{y}",
    ],
)
def test_links(link: str) -> None:
    assert _found(f"see {link} now") == [("url", link)]


@pytest.mark.parametrize(
    "text",
    ["example.notatld", "файл.txt", "т.д.", "1.5", "300.1.1.1", "kz", "a..kz", "-.kz", "a-.kz",
     "a_b.kz", "x/egov.kz", "egov.Kz", "sftp://egov.kz", "egov. kz", "teiegram.org"],
)  # fmt: skip
def test_what_is_no_link(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("(egov.kz)", "egov.kz"),
        ("egov.kz.", "egov.kz"),
        ("egov.kz/x, and", "egov.kz/x"),
        ("egov.kz/?", "egov.kz/"),
        ("(a.kz/x)", "a.kz/x"),
        ("«egov.kz/x»", "egov.kz/x"),
        ("egov.kz:99999", "egov.kz"),
        ("xhttps://egov.kz", "https://egov.kz"),
    ],
)
def test_punctuation_stays_outside(text: str, link: str) -> None:
    assert _found(text) == [("url", link)]


@pytest.mark.parametrize("address", ["a@b.kz", "first+tag@sub.domain.kz", "A_B-C@EXAMPLE.ORG"])
def test_addresses(address: str) -> None:
    assert _found(f"write to {address}!") == [("email", address)]
    assert _found(f"mailto:{address}") == [("email", address)]


def test_what_only_looks_like_an_address_is_a_link() -> None:
    assert _found("a@b.kz/x") == [("url", "a@b.kz/x")]


@given(st.text(st.sampled_from("htps:/.@ax1-_[]()?#кқ😀 \n\u200b"), max_size=24))
def test_what_is_found_lies_inside(text: str) -> None:
    for begin, end, _ in find_links(text):
        assert 0 <= begin < end <= len(text)
