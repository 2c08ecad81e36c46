"""Commands that run the helpline, or one of its processes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.commands import app
from bot.cli.common import leave, library_or_exit, run_process, settings_or_exit, staff_faults
from bot.settings import ROOT


@app.command()
def run(
    with_parent: Annotated[
        bool, typer.Option(help="End when the process that started this one ends.")
    ] = False,
) -> None:
    """Start everything: store, classifier, bot, and without a token the sandbox.

    Every process is restarted when it dies; Ctrl-C stops all, in order.
    """
    from bot.processes import banner, leash, runner

    settings = settings_or_exit()
    library_or_exit(settings)
    faults = staff_faults(settings)
    if faults:
        leave(faults)
    if with_parent:
        leash.tie_to_parent()
    try:
        runner.prepare(settings, ROOT)
        print(banner.starting(settings))  # noqa: T201 - for the person at the terminal
        runner.run(settings)
    except runner.StartError as error:
        leave(str(error))


@app.command()
def bot() -> None:
    """Run the bot process alone, with the roles of ROLES; store and classifier run elsewhere."""
    from bot import app as application
    from bot import logs

    settings = settings_or_exit()
    logs.configure(settings)
    run_process(application.main(settings))


@app.command()
def console() -> None:
    """Run the counsellors' web console alone; store and classifier run elsewhere."""
    from bot import logs
    from bot.catalogs import CatalogError
    from bot.console import serve
    from bot.telegram.desk.upkeep.staff_file import StaffFileError

    settings = settings_or_exit()
    logs.configure(settings)
    try:
        asyncio.run(serve.main(settings))
    except (CatalogError, StaffFileError) as error:
        leave(str(error))
    except KeyboardInterrupt:
        pass


@app.command()
def store() -> None:
    """Run the embedded store (Valkey) alone."""
    from bot.processes import store as embedded

    embedded.run(settings_or_exit().store_socket)


@app.command()
def sandbox(
    parts: Annotated[
        Path | None,
        typer.Option(help="The socket of the supervisord whose processes it may stop and start."),
    ] = None,
) -> None:
    """Run the sandbox alone: a local stand-in for Telegram, for development only."""
    from bot import logs

    try:
        from bot.sandbox import server
    except ModuleNotFoundError:
        leave("The sandbox is not part of this installation: it is for development only.")
    from bot.sandbox.config import SandboxConfig
    from bot.sandbox.errors import PortTakenError

    settings = settings_or_exit()
    logs.configure(settings)
    config = SandboxConfig(clock_file=settings.clock_file, parts_socket=parts)
    try:
        asyncio.run(server.serve(settings.sandbox_host, settings.sandbox_port, config))
    except PortTakenError as error:
        leave(str(error))
    except KeyboardInterrupt:
        pass
