"""Draws how the share of right first guesses grows with the phrases learnt.

    nlu/.venv/bin/python tools/learning_curve.py CURVE.json PICTURE.png

For ``tools/experiments.py``; here because matplotlib comes with Rasa. CURVE.json holds, by set and
language variant, the percentages at an eighth, a quarter, a half and all of the phrases.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

_PARTS = (1 / 8, 1 / 4, 1 / 2, 1)
_COLOURS = ("#1f5fa8", "#d1603d", "#2a8c6a", "#8a6bbf", "#b8902a", "#4aa3b5")


def main() -> None:
    """Two panels, one per set; the thick line is all variants together."""
    lines = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    figure, panels = plt.subplots(
        1, len(lines), figsize=(9, 4.2), sharey=True, constrained_layout=True
    )
    for panel, (name, variants) in zip(panels, lines.items(), strict=True):
        names = [variant for variant in variants if variant != "all"]
        for variant, colour in zip(names, _COLOURS, strict=True):
            panel.plot(_PARTS, variants[variant], "o-", ms=3, lw=1, color=colour, label=variant)
        panel.plot(_PARTS, variants["all"], "o-", lw=3, color="#333333", label="all")
        panel.set_xscale("log", base=2)
        panel.set_xticks(_PARTS, ("1/8", "1/4", "1/2", "all"))
        panel.set(title=name, xlabel="phrases learnt")
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("right intent first, %")
    panels[-1].legend(loc="lower right", fontsize=8)
    figure.savefig(sys.argv[2], dpi=110)


if __name__ == "__main__":
    main()
