"""Today: one line for each thing to do; each works while its part is away."""

from __future__ import annotations

import re

from bot.console.home.today import link_to, waiting
from bot.console.versions.model import Draft, Person, Saved
from bot.handoff.case import Counsellor, State
from bot.store.cases import Topic
from bot.store.keys import Family
from bot.store.leases import Leases
from bot.store.review import Question
from tests.console.house import ANNA, BEK, DINA, GROUP, House
from tests.content import overdue
from tests.servers import StoreServer
from tests.store.cases import NOW, a_case, keep


async def test_every_line_of_a_quiet_day_says_zero_and_leads_somewhere(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/")).text
    for expected in (
        "No case waits",
        "0 answers are overdue",
        "0 proposals",
        "0 questions to teach",
    ):
        assert expected in page
    for link in ("/answers/overdue", "/answers/proposals"):
        assert f'href="{link}"' in page
    assert 'href="/centres/wrong"' in page
    assert "nobody answers" in page  # no bot runs
    assert "people who write get the menu" in page  # nor a classifier


async def test_lines_lead_only_where_the_reader_may_go(house: House) -> None:
    """Rule: figures and settings are for coordinators."""
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        counsellors, coordinators = (await anna.get("/")).text, (await dina.get("/")).text
    for link in ("/insight/waits", "/people/settings"):
        assert f'href="{link}"' not in counsellors
        assert f'href="{link}"' in coordinators


async def test_cases_that_wait_are_counted_by_group_with_the_longest_wait(house: House) -> None:
    store, now = house.parts.store, house.parts.clock.now()
    by = Counsellor(1, "x")
    await keep(store, a_case(1, group=GROUP.id, opened=now - 7200), now)
    await keep(store, a_case(2, group=GROUP.id, opened=now - 60), now)
    answered = {"state": State.CLAIMED, "claimed_by": by}
    await keep(store, a_case(3, group=GROUP.id, waits_since=now - 600, **answered), now)
    await keep(store, a_case(4, group=GROUP.id, waits_since=None, **answered), now)
    await keep(store, a_case(5, group=-77, opened=now - 9000), now)  # of no group of ours
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/")).text
    assert "3 cases wait for the staff" in page
    assert "Case 1 has waited longest: 2 hours" in page
    assert "1 of them has a counsellor" in page


def test_the_longest_wait_leads_to_its_topic() -> None:
    cases = [a_case(1, opened=NOW - 5), a_case(2, opened=NOW - 50, waits_since=NOW - 9)]
    found = waiting("Staff", cases, {2: Topic(-1001234, 56)}, NOW)
    assert (found.unclaimed, found.longest, found.case) == (2, 9.0, 2)
    assert found.link == "https://t.me/c/1234/56"
    assert link_to(Topic(-5, 1)) == ""  # a plain group has no links
    assert waiting("Staff", [], {}, NOW).longest is None


async def test_a_live_bot_is_told_by_its_leases(house: House) -> None:
    store = house.parts.store
    for family in Family:
        leases = Leases(store.redis, store.keys, family, store.shards)
        await leases.beat()
    async with house.browser(ANNA) as anna:
        assert "1 process answers" in (await anna.get("/")).text
        await store.redis.xadd(store.keys.stream(Family.INBOX, 0), {"key": "1", "data": "x"})
        page = (await anna.get("/")).text
    assert "1 message waits in it" in page
    assert "It heard something last" in page


async def test_questions_and_wrong_numbers_are_counted(house: House) -> None:
    store, day = house.parts.store, house.parts.clock.today().isoformat()
    await store.cases.write([store.cases.to_review(Question(day, "masked", "ru"))])
    await store.reports.add("ngo-1", 5)
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/")).text
    assert re.search(r'<a href="/teach">\s*1 question to teach', page)
    assert "1 centre whose phone was reported wrong" in page


async def test_lines_of_the_store_say_so_while_it_is_away(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(ANNA) as anna:
        assert (await anna.get("/")).status_code == 200
        own_server.kill()
        answer = await anna.get("/")
    assert answer.status_code == 200
    assert answer.text.count("not known while the store is away") == 4
    assert "0 answers are overdue" in answer.text
    own_server.start()


async def test_overdue_answers_and_faults_are_counted(house: House) -> None:
    folder = house.parts.settings.answers_dir / "work_permit" / "permit_need"
    (folder / "answer.yml").write_text(overdue((folder / "answer.yml").read_text()))
    async with house.browser(ANNA) as anna:
        assert "1 answer is overdue" in (await anna.get("/")).text
        (folder / "ru.md").write_text("no answer at all")
        page = (await anna.get("/")).text
    assert "from being served" in page


async def test_proposals_wait_for_somebody_else(house: House) -> None:
    versions = house.parts.versions
    path = "work_permit/permit_need/ru.md"
    for author in (ANNA, BEK):
        there = versions.current(path)
        assert there is not None
        by = Person(author.name, author.id)
        saved = versions.save(Draft({path: f"{there.text}\n"}, there.version), by)
        assert isinstance(saved, Saved)
        versions.submit(saved.proposal.id, by)
    async with house.browser(BEK) as bek, house.browser(ANNA) as anna:
        assert "1 of them can be approved by you" in (await bek.get("/")).text
        page = (await anna.get("/")).text
    assert "2 proposals wait for approval" in page
    assert "can be approved by you" not in page  # Anna is no approver
