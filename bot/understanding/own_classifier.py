"""Runs a classifier of one's own for a while: for measuring, apart from the one in service."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import subprocess
import tempfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.client import Classifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.settings import Settings

_HOST = "127.0.0.1"
_START_SECONDS = 90.0
_LOOK_SECONDS = 0.1
_END_SECONDS = 15.0


class NoClassifierError(Exception):
    """No classifier could be started; the text says what to do."""


class Address(NamedTuple):
    """Where a classifier listens, and its token."""

    url: str
    token: str


def train_if_untrained(root: Path, settings: Settings) -> None:
    """Trains the classifier where none was ever trained; minutes, with its progress shown.

    Args:
        root: of the repository.
        settings: name the folders.

    Raises:
        NoClassifierError: it is not set up, or the training failed.
    """
    if not any(settings.nlu_models_dir.glob("*.tar.gz")):
        train(root, settings)


def train(root: Path, settings: Settings, *arguments: str) -> None:
    """Trains the classifier if its data or code changed, with its progress shown.

    Args:
        root: of the repository.
        settings: name the folders.
        arguments: for ``nlu/train.py``.

    Raises:
        NoClassifierError: it is not set up, or the training failed.
    """
    environment = {**os.environ, **settings.classifier_environment}
    words = (str(_python(root)), str(root / "nlu" / "train.py"), *arguments)
    done = subprocess.run(words, env=environment, check=False)
    if done.returncode:
        raise NoClassifierError("The classifier could not be trained: its words are above.")


def draw(root: Path, report: str, folder: Path) -> None:
    """Draws a report's pictures with the plotting library that comes with Rasa.

    Args:
        root: of the repository.
        report: the report as JSON.
        folder: where to put the pictures; made if it is not there.

    Raises:
        NoClassifierError: it is not set up, or could not draw.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(report)
        file.flush()
        words = (str(_python(root)), str(root / "nlu" / "plots.py"), file.name, str(folder))
        done = subprocess.run(words, check=False)
    if done.returncode:
        raise NoClassifierError("The pictures could not be drawn: the reason is above.")


def _python(root: Path) -> Path:
    """Rasa's own Python."""
    python = root / "nlu" / ".venv" / "bin" / "python"
    if not python.exists():
        raise NoClassifierError("The classifier is not set up: run `make model`.")
    return python


@asynccontextmanager
async def own_classifier(root: Path, model: Path | None = None) -> AsyncIterator[Address]:
    """Starts a trained model on a free port; it ends with the context.

    Args:
        root: of the repository.
        model: its file; without it the one that would be put into service now.

    Raises:
        NoClassifierError: it is not set up, not trained, or does not start.
    """
    python = _python(root)
    token = secrets.token_urlsafe(24)
    port = _free_port()
    environment = {"NLU_HOST": _HOST, "NLU_PORT": str(port), "NLU_TOKEN": token}
    if model is not None:
        environment["NLU_MODEL"] = str(model)
    process = await asyncio.create_subprocess_exec(
        python,
        root / "nlu" / "serve.py",
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
    )
    address = Address(f"http://{_HOST}:{port}", token)
    try:
        await _wait_until_up(process, address)
        yield address
    finally:
        await _end(process)


async def _wait_until_up(process: asyncio.subprocess.Process, address: Address) -> None:
    async with Classifier(address.url, address.token) as classifier:
        try:
            async with asyncio.timeout(_START_SECONDS):
                while not await classifier.is_up():
                    if process.returncode is not None:
                        raise NoClassifierError(
                            "The classifier did not start: its words are above."
                        )
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError:
            raise NoClassifierError(
                f"The classifier did not start within {_START_SECONDS:.0f} s."
            ) from None


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
