"""The queue over HTTP: shown, labelled, sent back with reasons; works while the store is away."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from bot.console.teach.queue import CARDS
from bot.console.training.phrases import taught
from bot.store.review import Why
from tests.console.house import ANNA, BEK, House
from tests.console.training.test_likeness import VECTORS, serve

if TYPE_CHECKING:
    from bot.console.training.folders import Folders
    from tests.console.teach.conftest import Ask
    from tests.servers import StoreServer

SCRIPT = "<script>alert(1)</script>"


def body(page: str) -> str:
    return page[page.index("<main") :]


def cards(page: str) -> list[str]:
    return re.findall(r"<article.*?</article>", body(page), re.DOTALL)


def sent(card: str, **changed: Any) -> dict[str, Any]:
    """What a browser sends of a card, with some fields changed."""

    def values(name: str) -> list[str]:
        found = re.findall(rf'name="{name}"[^>]*?value="([^"]*)"', card)
        return [unescape(one) for one in found]

    selects = re.findall(r'<select name="locale".*?</select>', card, re.DOTALL)
    locales = [re.search(r'value="([^"]*)"(?: selected)', one) for one in selects]
    fields: dict[str, Any] = {
        "id": values("id"),
        "text": values("text"),
        "take": values("take"),
        "locale": [found[1] if found else "" for found in locales],
        "intent": "permit_cost",
        "do": "label",
    }
    for name in ("show_locale", "show_why", "show_page"):
        [fields[name]] = values(name)
    return fields | changed


async def notes(house: House) -> list[tuple[str, str, str]]:
    kept = await house.parts.store.console.changes(house.parts.clock.now())
    return [(one.what, one.about, one.note) for one in kept]


async def test_an_empty_queue_says_how_questions_come_here(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach")).text
    assert "No question waits" in page
    assert 'href="/teach/training"' in page
    assert "<article" not in page
    assert 'href="/teach" aria-current="page"' in page


async def test_a_question_shows_all_that_helps_to_decide(
    house: House, place: Folders, ask: Ask
) -> None:
    guesses = (("iin_taxes", 0.41), ("out_of_scope", 0.2))
    await ask("звоните +7 000 123 45 67 про налог", guesses=guesses, times=3)
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach")).text
    [card] = cards(page)
    for expected in (
        "Russian, script: Cyrillic",
        "not understood",
        "asked 3 times",
        "Iin taxes (41 %)",
        "Out of scope (20 %)",
        'value="звоните про налог"',
        '<option value="iin_taxes" selected>Iin taxes</option>',
    ):
        assert expected in card
    assert "000" not in card  # masked; the label tells the last two digits
    assert "Names are not" in page  # the machine does not mask them


async def test_every_reason_is_told(house: House, ask: Ask) -> None:
    for why in Why:
        await ask(f"вопрос {why.value}", why=why)
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach")).text
    for expected in (
        "not understood",
        "something else",
        "👎 for the answer",
        "marked by the staff",
    ):
        assert expected in body(page)


async def test_labelling_teaches_and_says_so_after_a_redirect(
    house: House, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach?locale=ru")).text)
        answer = await anna.post("/teach/label", sent(card, text=["почём  бумага "]))
        assert answer.status_code == 303
        assert answer.headers["location"] == "/teach?locale=ru&done=label"
        page = (await anna.get(answer.headers["location"])).text
    assert "Labelled and taught" in page
    assert [(one.text, one.intent) for one in taught(place).lessons] == [
        ("почём бумага", "permit_cost")
    ]
    assert await notes(house) == [("question_labelled", "permit_cost", "× 1")]


async def test_the_log_of_changes_has_counts_and_no_words_of_questions(
    house: House, ask: Ask
) -> None:
    async with house.browser(ANNA) as anna:
        for action in ("out_of_scope", "new_question", "discard"):
            await ask(f"тайное {action}")
            [card] = cards((await anna.get("/teach")).text)
            answer = await anna.post("/teach/label", sent(card, do=action))
            assert answer.headers["location"] == f"/teach?done={action}"
    assert sorted(await notes(house)) == [
        ("question_discarded", "", "× 1"),
        ("question_new", "", "× 1"),
        ("question_out_of_scope", "", "× 1"),
    ]


async def test_refused_text_comes_back_at_its_field_with_the_draft(
    house: House, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    draft = f"звоните +7 000 123 45 67 {SCRIPT}"
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        answer = await anna.post("/teach/label", sent(card, text=[draft]))
        assert answer.status_code == 422
        assert SCRIPT not in answer.text
        [again] = cards(answer.text)
        assert "may be somebody" in unescape(again)
        assert 'aria-invalid="true" aria-describedby="fault-' in again
        assert sent(again)["text"] == [draft]
        assert '<option value="permit_cost" selected>' in again
        answer = await anna.post("/teach/label", sent(again, text=["почём бумага"]))
        assert answer.status_code == 303
    assert [one.text for one in taught(place).lessons] == ["почём бумага"]


async def test_what_went_well_is_not_offered_again(house: House, place: Folders, ask: Ask) -> None:
    serve(place, VECTORS)  # by the number of words
    await ask("почём документ")
    await ask("почём бумага")
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        fields = sent(card)
        good = fields["text"][0]
        answer = await anna.post("/teach/label", fields | {"text": [good, "???"]})
        assert answer.status_code == 422
        [again] = cards(answer.text)
        assert "1 question is done" in again
        assert len(sent(again)["id"]) == 1
        assert good not in again
    assert [one.text for one in taught(place).lessons] == [good]


async def test_no_question_chosen_and_nothing_ticked_are_told_at_the_choice(
    house: House, ask: Ask
) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        for changed, expected in (
            ({"intent": ""}, "Choose the question"),
            ({"take": []}, "Tick at least one"),
        ):
            answer = await anna.post("/teach/label", sent(card, **changed))
            assert (answer.status_code, expected in answer.text) == (422, True)
            assert 'aria-describedby="intent-fault-' in answer.text
            assert "asked 1 time" in answer.text  # what the queue knows is still there


async def test_the_second_of_two_counsellors_is_told(house: House, ask: Ask) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        [card] = cards((await anna.get("/teach")).text)
        assert (await bek.post("/teach/label", sent(card))).headers[
            "location"
        ] == "/teach?done=label"
        answer = await anna.post("/teach/label", sent(card, intent="iin_taxes"))
        assert answer.headers["location"] == "/teach?done=gone"
        page = (await anna.get("/teach?done=gone")).text
    assert "Somebody else was faster" in page
    assert len(await notes(house)) == 1


async def test_htmx_gets_only_what_changed(house: House, ask: Ask) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        wrong = await anna.post("/teach/label", sent(card, intent=""), **{"hx-request": "true"})
        right = await anna.post("/teach/label", sent(card), **{"hx-request": "true"})
    assert (wrong.status_code, wrong.text.lstrip()[:8]) == (422, "<article")
    assert (right.status_code, right.text.lstrip()[:8]) == (200, "<article")
    assert "Labelled and taught" in right.text


async def test_filters_and_pages(house: House, ask: Ask) -> None:
    for number in range(CARDS + 1):
        await ask("слово " * (number + 1))
    await ask("bitta savol", "uz", why=Why.STAFF)
    async with house.browser(ANNA) as anna:
        first, second = (await anna.get("/teach")).text, (await anna.get("/teach?page=2")).text
        assert (len(cards(first)), len(cards(second))) == (CARDS, 2)
        assert 'href="/teach?page=2"' in first
        assert "Uzbek (Latin) (1)" in unescape(first)
        for query in ("?locale=uz", "?why=staff", "?locale=uz&why=staff&page=7"):
            [card] = cards((await anna.get(f"/teach{query}")).text)
            assert "bitta savol" in card
        assert "Nothing fits these filters" in (await anna.get("/teach?locale=kk")).text
        for query in ("?page=0", "?page=x", "?why=<b>", f"?locale={SCRIPT}"):
            assert (await anna.get(f"/teach{query}")).status_code == 404


async def test_how_questions_are_grouped_is_said(house: House, place: Folders, ask: Ask) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna:
        assert "by their spelling only" in (await anna.get("/teach")).text
        serve(place, VECTORS)
        await ask("почём бумага")
        page = (await anna.get("/teach")).text
        assert "by their spelling only" not in page
        assert len(cards(page)) == 1
        assert "put together now" in (await anna.get("/teach/grouping")).text


async def test_mangled_forms_do_no_harm(house: House, place: Folders, ask: Ask) -> None:
    await ask("почём документ")
    async with house.browser(ANNA) as anna:
        [card] = cards((await anna.get("/teach")).text)
        for changed, expected in (
            ({"do": "everything"}, 404),
            ({"id": []}, 403),  # not a form of ours: the draft is shown
            ({"id": ["x"], "take": ["x"]}, 303),
            ({"locale": ["de"]}, 422),
            ({"locale": [SCRIPT]}, 422),
            ({"show_page": "x", "show_why": SCRIPT, "do": "discard"}, 303),
        ):
            answer = await anna.post("/teach/label", sent(card, **changed))
            assert (changed, answer.status_code) == (changed, expected)
            assert SCRIPT not in answer.text
    assert taught(place).lessons == ()


async def test_nobody_labels_without_signing_in_or_with_a_forged_form(
    house: House, ask: Ask
) -> None:
    await ask("почём документ")
    async with house.browser() as stranger, house.browser(ANNA) as anna:
        assert (
            await stranger.client.post("/teach/label", data={"do": "discard"})
        ).status_code == 401
        assert (await anna.client.post("/teach/label", data={"do": "discard"})).status_code == 403
    assert len(await house.parts.store.cases.review(house.parts.clock.now())) == 1


async def test_while_the_store_is_away_the_page_says_so_and_keeps_the_draft(
    brittle_house: House, own_server: StoreServer
) -> None:
    fields = {
        "id": ["2026-11-20.0123456789abcdef"],
        "take": ["2026-11-20.0123456789abcdef"],
        "text": ["почём бумага"],
        "locale": ["ru"],
        "intent": "permit_cost",
        "do": "label",
    }
    async with brittle_house.browser(ANNA) as anna:
        token = await anna.token()
        own_server.kill()
        page = await anna.get("/teach")
        answer = await anna.client.post("/teach/label", data={"csrf": token, **fields})
        part = await anna.client.post(
            "/teach/label", data={"csrf": token, **fields}, headers={"hx-request": "true"}
        )
        assert (await anna.get("/teach/phrases")).status_code == 200
    assert (page.status_code, "which is away" in page.text) == (503, True)
    assert answer.status_code == 503
    assert "send it again in a minute" in answer.text
    assert sent(cards(answer.text)[0])["text"] == ["почём бумага"]
    assert (part.status_code, part.text.lstrip()[:8]) == (503, "<article")
    assert sent(part.text)["text"] == ["почём бумага"]
    own_server.start()
