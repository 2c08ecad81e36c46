"""Draws a report of ``helpline evaluate``: how true its confidence is, and what it confuses.

    nlu/.venv/bin/python nlu/plots.py REPORT.json FOLDER

Matplotlib comes with Rasa, so it is here and not in the bot's environment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

_BLUE, _GREY = "#1f5fa8", "#8a8a8a"


def main() -> int:
    """Draws ``reliability.png`` and ``confusion.png``; the exit code."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in (("reliability", reliability), ("confusion", confusion)):
        figure = draw(report["intent"])
        figure.savefig(folder / f"{name}.png", dpi=120)
        plt.close(figure)
    return 0


def reliability(intent: dict[str, Any]) -> plt.Figure:
    """How often a first guess was right, by how sure it was; below, how many were so sure."""
    bins = intent["reliability"]
    sure = [one["confidence"] for one in bins]
    figure, (above, below) = plt.subplots(
        2,
        1,
        figsize=(6, 7),
        sharex=True,
        constrained_layout=True,
        gridspec_kw={"height_ratios": (3, 1)},
    )
    above.plot((0, 1), (0, 1), color=_GREY, linestyle="--", label="as sure as right")
    above.plot(sure, [one["right"] for one in bins], "o-", color=_BLUE, label="measured")
    above.set(xlim=(0, 1), ylim=(0, 1.02), ylabel="right", title="Confidence of the first guess")
    above.legend(loc="upper left")
    below.bar(sure, [one["rows"] for one in bins], width=0.07, color=_BLUE)
    below.set(xlabel="confidence", ylabel="messages")
    return figure


def confusion(intent: dict[str, Any]) -> plt.Figure:
    """Right intents down, first guesses across; shade: share of the row; diagonal: right."""
    names = sorted({name for row in intent["matrix"] for name in row[:2]})
    place = {name: number for number, name in enumerate(names)}
    counts = [[0] * len(names) for _ in names]
    for right, got, times in intent["matrix"]:
        counts[place[right]][place[got]] += times
    shares = [[count / max(sum(row), 1) for count in row] for row in counts]
    size = 3 + 0.24 * len(names)
    figure, axes = plt.subplots(figsize=(size, size), constrained_layout=True)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for down, row in enumerate(counts):
        for across, count in enumerate(row):
            if count:
                colour = "white" if shares[down][across] > 0.5 else "black"
                axes.text(across, down, count, ha="center", va="center", size=6, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=90, size=7)
    axes.set_yticks(range(len(names)), names, size=7)
    axes.set(xlabel="first guess", ylabel="right")
    return figure


if __name__ == "__main__":
    sys.exit(main())
