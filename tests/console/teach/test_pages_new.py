"""The list of new questions over HTTP: how it is asked, what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from bot.console.teach.new_questions import NOTE_LENGTH, TITLE_LENGTH
from bot.console.teach.queue import CARDS
from bot.console.training.phrases import Lesson, taught
from bot.language.tags import Locale
from bot.store.new_questions import About, Asked, NewQuestion, Worded
from tests.console.house import ANNA, BEK, House
from tests.console.teach.test_pages_queue import SCRIPT, cards, notes
from tests.console.teach.test_pages_queue import sent as sent_to_queue

if TYPE_CHECKING:
    from bot.console.training.folders import Folders
    from tests.console.teach.conftest import Ask
    from tests.servers import StoreServer

HORSE = ("сколько стоит держать лошадь", "отни кайда кармаса болот")


async def listed(
    house: House, *texts: str, name: str = "a1", about: About | None = None, age: int = 0
) -> None:
    """Puts texts on the list, as one question; the first one was asked most often."""
    clock = house.parts.clock
    day = (clock.today() - timedelta(days=age)).isoformat()
    asked = [
        Asked(day, f"{number:016x}", Worded(text, "ru", len(texts) - number))
        for number, text in enumerate(texts)
    ]
    await house.parts.store.new_questions.put(name, about or About(), asked, clock.now())


async def open_now(house: House) -> tuple[NewQuestion, ...]:
    return await house.parts.store.new_questions.all(house.parts.clock.now())


def sent(card: str, **changed: Any) -> dict[str, Any]:
    """What a browser sends of a card, with some fields changed."""

    def values(name: str) -> list[str]:
        found = re.findall(rf'name="{name}"[^>]*?value="([^"]*)"', card)
        return [unescape(one) for one in found]

    note = re.search(r'<textarea name="note"[^>]*>(.*?)</textarea>', card, re.DOTALL)
    assert note
    selects = re.findall(r'<select name="locale".*?</select>', card, re.DOTALL)
    locales = [re.search(r'value="([^"]*)"(?: selected)', one) for one in selects]
    fields: dict[str, Any] = {
        "id": values("id"),
        "text": values("text"),
        "take": values("take"),
        "locale": [found[1] if found else "" for found in locales],
        "title": values("title")[0],
        "note": unescape(note[1]),
        "intent": "",
        "do": "keep",
        "show_first": "",
        "show_page": "1",
    }
    return fields | changed


async def test_an_empty_list_says_so(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach/new")).text
        assert "No new question is open" in page
        assert 'href="/teach/new" aria-current="page"' in page
        assert "new question has" not in (await anna.get("/")).text


async def test_from_the_queue_to_the_list_to_the_first_page(house: House, ask: Ask) -> None:
    await ask("сколько стоит держать лошадь Болата", times=3)
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        clean = sent_to_queue(card, text=[HORSE[0]], do="new_question")
        answer = await anna.post("/teach/label", clean)
        assert answer.headers["location"] == "/teach?done=new_question"
        assert "Put on the list" in (await anna.get("/teach?done=new_question")).text
        page = (await anna.get("/teach/new")).text
        home = (await anna.get("/")).text
    [new] = cards(page)
    assert f'value="{HORSE[0]}"' in new
    assert "asked 3 times" in new
    assert "Russian" in new
    assert "олата" not in page  # what the counsellor took out is nowhere any more
    assert re.search(r'<a href="/teach/new">1 new question has no answer', home)
    assert await notes(house) == [("question_new", "", "× 1")]


async def test_a_later_question_is_put_with_one_of_the_list(house: House, ask: Ask) -> None:
    await listed(house, HORSE[0], about=About("Лошади"))
    await ask(HORSE[1])
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        assert '<option value="a1">Лошади</option>' in card
        await anna.post("/teach/label", sent_to_queue(card, do="new_question", joins="a1"))
    [question] = await open_now(house)
    assert {one.text for one in question.wordings} == set(HORSE)
    assert question.about == About("Лошади")


async def test_the_most_frequent_or_the_newest_come_first_a_page_at_a_time(house: House) -> None:
    await listed(house, "часто", "и так", "и этак", name="often", age=5)
    await listed(house, "недавно", name="new")
    async with house.browser(ANNA) as anna:

        async def heads(query: str = "") -> list[str]:
            found = re.findall(r'id="head-(\w+)"', (await anna.get(f"/teach/new{query}")).text)
            return [str(one) for one in found]

        assert await heads() == ["often", "new"]
        assert await heads("?first=newest") == ["new", "often"]
        for number in range(CARDS):
            await listed(house, f"вопрос {number}", name=f"q{number}", age=9)
        assert len(await heads("?page=2")) == 2
        assert len(await heads("?page=99")) == 2
        for wrong in ("?page=0", "?page=x", f"?first={SCRIPT}"):
            assert (await anna.get(f"/teach/new{wrong}")).status_code == 404


async def test_title_note_and_cleaner_texts_are_saved_for_everybody(house: House) -> None:
    await listed(house, "лошадь Болата", "осёл")
    draft = f"спросить акимат {SCRIPT}"
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        [card] = cards((await anna.get("/teach/new")).text)
        fields = sent(card, title="Лошади", note=draft, text=["лошадь", "осёл"])
        answer = await anna.post("/teach/new/a1", fields)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/teach/new?done=kept#group-a1"
        page = (await bek.get("/teach/new?done=kept")).text
        assert "Saved." in page
        assert SCRIPT not in page
        [seen] = cards(page)
        assert sent(seen)["title"] == "Лошади"
        assert sent(seen)["note"] == draft
        assert "олата" not in page
        again = await bek.post("/teach/new/a1", sent(seen))
        assert again.headers["location"].startswith("/teach/new?done=unchanged")
    [question] = await open_now(house)
    assert question.about == About("Лошади", draft)
    assert await notes(house) == [("new_question_noted", "", "")]


async def test_when_it_has_an_answer_its_texts_are_taught_and_off_the_list(
    house: House, place: Folders
) -> None:
    await listed(house, *HORSE)
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        fields = sent(card, do="answered", intent="permit_cost", locale=["ru", "ky"], calm="1")
        answer = await anna.post("/teach/new/a1", fields)
        assert answer.headers["location"] == "/teach/new?done=answered"
        assert "Taught as that question" in (await anna.get("/teach/new?done=answered")).text
    assert await open_now(house) == ()
    assert set(taught(place).lessons) == {
        Lesson(HORSE[0], "permit_cost", Locale.RU, calm=True),
        Lesson(HORSE[1], "permit_cost", Locale.KY, calm=True),
    }
    assert await notes(house) == [("new_question_answered", "permit_cost", "× 2")]


async def test_only_what_is_ticked_is_decided(house: House, place: Folders) -> None:
    await listed(house, *HORSE)
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        fields = sent(card, do="drop", title="Лошади")
        answer = await anna.post("/teach/new/a1", fields | {"take": fields["take"][:1]})
        assert answer.headers["location"] == "/teach/new?done=dropped"
    [question] = await open_now(house)
    assert [one.text for one in question.wordings] == [HORSE[1]]
    assert question.about.title == "Лошади"  # what else was written in the form is not lost
    assert taught(place).lessons == ()
    assert await notes(house) == [("new_question_dropped", "", "× 1")]


async def test_what_is_wrong_is_said_at_its_field_with_the_draft(
    house: House, place: Folders
) -> None:
    await listed(house, *HORSE)
    personal = "звоните +7 000 123 45 67"
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        for changed, expected, field in (
            ({"title": personal}, "may be somebody", "title"),
            ({"note": personal}, "may be somebody", "note"),
            ({"text": [personal, HORSE[1]]}, "may be somebody", "text"),
            ({"text": ["[☎]", HORSE[1]]}, "brackets", "text"),
            ({"do": "answered"}, "Choose the question", "intent"),
            ({"do": "answered", "intent": "out_of_scope"}, "Choose the question", "intent"),
            ({"do": "drop", "take": []}, "Tick at least one", "intent"),
        ):
            fields = sent(card, **changed)
            answer = await anna.post("/teach/new/a1", fields)
            assert (changed, answer.status_code) == (changed, 422)
            [again] = cards(answer.text)
            assert expected in unescape(again)
            assert 'aria-invalid="true" aria-describedby="' in again
            if field != "intent":
                assert sent(again)[field] == fields[field]
    [question] = await open_now(house)
    assert question.about == About()
    assert [one.text for one in question.wordings] == list(HORSE)
    assert (taught(place).lessons, await notes(house)) == ((), [])


async def test_what_cannot_be_taught_stays_and_says_why(house: House, place: Folders) -> None:
    await listed(house, *HORSE)
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        fields = sent(card, do="answered", intent="permit_cost", locale=["ru", ""])
        answer = await anna.post("/teach/new/a1", fields)
    assert answer.status_code == 422
    assert "1 question is done" in answer.text
    assert "Choose the language it is written in" in answer.text
    assert [one.text for one in taught(place).lessons] == [HORSE[0]]
    [question] = await open_now(house)
    assert [one.text for one in question.wordings] == [HORSE[1]]


async def test_the_second_of_two_counsellors_is_told(house: House, place: Folders) -> None:
    await listed(house, HORSE[0])
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        [card] = cards((await anna.get("/teach/new")).text)
        await bek.post("/teach/new/a1", sent(card, do="drop"))
        fields = sent(card, do="answered", intent="permit_cost")
        answer = await anna.post("/teach/new/a1", fields)
        assert answer.headers["location"] == "/teach/new?done=gone"
        part = await anna.post("/teach/new/a1", fields, **{"hx-request": "true"})
    assert "Somebody else was faster" in part.text
    assert taught(place).lessons == ()
    assert [what for what, _, _ in await notes(house)] == ["new_question_dropped"]


async def test_htmx_gets_the_card_only(house: House) -> None:
    await listed(house, *HORSE)
    header = {"hx-request": "true"}
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        kept = await anna.post("/teach/new/a1", sent(card, title="Лошади"), **header)
        wrong = await anna.post("/teach/new/a1", sent(card, do="answered"), **header)
        gone = await anna.post("/teach/new/a1", sent(card, do="drop"), **header)
    assert (kept.status_code, kept.text.lstrip()[:8]) == (200, "<article")
    assert "Saved." in kept.text
    assert (wrong.status_code, wrong.text.lstrip()[:8]) == (422, "<article")
    assert (gone.status_code, gone.text.lstrip()[:8]) == (200, "<article")
    assert "Dropped." in gone.text


@pytest.mark.parametrize(
    ("name", "changed", "expected"),
    [
        ("a1", {"do": "everything"}, 404),
        ("a1", {"id": []}, 403),  # not a form of ours: the draft is shown
        ("a1", {"locale": [SCRIPT]}, 303),  # no language of ours: kept as another one
        ("a1", {"show_page": "x", "show_first": SCRIPT}, 303),
        ("A!", {}, 404),
        ("zz", {}, 303),
        ("a1", {"title": "т" * 5000, "note": "н" * 5000}, 303),
    ],
)
async def test_mangled_forms_do_no_harm(
    house: House, name: str, changed: dict[str, Any], expected: int
) -> None:
    await listed(house, HORSE[0])
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach/new")).text)
        answer = await anna.post(f"/teach/new/{name}", sent(card, **changed))
    assert answer.status_code == expected
    assert SCRIPT not in answer.text
    [question] = await open_now(house)
    assert [one.text for one in question.wordings] == [HORSE[0]]
    assert len(question.about.title) <= TITLE_LENGTH
    assert len(question.about.note) <= NOTE_LENGTH


async def test_nobody_reads_or_decides_without_signing_in_or_with_a_forged_form(
    house: House,
) -> None:
    await listed(house, HORSE[0])
    async with house.browser() as stranger, house.browser(ANNA) as anna:
        page = await stranger.get("/teach/new")
        assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
        fields = {"do": "drop"}
        refused = await stranger.client.post("/teach/new/a1", data=fields)
        assert refused.status_code == 401
        assert (await anna.client.post("/teach/new/a1", data=fields)).status_code == 403
    assert len(await open_now(house)) == 1


async def test_while_the_store_is_away_the_page_says_so_and_keeps_the_draft(
    brittle_house: House, own_server: StoreServer
) -> None:
    await listed(brittle_house, HORSE[0])
    async with brittle_house.browser(ANNA) as anna:
        token = await anna.token()
        [card] = cards((await anna.get("/teach/new")).text)
        own_server.kill()
        page = await anna.get("/teach/new")
        fields = {"csrf": token, **sent(card, title="Лошади", note="спросить")}
        answer = await anna.client.post("/teach/new/a1", data=fields)
    assert (page.status_code, "which is away" in page.text) == (503, True)
    assert answer.status_code == 503
    assert "send it again in a minute" in answer.text
    again = sent(cards(answer.text)[0])
    assert (again["title"], again["note"], again["text"]) == ("Лошади", "спросить", [HORSE[0]])
    own_server.start()
