"""Measures the helpline's understanding on labelled messages, and what other thresholds would cost.

What counts is what a person would have got: answered rightly, answered wrongly, offered the right
question among the buttons, or turned away; and who was shown a danger card. Every message is read
and decided by the code that serves people: the danger lexicon, the classifier, the dialogue. The
table of costs shows the same for other thresholds, so that they are chosen by data.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from bot.dialogue.events import Reading, Unread
from bot.settings import ROOT
from bot.understanding.client import Classifier
from bot.understanding.danger_files import load_lexicon
from bot.understanding.labelled import read
from bot.understanding.own_classifier import Address, NoClassifierError, own_classifier
from bot.understanding.places import load_atlas
from bot.understanding.reached import reached
from bot.understanding.reader import CLASSIFIED, Reader
from bot.understanding.scores import Measured, Report, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bot.settings import Settings
    from bot.understanding.labelled import Labelled

_PATIENCE = 10.0
"""Seconds; a measurement is not to fail because the machine is busy."""


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
            address = Address(settings.nlu_url, settings.nlu_token)
            measured = await measure(address, rows, settings)
        else:
            async with own_classifier(ROOT) as address:
                measured = await measure(address, rows, settings)
    except NoClassifierError as error:
        raise EvaluationError(str(error)) from error
    except BrokenLibraryError as error:
        raise EvaluationError("\n".join(str(fault) for fault in error.faults)) from error
    return report(measured, settings.thresholds, faults)


async def measure(
    address: Address,
    rows: Iterable[Labelled],
    settings: Settings,
    done: Callable[[int], None] | None = None,
) -> list[Measured]:
    """What the helpline makes of each row with this classifier.

    One after the other, so that the times are those of one reading.

    Args:
        address: of the classifier.
        rows: labelled messages.
        settings: where the answers and the danger lexicon are, and the thresholds.
        done: told after each row how many are done.

    Raises:
        EvaluationError: the classifier is away.
        BrokenLibraryError: there are no answers to serve.
        DataFileError: the danger lexicon or the places cannot be read.
    """
    library = load_library(settings.answers_dir)
    lexicon = load_lexicon(settings.nlu_data_dir / "danger")
    atlas = load_atlas(settings.nlu_data_dir / "places.yml")
    measured = []
    async with Classifier(address.url, address.token, timeout=_PATIENCE) as classifier:
        reader = Reader(classifier, lexicon, atlas)
        for row in rows:
            started = perf_counter()
            event = await reader.read(row.text)
            milliseconds = (perf_counter() - started) * 1000
            reading: Reading | Unread = event.reading
            if reading == Reading(intents=()):  # a command or emoji: nobody needed the classifier
                reading = await classifier.read(row.text[:CLASSIFIED])
            if isinstance(reading, Unread):
                raise EvaluationError(f"The classifier at {address.url} is {reading.value}.")
            got = reached(event, library, settings.thresholds)
            measured.append(Measured(row, reading, got, milliseconds))
            if done:
                done(len(measured))
    return measured
