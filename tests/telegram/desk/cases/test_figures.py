"""/stats in the group and the gauges, over HTTP on the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.case import Ending
from bot.handoff.figures import Tally, What, step
from bot.handoff.groups import Group, Groups
from bot.handoff.rules import MINUTE
from bot.language.tags import Locale
from bot.telegram.desk.upkeep.gauges import CaseGauges
from tests.eventually import eventually
from tests.telegram.desk.house import COUNSELLOR, GROUP, OWNER, House, said, words
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from collections import Counter

    from tests.telegram.conftest import Measured

PEOPLE = range(601, 607)
HOUR = "13"
"""Of the house's clock, in Almaty."""


async def counted(house: House, group: int = GROUP) -> Counter[Tally]:
    return (await house.store.cases.tallies(house.clock.now(), 30))[group]


async def answer(house: House, user: int, text: str = "Hello") -> None:
    thread = await house.thread(user)
    await house.write(text, user=COUNSELLOR, chat=GROUP, thread=thread)


async def close(house: House, user: int, ending: Ending = Ending.ANSWERED) -> None:
    number = (await house.case(user)).number
    await house.press(f"d:close:{number}", COUNSELLOR, GROUP)
    await house.press(f"d:close:{number}:{ending}", COUNSELLOR, GROUP)


async def test_the_group_sees_how_it_is_doing(house: House) -> None:
    """Rule: figures of fewer than five are not told in a breakdown."""
    for user in PEOPLE:
        await house.open(user, Locale.TG)
    await house.open(700, Locale.UZ)
    await house.later(9 * MINUTE)
    for user in PEOPLE:
        await answer(house, user)
    await close(house, PEOPLE[0])
    await house.write("/stats", user=COUNSELLOR, chat=GROUP)
    told = said((await house.api.messages(GROUP))[-1])
    for sentence, number in (
        ("Without a counsellor: {number}", 1),
        ("With a counsellor: {number}", 5),
        ("Cases opened: {number}", 7),
    ):
        assert words(sentence, number=number) in told
    assert "9 минут / 9 минут" in told
    assert "Тоҷикӣ (tg)\n   📥 5+ · ✋ 5\n   💬 9 минут / 9 минут" in told
    assert "Oʻzbekcha (uz-Latn)\n   📥 <5 · ⏳ <5" in told
    assert f"{HOUR} ████████ 7 💬 9 минут" in told
    assert "🏁" not in told  # one end says nothing
    assert str(PEOPLE[0]) not in told


async def test_the_metrics_have_the_same_figures(house: House, metrics: Measured) -> None:
    for user in PEOPLE:
        await house.open(user, Locale.TG)
    await house.later(9 * MINUTE)
    for user in PEOPLE:
        await answer(house, user)
        await close(house, user)
    last = PEOPLE[-1]
    await house.write("And my papers?", user=last)
    gauges = CaseGauges(house.desk, metrics)
    group = str(GROUP)

    async def measured() -> bool:
        return metrics.value("cases_opened_month", group=group, language="tg") == 7

    async with Running(gauges):
        await eventually(measured)
    assert metrics.value("cases_open", group=group, language="tg", state="waiting") == 1
    assert metrics.value("cases_open", group=group, language="tg", state="claimed") == 0
    assert metrics.value("cases_opened_month", group=group, language="all") == 7
    assert metrics.value("cases_opened_month_by_hour", group=group, hour=HOUR) == 7
    for until in ("reply", "close"):
        for quantile in ("0.5", "0.9"):
            names = {"group": group, "language": "tg", "until": until, "quantile": quantile}
            assert abs(metrics.value("case_seconds", **names) - 9 * MINUTE) < 0.06 * 9 * MINUTE

    await close(house, last)
    await gauges.measure()
    assert metrics.value("cases_open", group=group, language="tg", state="waiting") == 0


async def test_a_case_opened_again_by_a_contact_is_counted_once(house: House) -> None:
    """Two moves of one turn both begin with the closed case."""
    await house.open()
    await close(house, 101)
    contact = {"phone_number": "+70000000000", "first_name": "G", "own": True}
    await house.write(user=101, contact=contact)
    assert (await house.case()).is_open
    assert (await counted(house))[Tally(What.OPENED, "ru")] == 2


async def test_what_ends_without_help_has_no_duration(house: House) -> None:
    case = await house.open()
    await house.press(f"kc:{case.number}")
    assert not (await house.case()).is_open
    assert [tally.what for tally in await counted(house)] == [What.OPENED, What.OPENED]


async def test_figures_follow_a_group_that_is_upgraded(bare_house: House) -> None:
    house = bare_house
    made = await house.api.post(
        "/groups", title="Small", creator=OWNER, kind="group", bot="administrator"
    )
    old = made["chat"]["id"]
    house.furnish(Groups((Group(old, "Small", Locale.RU, tuple(Locale)),)))
    async with house.roles:
        await house.open()
        changed = await house.api.post("/groups/change", user=OWNER, chat=old, upgrade=True)
        await house.settle()
        await house.open(700)
        new = changed["chat"]["id"]
        await house.write("/stats", user=OWNER, chat=new)
        told = said((await house.api.messages(new))[-1])
        assert words("Cases opened: {number}", number=2) in told


async def test_a_reply_is_counted_in_the_turn_that_carries_it(house: House) -> None:
    await house.open()
    await house.later(5 * MINUTE)
    await answer(house, 101, "One")
    await answer(house, 101, "Two")
    found = await counted(house)
    assert found[Tally(What.REPLIED, "ru", step(5 * MINUTE))] == 1
    assert found[Tally(What.REPLIED, HOUR, step(5 * MINUTE))] == 1
