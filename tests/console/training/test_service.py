"""Putting a model into service, against a stand-in that answers as Rasa does.

``test_served_models`` does the same with the real one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.console.training.models import Models, choose, look
from bot.console.training.service import Classifier, discard, go_back, put_into_service, running
from bot.console.training.trouble import Cause, Trouble
from tests.console.training.conftest import OLD_MODEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.console.training.folders import Folders

TOKEN = "t"
NEW_MODEL = "helpline-000000000002.tar.gz"
BROKEN_MODEL = "helpline-000000000003.tar.gz"


class Rasa:
    """Serves a model; loads any but a broken one; goes over to it ``late`` looks after that."""

    def __init__(self) -> None:
        self.model = OLD_MODEL
        self.loading: list[str] = []
        self.late = 0

    async def status(self, request: web.Request) -> web.Response:
        self._refuse_strangers(request)
        if self.loading and self.late == 0:
            self.model = self.loading.pop()
        self.late = max(0, self.late - 1)
        return web.json_response({"model_file": self.model, "model_id": "1"})

    async def put(self, request: web.Request) -> web.Response:
        self._refuse_strangers(request)
        path = Path((await request.json())["model_file"])
        if not self._loads(path):
            message = f"Agent with name '{path}' could not be loaded."
            return web.json_response({"message": message, "reason": "BadRequest"}, status=400)
        self.loading.append(path.name)
        return web.Response(status=204)

    def _loads(self, path: Path) -> bool:
        return path.is_file() and path.name != BROKEN_MODEL

    def _refuse_strangers(self, request: web.Request) -> None:
        if request.query.get("token") != TOKEN:
            raise web.HTTPUnauthorized(text='{"message": "User is not authenticated."}')


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


@pytest.fixture
async def classifier(rasa: Rasa) -> AsyncIterator[Classifier]:
    app = web.Application()
    app.router.add_get("/status", rasa.status)
    app.router.add_put("/model", rasa.put)
    async with TestServer(app) as server:
        yield Classifier(str(server.make_url("/")), TOKEN)


@pytest.fixture
def candidate(place: Folders) -> str:
    (place.models / NEW_MODEL).write_text("permit_cost", encoding="utf-8")
    return NEW_MODEL


@pytest.fixture
async def chosen(place: Folders, candidate: str) -> None:
    """The old model was in service when the candidate was trained."""
    assert isinstance(await choose(place, OLD_MODEL), Models)


async def test_the_running_classifier_names_its_model(classifier: Classifier) -> None:
    assert await running(classifier) == OLD_MODEL


async def test_a_candidate_is_put_into_service(
    chosen: None, place: Folders, classifier: Classifier, rasa: Rasa, candidate: str
) -> None:
    rasa.late = 2

    found = await put_into_service(place, classifier, candidate)

    assert isinstance(found, Models)
    assert (found.in_service, found.before, found.chosen) == (NEW_MODEL, OLD_MODEL, True)
    assert rasa.model == NEW_MODEL
    assert await look(place) == found


async def test_going_back_and_again_forth(
    chosen: None, place: Folders, classifier: Classifier, rasa: Rasa, candidate: str
) -> None:
    await put_into_service(place, classifier, candidate)

    back = await go_back(place, classifier)
    assert isinstance(back, Models)
    assert (rasa.model, back.in_service, back.before) == (OLD_MODEL, OLD_MODEL, NEW_MODEL)

    forth = await go_back(place, classifier)
    assert isinstance(forth, Models)
    assert (rasa.model, forth.in_service, forth.before) == (NEW_MODEL, NEW_MODEL, OLD_MODEL)


async def test_without_one_before_there_is_no_going_back(
    place: Folders, classifier: Classifier
) -> None:
    assert await go_back(place, classifier) == Trouble(Cause.MODEL_MISSING)


async def test_a_model_that_does_not_load_leaves_the_old_one_in_service(
    chosen: None, place: Folders, classifier: Classifier, rasa: Rasa
) -> None:
    (place.models / BROKEN_MODEL).touch()

    found = await put_into_service(place, classifier, BROKEN_MODEL)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.CLASSIFIER_REFUSED
    assert found.detail.startswith("HTTP 400 Agent with name")
    left = await look(place)
    assert isinstance(left, Models)
    assert (rasa.model, left.in_service) == (OLD_MODEL, OLD_MODEL)


async def test_a_classifier_that_is_away_changes_nothing(
    chosen: None, place: Folders, candidate: str
) -> None:
    away = Classifier(f"http://127.0.0.1:{unused_port()}", TOKEN)

    found = await put_into_service(place, away, candidate)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.CLASSIFIER_AWAY
    assert isinstance(await running(away), Trouble)
    left = await look(place)
    assert isinstance(left, Models)
    assert left.in_service == OLD_MODEL


async def test_a_model_that_is_never_served_is_not_chosen(
    chosen: None, place: Folders, classifier: Classifier, rasa: Rasa, candidate: str
) -> None:
    rasa.late = 1_000_000

    found = await put_into_service(place, classifier, candidate, patience=0.5)

    assert found == Trouble(Cause.CLASSIFIER_AWAY, "not loaded within 0 s")
    left = await look(place)
    assert isinstance(left, Models)
    assert left.in_service == OLD_MODEL


async def test_a_wrong_token_is_refused(
    place: Folders, classifier: Classifier, candidate: str
) -> None:
    stranger = Classifier(classifier.url, "wrong")

    for found in (await running(stranger), await put_into_service(place, stranger, candidate)):
        assert found == Trouble(Cause.CLASSIFIER_REFUSED, "HTTP 401 User is not authenticated.")


@pytest.mark.parametrize("name", ["helpline-00000000000f.tar.gz", "../models", ""])
async def test_a_model_that_is_not_there(place: Folders, classifier: Classifier, name: str) -> None:
    missing = Trouble(Cause.MODEL_MISSING, name)

    assert await put_into_service(place, classifier, name) == missing
    assert await discard(place, name) == missing


async def test_a_choice_that_cannot_be_kept_is_said(
    chosen: None, place: Folders, classifier: Classifier, rasa: Rasa, candidate: str
) -> None:
    (place.models / "in_service").unlink()
    (place.models / "in_service").mkdir()

    found = await put_into_service(place, classifier, candidate)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.NOT_KEPT
    assert rasa.model == NEW_MODEL


async def test_a_candidate_can_be_discarded(chosen: None, place: Folders, candidate: str) -> None:
    (place.models / BROKEN_MODEL).touch()

    found = await discard(place, BROKEN_MODEL)

    assert isinstance(found, Models)
    assert found.names == {OLD_MODEL, NEW_MODEL}


async def test_what_is_in_service_or_was_before_is_not_discarded(
    chosen: None, place: Folders, classifier: Classifier, candidate: str
) -> None:
    await put_into_service(place, classifier, candidate)

    for name in (OLD_MODEL, NEW_MODEL):
        assert await discard(place, name) == Trouble(Cause.IN_USE, name)
    assert (place.models / OLD_MODEL).exists()


async def test_an_answer_that_is_not_rasas_is_no_model() -> None:
    async def status(_: web.Request) -> web.Response:
        return web.Response(text="<html>")

    app = web.Application()
    app.router.add_get("/status", status)
    async with TestServer(app) as server:
        found = await running(Classifier(str(server.make_url("/"))))

    assert found == Trouble(Cause.CLASSIFIER_REFUSED, "the answer is not Rasa's")
