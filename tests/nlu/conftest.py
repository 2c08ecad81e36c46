"""The real classifier: Rasa's own process, over HTTP, with the model of the present fingerprint."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.settings import ROOT
from bot.understanding.own_classifier import Address, own_classifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NLU_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"


@pytest.fixture(scope="session")
def trained_model() -> None:
    """Trains if something changed since; ``make test`` has done that before."""
    subprocess.run([NLU_PYTHON, "nlu/train.py"], cwd=ROOT, check=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def classifier_address(trained_model: None) -> AsyncIterator[Address]:
    async with own_classifier(ROOT) as address:
        yield address
