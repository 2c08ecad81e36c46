"""Where no staff group is set: cases from a time when there was one are still erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.dialogue.outcome import Outcome
    from bot.store.cases import Cases
    from bot.telegram.turn import Turn


class NoDesk:
    """What follows from the bot's own turns without staff; ``conversation.Beyond``.

    Args:
        cases: what may be left of a person.
    """

    calls_staff = False

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    async def follow(self, current: Turn, chat_id: int, outcome: Outcome, letters: str) -> None:  # noqa: ARG002
        """Erases with the person what is kept of their cases."""
        if outcome.step.session is None:
            erasure = await self._cases.erase(chat_id)
            current.forget(erasure.keys)
            current.write(*erasure.writes)
