"""Training, comparing and models over HTTP, with real processes and a trainer without minutes."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.console.training import jobs, models
from bot.console.training.folders import Folders
from bot.console.training.job_state import State
from bot.console.training.models import Models
from bot.console.training.phrases import Lesson, teach
from bot.language.tags import Locale
from tests.console.house import ANNA, BEK, DINA, House
from tests.console.teach.test_pages_queue import body, notes
from tests.console.training.conftest import OLD_MODEL
from tests.console.training.test_jobs import WAITS
from tests.console.training.test_service import BROKEN_MODEL, NEW_MODEL, Rasa

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.console.house import Browser

LESSON = Lesson("почём нынче разрешение", "permit_cost", Locale.RU)
ROWS = (
    {"text": "цена разрешения какая", "intent": "permit_cost", "language": "ru"},
    {"text": "рұқсат қанша тұрады", "intent": "permit_cost", "language": "kk"},
)
"""The old model has both wrong, the new one both right."""


@pytest.fixture
def development(tmp_path: Path) -> Path:
    folder = tmp_path / "dev"
    folder.mkdir()
    return folder


@pytest.fixture
def place(place: Folders, development: Path) -> Folders:
    """With a development set, which a test may fill."""
    write(development, *ROWS)
    return Folders(place.root, place.phrases, place.models, place.state, (), development)


def write(development: Path, *rows: dict[str, str]) -> None:
    lines = "\n".join(json.dumps(row) for row in rows)
    (development / "all.jsonl").write_text(lines, encoding="utf-8")


async def ended(place: Folders) -> str:
    """Waits for the end of the training; the name of its model."""
    async with asyncio.timeout(60):
        while (job := jobs.last(place)) is None or job.state is State.RUNNING:
            await asyncio.sleep(0.02)
    return job.candidate or ""


async def trained(bek: Browser, place: Folders) -> str:
    assert (await bek.post("/teach/training/start")).status_code == 303
    return await ended(place)


async def in_service(place: Folders) -> str | None:
    known = await models.look(place)
    assert isinstance(known, Models)
    return known.in_service


async def test_counsellors_see_it_all_and_approvers_do_it(
    house: House, place: Folders, trainer: Callable[..., None]
) -> None:
    posts = [
        *("/teach/training/start", "/teach/training/cancel"),
        *(f"/teach/models/{OLD_MODEL}/{what}" for what in ("serve", "discard")),
    ]
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        for browser in (anna, dina):
            page = await browser.get("/teach/training")
            assert page.status_code == 200
            assert "An approver starts the training" in page.text
            assert "<button" not in body(page.text)
            for path in posts:
                assert (await browser.post(path)).status_code == 403
            assert (await browser.get(f"/teach/models/{OLD_MODEL}/serve")).status_code == 403
    assert jobs.last(place) is None


async def test_what_was_taught_since_is_counted(
    house: House, place: Folders, trainer: Callable[..., None]
) -> None:
    teach(place, [LESSON, Lesson("qogoz narxi", "permit_cost", Locale.UZ)])
    async with house.browser(BEK) as bek:
        page = (await bek.get("/teach/training")).text
        assert "2 phrases were taught in the console in all" in page
        assert "not trained from here" in page  # nobody knows what the old one has learnt
        name = await trained(bek, place)
        assert (await bek.post(f"/teach/models/{name}/serve")).status_code == 303
        assert "there is nothing to train" in (await bek.get("/teach/training")).text
        answer = await bek.post("/teach/training/start")
        assert (answer.status_code, "has learnt all that was taught" in answer.text) == (409, True)
        teach(place, [Lesson("где карточка", "iin_taxes", Locale.RU)])
        page = (await bek.get("/teach/training")).text
    assert "1 phrase was taught since it was trained" in page
    assert "Russian: 1" in page


async def test_a_training_is_followed_and_compared_and_its_model_served(
    house: House, place: Folders, rasa: Rasa, trainer: Callable[..., None], tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    trainer(WAITS.format(gate=str(gate)))
    teach(place, [LESSON])
    async with house.browser(BEK) as bek:
        answer = await bek.post("/teach/training/start")
        assert answer.headers["location"] == "/teach/training?done=started#job"
        assert "The training has begun" in (await bek.get("/teach/training?done=started")).text
        job = (await bek.get("/teach/training/job")).text
        assert "<progress" in job
        assert 'hx-trigger="every 2s"' in job
        answer = await bek.post("/teach/training/start")
        assert (answer.status_code, "runs already" in answer.text) == (409, True)
        gate.touch()
        name = await ended(place)

        job = (await bek.get("/teach/training/job")).text
        assert "hx-trigger" not in job  # nothing more to wait for
        for expected in (
            "Old against new",
            "Kazakh",
            "Russian",
            "2 better, 0 worse",
            "Permit cost",
        ):
            assert expected in job
        assert "Think twice" not in job
        page = (await bek.get("/teach/training")).text
        assert "waits for a decision" in page
        assert (await in_service(place), rasa.model) == (OLD_MODEL, OLD_MODEL)

        answer = await bek.post(f"/teach/models/{name}/serve")
        assert answer.headers["location"] == "/teach/training?done=in_service"
        page = (await bek.get("/teach/training?done=in_service")).text
    assert "The new model is in service" in page
    assert "answers with the model in service" in page
    assert (await in_service(place), rasa.model) == (name, name)
    assert [what for what, *_ in await notes(house)] == ["training_started", "model_in_service"]


async def test_a_worse_model_is_served_only_after_a_page_that_says_why(
    house: House, place: Folders, rasa: Rasa, trainer: Callable[..., None], development: Path
) -> None:
    write(development, {"text": "нужен мне иин", "intent": "iin_taxes", "language": "ru"})
    async with house.browser(BEK) as bek:
        name = await trained(bek, place)
        page = (await bek.get("/teach/training")).text
        assert "Think twice" in page
        answer = await bek.post(f"/teach/models/{name}/serve")
        assert answer.headers["location"] == f"/teach/models/{name}/serve"
        page = (await bek.get(f"/teach/models/{name}/serve")).text
        assert "More messages get a wrong answer: 1 instead of 0" in page
        assert rasa.model == OLD_MODEL
        await bek.post(f"/teach/models/{name}/serve", {"sure": "yes"})
        assert rasa.model == name
        assert (await bek.get(f"/teach/models/{name}/serve")).status_code == 404  # decided


async def test_going_back_is_one_click_and_comes_back(
    house: House, place: Folders, rasa: Rasa, trainer: Callable[..., None]
) -> None:
    async with house.browser(BEK) as bek:
        name = await trained(bek, place)
        await bek.post(f"/teach/models/{name}/serve")
        assert "Go back to this one" in (await bek.get("/teach/training")).text
        answer = await bek.post(f"/teach/models/{OLD_MODEL}/serve")
        assert answer.headers["location"] == "/teach/training?done=back"
        assert (await in_service(place), rasa.model) == (OLD_MODEL, OLD_MODEL)
        await bek.post(f"/teach/models/{name}/serve")
        assert (await in_service(place), rasa.model) == (name, name)
    told = [(what, about) for what, about, _ in await notes(house)]
    assert told[1:] == [("model_in_service", name), ("model_back", OLD_MODEL), ("model_back", name)]


async def test_a_candidate_is_discarded_and_what_was_taught_stays(
    house: House, place: Folders, trainer: Callable[..., None]
) -> None:
    teach(place, [LESSON])
    async with house.browser(BEK) as bek:
        name = await trained(bek, place)
        answer = await bek.post(f"/teach/models/{name}/discard")
        assert answer.headers["location"] == "/teach/training?done=discarded"
        assert "Its model was discarded" in (await bek.get("/teach/training")).text
        assert LESSON.text in (await bek.get("/teach/phrases")).text
        for gone in ("serve", "discard"):
            answer = await bek.post(f"/teach/models/{name}/{gone}")
            assert (answer.status_code, "not there any more" in answer.text) == (409, True)
        answer = await bek.post(f"/teach/models/{OLD_MODEL}/discard")
        assert (answer.status_code, "cannot be discarded" in answer.text) == (409, True)
    assert (place.models / OLD_MODEL).exists()


async def test_a_training_is_ended(
    house: House, place: Folders, trainer: Callable[..., None], tmp_path: Path
) -> None:
    trainer(WAITS.format(gate=str(tmp_path / "never")))
    async with house.browser(BEK) as bek:
        await bek.post("/teach/training/start")
        answer = await bek.post("/teach/training/cancel")
        assert answer.headers["location"] == "/teach/training?done=cancelled#job"
        page = (await bek.get("/teach/training?done=cancelled")).text
        assert "before it was done" in page
        answer = await bek.post("/teach/training/cancel")  # there is nothing to end
        assert answer.headers["location"] == "/teach/training#job"
    assert [what for what, *_ in await notes(house)] == ["training_started", "training_cancelled"]


async def test_a_failed_training_says_what_the_trainer_said(
    house: House, place: Folders, trainer: Callable[..., None]
) -> None:
    trainer('sys.exit("line 7 of ru/work.yml is <b>broken</b>")')
    async with house.browser(BEK) as bek:
        assert await trained(bek, place) == ""
        page = (await bek.get("/teach/training")).text
    assert "The training failed" in page
    assert "line 7 of ru/work.yml is &lt;b&gt;broken" in page


async def test_without_the_classifier_here_nothing_can_be_trained_and_it_is_said(
    house: House, place: Folders
) -> None:
    place.classifier_python.unlink()
    async with house.browser(BEK) as bek:
        page = await bek.get("/teach/training")
        answer = await bek.post("/teach/training/start")
    assert "not set up on this machine" in page.text
    assert (answer.status_code, "not set up on this machine" in answer.text) == (409, True)


async def test_a_model_that_does_not_load_leaves_the_old_one_and_is_told(
    house: House, place: Folders, rasa: Rasa
) -> None:
    (place.models / BROKEN_MODEL).write_text("x", encoding="utf-8")
    async with house.browser(BEK) as bek:
        # the newest is what would be served; so the other one is to be gone back to
        await models.choose(place, OLD_MODEL)
        answer = await bek.post(f"/teach/models/{BROKEN_MODEL}/serve")
    assert answer.status_code == 409
    assert "the old one stays in service" in answer.text
    assert "could not be loaded" in answer.text  # the classifier's own words
    assert (await in_service(place), rasa.model) == (OLD_MODEL, OLD_MODEL)


async def test_another_model_that_answers_is_told(house: House, rasa: Rasa) -> None:
    rasa.model = NEW_MODEL
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach/training")).text
    assert f"answers with another model ({NEW_MODEL})" in page


async def test_names_that_are_none_are_not_there(house: House) -> None:
    async with house.browser(BEK) as bek:
        for name in ("x", "helpline-zzzzzzzzzzzz.tar.gz", "..%2f..%2fetc", OLD_MODEL + "x"):
            for what in ("serve", "discard"):
                assert (await bek.post(f"/teach/models/{name}/{what}")).status_code == 404
        assert (
            await bek.get(f"/teach/models/{OLD_MODEL}/serve")
        ).status_code == 404  # no candidate


async def test_nothing_was_trained_yet(house: House, place: Folders) -> None:
    (place.models / OLD_MODEL).unlink()
    async with house.browser(ANNA) as anna:
        page = (await anna.get("/teach/training")).text
    assert "Nothing was trained in the console yet" in page
    assert "There is no model on this machine" in page
