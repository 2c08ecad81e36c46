import json
import sys
from pathlib import Path

import pytest
from matplotlib import image

import plots

INTENT = {
    "reliability": [
        {"rows": 3, "confidence": 0.42, "right": 1 / 3},
        {"rows": 40, "confidence": 0.97, "right": 0.95},
    ],
    "matrix": [["greet", "greet", 5], ["thanks", "greet", 1], ["thanks", "thanks", 4]],
}


def test_both_pictures_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"intent": INTENT}), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["plots.py", str(report), str(tmp_path / "new" / "folder")])

    assert plots.main() == 0

    for name in ("reliability", "confusion"):
        pixels = image.imread(tmp_path / "new" / "folder" / f"{name}.png")
        assert pixels.min() < pixels.max()


def test_the_confusion_matrix_counts_what_was_taken_for_what() -> None:
    axes = plots.confusion(INTENT).axes[0]

    assert [label.get_text() for label in axes.get_yticklabels()] == ["greet", "thanks"]
    assert {(t.get_position(), t.get_text()) for t in axes.texts} == {
        ((0, 0), "5"),
        ((0, 1), "1"),
        ((1, 1), "4"),
    }
