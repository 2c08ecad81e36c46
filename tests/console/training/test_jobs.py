"""A training in the background, with real processes and a trainer that needs no minutes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.console.training import jobs, models
from bot.console.training.folders import Folders
from bot.console.training.job_state import State, is_running, read_record
from bot.console.training.jobs import Job
from bot.console.training.learnt import Learnt, mark, read_learnt
from bot.console.training.models import Models
from bot.console.training.phrases import Lesson, teach
from bot.console.training.progress import Stage
from bot.console.training.trouble import Cause, Trouble
from bot.language.tags import Locale
from tests.console.training.conftest import OLD_MODEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.settings import Settings

WAITS = "import pathlib\ngate = pathlib.Path({gate!r})\nwhile not gate.exists(): time.sleep(0.02)\n"
"""The trainer goes on when the gate is there."""

LESSON = Lesson("почём нынче разрешение", "permit_cost", Locale.RU)


@pytest.fixture
async def place(place: Folders) -> AsyncIterator[Folders]:
    """Nothing of a test outlives it."""
    yield place
    await jobs.cancel(place)


@pytest.fixture
def development(place: Folders, tmp_path: Path) -> Folders:
    """With a development set of two messages."""
    folder = tmp_path / "dev"
    folder.mkdir()
    rows = (
        {"text": "цена разрешения какая", "intent": "permit_cost", "language": "ru"},
        {"text": "нужен мне иин", "intent": "iin_taxes", "language": "ru"},
    )
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "ru.jsonl").write_text(lines, encoding="utf-8")
    return Folders(place.root, place.phrases, place.models, place.state, (folder,), folder)


async def until(place: Folders, wanted: Callable[[Job], bool]) -> Job:
    async with asyncio.timeout(60):
        while True:
            job = jobs.last(place)
            if job and wanted(job):
                return job
            await asyncio.sleep(0.02)


async def ended(place: Folders) -> Job:
    return await until(place, lambda job: job.state is not State.RUNNING)


async def started(place: Folders, settings: Settings) -> Job:
    job = await jobs.start(place, settings)
    assert isinstance(job, Job), job
    return job


async def test_it_trains_and_compares_and_the_old_model_stays_in_service(
    development: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    teach(development, [LESSON])

    begun = await started(development, settings)
    assert (begun.state, begun.stage, begun.old) == (State.RUNNING, Stage.PREPARING, OLD_MODEL)
    done = await ended(development)

    assert (done.id, done.state, done.percent, done.trouble) == (begun.id, State.DONE, 100, None)
    known = await models.look(development)
    assert isinstance(known, Models)
    assert (known.in_service, known.chosen, known.present) == (OLD_MODEL, True, done.candidate)
    assert done.comparison is not None
    assert (done.comparison.old, done.comparison.new) == (OLD_MODEL, done.candidate)
    assert done.comparison.whole.old is not None
    assert (done.comparison.whole.old.first, done.comparison.whole.new.first) == (1, 1)
    assert (done.comparison.whole.better, done.comparison.whole.worse) == (1, 1)


async def test_what_its_model_has_learnt_is_kept(
    development: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    teach(development, [LESSON])
    await started(development, settings)
    done = await ended(development)

    assert done.comparison is not None
    assert read_learnt(development.state) == {
        done.candidate: Learnt(str(done.candidate), 3, (mark(LESSON),), done.comparison.whole.new)
    }


async def test_a_model_that_learnt_nothing_taught_is_known_as_such(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    untaught = []
    for lessons in ((), (LESSON,)):
        teach(place, lessons)
        await started(place, settings)
        done = await ended(place)
        known = await models.look(place)
        assert isinstance(known, Models)
        untaught.append({m.name: m.untaught for m in known.models}[str(done.candidate)])
    assert untaught == [True, False]
    assert {m.name: m.untaught for m in known.models}[OLD_MODEL] is False  # nobody knows


async def test_a_second_one_waits_for_the_first(
    place: Folders, settings: Settings, trainer: Callable[..., None], tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    trainer(WAITS.format(gate=str(gate)))
    await started(place, settings)

    assert await jobs.start(place, settings) == Trouble(Cause.BUSY)

    gate.touch()
    assert (await ended(place)).state is State.DONE


async def test_its_progress_can_be_seen(
    place: Folders, settings: Settings, trainer: Callable[..., None], tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    trainer(
        'print("  sentence vectors: 1 of 2 new ones", flush=True)\n' + WAITS.format(gate=str(gate))
    )
    await started(place, settings)

    seen = await until(place, lambda job: job.stage is Stage.SENTENCES)

    assert seen.line == "sentence vectors: 1 of 2 new ones"
    assert 0 < seen.percent < 100
    assert seen.seconds >= 0
    gate.touch()
    await ended(place)


async def test_without_a_development_set_it_is_done_and_says_so(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    await started(place, settings)
    done = await ended(place)

    assert (done.state, done.comparison) == (State.DONE, None)
    assert done.trouble == Trouble(Cause.NO_DEVELOPMENT_SET)
    assert done.candidate is not None


async def test_a_classifier_that_does_not_start_is_no_comparison_but_a_candidate(
    development: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    (development.root / "nlu" / "serve.py").write_text("raise SystemExit(1)", encoding="utf-8")
    await started(development, settings)
    done = await ended(development)

    assert (done.state, done.comparison) == (State.DONE, None)
    assert done.trouble is not None
    assert done.trouble.cause is Cause.NOT_COMPARED
    assert done.candidate is not None


async def test_a_failure_has_the_trainers_sentence(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    sentence = "The classifier cannot be trained: nlu_data/ru/taught.yml:3: not YAML"
    trainer(f"print({sentence!r}, file=sys.stderr)\nraise SystemExit(1)")
    await started(place, settings)
    failed = await ended(place)

    assert (failed.state, failed.candidate) == (State.FAILED, None)
    assert failed.trouble == Trouble(Cause.TRAINING_FAILED, sentence)


async def test_it_can_be_cancelled_and_started_again(
    place: Folders, settings: Settings, trainer: Callable[..., None], tmp_path: Path
) -> None:
    trainer(WAITS.format(gate=str(tmp_path / "gate")))
    first = await started(place, settings)

    cancelled = await jobs.cancel(place)

    assert cancelled is not None
    assert (cancelled.id, cancelled.state) == (first.id, State.CANCELLED)
    assert not is_running(place.state)
    known = await models.look(place)
    assert isinstance(known, Models)
    assert known.names == {OLD_MODEL}
    trainer()
    assert (await started(place, settings)).id != first.id
    assert (await ended(place)).state is State.DONE


async def test_a_trainer_that_does_not_listen_is_killed(
    place: Folders,
    settings: Settings,
    trainer: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "_END_SECONDS", 0.5)
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    said = 'print("  n-grams: 1 of words", flush=True)\n'
    trainer(deaf + said + WAITS.format(gate=str(tmp_path / "gate")))
    await started(place, settings)
    await until(place, lambda job: job.stage is Stage.WORDS)

    cancelled = await jobs.cancel(place)

    assert cancelled is not None
    assert cancelled.state is State.CANCELLED
    assert not is_running(place.state)


async def test_cancelling_what_is_over_changes_nothing(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    assert await jobs.cancel(place) is None
    await started(place, settings)
    done = await ended(place)

    assert await jobs.cancel(place) == done


async def test_one_that_was_killed_from_outside_is_lost_and_another_can_begin(
    place: Folders, settings: Settings, trainer: Callable[..., None], tmp_path: Path
) -> None:
    trainer(WAITS.format(gate=str(tmp_path / "gate")))
    await started(place, settings)
    record = read_record(place.state)
    assert record is not None
    os.killpg(record.process, signal.SIGKILL)

    lost = await ended(place)

    assert (lost.state, lost.trouble) == (State.FAILED, Trouble(Cause.LOST))
    trainer()
    await started(place, settings)
    assert (await ended(place)).state is State.DONE


async def test_it_goes_on_when_the_console_is_restarted(
    place: Folders, settings: Settings, trainer: Callable[..., None], tmp_path: Path
) -> None:
    """Started by a process that ends at once, in a group that is killed; watched by this one."""
    gate = tmp_path / "gate"
    trainer(WAITS.format(gate=str(gate)))
    code = (
        "import asyncio, pathlib, sys\n"
        "from bot.console.training import jobs\n"
        "from bot.console.training.folders import Folders\n"
        "from bot.settings import Settings\n"
        "root, phrases, models, state = map(pathlib.Path, sys.argv[1:])\n"
        "settings = Settings(_env_file=None, nlu_data_dir=phrases)\n"
        "print(asyncio.run(jobs.start(Folders(root, phrases, models, state), settings)).id)\n"
    )
    words = [str(path) for path in (place.root, place.phrases, place.models, place.state)]
    console = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, *words), stdout=subprocess.PIPE, start_new_session=True
    )
    said, _ = await console.communicate()
    with pytest.raises(ProcessLookupError):
        os.killpg(console.pid, signal.SIGKILL)

    running = jobs.last(place)
    assert running is not None
    assert (running.id, running.state) == (said.decode().strip(), State.RUNNING)

    gate.touch()
    assert (await ended(place)).state is State.DONE


async def test_without_the_classifiers_environment_nothing_is_started(
    place: Folders, settings: Settings
) -> None:
    place.classifier_python.unlink()

    assert await jobs.start(place, settings) == Trouble(Cause.NO_ENVIRONMENT)
    assert jobs.last(place) is None


async def test_with_nothing_new_nothing_is_started(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    await started(place, settings)
    done = await ended(place)
    assert done.candidate is not None
    await models.choose(place, done.candidate)

    assert await jobs.start(place, settings) == Trouble(Cause.NOTHING_NEW)


async def test_a_record_that_cannot_be_read_is_none(place: Folders) -> None:
    place.state.mkdir()
    (place.state / "job.json").write_text("{", encoding="utf-8")

    assert jobs.last(place) is None


async def test_a_job_is_data_for_a_page(
    place: Folders, settings: Settings, trainer: Callable[..., None]
) -> None:
    await started(place, settings)
    done = await ended(place)

    assert msgspec.json.decode(msgspec.json.encode(done), type=Job) == done
