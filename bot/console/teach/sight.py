"""All that the page of trainings and models shows, found out at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from bot.console.teach.judged import Reason, Verdict, against, verdict
from bot.console.training import jobs, models, service
from bot.console.training.job_state import State
from bot.console.training.jobs import Job
from bot.console.training.learnt import Learnt, Since, read_learnt, since
from bot.console.training.models import Model, Models
from bot.console.training.phrases import Lesson, taught
from bot.console.training.trouble import Trouble

if TYPE_CHECKING:
    from bot.console.parts import Parts
    from bot.console.training.folders import Folders


class Sight(msgspec.Struct, frozen=True):
    """How trainings and models stand.

    Attributes:
        job: the last training; None if there was none.
        models: those that there are.
        running: the model that the running classifier answers with.
        learnt: what is known of models, by name.
        since: what was taught since the model in service was trained; None if nobody knows.
        taught: how many phrases were taught in all.
        can_train: whether the classifier's environment is here.
    """

    job: Job | None
    models: Models | Trouble
    running: str | Trouble
    learnt: dict[str, Learnt]
    since: Since | None
    taught: int
    can_train: bool

    @property
    def in_service(self) -> str | None:
        """The model that is chosen; None if there is none, or nobody knows."""
        return self.models.in_service if isinstance(self.models, Models) else None

    @property
    def known(self) -> Models | None:
        """The models; None if nobody knows."""
        return self.models if isinstance(self.models, Models) else None

    @property
    def trouble(self) -> Trouble | None:
        """Why nobody knows the models."""
        return self.models if isinstance(self.models, Trouble) else None

    @property
    def answering(self) -> str | None:
        """The model that the running classifier answers with; None if it does not answer."""
        return None if isinstance(self.running, Trouble) else self.running

    @property
    def candidate(self) -> Model | None:
        """The model that was trained last, as long as somebody has to decide on it."""
        job = self.job
        if job is None or job.state is not State.DONE or isinstance(self.models, Trouble):
            return None
        if job.candidate in (self.in_service, _before(self.models)):
            return None
        return model_of(self.models, job.candidate)

    @property
    def verdict(self) -> Verdict:
        """Of the last comparison."""
        return verdict(self.job.comparison if self.job else None)

    @property
    def against(self) -> tuple[Reason, ...]:
        """Why somebody should think twice before the candidate is put into service."""
        return against(self.job.comparison if self.job else None)


async def look(parts: Parts) -> Sight:
    """Finds it out; half a second, more while the classifier hangs."""
    folders = parts.teaching.folders
    async with asyncio.TaskGroup() as at_once:
        known = at_once.create_task(models.look(folders))
        running = at_once.create_task(service.running(classifier_of(parts)))
        job, learnt, lessons, can_train = await asyncio.to_thread(_read, folders)
    found = known.result()
    return Sight(
        job=job,
        models=found,
        running=running.result(),
        learnt=learnt,
        since=None
        if isinstance(found, Trouble)
        else since(model_of(found, found.in_service), learnt, lessons),
        taught=len(lessons),
        can_train=can_train,
    )


def classifier_of(parts: Parts) -> service.Classifier:
    """The running classifier."""
    return service.Classifier(parts.settings.classifier_url, parts.settings.nlu_token)


def model_of(found: Models | Trouble, name: str | None) -> Model | None:
    """A model by its name; None if it is not there."""
    if isinstance(found, Trouble):
        return None
    return next((model for model in found.models if model.name == name), None)


def _before(found: Models | Trouble) -> str | None:
    return found.before if isinstance(found, Models) else None


def _read(folders: Folders) -> tuple[Job | None, dict[str, Learnt], tuple[Lesson, ...], bool]:
    return (
        jobs.last(folders),
        read_learnt(folders.state),
        taught(folders).lessons,
        folders.classifier_python.exists(),
    )
