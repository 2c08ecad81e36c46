"""The trained models there are, and the choice of one: asks ``nlu/in_service.py``.

The rule of which model is served lives there, beside those who serve and train.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.trouble import Cause, Trouble

if TYPE_CHECKING:
    from bot.console.training.folders import Folders


class Model(msgspec.Struct, frozen=True):
    """A trained model.

    Attributes:
        name: of its file.
        trained_at: seconds since the epoch.
        bytes: its size.
        untaught: whether it is known to be trained without a phrase that was taught in the console.
    """

    name: str
    trained_at: float
    bytes: int
    untaught: bool = False


class Models(msgspec.Struct, frozen=True):
    """The models of this machine.

    Attributes:
        folder: where they are.
        models: the newest first.
        in_service: the one that a classifier loads when it starts.
        before: the one in service before it, to go back to.
        chosen: whether somebody chose the one in service, with the data and code of now.
        present: the name that the model of the present phrases and code has, trained or not.
    """

    folder: str
    models: tuple[Model, ...]
    in_service: str | None
    before: str | None
    chosen: bool
    present: str

    @property
    def names(self) -> frozenset[str]:
        """The names of all."""
        return frozenset(model.name for model in self.models)

    @property
    def up_to_date(self) -> bool:
        """Whether the one in service has learnt all phrases of now."""
        return self.in_service == self.present


async def look(folders: Folders) -> Models | Trouble:
    """What there is now; takes some hundredths of a second."""
    return await _ask(folders, Cause.UNREADABLE, "status")


async def choose(folders: Folders, name: str) -> Models | Trouble:
    """Writes down that a model is in service from now on; what is running does not change."""
    return await _ask(folders, Cause.NOT_KEPT, "choose", name)


async def pin(folders: Folders) -> Models | Trouble:
    """Keeps the model in service in service, whatever is trained, unless one was chosen."""
    return await _ask(folders, Cause.NOT_KEPT, "pin")


async def _ask(folders: Folders, cause: Cause, *words: str) -> Models | Trouble:
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(folders.root / "nlu" / "in_service.py"),
            *words,
            env=folders.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return Trouble(cause, str(error))
    said, complained = await process.communicate()
    if process.returncode:
        lines = complained.decode(errors="replace").strip().splitlines()
        return Trouble(cause, lines[-1] if lines else "")
    try:
        return msgspec.json.decode(said, type=Models)
    except msgspec.DecodeError as error:
        return Trouble(cause, str(error))
