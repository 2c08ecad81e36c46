"""Commands for those who keep the answers."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from bot.cli.commands import app
from bot.cli.common import leave, settings_or_exit, staff_faults
from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.answers.findings import Report
    from bot.understanding.phrases.look import Look

_MEASURED = ROOT / "tests" / "understanding"
"""Labelled messages that nobody may train on; an installation need not have them."""


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
    languages: Annotated[
        bool,
        typer.Option(
            "--languages",
            help="Also whether each training phrase looks like its language; takes a minute.",
        ),
    ] = False,
) -> None:
    """Check answers and training phrases: missing, outdated, overdue, unsourced, doubtful.

    Of the answers also words against the glossary, dead links, phones, hard sentences; of the
    phrases those of two intents, too few of one, foreign letters; and the staff file. Exit code 1
    if anything is broken; what is only unfinished is listed and passes. Exit code 2 if the report
    could not be made.
    """
    from bot import retention
    from bot.answers import report_text
    from bot.answers.check import Beside
    from bot.answers.check import check as check_answers
    from bot.catalogs import CatalogError
    from bot.clock import Clock
    from bot.understanding.phrases import report as phrase_report
    from bot.understanding.phrases.look import look

    written, file = _report_format(report)
    settings = settings_or_exit()
    try:
        beside = Beside(settings.nlu_data_dir / "samples", retention.variables(settings))
    except CatalogError as error:
        leave(str(error))
    found = check_answers(settings.answers_dir, Clock().today(), beside)
    sets = (path for name in ("dev", "wild") if (path := _MEASURED / name).is_dir())
    phrases = look(settings.nlu_data_dir, sets, languages=languages)
    content = _formatted(found, phrases, settings.nlu_data_dir, written)
    if file is None:
        print(content)  # noqa: T201
    else:
        try:
            file.write_text(content + "\n", encoding="utf-8")
        except OSError as error:
            leave(f"{file}: {error.strerror}")
        summary = f"{report_text.sums(found)}\n{phrase_report.sums(phrases)}"
        print(f"{summary}\n{file}")  # noqa: T201
    staff = staff_faults(settings)
    if staff:
        print(staff, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1 if found.errors or phrases.errors or staff else 0)


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


def _formatted(found: Report, phrases: Look, folder: Path, written: ReportFormat) -> str:
    from bot.answers.report_html import as_html
    from bot.answers.report_text import as_json, as_text
    from bot.understanding.phrases import report as phrase_report

    match written:
        case ReportFormat.TEXT:
            return f"{as_text(found)}\n\n{phrase_report.as_text(phrases, folder)}"
        case ReportFormat.JSON:
            beside = {"phrases": phrase_report.as_data(phrases, folder)}
            return msgspec.json.format(
                msgspec.json.encode(msgspec.json.decode(as_json(found)) | beside), indent=2
            ).decode()
        case ReportFormat.HTML:
            return as_html(found, phrase_report.as_html(phrases, folder))
