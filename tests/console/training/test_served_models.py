"""The real classifier goes over to another model: two tiny ones, trained and served by ``nlu/``."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bot.console.training.folders import Folders
from bot.console.training.models import Models, choose, look
from bot.console.training.phrases import Lesson, teach
from bot.console.training.service import Classifier, go_back, put_into_service, running
from bot.console.training.trouble import Cause, Trouble
from bot.dialogue.events import Reading
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.understanding import client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(600)]

TOKEN = "only-for-this-test"
PHRASES = {
    "permit_cost": ("сколько стоит бумага", "почём бумага", "цена бумаги", "дорого ли бумага"),
    "find_centre": ("где ваш дом", "адрес дома", "как пройти в дом", "куда идти"),
    "trafficking": ("нас заперли", "держат под замком", "не выпускают", "отобрали телефон"),
}
QUESTION = "какая погода в горах"
LESSONS = [
    Lesson(text, "out_of_scope", Locale.RU)
    for text in ("какая завтра погода", "погода в горах какая", "будет ли дождь", "снег в горах")
]


class Tiny(NamedTuple):
    """Two models: one that never heard of the weather, and one that was taught it."""

    folders: Folders
    first: str
    second: str


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    folder = tmp_path_factory.mktemp("tiny")
    data = folder / "nlu_data"
    (data / "ru").mkdir(parents=True)
    (data / "places.yml").symlink_to(ROOT / "nlu_data" / "places.yml")
    known = {**PHRASES, "out_of_scope": ("привет как жизнь",)}
    blocks = "".join(
        f"- intent: {intent}\n  metadata:\n    language: ru\n  examples: |\n"
        + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in known.items()
    )
    (data / "ru" / "all.yml").write_text(f'version: "3.1"\nnlu:\n{blocks}', encoding="utf-8")
    folders = Folders(ROOT, data, folder / "models", folder / "state")
    first = train(folders)
    assert teach(folders, LESSONS).refused == ()
    return Tiny(folders, first, train(folders))


def train(folders: Folders) -> str:
    """Trains a candidate with the real trainer; its name."""
    before = {path.name for path in folders.models.glob("*.tar.gz")}
    subprocess.run(
        [folders.classifier_python, ROOT / "nlu" / "train.py", "--candidate"],
        env=folders.environment,
        check=True,
        capture_output=True,
    )
    [made] = {path.name for path in folders.models.glob("*.tar.gz")} - before
    return made


@asynccontextmanager
async def serving(folders: Folders, log: Path) -> AsyncIterator[Classifier]:
    """The real server, with the model that is in service."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**folders.environment, "NLU_PORT": str(port), "NLU_TOKEN": TOKEN}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            folders.classifier_python,
            ROOT / "nlu" / "serve.py",
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            classifier = Classifier(f"http://127.0.0.1:{port}", TOKEN)
            async with asyncio.timeout(120):
                while isinstance(await running(classifier), Trouble):
                    assert process.returncode is None
                    await asyncio.sleep(0.1)
            yield classifier
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def first_guess(classifier: Classifier) -> str:
    async with client.Classifier(classifier.url, classifier.token, timeout=30) as asked:
        reading = await asked.read(QUESTION)
    assert isinstance(reading, Reading)
    return reading.intents[0].name


async def test_a_model_put_into_service_answers_and_is_served_after_a_restart(
    tiny: Tiny, tmp_path: Path
) -> None:
    folders = tiny.folders
    assert isinstance(await choose(folders, tiny.first), Models)
    async with serving(folders, tmp_path / "nlu.log") as classifier:
        assert await running(classifier) == tiny.first
        assert await first_guess(classifier) != "out_of_scope"

        served = await put_into_service(folders, classifier, tiny.second)
        assert isinstance(served, Models), served
        assert (served.in_service, served.before) == (tiny.second, tiny.first)
        assert await first_guess(classifier) == "out_of_scope"

    async with serving(folders, tmp_path / "nlu.log") as classifier:
        assert await running(classifier) == tiny.second
        back = await go_back(folders, classifier)
        assert isinstance(back, Models)
        assert back.in_service == tiny.first
        assert await first_guess(classifier) != "out_of_scope"

    async with serving(folders, tmp_path / "nlu.log") as classifier:
        assert await running(classifier) == tiny.first


async def test_people_are_answered_while_another_model_is_loaded(
    tiny: Tiny, tmp_path: Path
) -> None:
    folders = tiny.folders
    assert isinstance(await choose(folders, tiny.first), Models)
    async with serving(folders, tmp_path / "nlu.log") as classifier:
        loading = asyncio.create_task(put_into_service(folders, classifier, tiny.second))
        meanwhile = []
        while not loading.done():
            meanwhile.append(await first_guess(classifier) == "out_of_scope")
        assert isinstance(await loading, Models)
        assert await first_guess(classifier) == "out_of_scope"

    assert meanwhile[0] is False  # the old model went on answering
    assert meanwhile == sorted(meanwhile)  # and once the new one answers, it always does


async def test_a_broken_model_is_refused_and_the_old_one_goes_on(
    tiny: Tiny, tmp_path: Path
) -> None:
    folders = tiny.folders
    assert isinstance(await choose(folders, tiny.first), Models)
    broken = folders.models / "helpline-000000000000.tar.gz"
    broken.write_bytes(os.urandom(2000))
    try:
        async with serving(folders, tmp_path / "nlu.log") as classifier:
            found = await put_into_service(folders, classifier, broken.name)

            assert isinstance(found, Trouble)
            assert found.cause is Cause.CLASSIFIER_REFUSED
            assert await running(classifier) == tiny.first
            assert await first_guess(classifier) != "out_of_scope"
    finally:
        broken.unlink()
    kept = await look(folders)
    assert isinstance(kept, Models)
    assert kept.in_service == tiny.first
