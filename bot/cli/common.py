"""What the commands share: settings, the store, and ending with one sentence."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from bot.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import Coroutine

STORE_SECONDS = 15.0
"""So long a command waits for the store."""

_Answer = TypeVar("_Answer")


def leave(sentence: str) -> NoReturn:
    """Ends the command with a sentence that says why, and the exit code of what is not retried."""
    from bot.processes.runner import FINAL_EXIT_CODE

    print(sentence, file=sys.stderr)  # noqa: T201
    raise typer.Exit(FINAL_EXIT_CODE)


def settings_or_exit() -> Settings:
    """The settings; ends with one line for each that cannot work."""
    try:
        return load_settings()
    except SettingsError as error:
        leave("\n".join(f".env or environment: {fault}" for fault in error.faults))


def run_process(work: Coroutine[object, object, None]) -> None:
    """Runs until the work is done or Ctrl-C; ends with a sentence if it cannot serve."""
    from bot.app import CannotServeError

    try:
        asyncio.run(work)
    except CannotServeError as error:
        leave(str(error))
    except KeyboardInterrupt:
        pass


def ask_store(question: Coroutine[object, object, _Answer]) -> _Answer:
    """What the store answers; ends with a sentence while it is away."""
    from redis.exceptions import RedisError

    try:
        return asyncio.run(asyncio.wait_for(question, STORE_SECONDS))
    except (RedisError, TimeoutError) as error:
        leave(
            f"The store does not answer ({type(error).__name__}): is the helpline running, and are "
            "REDIS_URL and DATA_DIR those that it runs with?"
        )


def library_or_exit(settings: Settings) -> None:
    """Ends with the faults of an answers folder that cannot be served."""
    from bot import retention
    from bot.answers.faults import BrokenLibraryError
    from bot.answers.load import load_library
    from bot.catalogs import CatalogError

    try:
        load_library(settings.answers_dir, retention.variables(settings))
    except BrokenLibraryError as error:
        leave("\n".join(str(fault) for fault in error.faults))
    except CatalogError as error:
        leave(str(error))


def staff_faults(settings: Settings) -> str:
    """What is wrong with the staff file, one line each; empty if nothing is."""
    from bot.telegram.desk.upkeep.staff_file import StaffFileError, load_groups

    named = settings.staff_file is not None
    try:
        load_groups(settings.staff_path, sandbox=settings.uses_sandbox, required=named)
    except StaffFileError as error:
        return str(error)
    return ""
