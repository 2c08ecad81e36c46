"""The fixtures of the answers room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import DangerKind
from tests.answers.small_folder import ANSWER, CENTRES, FACTS, RUSSIAN, TOPICS, UZBEK, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    answers = tmp_path / "answers"
    write(answers / "topics.yml", TOPICS)
    write(answers / "centres.yml", CENTRES)
    write(answers / "facts/housing.yml", FACTS)
    write(answers / "housing/rent/answer.yml", ANSWER)
    write(answers / "housing/rent/ru.md", RUSSIAN)
    write(answers / "housing/rent/uz.md", UZBEK)
    write(answers / "housing/deposit/answer.yml", ANSWER.replace("[deposit]", "[rent]"))
    write(answers / "housing/deposit/ru.md", RUSSIAN)
    for kind in DangerKind:
        write(answers / f"danger/{kind}/answer.yml", ANSWER + "phones: [hot-100]\n")
        write(answers / f"danger/{kind}/ru.md", RUSSIAN)
    return answers
