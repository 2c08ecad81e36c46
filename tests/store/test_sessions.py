"""What is read of a session is one, whatever lies in Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citizenship
from bot.dialogue.session import Session
from bot.language.tags import Locale
from bot.store import sessions

if TYPE_CHECKING:
    from bot.store.store import Store

UZBEK = Session(locale=Locale.UZ, citizenship=Citizenship.UZBEKISTAN, misses=1)


def test_what_is_kept_is_read_again() -> None:
    raw = sessions.to_keep(UZBEK)
    assert sessions.decode(raw) == sessions.Stored(UZBEK, raw)


def test_nothing_kept_is_a_new_session() -> None:
    assert sessions.decode(None) == sessions.Stored(Session())


@pytest.mark.parametrize("session", [None, Session()])
def test_a_session_with_nothing_in_it_is_not_kept(session: Session | None) -> None:
    assert sessions.to_keep(session) == b""


@pytest.mark.parametrize(
    "raw", [b"{", b"[]", b"\xff\xfe", b'{"locale":"xx"}', b'{"misses":"many"}', b"null"]
)
def test_a_corrupt_session_is_dropped_and_told(raw: bytes) -> None:
    stored = sessions.decode(raw)
    assert (stored.session, stored.corrupt, stored.raw) == (Session(), True, raw)


def test_a_field_of_a_newer_release_is_passed_over() -> None:
    assert sessions.decode(b'{"locale":"ru","mood":"new"}').session == Session(locale=Locale.RU)


@given(st.binary())
def test_any_bytes_give_a_session(raw: bytes) -> None:
    assert isinstance(sessions.decode(raw).session, Session)


async def test_load_reads_the_chats_own(store: Store) -> None:
    await store.redis.set(store.keys.session(1), msgspec.json.encode(UZBEK))
    assert (await store.sessions.load(1)).session == UZBEK
    assert (await store.sessions.load(2)).session == Session()
