"""Puts a model into service in the running classifier, and keeps the choice for its restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import aiohttp
import msgspec

from bot.console.training import models
from bot.console.training.trouble import Cause, Trouble

if TYPE_CHECKING:
    from bot.console.training.folders import Folders
    from bot.console.training.models import Models

_PATIENCE = 60.0
"""Seconds for loading a model: two to six, on a machine that does nothing else."""

_LOOK_SECONDS = 0.2
_STATUS_SECONDS = 5.0
_LONGEST_REASON = 300


class Classifier(NamedTuple):
    """The running classifier: Rasa's base address, and its token or nothing."""

    url: str
    token: str = ""


class _Status(msgspec.Struct, frozen=True):
    model_file: str | None = None


async def running(classifier: Classifier) -> str | Trouble:
    """The file name of the model that the running classifier answers with."""
    timeout = aiohttp.ClientTimeout(total=_STATUS_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(_url(classifier, "status"), params=_query(classifier)) as response,
        ):
            body = await response.read()
            if response.status != 200:
                return Trouble(Cause.CLASSIFIER_REFUSED, _reason(response.status, body))
            found = msgspec.json.decode(body, type=_Status).model_file
    except (aiohttp.ClientError, TimeoutError) as error:
        return Trouble(Cause.CLASSIFIER_AWAY, type(error).__name__)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Trouble(Cause.CLASSIFIER_REFUSED, "the answer is not Rasa's")
    return Path(found).name if found else Trouble(Cause.CLASSIFIER_REFUSED, "no model is loaded")


async def put_into_service(
    folders: Folders, classifier: Classifier, name: str, patience: float = _PATIENCE
) -> Models | Trouble:
    """The running classifier answers with this model from now on, and after its restarts.

    Args:
        folders: of this installation.
        classifier: the running one; it has to see the same folder of models.
        name: the model's file name.
        patience: seconds to wait until it is loaded; the old one answers meanwhile.

    Returns:
        What there is then. With any trouble but ``NOT_KEPT`` the old model stays in service.
    """
    known = await models.look(folders)
    if isinstance(known, Trouble):
        return known
    if name not in known.names:
        return Trouble(Cause.MODEL_MISSING, name)
    trouble = await _load(classifier, Path(known.folder) / name, patience)
    return trouble or await models.choose(folders, name)


async def go_back(
    folders: Folders, classifier: Classifier, patience: float = _PATIENCE
) -> Models | Trouble:
    """Puts the model into service that was before the one of now; the same again comes back."""
    known = await models.look(folders)
    if isinstance(known, Trouble):
        return known
    if known.before is None:
        return Trouble(Cause.MODEL_MISSING)
    return await put_into_service(folders, classifier, known.before, patience)


async def discard(folders: Folders, name: str) -> Models | Trouble:
    """Removes a candidate that nobody wants. What was taught stays taught.

    Returns:
        What there is then; ``IN_USE`` for the model in service and the one before it.
    """
    known = await models.look(folders)
    if isinstance(known, Trouble):
        return known
    if name not in known.names:
        return Trouble(Cause.MODEL_MISSING, name)
    if name in (known.in_service, known.before):
        return Trouble(Cause.IN_USE, name)
    try:
        (Path(known.folder) / name).unlink(missing_ok=True)
    except OSError as error:
        return Trouble(Cause.UNREADABLE, str(error))
    return await models.look(folders)


async def _load(classifier: Classifier, model: Path, patience: float) -> Trouble | None:
    """Rasa's ``PUT /model``, until its status names the model."""
    timeout = aiohttp.ClientTimeout(total=patience)
    try:
        async with (
            asyncio.timeout(patience),
            aiohttp.ClientSession(timeout=timeout) as session,
        ):
            async with session.put(
                _url(classifier, "model"),
                params=_query(classifier),
                json={"model_file": str(model)},
            ) as response:
                if response.status >= 300:
                    return Trouble(
                        Cause.CLASSIFIER_REFUSED, _reason(response.status, await response.read())
                    )
            while True:
                found = await running(classifier)
                if found == model.name:
                    return None
                if isinstance(found, Trouble):
                    return found
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        return Trouble(Cause.CLASSIFIER_AWAY, f"not loaded within {patience:.0f} s")
    except aiohttp.ClientError as error:
        return Trouble(Cause.CLASSIFIER_AWAY, type(error).__name__)


def _url(classifier: Classifier, path: str) -> str:
    return f"{classifier.url.rstrip('/')}/{path}"


def _query(classifier: Classifier) -> dict[str, str]:
    return {"token": classifier.token} if classifier.token else {}


class _Refusal(msgspec.Struct, frozen=True):
    message: str = ""


def _reason(status: int, body: bytes) -> str:
    """Rasa's own words, which name files and parameters, never a message's text."""
    try:
        said = msgspec.json.decode(body, type=_Refusal).message
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = ""
    return f"HTTP {status} {said}".strip()[:_LONGEST_REASON]
