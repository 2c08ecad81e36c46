"""Commands for those who keep the answers."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.commands import app
from bot.cli.common import leave, settings_or_exit, staff_faults

if TYPE_CHECKING:
    from bot.answers.findings import Report


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


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
    settings = settings_or_exit()
    beside = Beside(settings.nlu_data_dir / "samples", retention.variables(settings))
    found = check_answers(settings.answers_dir, Clock().today(), beside)
    content = _formatted(found, written)
    if file is None:
        print(content)  # noqa: T201
    else:
        try:
            file.write_text(content + "\n", encoding="utf-8")
        except OSError as error:
            leave(f"{file}: {error.strerror}")
        print(f"{sums(found)}\n{file}")  # noqa: T201
    staff = staff_faults(settings)
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
        changed = stamp_answers(settings_or_exit().answers_dir, intent, locale)
    except (NothingToStampError, BrokenLibraryError) as error:
        leave(str(error))
    for path in changed:
        print(path)  # noqa: T201


def _report_format(report: str) -> tuple[ReportFormat, Path | None]:
    """The format, and the file to write to; None prints it."""
    if report in set(ReportFormat):
        return ReportFormat(report), None
    endings = {".txt": ReportFormat.TEXT, ".json": ReportFormat.JSON, ".html": ReportFormat.HTML}
    file = Path(report)
    if file.suffix.lower() not in endings:
        leave(f"--report {report}: a file must end in {', '.join(endings)}.")
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
