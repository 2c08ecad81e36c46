"""The one command line: ``helpline``."""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.settings import ROOT, Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.answers.findings import Report

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A multilingual Telegram helpline for migrants in Kazakhstan. `make run` is the way in; "
    "these are its parts. Settings come from the environment and .env (see .env.example).",
)


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


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

    settings = _settings()
    _library_or_exit(settings)
    faults = _staff_faults(settings)
    if faults:
        _exit(faults)
    if with_parent:
        leash.tie_to_parent()
    try:
        runner.prepare(settings, ROOT)
        print(banner.starting(settings))  # noqa: T201 - for the person at the terminal
        runner.run(settings)
    except runner.StartError as error:
        _exit(str(error))


@app.command()
def bot() -> None:
    """Run the bot process alone, with the roles of ROLES; store and classifier run elsewhere."""
    from bot import app as application
    from bot import logs

    settings = _settings()
    logs.configure(settings)
    _run(application.main(settings))


@app.command()
def console() -> None:
    """Run the counsellors' web console alone; store and classifier run elsewhere."""
    from bot import logs
    from bot.catalogs import CatalogError
    from bot.console import serve
    from bot.telegram.desk.staff_file import StaffFileError

    settings = _settings()
    logs.configure(settings)
    try:
        asyncio.run(serve.main(settings))
    except (CatalogError, StaffFileError) as error:
        _exit(str(error))
    except KeyboardInterrupt:
        pass


@app.command()
def console_link() -> None:
    """Print a new sign-in link to the console of a helpline that runs on the sandbox.

    With a real bot, write /console to it instead.
    """
    from bot.console import serve

    settings = _settings()
    if not settings.uses_sandbox:
        _exit("This works on the sandbox only. Write /console to the bot: it sends you a link.")
    print(asyncio.run(serve.new_sandbox_link(settings)))  # noqa: T201


@app.command()
def store() -> None:
    """Run the embedded store (Valkey) alone."""
    from bot.processes import store as embedded

    embedded.run(_settings().store_socket)


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
        _exit("The sandbox is not part of this installation: it is for development only.")
    from bot.sandbox.config import SandboxConfig
    from bot.sandbox.errors import PortTakenError

    settings = _settings()
    logs.configure(settings)
    config = SandboxConfig(clock_file=settings.clock_file, parts_socket=parts)
    try:
        asyncio.run(server.serve(settings.sandbox_host, settings.sandbox_port, config))
    except PortTakenError as error:
        _exit(str(error))
    except KeyboardInterrupt:
        pass


@app.command()
def check(
    report: Annotated[
        str,
        typer.Option(
            help="A file to write it to, ending in .txt, .json or .html; or text, json or html "
            "to print it."
        ),
    ] = ReportFormat.TEXT.value,
) -> None:
    """Check the answers: missing, draft, outdated, overdue, too long, hard to read, unsourced.

    Also words against the glossary, dead links, phones, and the staff file. Exit code 1 if anything
    is broken; what is only unfinished is listed and passes. Exit code 2 if the report could not be
    made.
    """
    from bot import retention
    from bot.answers.check import Beside
    from bot.answers.check import check as check_answers
    from bot.answers.report_text import sums
    from bot.clock import Clock

    written, file = _report_format(report)
    settings = _settings()
    beside = Beside(settings.nlu_data_dir / "samples", retention.variables(settings))
    found = check_answers(settings.answers_dir, Clock().today(), beside)
    content = _formatted(found, written)
    if file is None:
        print(content)  # noqa: T201
    else:
        try:
            file.write_text(content + "\n", encoding="utf-8")
        except OSError as error:
            _exit(f"{file}: {error.strerror}")
        print(f"{sums(found)}\n{file}")  # noqa: T201
    staff = _staff_faults(settings)
    if staff:
        print(staff, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1 if found.errors or staff else 0)


@app.command()
def stamp(
    intent: Annotated[str | None, typer.Argument(help="One intent; all if left out.")] = None,
    locale: Annotated[str | None, typer.Option(help="One language; all if left out.")] = None,
) -> None:
    """Record that translations match the present Russian text.

    Run it after you have read the translation against the Russian, never before: it is what tells
    the next reader that the translation is up to date.
    """
    from bot.answers.faults import BrokenLibraryError
    from bot.answers.stamp import NothingToStampError
    from bot.answers.stamp import stamp as stamp_answers

    try:
        changed = stamp_answers(_settings().answers_dir, intent, locale)
    except (NothingToStampError, BrokenLibraryError) as error:
        _exit(str(error))
    for path in changed:
        print(path)  # noqa: T201


@app.command()
def evaluate(
    phrases: Annotated[Path, typer.Argument(help="A .jsonl file or a folder of them.")],
    report: Annotated[Path | None, typer.Option(help="Write all figures to this file.")] = None,
    plots: Annotated[Path | None, typer.Option(help="Draw pictures into this folder.")] = None,
) -> None:
    """Measure understanding on labelled messages, and what other thresholds would cost.

    Exit code 2 if any row could not be used; such rows are named by line.
    """
    from bot.understanding import evaluate as evaluation
    from bot.understanding import own_classifier
    from bot.understanding.score_tables import as_text

    settings = _settings()
    try:
        if not settings.nlu_url:
            own_classifier.train_if_untrained(ROOT)
        found = asyncio.run(evaluation.evaluate(settings, phrases))
        print(as_text(found))  # noqa: T201
        if report is not None:
            report.write_text(found.as_json(), encoding="utf-8")
        if plots is not None:
            own_classifier.draw(ROOT, found.as_json(), plots)
    except (evaluation.EvaluationError, own_classifier.NoClassifierError) as error:
        _exit(str(error))
    except OSError as error:
        _exit(f"{error.filename}: {error.strerror}")
    raise typer.Exit(2 if found.faults else 0)


@app.command()
def forget(chat_id: Annotated[int, typer.Argument(help="The chat whose data to erase.")]) -> None:
    """Erase at once everything kept about a person, their cases too, as /forget does.

    A block by the staff lasts until it ends or they take it back. The staff are not told.
    """
    from bot import app as application

    _run(application.forget(_settings(), chat_id))
    print(f"Erased what was kept about chat {chat_id}.")  # noqa: T201


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

    settings = _settings()
    _library_or_exit(settings)
    centres = load_library(settings.answers_dir).centres
    rows = wrong_numbers.rows(asyncio.run(application.reports(settings)), centres)
    print(wrong_numbers.as_json(rows) if as_json else wrong_numbers.as_text(rows))  # noqa: T201


def main() -> None:
    """The entry point."""
    app()


def _run(work: Coroutine[object, object, None]) -> None:
    from bot.app import CannotServeError

    try:
        asyncio.run(work)
    except CannotServeError as error:
        _exit(str(error))
    except KeyboardInterrupt:
        pass


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        _exit("\n".join(f".env or environment: {fault}" for fault in error.faults))


def _report_format(report: str) -> tuple[ReportFormat, Path | None]:
    """The format, and the file to write to; None prints it."""
    if report in set(ReportFormat):
        return ReportFormat(report), None
    endings = {".txt": ReportFormat.TEXT, ".json": ReportFormat.JSON, ".html": ReportFormat.HTML}
    file = Path(report)
    if file.suffix.lower() not in endings:
        _exit(f"--report {report}: a file must end in {', '.join(endings)}.")
    return endings[file.suffix.lower()], file


def _formatted(found: Report, written: ReportFormat) -> str:
    from bot.answers.report_html import as_html
    from bot.answers.report_text import as_json, as_text

    match written:
        case ReportFormat.TEXT:
            return as_text(found)
        case ReportFormat.JSON:
            return as_json(found)
        case ReportFormat.HTML:
            return as_html(found)


def _staff_faults(settings: Settings) -> str:
    """What is wrong with the staff file, one line each; empty if nothing is."""
    from bot.telegram.desk.staff_file import StaffFileError, load_groups

    named = settings.staff_file is not None
    try:
        load_groups(settings.staff_path, sandbox=settings.uses_sandbox, required=named)
    except StaffFileError as error:
        return str(error)
    return ""


def _library_or_exit(settings: Settings) -> None:
    from bot import retention
    from bot.answers.faults import BrokenLibraryError
    from bot.answers.load import load_library

    try:
        load_library(settings.answers_dir, retention.variables(settings))
    except BrokenLibraryError as error:
        _exit("\n".join(str(fault) for fault in error.faults))


def _exit(sentence: str) -> NoReturn:
    from bot.processes.runner import FINAL_EXIT_CODE

    print(sentence, file=sys.stderr)  # noqa: T201
    raise typer.Exit(FINAL_EXIT_CODE)


if __name__ == "__main__":
    main()
