"""Commands for the operator of a helpline that runs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.commands import app
from bot.cli.common import ask_store, leave, library_or_exit, settings_or_exit


@app.command()
def console_link() -> None:
    """Print a new sign-in link to the console of a helpline that runs on the sandbox.

    With a real bot, write /console to it instead.
    """
    from bot.console import serve

    settings = settings_or_exit()
    if not settings.uses_sandbox:
        leave("This works on the sandbox only. Write /console to the bot: it sends you a link.")
    print(asyncio.run(serve.new_sandbox_link(settings)))  # noqa: T201


@app.command()
def forget(chat_id: Annotated[int, typer.Argument(help="The chat whose data to erase.")]) -> None:
    """Erase at once everything kept about a person, their cases too, as /forget does.

    A block by the staff lasts until it ends or they take it back. The staff of the person's cases
    are told that they were erased.
    """
    from bot import app as application

    ask_store(application.forget(settings_or_exit(), chat_id))
    print(f"Erased what was kept about chat {chat_id}.")  # noqa: T201


@app.command()
def edition(
    drop: Annotated[
        bool, typer.Option("--drop", help="Let every bot serve its own folder again.")
    ] = False,
) -> None:
    """Say which answers the console has published to all bots, and since when.

    With --drop they go back to the answers folder of their own machine within seconds. Stop the
    console first: a running one publishes its folder again at once.
    """
    from bot import library
    from bot.clock import KAZAKHSTAN_TIME

    settings = settings_or_exit()
    found = ask_store(library.published(settings))
    if found is None:
        print("Nothing is published: each bot serves its own answers folder.")  # noqa: T201
        return
    at = (
        datetime.fromtimestamp(found.at, UTC).astimezone(KAZAKHSTAN_TIME).strftime("%Y-%m-%d %H:%M")
    )
    print(f"Published on {at}: version {found.version}.")  # noqa: T201
    if drop and ask_store(library.drop(settings)):
        print("Dropped: each bot goes back to its own answers folder.")  # noqa: T201


@app.command()
def reports(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """List the numbers that people say are wrong: centre, phones, how often, last on which day.

    A chat counts once a day for each centre; what is older than 400 days is gone. Call the number,
    correct answers/centres.yml, and set `source_date`.
    """
    from bot import app as application
    from bot import wrong_numbers
    from bot.answers.load import load_library

    settings = settings_or_exit()
    library_or_exit(settings)
    centres = load_library(settings.answers_dir).centres
    rows = wrong_numbers.rows(ask_store(application.reports(settings)), centres)
    print(wrong_numbers.as_json(rows) if as_json else wrong_numbers.as_text(rows))  # noqa: T201
