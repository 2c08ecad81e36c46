"""The bot's own account: name, descriptions and commands, each per language."""

from __future__ import annotations

from typing import Any

DEFAULT_BOT_ID = 4_200_000_042


class Profile:
    """What a bot tells about itself.

    Args:
        bot_id: Its user id; the first token decides if None.
        name: Its name.
        username: Its user name.
        opened_at: When its instance was opened, in the sandbox's time.

    Attributes:
        menu_buttons: The type of the menu button by person; 0 is for all others.
        default_rights: Which rights it asks for, in groups and (True) in channels.
        logged_out_until: Until when the server does not let it in.
    """

    def __init__(
        self, bot_id: int | None, name: str, username: str, opened_at: float = 0.0
    ) -> None:
        self._bot_id = bot_id
        self._default_name = name
        self.username = username
        self.opened_at = opened_at
        self.logged_out_until = 0.0
        self.menu_buttons: dict[int, str] = {}
        self.default_rights: dict[bool, frozenset[str]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[str, str], list[dict[str, Any]]] = {}

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return self._bot_id or DEFAULT_BOT_ID

    def adopt(self, bot_id: int) -> None:
        """Take the id from a token, unless there is one."""
        self._bot_id = self._bot_id or bot_id

    def user(self) -> dict[str, Any]:
        """Return the bot's ``User`` as it stands in messages."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.text("name", ""),
            "username": self.username,
        }

    def set_text(self, kind: str, language_code: str, text: str) -> None:
        """Set a name or description; an empty one falls back to the default language's.

        Args:
            kind: ``name``, ``description`` or ``short_description``.
            language_code: Two letters, or nothing for everybody else.
            text: The text.
        """
        if text:
            self._texts[kind, language_code] = text
        else:
            self._texts.pop((kind, language_code), None)

    def text(self, kind: str, language_code: str) -> str:
        """Return a name or description for a language."""
        found = self._texts.get((kind, language_code)) or self._texts.get((kind, ""))
        return found or (self._default_name if kind == "name" else "")

    def set_commands(self, scope: str, language_code: str, commands: list[dict[str, Any]]) -> None:
        """Set the commands of a scope and language; none at all removes the list."""
        if commands:
            self._commands[scope, language_code] = commands
        else:
            self._commands.pop((scope, language_code), None)

    def commands(self, scope: str, language_code: str) -> list[dict[str, Any]]:
        """Return exactly the commands of a scope and language, as ``getMyCommands`` does."""
        return self._commands.get((scope, language_code), [])

    def private_menu(self, chat_id: int, language_code: str) -> list[dict[str, Any]]:
        """Return the commands that a person sees in their private chat.

        The order is https://core.telegram.org/bots/api#determining-list-of-commands.
        """
        return self._menu((f"chat:{chat_id}", "all_private_chats", "default"), language_code)

    def group_menu(
        self, chat_id: int, user_id: int, language_code: str, *, runs: bool
    ) -> list[dict[str, Any]]:
        """Return the commands that a member sees in a group.

        The order is https://core.telegram.org/bots/api#determining-list-of-commands.

        Args:
            chat_id: The group.
            user_id: The member.
            language_code: The language of their app.
            runs: Whether they are an administrator or the owner.
        """
        scopes = (
            (f"chat_member:{chat_id}:{user_id}", True),
            (f"chat_administrators:{chat_id}", runs),
            (f"chat:{chat_id}", True),
            ("all_chat_administrators", runs),
            ("all_group_chats", True),
            ("default", True),
        )
        return self._menu(tuple(scope for scope, seen in scopes if seen), language_code)

    def _menu(self, scopes: tuple[str, ...], language_code: str) -> list[dict[str, Any]]:
        for scope in scopes:
            for language in (language_code[:2], ""):
                found = self._commands.get((scope, language))
                if found:
                    return found
        return []
