"""What was taught, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.training.learnt import mark
from bot.console.training.phrases import Lesson, taught, teach
from bot.language.tags import Locale
from tests.console.house import ANNA, DINA, House

if TYPE_CHECKING:
    from bot.console.training.folders import Folders

LESSONS = [
    Lesson("почём бумага", "permit_cost", Locale.RU),
    Lesson("qogoz narxi", "permit_cost", Locale.UZ),
    Lesson("где карточка", "iin_taxes", Locale.RU, calm=True),
]


async def test_what_was_taught_is_listed_and_filtered(house: House, place: Folders) -> None:
    async with house.browser(ANNA) as anna:
        assert "Nothing was taught here yet" in (await anna.get("/teach/phrases")).text
        assert teach(place, LESSONS).refused == ()
        for query, expected in (
            ("", LESSONS),
            ("?locale=uz", [LESSONS[1]]),
            ("?intent=iin_taxes", [LESSONS[2]]),
            ("?intent=iin_taxes&locale=uz", []),
        ):
            page = (await anna.get(f"/teach/phrases{query}")).text
            assert [one for one in LESSONS if one.text in page] == expected
        assert "nobody in danger" in (await anna.get("/teach/phrases")).text
        for query in ("?intent=<b>", "?locale=<b>", "?page=0"):
            assert (await anna.get(f"/teach/phrases{query}")).status_code == 404


async def test_a_phrase_is_taken_back_once(house: House, place: Folders) -> None:
    teach(place, LESSONS)
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        fields: dict[str, object] = {"phrase": mark(LESSONS[0]), "show_locale": "ru"}
        answer = await anna.post("/teach/phrases/forget", fields)
        assert answer.status_code == 303
        assert "Taken back" in (await anna.get(answer.headers["location"])).text
        again = await dina.post("/teach/phrases/forget", fields)
        assert "already" in (await dina.get(again.headers["location"])).text
        log = (await dina.get("/people/changes")).text
    assert set(taught(place).lessons) == set(LESSONS[1:])
    assert "Taught phrase taken back" in log
    assert LESSONS[0].text not in log


async def test_a_broken_file_is_told_with_its_fault(house: House, place: Folders) -> None:
    teach(place, LESSONS)
    file = place.phrases / "ru" / "taught.yml"
    whole = file.read_text()
    async with house.browser(ANNA) as anna:
        file.write_text("nlu: 5")
        page = (await anna.get("/teach/phrases")).text
    assert "cannot be read" in page
    assert "taught.yml" in page
    assert "qogoz narxi" in page  # the other files are there all the same
    file.write_text(whole)


async def test_only_the_log_knows_who_taught_and_only_coordinators_see_it(
    house: House, place: Folders
) -> None:
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        link = 'href="/people/changes?what=question_labelled"'
        assert link not in (await anna.get("/teach/phrases")).text
        assert link in (await dina.get("/teach/phrases")).text
