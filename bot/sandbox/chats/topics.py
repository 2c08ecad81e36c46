"""Forum topics: names, icons, and whether they are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# https://core.telegram.org/bots/api#createforumtopic
ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)

# The Bot API server looks a topic up anew only after this many seconds.
CACHE_SECONDS = 60.0

GENERAL = 1
"""The id of the General topic. Messages in it carry no ``message_thread_id``."""


@dataclass(slots=True)
class Topic:
    """A topic of a forum.

    Attributes:
        id: The ``message_thread_id``: the id of the message that says it was created.
        name: Its name.
        icon_color: The colour of its icon, in RGB.
        icon_custom_emoji_id: The sticker that is its icon, if any.
        creator_id: Who made it.
        closed: Whether only those who manage topics may write.
        hidden: Whether General is out of sight.
        deleted: Whether it is gone.
        cached_until: Until when, in the sandbox's time, the Bot API server believes that the topic
            is still there.
    """

    id: int
    name: str
    icon_color: int = ICON_COLORS[0]
    icon_custom_emoji_id: str = ""
    creator_id: int = 0
    closed: bool = False
    hidden: bool = False
    deleted: bool = False
    cached_until: float = 0.0

    @property
    def place(self) -> int:
        """The topic as messages name it: those in General name none (0)."""
        return 0 if self.id == GENERAL else self.id

    def look(self) -> dict[str, Any]:
        """Return name and icon, as ``ForumTopic`` and ``ForumTopicCreated`` show them."""
        icon = self.icon_custom_emoji_id
        told: dict[str, Any] = {"name": self.name, "icon_color": self.icon_color}
        return told | ({"icon_custom_emoji_id": icon} if icon else {})

    def object(self) -> dict[str, Any]:
        """Return the Bot API ``ForumTopic``."""
        return {"message_thread_id": self.id} | self.look()
