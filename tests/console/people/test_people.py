"""Who may do what: given by coordinators, written down, never so that nobody is left to give."""

from __future__ import annotations

import re

from bot.console.access.roles import Role
from bot.console.people.known import Known, leaves_no_coordinator
from bot.store.console import Change, Member
from bot.store.staff import Reveal
from tests.console.house import ANNA, BEK, DINA, STRANGER, House


async def test_only_coordinators_see_and_change_who_may_do_what(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        for browser in (anna, bek):
            for path in ("/people", "/people/changes", "/people/changes.csv", "/people/reveals"):
                assert (await browser.get(path)).status_code == 403
            sent = {"role": ["coordinator"]}
            assert (await browser.post("/people/201/roles", sent)).status_code == 403
    assert await house.parts.store.console.all_roles() == {}


async def test_the_list_has_the_staff_file_and_who_is_signed_in(house: House) -> None:
    async with house.browser(ANNA), house.browser(DINA) as dina:
        page = (await dina.get("/people")).text
    for expected in ("Counsellor 1", "Counsellor 3", "Member 202"):
        assert expected in page
    assert page.count("by the staff file") == 2


async def test_a_given_role_holds_at_once_and_is_written_down(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        answer = await dina.post("/people/201/roles", {"role": ["approver", "coordinator"]})
        assert (answer.status_code, answer.headers["location"]) == (303, "/people?done=roles")
        assert (await anna.get("/people")).status_code == 200
        answer = await dina.post("/people/201/roles", {"was": ["approver", "coordinator"]})
        assert answer.status_code == 303
        assert (await anna.get("/people")).status_code == 403
        log = (await dina.get("/people/changes")).text
    assert "approver, coordinator" in log
    kept = await house.parts.store.console.changes(house.parts.clock.now())
    assert [(one.what, one.about, one.who.id) for one in kept] == [("roles_given", "201", 203)] * 2


async def test_a_role_that_does_not_exist_is_not_given(house: House) -> None:
    async with house.browser(ANNA), house.browser(DINA) as dina:
        await dina.post("/people/201/roles", {"role": ["approver", "admin", "<b>"]})
    assert await house.parts.store.console.roles(201) == {"approver"}


async def test_nobody_outside_the_staff_groups_gets_a_role(house: House) -> None:
    async with house.browser(DINA) as dina:
        sent = {"user": str(STRANGER.id), "role": ["coordinator"]}
        answer = await dina.post("/people/add", sent)
        assert answer.status_code == 422
        assert 'aria-describedby="add-fault"' in answer.text
        assert f'value="{STRANGER.id}"' in answer.text  # the draft is kept
        house.telegram.away = True
        house.hand.seconds += 30  # within what Dina's own membership is remembered for
        assert (await dina.post("/people/add", sent)).status_code == 422
    assert await house.parts.store.console.all_roles() == {}


async def test_a_member_who_never_came_is_added_by_number(house: House) -> None:
    async with house.browser(DINA) as dina:
        answer = await dina.post("/people/add", {"user": "201", "role": "approver"})
        assert answer.status_code == 303
        for user in ("", "0", "x", "<script>alert(1)</script>", "9" * 40, "٣"):
            answer = await dina.post("/people/add", {"user": user, "role": "approver"})
            assert answer.status_code == 422
            assert "<script>alert" not in answer.text
        assert (await dina.post("/people/add", {"user": "201"})).status_code == 422
        assert (await dina.post("/people/777/roles", {"role": "approver"})).status_code == 404
    assert await house.parts.store.console.all_roles() == {201: {"approver"}}


async def test_two_coordinators_do_not_undo_each_other(house: House) -> None:
    """Rule: what is set is what the page showed, not what another made of it meanwhile."""
    console = house.parts.store.console
    await console.give_roles(ANNA.id, ["coordinator"])
    async with house.browser(ANNA), house.browser(DINA) as dina:
        assert (
            '<input type="hidden" name="was" value="coordinator">'
            in (await dina.get("/people")).text
        )
        await console.give_roles(ANNA.id, [])  # another coordinator takes it away
        sent = {"was": "coordinator", "role": ["coordinator", "approver"]}
        answer = await dina.post("/people/201/roles", sent)
        assert answer.status_code == 409
        assert "Somebody else has set these roles meanwhile" in answer.text
    assert await console.roles(ANNA.id) == frozenset()


async def test_who_is_in_the_list_keeps_their_roles_when_added_again(house: House) -> None:
    """Else the last coordinator could lose the role by it, and nobody could give any."""
    console = house.parts.store.console
    await console.give_roles(ANNA.id, ["coordinator"])
    async with house.browser(DINA) as dina:
        sent = {"user": str(ANNA.id), "role": "approver"}
        assert (await dina.post("/people/add", sent)).status_code == 303
    assert await console.roles(ANNA.id) == {"approver", "coordinator"}


async def test_the_last_coordinator_cannot_give_the_role_up(house: House) -> None:
    console = house.parts.store.console
    people = [
        Known(1, "a", frozenset(), frozenset({Role.COORDINATOR}), 1),
        Known(2, "b", frozenset(), frozenset({Role.APPROVER}), 0),
    ]
    assert leaves_no_coordinator(people, 1, [Role.APPROVER])
    assert not leaves_no_coordinator(people, 1, [Role.COORDINATOR])
    assert not leaves_no_coordinator(people, 2, [])
    by_file = Known(3, "c", frozenset({Role.COORDINATOR}), frozenset(), 0)
    assert not leaves_no_coordinator([*people, by_file], 1, [])
    assert not leaves_no_coordinator([*people, by_file], 3, [])  # the file cannot be taken away
    house.parts.members._groups = ()  # no staff file names a coordinator any more
    object.__setattr__(house.parts, "groups", ())
    house.parts.members._seen[ANNA.id] = house.hand.seconds
    await console.give_roles(ANNA.id, ["coordinator"])
    async with house.browser(ANNA) as anna:
        sent = {"role": "approver", "was": "coordinator"}
        answer = await anna.post("/people/201/roles", sent)
        assert answer.status_code == 422
        assert "only coordinator" in answer.text
    assert await console.roles(ANNA.id) == {"coordinator"}


async def test_ending_somebodys_sessions_signs_them_out_everywhere(house: House) -> None:
    async with house.browser(ANNA) as one, house.browser(ANNA) as two, house.browser(DINA) as dina:
        assert "2 sessions" in (await dina.get("/people")).text
        answer = await dina.post("/people/201/sign-out")
        assert answer.headers["location"] == "/people?done=signed_out"
        assert [(await b.get("/")).status_code for b in (one, two)] == [303, 303]
        assert (await dina.get("/people")).status_code == 200


async def test_the_page_works_while_telegram_is_away(house: House) -> None:
    async with house.browser(DINA) as dina:
        await dina.get("/")
        house.telegram.away = True
        assert "Telegram does not answer" in (await dina.get("/people")).text


async def test_changes_are_filtered_and_told_newest_first(house: House) -> None:
    now, console = house.parts.clock.now(), house.parts.store.console
    for age, who, what in (
        (40, 201, "answer_saved"),
        (3, 202, "answer_saved"),
        (1, 201, "trained"),
    ):
        note = "=1+1" if age == 1 else "<b>because</b>"
        change = Change(now - age * 86400, Member(who, f"Counsellor {who - 200}"), what, "x", note)
        await console.changed(change)
    async with house.browser(DINA) as dina:
        for query, expected in (
            ("", ["Counsellor 1", "Counsellor 2"]),
            ("?days=90", ["Counsellor 1", "Counsellor 2", "Counsellor 1"]),
            ("?who=202", ["Counsellor 2"]),
            ("?what=trained&who=", ["Counsellor 1"]),
            ("?page=99", ["Counsellor 1", "Counsellor 2"]),
        ):
            page = (await dina.get(f"/people/changes{query}")).text
            body = page[page.index("<main") :].split("<tbody>")[1]
            assert re.findall(r"Counsellor \d", body) == expected
            assert "<b>because" not in page
        for query in ("?days=0", "?days=x", "?who=x", "?what=<b>", "?page=0"):
            assert (await dina.get(f"/people/changes{query}")).status_code == 404
        found = await dina.get("/people/changes.csv?days=90")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert found.text.startswith("\ufeffWhen,Who,")
    assert "'=1+1" in found.text


async def test_a_long_log_has_pages(house: House) -> None:
    now, console = house.parts.clock.now(), house.parts.store.console
    for number in range(101):
        await console.changed(
            Change(now - number, Member(201, "Counsellor 1"), "x", f"no-{number}-")
        )
    async with house.browser(DINA) as dina:
        first = (await dina.get("/people/changes")).text
        second = (await dina.get("/people/changes?page=2")).text
    assert ("no-0-" in first, "no-100-" in first, "page=2" in first) == (True, False, True)
    assert ("no-0-" in second, "no-100-" in second) == (False, True)


async def test_who_looked_at_what_was_masked_is_told(house: House) -> None:
    now, cases = house.parts.clock.now(), house.parts.store.cases
    await cases.write([cases.revealed(Reveal(now - 60, 201, 17, "message"))])
    await cases.write([cases.revealed(Reveal(now - 30, 555, 18, "message"))])
    async with house.browser(ANNA), house.browser(DINA) as dina:
        page = (await dina.get("/people/reveals")).text.split("<tbody>")[1]
        assert page.index("Member 555") < page.index("Counsellor 1")
        only = (await dina.get("/people/reveals?who=201")).text
        assert "Member 555" not in only.split("<tbody>")[1]
        found = (await dina.get("/people/reveals.csv")).text
    assert found.splitlines()[1].endswith(",555,a message as it was written,18")
