"""Lets another model be loaded (Rasa's ``PUT /model``) while the present one goes on answering.

Rasa loads on the thread that answers HTTP: for two seconds and more nobody would be understood.
Loading touches nothing of the model in service, which is replaced at the end by one assignment.
Measured with one question after another, two cores: half of them take 4 to 8 ms meanwhile, the
slowest one 1.1 to 1.6 s, for the language identifier's file is parsed without a pause.
"""

from __future__ import annotations

import asyncio
from typing import Any


def begin() -> None:
    """To call once Rasa is imported, before it serves."""
    import rasa.core.agent
    import rasa.server

    load_agent = rasa.core.agent.load_agent

    async def load_aside(*arguments: Any, **named: Any) -> rasa.core.agent.Agent:
        """Rasa's ``load_agent``, on a thread with an event loop of its own."""
        return await asyncio.to_thread(lambda: asyncio.run(load_agent(*arguments, **named)))

    rasa.core.agent.load_agent = load_aside
