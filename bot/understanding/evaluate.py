"""Measures the classifier on labelled phrases, and what other thresholds would cost.

What counts is what a person would have got: answered rightly, answered wrongly, offered the right
question among the buttons, or turned away. The table of costs shows that for other thresholds, so
that they are chosen by data.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from bot.dialogue.events import Unread
from bot.settings import ROOT
from bot.understanding.client import Classifier
from bot.understanding.labelled import read
from bot.understanding.own_classifier import Address, NoClassifierError, own_classifier
from bot.understanding.scores import Measured, Report, report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.settings import Settings
    from bot.understanding.labelled import Labelled

_PATIENCE = 10.0
"""Seconds; a measurement is not to fail because the machine is busy."""

_READ_CHARACTERS = 600
"""As ``bot.understanding.reader`` gives the classifier."""


class EvaluationError(Exception):
    """Nothing could be measured; the text says why."""


async def evaluate(settings: Settings, phrases: Path) -> Report:
    """Measures on a file or a folder of labelled phrases (see ``bot.understanding.labelled``).

    The classifier asked is that of NLU_URL; without it, one started for the purpose.

    Raises:
        EvaluationError: no phrases, or no classifier.
    """
    try:
        rows, faults = read(phrases)
    except OSError as error:
        raise EvaluationError(f"{phrases}: {error.strerror}") from error
    if not rows:
        raise EvaluationError("\n".join([f"There is nothing to measure in {phrases}.", *faults]))
    try:
        if settings.nlu_url:
            measured = await _measure(Address(settings.nlu_url, settings.nlu_token), rows)
        else:
            async with own_classifier(ROOT) as address:
                measured = await _measure(address, rows)
    except NoClassifierError as error:
        raise EvaluationError(str(error)) from error
    return report(measured, settings.thresholds, faults)


async def _measure(address: Address, rows: Iterable[Labelled]) -> list[Measured]:
    """One after the other, so that the times are those of one parse."""
    measured = []
    async with Classifier(address.url, address.token, timeout=_PATIENCE) as classifier:
        for row in rows:
            started = perf_counter()
            reading = await classifier.read(row.text[:_READ_CHARACTERS])
            if isinstance(reading, Unread):
                raise EvaluationError(f"The classifier at {address.url} is {reading.value}.")
            measured.append(Measured(row, reading, (perf_counter() - started) * 1000))
    return measured
