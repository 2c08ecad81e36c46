"""What was said is read back in order, within its bounds, and only for its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.case import Said
from bot.store.cases import Line, Referral
from bot.store.keys import (
    ALBUM_TTL,
    RECENT_LENGTH,
    RECENT_TTL,
    TRANSCRIPT_LENGTH,
)
from tests.store.cases import CHAT, NOW, a_case, keep, ttl

if TYPE_CHECKING:
    from bot.store.store import Store


async def test_a_transcript_is_in_order_with_its_versions(store: Store) -> None:
    lines = (
        Line(NOW, "migrant", "text", "first", 5),
        Line(NOW + 1, "migrant", "text", "first, corrected", 5, 1),
        Line(NOW + 2, "staff", "photo", "", 6),
        Line(NOW + 3, "note", "text", "among us", 7),
        Line(NOW + 4, "bot", "text", "an answer"),
    )
    await keep(store, a_case())
    await store.cases.write(store.cases.line(1, line) for line in lines)
    assert await store.cases.transcript(1) == lines
    assert await store.cases.transcript(2) == ()


async def test_a_transcript_forgets_its_beginning(store: Store) -> None:
    await keep(store, a_case())
    lines = [Line(NOW + n, "migrant", "text", str(n)) for n in range(TRANSCRIPT_LENGTH + 3)]
    await store.cases.write(store.cases.line(1, line) for line in lines)
    assert list(await store.cases.transcript(1)) == lines[3:]


async def test_a_line_that_cannot_be_read_hides_no_other(store: Store) -> None:
    line = Line(NOW, "migrant", "text", "a")
    await keep(store, a_case())
    await store.cases.write([store.cases.line(1, line)])
    await store.redis.rpush(store.keys.transcript(1), '{"at": "x"}')
    await store.cases.write([store.cases.line(1, line)])
    assert await store.cases.transcript(1) == (line, line)


async def test_the_last_turns_are_remembered_for_a_day(store: Store) -> None:
    turned = [Said(str(n), "answered", "permit_need") for n in range(RECENT_LENGTH + 2)]
    await store.cases.write(store.cases.remember(CHAT, one) for one in turned)
    assert list(await store.cases.recent(CHAT)) == turned[2:]
    assert 0 < await ttl(store, store.keys.recent(CHAT)) <= RECENT_TTL


async def test_referrals_are_in_order_of_time(store: Store) -> None:
    await keep(store, a_case())
    late, early = Referral("b", NOW + 5), Referral("c", NOW)
    await store.cases.write(store.cases.referred(1, one) for one in (late, early))
    assert await store.cases.referrals(1) == (early, late)


async def test_an_album_is_gathered_in_order_and_dropped(store: Store) -> None:
    for part in (b"1", b"2", b"3"):
        await store.cases.write([store.cases.album_part(CHAT, "9", part)])
    assert await store.cases.album(CHAT, "9") == (b"1", b"2", b"3")
    assert 0 < await ttl(store, store.keys.album(CHAT, "9")) <= ALBUM_TTL
    await store.cases.write([store.cases.album_gone(CHAT, "9")])
    assert await store.cases.album(CHAT, "9") == ()
