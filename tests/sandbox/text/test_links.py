"""Addresses as Telegram accepts and writes them; the expectations were compared with TDLib's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.links import (
    LinkError,
    Moment,
    checked_link,
    linked_emoji,
    linked_moment,
    mentioned_user,
)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("egov.kz", "http://egov.kz/"),
        ("HTTPS://EGov.KZ", "https://egov.kz/"),
        ("https://egov.kz?a=1#b", "https://egov.kz/?a=1#b"),
        ("https://egov.kz:0443/a b ", "https://egov.kz:443/a%20b"),
        ("https://user:word@egov.kz", "https://user:word@egov.kz/"),
        ("мигрант.рф/қ", "http://мигрант.рф/қ"),
        ("http://[::1]:8080", "http://[::1]:8080/"),
        ("tg:resolve?domain=durov", "tg://resolve?domain=durov"),
        ("TG://Resolve?domain=Durov", "tg://resolve?domain=Durov"),
    ],
)
def test_how_a_link_is_written(url: str, written: str) -> None:
    assert checked_link(url) == written


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("", "URL host is empty"),
        ("localhost", "Wrong HTTP URL"),
        ("tel:112", "Wrong HTTP URL"),
        ("tel:+77272500000", "Wrong port number specified in the URL"),
        ("ftp://egov.kz", "Unsupported URL protocol"),
        ("https://", "URL host is empty"),
        ("https://egov.kz:99999", "Wrong port number specified in the URL"),
        ("https://a b.kz", "Disallowed character in URL host"),
        ("https://a%4.kz", "Wrong percent-encoded symbol in URL host"),
        ("https://[::g]", "Wrong IPv6 address specified in the URL"),
        ("tg://user@host", "Wrong tg URL"),
        ("tg://a.b", "Unallowed characters in URL host"),
    ],
)
def test_why_a_link_is_not_accepted(url: str, error: str) -> None:
    with pytest.raises(LinkError) as caught:
        checked_link(url)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("url", "user_id"),
    [
        ("tg://user?id=1001", 1001),
        ("TG:USER/?x=1&ID=7#id=8", 7),
        ("tg://user?id=0", None),
        ("tg://user?id=007", None),
        ("tg://users?id=7", None),
        ("tg://openmessage?user_id=7", None),
        ("https://user?id=7", None),
    ],
)
def test_mentions(url: str, user_id: int | None) -> None:
    assert mentioned_user(url) == user_id


def test_custom_emoji() -> None:
    assert linked_emoji("tg://emoji?id=5368324170671202286") == "5368324170671202286"
    assert linked_emoji("tg://emoji?id=025") is None
    assert linked_emoji("tg://emoji?id=99999999999999999999") is None


def test_times() -> None:
    assert linked_moment("tg://time?unix=5&format=TtD") == Moment(5, "Dt")
    assert linked_moment("tg://time?unix=5&unix=6") == Moment(6, "")
    assert linked_moment("tg://time?unix=5&format=x") is None
    assert linked_moment("tg://time?format=r") is None
    assert linked_moment("tg://time?unix=2147483648") is None


@given(st.text(st.sampled_from("htps:/tg.@[]%4a ?#:0қ\n\\"), max_size=16))
def test_a_written_link_is_accepted_and_stays_as_it_is(url: str) -> None:
    try:
        written = checked_link(url)
    except LinkError:
        return
    assert checked_link(written) == written
