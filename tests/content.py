"""The project's answers, as tests need them: whatever people decided, and however time passed."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def fresh_answers(folder: Path) -> Path:
    """Copies all answers into a folder that is not there yet, as drafts of yesterday."""
    shutil.copytree(ROOT / "answers", folder)
    today = Clock().today()
    for file in folder.glob("*/*/answer.yml"):
        dates = today - timedelta(days=1), today + timedelta(days=89)
        file.write_text(dated(file.read_text(), *dates))
    return folder


def dated(text: str, checked_on: object, check_again_by: object) -> str:
    """An ``answer.yml`` with other dates that nobody has approved."""
    facts = {
        "checked_on": checked_on,
        "check_again_by": check_again_by,
        "status": "draft",
        "approved_by": "",
    }
    for name, value in facts.items():
        line = f"{name}: {value}".rstrip()
        text, found = re.subn(rf"^{name}:.*$", line, text, flags=re.MULTILINE)
        assert found == 1, name
    return text


def overdue(text: str) -> str:
    """An ``answer.yml`` that was to be checked again long ago."""
    return dated(text, "2025-01-01", "2025-04-01")
