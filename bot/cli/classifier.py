"""Commands that train and measure the classifier."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.commands import app
from bot.cli.common import leave, settings_or_exit
from bot.settings import ROOT


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Also if nothing has changed.")] = False,
) -> None:
    """Train the classifier if its data or code changed; `make model` sets up what it needs.

    What it learns from is in NLU_DATA_DIR, what it has learnt goes to NLU_MODELS_DIR.
    """
    from bot.understanding import own_classifier

    settings = settings_or_exit()
    try:
        own_classifier.train(ROOT, settings, *(("--force",) if force else ()))
    except own_classifier.NoClassifierError as error:
        leave(str(error))


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

    settings = settings_or_exit()
    try:
        if not settings.nlu_url:
            own_classifier.train_if_untrained(ROOT, settings)
        found = asyncio.run(evaluation.evaluate(settings, phrases))
        print(as_text(found))  # noqa: T201
        if report is not None:
            report.write_text(found.as_json(), encoding="utf-8")
        if plots is not None:
            own_classifier.draw(ROOT, found.as_json(), plots)
    except (evaluation.EvaluationError, own_classifier.NoClassifierError) as error:
        leave(str(error))
    except OSError as error:
        leave(f"{error.filename}: {error.strerror}")
    raise typer.Exit(2 if found.faults else 0)
