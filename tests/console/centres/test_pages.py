"""The pages of the centres, through HTTP."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from redis.exceptions import ConnectionError as AwayError

from bot.answers.centres_file import FILE
from bot.console.centres.book import read_book
from bot.console.centres.draft import LISTS, NAME_ORDER, TEXTS, Draft
from bot.console.versions.model import Person, Published, State
from bot.settings import ROOT
from tests.console.house import ANNA, BEK, DINA, Browser, House

if TYPE_CHECKING:
    from pathlib import Path

REAL = (ROOT / "answers" / FILE).read_text("utf-8")
SCRIPT = "<script>alert(1)</script>"


def fields_of(draft: Draft) -> dict[str, object]:
    """What the form of a centre sends."""
    sent: dict[str, object] = {name: getattr(draft, name) for name in TEXTS}
    sent |= {f"name_{name}": draft.names.get(name, "") for name in NAME_ORDER}
    sent |= {name: list(getattr(draft, name)) for name in LISTS if name != "phones"}
    sent["phones_text"] = "\r\n".join(draft.phones)
    if draft.approximate:
        sent["approximate"] = "true"
    return sent


async def begun(browser: Browser, name: str, proposal: str = "") -> dict[str, object]:
    """The fields of a centre's page as a browser would send them back unchanged."""
    asked = f"?proposal={proposal}" if proposal else ""
    page = (await browser.get(f"/centres/{name}{asked}")).text
    hidden = {
        key: unescape(value)
        for key, value in re.findall(r'type="hidden" name="(base|proposal)" value="([^"]*)"', page)
    }
    return {**fields_of(read_book(REAL).find(name).draft), **hidden}  # type: ignore[union-attr]


def proposals(house: House) -> list[str]:
    return [one.id for one in house.parts.versions.proposals()]


def text_in(house: House, proposal: str) -> str:
    found = house.parts.versions.current(FILE, proposal)
    assert found is not None
    return found.text


def publish(house: House, proposal: str) -> None:
    versions = house.parts.versions
    one = versions.proposal(proposal)
    assert one is not None
    if one.state is not State.SUBMITTED:
        one = versions.submit(proposal, Person(ANNA.name, ANNA.id))
    done = versions.publish(proposal, Person(DINA.name, DINA.id), seen=one.tip)  # type: ignore[union-attr]
    assert isinstance(done, Published)


# The list


async def test_the_list_has_every_entry_of_the_file(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/centres")).text
    for entry in read_book(REAL).entries:
        assert f'href="/centres/{entry.draft.id}"' in page


FILTERED = (
    ("q=Алмаата", "ngo-rodnik", "emb-ru-astana"),
    ("q=olmata", "ngo-rodnik", "emb-ru-astana"),
    ("q=1414", "hot-1414", "hot-112"),
    ("q=sleep+almaty", "ngo-rodnik", "hot-112"),
    ("city=astana", "emb-ru-astana", "emb-ru-almaty"),
    ("city=-", "hot-112", "emb-ru-almaty"),
    ("kind=embassy&language=uz", "emb-uz-almaty", "emb-ru-almaty"),
    ("service=psychologist", "hot-150", "hot-112"),
    ("confidence=high", "hot-112", "hot-115"),
    ("show=no_phone", "gov-eqonaq", "hot-112"),
    ("show=undated", "hot-1414", "hot-112"),
    ("show=old", "hot-112", "hot-150"),
)


async def test_filters_and_search_in_any_language(house: House) -> None:
    async with house.browser(ANNA) as anna:
        for query, found, not_found in FILTERED:
            page = (await anna.get(f"/centres?{query}")).text
            assert f'href="/centres/{found}"' in page, query
            assert f'href="/centres/{not_found}"' not in page, query


async def test_the_map_has_the_places_of_the_list_and_the_cities(house: House) -> None:
    async with house.browser(ANNA) as anna:
        found = (await anna.get("/centres/map.json?city=almaty")).json()
    assert {spot["address"] for spot in found["centres"]} >= {"/centres/ngo-rodnik"}
    assert not any("astana" in spot["address"] for spot in found["centres"])
    assert {"Almaty", "Ust-Kamenogorsk"} <= {city["name"] for city in found["cities"]}


async def test_nobody_sees_anything_without_signing_in(house: House) -> None:
    async with house.browser() as stranger:
        for path in ("/centres", "/centres/map.json", "/centres/wrong", "/centres/hot-112"):
            assert (await stranger.get(path)).status_code == 303


async def test_while_redis_is_away_the_list_is_there_and_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.browser(ANNA) as anna:
        await anna.get("/centres")
        monkeypatch.setattr(house.parts.store.reports, "_redis", Away())
        page = await anna.get("/centres")
        assert page.status_code == 200
        assert "The store is away" in page.text
        wrong = await anna.get("/centres/wrong")
        assert wrong.status_code == 503
        assert "The store is away" in wrong.text


class Away:
    """A Redis that nobody can reach."""

    def pipeline(self, **_: object) -> object:
        raise AwayError("away")


async def test_a_broken_file_is_shown_with_its_faults(house: House) -> None:
    path = house.parts.settings.answers_dir / FILE
    path.write_text(REAL.replace("kind: hotline", "kind: circus", 1), "utf-8")
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/centres")).text
        assert "is none of: hotline" in page
        path.write_text("centres: [", "utf-8")
        page = await anna.get("/centres")
        assert page.status_code == 200
        assert "Not valid YAML" in page.text
        assert (await anna.get("/centres/hot-112")).status_code == 404
        assert (await anna.get("/centres/new")).status_code == 200


# Editing


async def test_a_change_becomes_a_proposal_and_touches_no_other_line(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-112")
        sent |= {"phones_text": "112\r\n103", "reason": "Also this one", "action": "save"}
        answer = await anna.post("/centres/hot-112", sent)
        assert answer.status_code == 303
        [proposal] = proposals(house)
        assert answer.headers["location"] == f"/centres/hot-112?proposal={proposal}&done=saved"
        assert text_in(house, proposal) == REAL.replace(
            "phones: ['112']", "phones: ['112', '103']", 1
        )
        assert (house.parts.settings.answers_dir / FILE).read_text("utf-8") == REAL
        assert house.parts.versions.proposal(proposal).words == "Also this one"  # type: ignore[union-attr]
        # whoever comes back goes on with it, and the list says that it is there
        page = (await anna.get("/centres/hot-112")).text
        assert f"/answers/proposals/{proposal}" in page
        assert "112\n103</textarea>" in page
        assert "in a proposal" in (await anna.get("/centres?show=proposed")).text
        changes = await house.parts.store.console.changes(house.parts.clock.now())
        assert [(c.what, c.about) for c in changes] == [("centre_saved", f"{FILE}: hot-112")]


async def test_it_can_be_handed_in_at_once_and_is_published_by_somebody_else(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-112") | {"hours": "пн–пт 9:00–18:00", "action": "submit"}
        answer = await anna.post("/centres/hot-112", sent)
        [proposal] = proposals(house)
        assert answer.headers["location"] == f"/answers/proposals/{proposal}?done=submitted"
        for path in (answer.headers["location"], f"/answers/files/{FILE}?proposal={proposal}"):
            page = await anna.get(path)
            assert page.status_code == 200
            assert "Mon-Fri 09:00-18:00" in unescape(re.sub("<[^>]+>", "", page.text))
        assert house.parts.versions.proposal(proposal).state is State.SUBMITTED  # type: ignore[union-attr]
        publish(house, proposal)
        saved = (house.parts.settings.answers_dir / FILE).read_text("utf-8")
        assert saved == REAL.replace("hours: 24/7", "hours: Mon-Fri 09:00-18:00", 1)
        assert "Mon-Fri 09:00-18:00" in (await anna.get("/centres/hot-112")).text


async def test_saving_the_same_makes_no_proposal(house: House) -> None:
    async with house.browser(ANNA) as anna:
        for name in ("hot-1414", "emb-uz-almaty", "gov-eotinish"):
            answer = await anna.post(f"/centres/{name}", await begun(anna, name))
            assert answer.headers["location"] == f"/centres/{name}?done=unchanged"
    assert proposals(house) == []


WRONG = (
    ({"phones_text": "12"}, "Write each number on a line"),
    ({"phones_text": "+77770"}, "There can be no phone number"),
    ({"hours": "in the morning"}, "Write 24/7"),
    ({"name_ru": ""}, "Write the Russian name at least."),
    ({"kind": ""}, "Choose what kind"),
    ({"kind": "circus"}, "This cannot be written so."),
    ({"city": "atlantis"}, "not in the list of places"),
    ({"site": "not an address"}, "Write a web address"),
    ({"email": "nobody"}, "Write an e-mail address"),
    ({"latitude": "100", "longitude": "70"}, "between -90 and 90"),
    ({"latitude": "50"}, "Of the two coordinates this one is missing."),
    ({"source": ""}, "Write where this is known from"),
    ({"source_date": "last year"}, "Write 2026, 2026-11"),
    ({"ask_at": "hot-1414"}, "It has a phone of its own"),
    ({"phones_text": "", "ask_at": "gov-eqonaq"}, "has no phone of its own"),
    ({"services": ["juggling"]}, "This cannot be written so."),
    ({"languages_text": "klingon"}, "two small letters"),
    ({"citizenships": ["uz"]}, "two capital letters"),
    ({"note": "x" * 2001}, "This is too long."),
)


async def test_what_is_wrong_comes_back_with_a_sentence_at_its_field(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-112")
        for wrong, sentence in WRONG:
            answer = await anna.post("/centres/hot-112", sent | wrong)
            assert answer.status_code == 422, wrong
            assert sentence in unescape(answer.text), wrong
            assert 'aria-invalid="true"' in answer.text, wrong
    assert proposals(house) == []


async def test_script_in_any_field_is_shown_as_text(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-112")
        marked = dict.fromkeys((*TEXTS, "reason", "phones_text", "languages_text"), SCRIPT)
        marked |= {f"name_{name}": SCRIPT for name in NAME_ORDER}
        for path in ("/centres/hot-112", "/centres/new", "/centres/preview"):
            answer = await anna.post(path, sent | marked | {"known": SCRIPT})
            assert "<script>alert" not in answer.text
            assert answer.status_code in (200, 422)


async def test_phones_are_written_as_they_are_dialled(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-1414") | {"phones_text": "14 14\r\n8 (7172) 90-69-84"}
        answer = await anna.post("/centres/hot-1414", sent)
        assert answer.headers["location"].endswith("done=unchanged")


async def test_the_coordinates_of_the_city_are_taken_when_only_it_is_known(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "gov-eqonaq") | {"city": "taraz", "approximate": "true"}
        await anna.post("/centres/gov-eqonaq", sent)
        [proposal] = proposals(house)
        draft = read_book(text_in(house, proposal)).find("gov-eqonaq").draft  # type: ignore[union-attr]
        assert (draft.latitude, draft.longitude) == ("42.898", "71.3733")
        assert draft.coordinates_source == "of the city (geonames 1516905)"


async def test_a_place_put_on_the_map_says_who_put_it_there(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "emb-uz-aktau") | {"latitude": "43,65000", "longitude": "51.17"}
        await anna.post("/centres/emb-uz-aktau", sent)
        [proposal] = proposals(house)
        draft = read_book(text_in(house, proposal)).find("emb-uz-aktau").draft  # type: ignore[union-attr]
        assert (draft.latitude, draft.longitude) == ("43.65000", "51.17")
        assert draft.coordinates_source == "put on the map by the staff"


async def test_a_new_hotline_gets_an_id_and_stands_with_the_hotlines(house: House) -> None:
    draft = Draft(
        names={"ru": "Новая линия"},
        kind="hotline",
        phones=("99999",),
        services=("legal_aid",),
        citizenships=("any",),
        source="https://line.example",
        confidence="high",
    )
    async with house.browser(ANNA) as anna:
        base = house.parts.versions.import_outside_changes()
        answer = await anna.post("/centres/new", fields_of(draft) | {"base": base})
        [proposal] = proposals(house)
        assert answer.headers["location"] == f"/centres/hot-kz?proposal={proposal}&done=saved"
        assert (await anna.get(answer.headers["location"])).status_code == 200
        book = read_book(text_in(house, proposal))
        assert book.faults == ()
        ids = [entry.draft.id for entry in book.entries]
        assert ids[ids.index("hot-kz") - 1] == "hot-astana-psy"
        for taken, sentence in (("hot-112", "Another centre"), ("wrong", "Only small Latin")):
            sent = fields_of(draft) | {"base": base, "id": taken}
            answer = await anna.post("/centres/new", sent)
            assert answer.status_code == 422
            assert sentence in answer.text


async def test_what_no_longer_exists_is_hidden_with_its_numbers_in_the_note(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-115")
        sent |= {"gone_reason": "Nobody answers for a month"}
        answer = await anna.post("/centres/hot-115/close", sent)
        [proposal] = proposals(house)
        assert answer.headers["location"] == f"/answers/proposals/{proposal}?done=submitted"
        draft = read_book(text_in(house, proposal)).find("hot-115").draft  # type: ignore[union-attr]
        assert not draft.is_shown
        assert "No longer exists" in draft.note
        assert "It was: 115." in draft.note
        assert "Nobody answers for a month." in draft.note
        page = (await anna.get(f"/centres/hot-115?proposal={proposal}")).text
        assert "Nobody is shown this" in page
        assert "It no longer exists</summary>" not in page
    [change] = await house.parts.store.console.changes(house.parts.clock.now())
    assert (change.what, change.note) == ("centre_submitted", "Nobody answers for a month")


async def test_what_else_goes_by_a_number_is_named(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/centres/hot-1414")).text
        assert re.search(r'href="/answers/[a-z_]+/[a-z_]+/ru"', page)
        assert 'href="/centres/gov-li-wko"' in page
        sent = await begun(anna, "hot-111") | {"phones_text": "99999"}
        saved = await anna.post("/centres/hot-111", sent)
        page = (await anna.get(saved.headers["location"])).text
        assert "cannot be published like this" in page


# Two editors


async def test_two_who_change_other_fields_see_both_and_lose_nothing(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        hers, his = await begun(anna, "hot-115"), await begun(bek, "hot-115")
        await bek.post("/centres/hot-115", his | {"note": "Called"})
        publish(house, proposals(house)[0])
        answer = await anna.post("/centres/hot-115", hers | {"hours": "24/7"})
        assert answer.status_code == 409
        assert "Somebody else changed this centre" in answer.text
        assert proposals(house) == []
        base = re.findall(r'name="base" value="([0-9a-f]{40})"', answer.text)[0]
        again = hers | {"hours": "24/7", "note": "Called", "base": base}
        assert (await anna.post("/centres/hot-115", again)).status_code == 303
        draft = read_book(text_in(house, proposals(house)[0])).find("hot-115").draft  # type: ignore[union-attr]
        assert (draft.hours, draft.note) == ("24/7", "Called")


async def test_two_who_change_the_same_field_see_all_three(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        hers, his = await begun(anna, "hot-115"), await begun(bek, "hot-115")
        await bek.post("/centres/hot-115", his | {"note": "Theirs"})
        publish(house, proposals(house)[0])
        answer = await anna.post("/centres/hot-115", hers | {"note": "Yours"})
        assert answer.status_code == 409
        for said in ("Free (2020).", "Theirs", "Yours", "yours: choose"):
            assert said in answer.text
        assert 'name="note" type="text" value="Yours"' in answer.text


async def test_two_who_change_two_centres_do_not_meet(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        hers, his = await begun(anna, "hot-115"), await begun(bek, "hot-112")
        await bek.post("/centres/hot-112", his | {"note": "His"})
        publish(house, proposals(house)[0])
        assert (await anna.post("/centres/hot-115", hers | {"note": "Hers"})).status_code == 303
        publish(house, proposals(house)[0])
    saved = read_book((house.parts.settings.answers_dir / FILE).read_text("utf-8"))
    assert [saved.find(n).draft.note for n in ("hot-112", "hot-115")] == ["His", "Hers"]  # type: ignore[union-attr]


# Looking


async def test_the_card_is_drawn_as_telegram_shows_it(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "emb-uz-almaty") | {"known": "emb-uz-almaty", "locale": "uz"}
        page = (await anna.post("/centres/preview", sent | {"hours": "24/7"})).text
        assert "Oʻzbekiston" in page
        assert "🕘" in page
        page = (await anna.post("/centres/preview", sent | {"hours": "sometimes"})).text
        assert "Write 24/7" in page
        looked = await anna.post("/centres/emb-uz-almaty", sent | {"action": "look"})
        assert looked.status_code == 200
        assert proposals(house) == []


async def test_a_form_of_nobody_is_refused_with_the_draft_kept(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-115")
        answer = await anna.client.post("/centres/hot-115", data=sent | {"note": "my draft"})
        assert answer.status_code == 403
        assert "my draft" in answer.text


async def test_the_history_of_a_centre_and_going_back(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = await begun(anna, "hot-115")
        await anna.post("/centres/hot-115", sent | {"note": "New", "reason": "I called them"})
        publish(house, proposals(house)[0])
        other = await begun(anna, "hot-112")
        await anna.post("/centres/hot-112", other | {"note": "Another", "reason": "elsewhere"})
        publish(house, proposals(house)[0])
        page = (await anna.get("/centres/hot-115/history")).text
        assert "I called them" in page
        assert "elsewhere" not in page
        back = unescape(re.findall(r'href="(/centres/hot-115\?version=[^"]+)"', page)[0])
        page = await anna.get(back)
        assert "Free (2020)." in page.text
        assert "old version" in page.text
        assert (await anna.get("/centres/nobody/history")).status_code == 404


NOT_THERE = (
    "/centres/nobody",
    "/centres/..%2f..%2fetc",
    "/centres/hot-112?proposal=nothing-1",
    "/centres/hot-112?version=" + "0" * 40,
    "/centres/hot-112?version=x",
    "/centres?q=" + "x" * 300,
    "/centres/x/y/z",
)


async def test_what_is_not_there_is_a_page_that_says_so(house: House) -> None:
    async with house.browser(ANNA) as anna:
        for path in NOT_THERE:
            assert (await anna.get(path)).status_code == 404, path


# Reported wrong


async def test_reported_numbers_stand_in_a_list_until_somebody_has_called(house: House) -> None:
    reports = house.parts.store.reports
    for chat in (70_001_000_001, 70_001_000_002):
        await reports.add("hot-115", chat)
    await reports.add("hot-112", 70_001_000_001)
    await reports.add("long-gone", 70_001_000_001)
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/centres/wrong")).text
        assert page.index("/centres/hot-115") < page.index("/centres/hot-112")
        assert "no longer in the file" in page
        assert "said to be wrong" in (await anna.get("/centres?show=reported")).text
        answer = await anna.post("/centres/wrong/hot-115", {"result": "works"})
        assert answer.headers["location"] == "/centres/wrong?done=works"
        assert (await anna.post("/centres/wrong/long-gone", {"result": "gone"})).status_code == 303
        assert (await anna.post("/centres/wrong/hot-112", {"result": "x"})).status_code == 404
        assert [one.centre for one in await reports.all()] == ["hot-112"]
        whats = [
            change.what
            for change in await house.parts.store.console.changes(house.parts.clock.now())
        ]
        assert sorted(whats) == ["wrong_number_gone", "wrong_number_works"]


async def test_nothing_is_written_into_the_repository(house: House, tmp_path: Path) -> None:
    assert house.parts.settings.answers_dir == tmp_path / "answers"
