"""What each part of the classifier is worth, and whether more phrases would help.

    python tools/experiments.py [--plots FOLDER] [--reuse]

Leaves out one part after the other, and trains on fewer phrases; every variant reads the messages
of both development sets, and ``helpline evaluate``'s own code scores what people would have got.
Prints Markdown tables and the worst errors. A quarter of an hour on one core; needs the trained
model. ``tools/experiment_readings.py`` does the reading, in Rasa's environment; what it found stays
in var/experiments, and ``--reuse`` scores that again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.answers.load import load_library  # noqa: E402
from bot.dialogue.events import Reading  # noqa: E402
from bot.settings import load_settings  # noqa: E402
from bot.understanding.danger_files import load_lexicon  # noqa: E402
from bot.understanding.intervals import wilson  # noqa: E402
from bot.understanding.labelled import read  # noqa: E402
from bot.understanding.places import load_atlas  # noqa: E402
from bot.understanding.reached import Outcome, reached  # noqa: E402
from bot.understanding.reader import CLASSIFIED, Reader  # noqa: E402
from bot.understanding.scores import Measured, report  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.dialogue.thresholds import Thresholds
    from bot.settings import Settings
    from bot.understanding.client import Classifier
    from bot.understanding.labelled import Labelled
    from bot.understanding.scores import Report

PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
READINGS_TOOL = ROOT / "tools" / "experiment_readings.py"
CURVE_TOOL = ROOT / "tools" / "learning_curve.py"
KEPT = ROOT / "var" / "experiments"
SETS = ("dev", "wild")
SERVED = "served"
CURVE = ("1/8", "1/4", "1/2", SERVED)
"""As ``experiment_readings.PARTS``; the classifier as served learnt all phrases."""

_OUTCOMES = (
    "answered_right",
    "answered_wrong",
    "offered_right",
    "offered_wrong",
    "fallback",
    "out_of_scope_answered",
)

WORST = 60
"""Errors listed of a kind."""

Scored = dict[str, dict[str, list[Measured]]]
"""By variant and set."""


class Known:
    """Stands in for the classifier: what it would say is known already."""

    def __init__(self, readings: dict[str, Reading]) -> None:
        self._readings = readings

    async def read(self, text: str) -> Reading:
        """What was read before."""
        return self._readings[text]


class Alarms(NamedTuple):
    """What the classifier's urgency alone, without the lexicon, raises: shares of messages."""

    urgent: float
    look_alike: float
    ordinary: float


def main() -> None:
    """Reads, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plots", type=Path, help="Draw the learning curve into this folder.")
    parser.add_argument("--reuse", action="store_true", help="Score what was read the last time.")
    given = parser.parse_args()
    settings = load_settings()
    rows = {name: read(ROOT / "tests" / "understanding" / name).rows for name in SETS}
    texts = [row.text[:CLASSIFIED] for name in SETS for row in rows[name]]
    if not given.reuse:
        read_variants(texts)
    readings = msgspec.json.decode(
        (KEPT / "readings.json").read_bytes(), type=dict[str, tuple[Reading, ...]]
    )
    scored = asyncio.run(score(rows, texts, readings, settings))
    thresholds = settings.thresholds
    reports = {
        variant: {name: report(measured, thresholds, ()) for name, measured in sets.items()}
        for variant, sets in scored.items()
    }
    for table in (
        *(as_served(name, reports[SERVED][name]) for name in SETS),
        ablations(reports),
        dangers(scored, thresholds),
        curve(reports),
        worst(scored[SERVED], thresholds),
    ):
        print("\n".join(table), end="\n\n")
    if given.plots:
        draw_curve(reports, given.plots)


def read_variants(texts: Sequence[str]) -> None:
    """Lets Rasa's environment read the texts with every variant; at the lowest priority."""
    KEPT.mkdir(parents=True, exist_ok=True)
    asked = KEPT / "texts.json"
    asked.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    words = ("nice", "-n", "19", PYTHON, READINGS_TOOL, asked, KEPT / "readings.json")
    subprocess.run(words, check=True)


async def score(
    rows: dict[str, list[Labelled]],
    texts: Sequence[str],
    readings: dict[str, tuple[Reading, ...]],
    settings: Settings,
) -> Scored:
    """What a person would have got for every message, by variant and set."""
    library = load_library(settings.answers_dir)
    lexicon = load_lexicon(settings.nlu_data_dir / "danger")
    atlas = load_atlas(settings.nlu_data_dir / "places.yml")
    scored: Scored = {}
    for variant, found in readings.items():
        known = dict(zip(texts, found, strict=True))
        reader = Reader(cast("Classifier", Known(known)), lexicon, atlas)
        scored[variant] = {
            name: [
                Measured(
                    row,
                    known[row.text[:CLASSIFIED]],
                    reached(await reader.read(row.text), library, settings.thresholds),
                    0.0,
                )
                for row in some
            ]
            for name, some in rows.items()
        }
    return scored


def as_served(name: str, of: Report) -> Iterator[str]:
    """Figures of the classifier as served, with Wilson intervals."""
    yield f"### {name}, as served"
    yield ""
    yield "| | messages | first | in the first three |"
    yield "|---|---|---|---|"
    yield f"| all | {of.rows} | {interval(of.intent.top1, of.rows)} | " + (
        f"{interval(of.intent.top3, of.rows)} |"
    )
    for part in (of.intent.by_variant, of.intent.by_kind):
        for variant, found in part.items():
            shares = (interval(share, found.rows) for share in (found.top1, found.top3))
            yield f"| {variant} | {found.rows} | {' | '.join(shares)} |"
    yield ""
    yield f"calibration error {percent(of.intent.calibration_error)} %"
    yield ""
    yield "| | answered right | wrong | offered right | wrong | fallback | out of scope answered |"
    yield "|---|---|---|---|---|---|---|"
    for kind, got in (("all", of.decision), *of.decision_by_kind.items()):
        shares = (percent(getattr(got, field)) for field in _OUTCOMES)
        yield f"| {kind} | {' | '.join(shares)} |"
    if of.urgent is not None:
        yield ""
        yield f"danger cards, threshold {of.urgent.threshold}: " + ", ".join(
            f"{name} {interval(share, rows)} of {rows}"
            for name, share, rows in (
                ("urgent", of.urgent.recall, of.urgent.urgent_rows),
                ("look-alikes", of.urgent.false_alarms, of.urgent.other_rows),
                ("ordinary", of.urgent.ordinary_alarms, of.urgent.ordinary_rows),
            )
        )


def ablations(reports: dict[str, dict[str, Report]]) -> Iterator[str]:
    """A row per variant that leaves something out."""
    yield "### One part left out"
    yield ""
    for name in SETS:
        variants = sorted(reports[SERVED][name].intent.by_variant)
        yield f"**{name}**"
        yield ""
        yield (
            "| | first | three | "
            + " | ".join(variants)
            + (
                " | calibration error | answered wrongly | right or offered | danger recall | "
                "look-alike alarms |"
            )
        )
        yield "|---|" + "---|" * (len(variants) + 7)
        for variant, sets in reports.items():
            if variant not in CURVE[:-1] and not variant.startswith("danger:"):
                yield f"| {variant} | " + " | ".join(_figures(sets[name])) + " |"
        yield ""


def _figures(of: Report) -> list[str]:
    shares = [of.intent.top1, of.intent.top3]
    shares += [found.top1 for _, found in sorted(of.intent.by_variant.items())]
    shares += [of.intent.calibration_error, of.decision.answered_wrong]
    shares += [of.decision.answered_right + of.decision.offered_right]
    if of.urgent is not None:
        shares += [of.urgent.recall, of.urgent.false_alarms]
    return [percent(share) for share in shares]


def dangers(scored: Scored, thresholds: Thresholds) -> Iterator[str]:
    """Ways to tell danger, by the classifier alone, over both sets.

    The scales of the ways differ, so each is also asked for its recall at the threshold where it
    raises as many alarms for look-alikes as the served one.
    """
    ways = [name for name in scored if name == SERVED or name.startswith("danger:")]
    both = {name: [m for measured in scored[name].values() for m in measured] for name in ways}
    served = alarms(both[SERVED], thresholds.urgent)
    yield f"### Ways to tell danger, without the lexicon (threshold {thresholds.urgent})"
    yield ""
    yield "| | recall | look-alikes | ordinary | recall at as many look-alikes as served |"
    yield "|---|---|---|---|---|"
    for name, measured in both.items():
        fair = fair_threshold(measured, served.look_alike)
        cells = (*alarms(measured, thresholds.urgent), alarms(measured, fair).urgent)
        yield f"| {name} | " + " | ".join(map(percent, cells)) + " |"


def alarms(measured: Sequence[Measured], threshold: float) -> Alarms:
    """Who gets an alarm at a threshold of urgency."""
    danger = {"trafficking", "violence", "passport_withheld", "detained", "medical_emergency"}
    parts = (
        [m for m in measured if m.row.urgent],
        [m for m in measured if m.row.urgent is False],
        [m for m in measured if m.row.urgent is None and not danger & set(m.row.intents)],
    )
    return Alarms(
        *(sum(m.reading.urgency >= threshold for m in some) / max(len(some), 1) for some in parts)
    )


def fair_threshold(measured: Sequence[Measured], look_alike: float) -> float:
    """The lowest threshold with no more alarms for look-alikes than that."""
    tried = sorted({m.reading.urgency for m in measured})
    return next((t for t in tried if alarms(measured, t).look_alike <= look_alike), 1.0)


def curve(reports: dict[str, dict[str, Report]]) -> Iterator[str]:
    """First and among the first three by how many phrases were learnt."""
    variants = sorted(reports[SERVED]["dev"].intent.by_variant)
    yield "### Fewer phrases"
    yield ""
    yield (
        "| set | phrases | first | three | "
        + " | ".join(variants)
        + (
            " | calibration error | answered wrongly | right or offered | danger recall | "
            "look-alike alarms |"
        )
    )
    yield "|---|---|" + "---|" * (len(variants) + 7)
    for name in SETS:
        for part in CURVE:
            cells = " | ".join(_figures(reports[part][name]))
            yield f"| {name} | {'all' if part == SERVED else part} | {cells} |"


def worst(sets: dict[str, list[Measured]], thresholds: Thresholds) -> Iterator[str]:
    """Cries for help by how little they were heard, and wrong answers by how sure they were.

    A danger that got the card of another danger is listed apart: somebody to call was named.
    """
    both = [(name, m) for name, measured in sets.items() for m in measured]
    unheard = [(n, m) for n, m in both if m.row.urgent and not m.reached.card]
    unheard.sort(key=lambda pair: pair[1].reading.urgency)
    wrong = [(n, m) for n, m in both if _outcome(m) is Outcome.ANSWERED_WRONG]
    wrong.sort(key=lambda pair: -pair[1].reading.intents[0].confidence)
    others = [(n, m) for n, m in wrong if m.row.urgent and m.reached.card]
    for heading, some in (
        (f"Danger without a card, threshold {thresholds.urgent}", unheard),
        ("Danger with the card of another danger", others),
        ("Wrong answers to the rest, the surest first", [w for w in wrong if w not in others]),
    ):
        yield f"### {heading} ({len(some)})"
        yield ""
        yield from (_error(n, m) for n, m in some[:WORST])
        yield ""


def _outcome(measured: Measured) -> Outcome:
    return measured.reached.outcome(measured.row.intents)


def _error(name: str, measured: Measured) -> str:
    row, reading = measured.row, measured.reading
    tag = row.locales[0].tag if row.locales else ""
    guesses = ", ".join(f"{g.name} {g.confidence:.2f}" for g in reading.intents[:3])
    shown = ", ".join(measured.reached.answered or measured.reached.offered)
    return (
        f"- {name} {tag} {row.kind}: {row.text!r}; right: {', '.join(row.intents)}; "
        f"got: {guesses}; urgency {reading.urgency:.2f}; shown: {shown}"
    )


def draw_curve(reports: dict[str, dict[str, Report]], folder: Path) -> None:
    """Lets Rasa's environment, which has a plotting library, draw the learning curve."""
    lines = {
        name: {
            variant: [100 * reports[part][name].intent.by_variant[variant].top1 for part in CURVE]
            for variant in sorted(reports[SERVED][name].intent.by_variant)
        }
        for name in SETS
    }
    for name in SETS:
        lines[name]["all"] = [100 * reports[part][name].intent.top1 for part in CURVE]
    kept = KEPT / "curve.json"
    kept.write_text(json.dumps(lines), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run((PYTHON, CURVE_TOOL, kept, folder / "understanding-learning.png"), check=True)


def interval(share: float, rows: int) -> str:
    """Per cent, with the 95 % interval."""
    low, high = wilson(share, rows)
    return f"{100 * share:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def percent(share: float) -> str:
    """With one decimal."""
    return f"{100 * share:.1f}"


if __name__ == "__main__":
    main()
