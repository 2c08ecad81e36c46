"""``helpline evaluate`` with the real classifier: the command an evaluator runs."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.rasa

ROWS = (
    '{"text": "Где получить ИИН иностранцу?", "lang": "ru", "script": "Cyrl",'
    ' "intent": "iin_taxes"}',
    '{"text": "Ish haqimni uch oydan beri bermayapti", "lang": "uz", "script": "Latn",'
    ' "intents": ["unpaid_wages"], "alt_intents": ["contract"], "urgent": false}',
    '{"text": "ҳуштак"}',
    '{"text": "Хозяин запер нас и забрал паспорта, помогите", "lang": "ru", "script": "Cyrl",'
    ' "intent": "trafficking", "accept": ["passport_withheld"], "urgent": true}',
)


def test_a_labelled_file_is_scored_reported_and_drawn(tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.jsonl"
    phrases.write_text("\n".join(ROWS), encoding="utf-8")
    report, plots = tmp_path / "report.json", tmp_path / "plots"

    command = (sys.executable, "-m", "bot.cli", "evaluate", phrases)
    done = subprocess.run(
        (*command, "--report", report, "--plots", plots),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2, done.stderr
    assert "phrases.jsonl:3: no `intent`" in done.stdout
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["rows"] == 3
    assert found["intent"]["top3"] == 1
    assert found["language"]["accuracy"] == 1
    assert (found["urgent"]["recall"], found["urgent"]["false_alarms"]) == (1, 0)
    assert sorted(path.name for path in plots.iterdir()) == ["confusion.png", "reliability.png"]
