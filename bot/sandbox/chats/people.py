"""People: everybody in the sandbox who has a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# One for each language variant the helpline speaks; the name is the language's own.
READY_PEOPLE = (
    (101, "Қазақша", "kk"),
    (102, "Русский", "ru"),
    (103, "Oʻzbekcha", "uz"),
    (104, "Ўзбекча", "uz"),
    (105, "Тоҷикӣ", "tg"),
    (106, "Кыргызча", "ky"),
)

# Staff, for those who try or learn the work behind the bot.
READY_STAFF = (
    (201, "Counsellor 1", "ru"),
    (202, "Counsellor 2", "kk"),
    (203, "Coordinator", "ru"),
)


@dataclass(slots=True)
class Person:
    """Somebody with a phone.

    Attributes:
        id: The user id.
        name: The first name.
        language_code: The language of their app.
        last_name: The last name.
        username: The user name, without @.
        staff: Whether the page shows them among the staff.
    """

    id: int
    name: str
    language_code: str = ""
    last_name: str = ""
    username: str = ""
    staff: bool = False

    def user(self) -> dict[str, Any]:
        """Return the Bot API ``User``."""
        told: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.name}
        for key in ("last_name", "username", "language_code"):
            if getattr(self, key):
                told[key] = getattr(self, key)
        return told


ANONYMOUS_ADMIN: dict[str, Any] = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""Whom messages of an anonymous administrator are from (https://core.telegram.org/bots/api#message)."""
