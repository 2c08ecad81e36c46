"""Somebody who chats with the helpline, on whatever ground."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fidelity.chatlog import ChatLog, Shown
from tests.fidelity.grounds import Ground

SECONDS = 30.0


class Person:
    """A person and what they see.

    Args:
        ground: Where they act.
        log: What the bot shows.
        user: Their id.
        language_code: Of their app.
        screens: Gets the name of every screen they saw.
    """

    def __init__(
        self, ground: Ground, log: ChatLog, user: int, language_code: str, screens: set[str]
    ) -> None:
        self.user = user
        self._ground = ground
        self._log = log
        self._language_code = language_code
        self._screens = screens
        self._before = 0

    async def writes(self, text: str) -> None:
        """Sends a text."""
        await self.sends(text=text)

    async def sends(self, **content: Any) -> None:
        """Sends something else."""
        self._before = self._log.count(self.user)
        await self._ground.send(self.user, self._language_code, **content)

    async def presses(self, data: str) -> None:
        """Presses the newest button whose data begins so; one that is not there is forged."""
        shown = [each for each in self._log.since(self.user, 0) if not each.notice]
        found = next((each for each in reversed(shown) if each.offers(data)), shown[-1])
        exact = next(
            (
                button["callback_data"]
                for button in found.buttons
                if str(button.get("callback_data", "")).startswith(data)
            ),
            data,
        )
        self._before = self._log.count(self.user)
        query_id = await self._ground.press(self.user, self._language_code, found.message_id, exact)
        self._log.expect_answer(query_id, self.user)

    async def sees(
        self, screen: str, *, words: str = "", button: str = "", keys: bool = False
    ) -> Shown:
        """Waits for a screen, told by words on it, by a button's data, or by keys to press.

        Raises:
            AssertionError: It did not come.
        """
        notice = screen in NOTICES
        assert notice or words or button or keys, "anything would pass for this screen"

        def fits(shown: Shown) -> bool:
            return (
                shown.notice == notice
                and words in shown.text
                and (not notice or bool(shown.text))
                and (not button or shown.offers(button))
                and (not keys or "keyboard" in shown.markup)
            )

        try:
            async with asyncio.timeout(SECONDS):
                found = await self._log.wait_for(self.user, self._before, fits)
        except TimeoutError:
            came = [shown.text for shown in self._log.since(self.user, self._before)]
            raise AssertionError(f"{screen} did not come, but {came}") from None
        self._screens.add(screen)
        return found


NOTICES = frozenset({"FeedbackThanks", "Stale"})
"""Screens that are only the answer to a button press."""
