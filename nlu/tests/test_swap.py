"""Loading beside answering; ``tests/console/training/test_served_models.py`` does it for real."""

import asyncio
import threading
from typing import Any

import pytest
import rasa.core.agent

import swap


def test_the_server_answers_while_a_model_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loading ends only after the event loop has done something else."""
    answered = threading.Event()

    async def load_agent(model_path: str, **named: Any) -> tuple[str, bool]:
        return model_path, answered.wait(timeout=30)

    monkeypatch.setattr(rasa.core.agent, "load_agent", load_agent)
    swap.begin()

    async def serve() -> Any:
        loading = asyncio.create_task(rasa.core.agent.load_agent(model_path="a", endpoints=None))
        await asyncio.sleep(0)
        answered.set()
        return await loading

    assert asyncio.run(serve()) == ("a", True)


def test_what_goes_wrong_while_loading_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def load_agent() -> None:
        raise ValueError("no model")

    monkeypatch.setattr(rasa.core.agent, "load_agent", load_agent)
    swap.begin()

    with pytest.raises(ValueError, match="no model"):
        asyncio.run(rasa.core.agent.load_agent())
