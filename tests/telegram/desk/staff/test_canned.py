"""Ready-made texts and centres: found in the counsellor's words, sent in the migrant's language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from bot.answers.model import Citizenship, Part, Status
from bot.dialogue.events import MoreWanted
from bot.dialogue.marks import mark
from bot.handoff.case import Case
from bot.handoff.moves import Timer
from bot.language.tags import Locale
from bot.store.store import Store
from bot.telegram.callbacks import decode
from bot.telegram.effects import EditMarkup, Origin, SendMessage
from tests.telegram.desk.staff_room import (
    BORIS,
    GROUP,
    MIGRANT,
    NOW,
    Room,
    buttons,
    of,
    ru,
    said,
    toasts,
)


@pytest.fixture
async def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def test_an_answer_is_found_seen_and_sent(room: Room, case: Case) -> None:
    found = buttons(await room.write("/a cost"))
    assert found == {"permit_cost?": f"d:answer:{case.number}:permit_cost"}
    seen = await room.press(f"d:answer:{case.number}:permit_cost")
    assert "(ru)" in said(seen, GROUP)[0]
    assert said(seen, MIGRANT) == []
    effects = await room.press(f"d:answer:{case.number}:permit_cost:send", message_id=71)
    (sent,) = [e for e in of(effects, SendMessage) if e.chat_id == MIGRANT]
    assert "(uz)" in sent.text
    assert sent.origin == Origin(GROUP, 71)
    assert (await room.now(case)).claimed_by is not None


async def test_it_reads_as_the_counsellors(room: Room, case: Case) -> None:
    """Rule: who talks to a person is not offered one; only what belongs to the text stays."""
    kinds = set()
    shown = ("unpaid_wages", "permit_cost", "permit_need", "hotline", "find_centre")
    for message_id, intent in enumerate(shown, start=60):
        found = room.library.answers[intent]
        effects = await room.press(f"d:answer:{case.number}:{intent}:send", message_id=message_id)
        (sent,) = [e for e in of(effects, SendMessage) if e.chat_id == MIGRANT]
        pressed = [button for row in sent.keyboard or () for button in row]
        kinds |= {type(decode(one.data)) for one in pressed if one.data}
        has_more = any(Part.MORE in text.parts for text in found.texts.values())
        assert any(one.data for one in pressed) == has_more
    assert kinds == {MoreWanted}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": Status.DRAFT}, "Not yet checked by a lawyer."),
        ({"check_again_by": date(2026, 1, 1)}, "Checked on {date}, may have changed since."),
    ],
    ids=["draft", "overdue"],
)
async def test_a_doubt_is_said_before_it_is_sent(
    room: Room, case: Case, changes: dict[str, Any], sentence: str
) -> None:
    """Rule: the counsellor knows as much of an answer's worth as the migrant is told."""
    told = ru(sentence).partition("{date}")[0]
    found = room.library.answers["permit_cost"]
    sound = {"status": Status.APPROVED, "check_again_by": date(2030, 1, 1)}
    room.library.answers["permit_cost"] = replace(found, **sound)
    (plain,) = said(await room.press(f"d:answer:{case.number}:permit_cost"), GROUP)
    assert told not in plain
    room.library.answers["permit_cost"] = replace(found, **{**sound, **changes})
    (seen,) = said(await room.press(f"d:answer:{case.number}:permit_cost"), GROUP)
    assert told in seen


@pytest.mark.parametrize(
    ("citizenship", "part"),
    [(Citizenship.UZBEKISTAN, "A permit."), (Citizenship.KYRGYZSTAN, "No permit.")],
)
async def test_the_part_of_the_migrants_citizenship_is_sent(
    room: Room, citizenship: Citizenship, part: str
) -> None:
    case = await room.case(citizenship=citizenship)
    effects = await room.press(f"d:answer:{case.number}:permit_need:send")
    assert part in said(effects, MIGRANT)[0]


async def test_an_unknown_citizenship_is_said_before_it_is_sent(room: Room, case: Case) -> None:
    (seen,) = said(await room.press(f"d:answer:{case.number}:permit_need"), GROUP)
    assert ru("It differs by citizenship: set it first with /citizen.") in seen


async def test_it_follows_the_corrected_language(room: Room, case: Case) -> None:
    await room.write("/lang tg")
    effects = await room.press(f"d:answer:{case.number}:permit_cost:send")
    assert "(tg)" in said(effects, MIGRANT)[0]


async def test_it_is_sent_once(room: Room, case: Case) -> None:
    effects = await room.press(f"d:answer:{case.number}:permit_cost:send", message_id=71)
    assert of(effects, EditMarkup) == [EditMarkup(chat_id=GROUP, message_id=71)]


async def test_in_anothers_case_nothing_is_sent(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}")
    effects = await room.press(f"d:answer:{case.number}:permit_cost:send", BORIS)
    assert said(effects, MIGRANT) == []
    assert len(toasts(effects)) == 1
    assert await room.cases.transcript(case.number) == ()


async def test_without_words_the_likely_answers_are_offered(room: Room) -> None:
    case = await room.case(subject="unpaid_wages")
    offered = await room.write("/a")
    assert f"d:answer:{case.number}:unpaid_wages" in buttons(offered).values()
    assert ru("These answers suit the question of this person.") in said(offered, GROUP)[0]
    assert buttons(await room.press(f"d:answer:{case.number}"))


async def test_nothing_found_is_said(room: Room, case: Case) -> None:
    assert said(await room.write("/a xylophone"), GROUP) == [
        ru("Nothing found. Try another word, or one word only.")
    ]


async def test_an_answer_that_is_gone_is_said(room: Room, case: Case) -> None:
    assert toasts(await room.press(f"d:answer:{case.number}:no_such")) == [
        ru("This answer is no longer there.")
    ]


async def test_a_groups_own_texts(room: Room, case: Case) -> None:
    await room.write("/snippet салом Assalomu alaykum! <3", thread=None)
    assert "салом" in said(await room.write("/snippets", thread=None), GROUP)[0]
    found = buttons(await room.write("/a салом"))
    assert list(found.values()) == [f"d:text:{case.number}:салом"]
    effects = await room.press(f"d:text:{case.number}:салом:send")
    assert said(effects, MIGRANT) == ["Assalomu alaykum! <3"]
    deleting = buttons(await room.write("/snippet салом", thread=None))
    assert list(deleting.values()) == ["d:text:0:салом:delete"]
    await room.press("d:text:0:салом:delete")
    assert await room.cases.snippets(GROUP) == {}


@pytest.mark.parametrize(
    "written", ["/snippet", "/snippet " + "x" * 21 + " text", "/snippet a:b text", "/snippet none"]
)
async def test_a_text_needs_a_name_that_fits_a_button(room: Room, written: str) -> None:
    assert len(said(await room.write(written, thread=None), GROUP)) == 1
    assert await room.cases.snippets(GROUP) == {}


async def test_a_group_has_fifty_texts_at_most(room: Room) -> None:
    writes = [room.cases.snippet(GROUP, f"n{number}", "text") for number in range(50)]
    await room.cases.write(writes)
    await room.write("/snippet one-more text", thread=None)
    assert len(await room.cases.snippets(GROUP)) == 50
    await room.write("/snippet n1 changed", thread=None)
    assert (await room.cases.snippets(GROUP))["n1"] == "changed"


@pytest.mark.parametrize("wanted", ["Шымкент", "ngo-shymkent"])
async def test_a_centre_is_found_by_city_or_name(room: Room, case: Case, wanted: str) -> None:
    found = buttons(await room.write(f"/refer {wanted}"))
    centre = next(c for c in room.library.centres if c.id == "ngo-shymkent")
    assert list(found.values()) == [f"d:refer:{case.number}:{mark(centre)}"]


async def test_a_city_is_named_once_and_where_it_tells_something(room: Room, case: Case) -> None:
    of_one = buttons(await room.write("/refer Шымкент"))
    assert list(of_one) == ["ngo-shymkent"]
    assert list(buttons(await room.write("/refer ngo-shy"))) == ["ngo-shymkent · Шымкент"]
    of_several = list(buttons(await room.write("/refer ngo")))
    assert "ngo-shymkent · Шымкент" in of_several
    assert any("Алматы" in label for label in of_several)


async def test_a_consulate_of_another_country_is_not_offered(room: Room) -> None:
    await room.case(citizenship=Citizenship.UZBEKISTAN)
    labels = " ".join(buttons(await room.write("/refer Алматы")))
    assert "uz-consulate" in labels
    assert "tj-consulate" not in labels


async def test_naming_a_centre_sends_its_card_and_asks_later(room: Room, case: Case) -> None:
    centre = next(c for c in room.library.centres if c.id == "ngo-shymkent")
    effects = await room.press(f"d:refer:{case.number}:{mark(centre)}")
    (sent,) = [e for e in of(effects, SendMessage) if e.chat_id == MIGRANT]
    assert "ngo-shymkent" in sent.text
    assert sent.keyboard
    assert [one.centre for one in await room.cases.referrals(case.number)] == ["ngo-shymkent"]
    due = await room.store.redis.zscore(
        room.store.keys.timers(), f"{MIGRANT}:{case.number}:{Timer.REFERRAL}"
    )
    assert due == (NOW + room.desk.rules.ask_after_referral) * 1000


async def test_a_centre_that_is_gone_is_said(room: Room, case: Case) -> None:
    assert toasts(await room.press(f"d:refer:{case.number}:00000")) == [
        ru("This centre is no longer on the list.")
    ]


async def test_the_migrants_own_language_reads_the_card(room: Room) -> None:
    case = await room.case(locale=Locale.KK)
    centre = next(c for c in room.library.centres if c.id == "ngo-shymkent")
    effects = await room.press(f"d:refer:{case.number}:{mark(centre)}")
    (sent,) = said(effects, MIGRANT)
    assert "karta" in sent.lower() or "картада" in sent.lower()
