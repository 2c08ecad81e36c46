"""Everything a sandbox knows: people, chats, messages, the bot's profile. No HTTP here."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.clock import Clock
from bot.sandbox.errors import BadRequestError, ForbiddenError
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.media import FileStore
from bot.sandbox.profile import Profile
from bot.sandbox.rate_limits import RateLimits
from bot.sandbox.updates import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.config import SandboxConfig
    from bot.sandbox.markup import Markup

MAX_NOTICES = 50

# One for each language variant the helpline speaks; the name is the language's own.
READY_PEOPLE = (
    (101, "Қазақша", "kk"),
    (102, "Русский", "ru"),
    (103, "Oʻzbekcha", "uz"),
    (104, "Ўзбекча", "uz"),
    (105, "Тоҷикӣ", "tg"),
    (106, "Кыргызча", "ky"),
)


@dataclass(slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    name: str
    language_code: str = ""
    last_name: str = ""
    username: str = ""

    def user(self) -> dict[str, Any]:
        """Return the Bot API ``User``."""
        told: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.name}
        for key in ("last_name", "username", "language_code"):
            if getattr(self, key):
                told[key] = getattr(self, key)
        return told

    def private_chat(self) -> dict[str, Any]:
        """Return the Bot API ``Chat`` between this person and the bot."""
        told: dict[str, Any] = {"id": self.id, "first_name": self.name, "type": "private"}
        for key in ("last_name", "username"):
            if getattr(self, key):
                told[key] = getattr(self, key)
        return told


@dataclass(slots=True)
class StoredMessage:
    """A message with what its Bot API object does not show."""

    body: dict[str, Any]
    by_bot: bool
    changed: int
    markup: Markup | None = None
    deleted: bool = False
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The ``message_id``."""
        return int(self.body["message_id"])

    @property
    def protected(self) -> bool:
        """Whether the message may not be forwarded or copied."""
        return bool(self.body.get("has_protected_content"))


@dataclass(slots=True)
class Notice:
    """The answer to a button press, as the person sees it."""

    callback_query_id: str
    message_id: int
    text: str
    show_alert: bool
    url: str
    changed: int


@dataclass(slots=True)
class Chat:
    """A chat of the bot. Private ones only, so far; the kind is in ``kind``."""

    id: int
    kind: str = "private"
    started: bool = False
    blocked: bool = False
    changed: int = 0
    read_up_to: int = 0
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    keyboard_message_id: int = 0
    action: str = ""
    action_until: float = 0.0
    notices: deque[Notice] = field(default_factory=lambda: deque(maxlen=MAX_NOTICES))

    def visible(self) -> Iterator[StoredMessage]:
        """Yield the messages that were not deleted, the oldest first."""
        return (message for message in self.messages.values() if not message.deleted)

    def find(self, message_id: int) -> StoredMessage | None:
        """Return a message that was not deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


@dataclass(slots=True)
class Callback:
    """A button press that waits for its answer."""

    chat_id: int
    message_id: int
    pressed_at: float


class World:
    """One sandbox's whole state.

    Args:
        config: Its settings.
    """

    def __init__(self, config: SandboxConfig) -> None:
        self.config = config
        self.clock = Clock()
        self.updates = UpdateQueue(config.first_update_id)
        self.changes = 0
        self._changed = asyncio.Event()
        self._next_message_id = config.first_message_id
        self._next_callback_id = 4_611_686_018_427_000_000
        self.fill()

    def fill(self) -> None:
        """Bring everything but the counters to where a new sandbox has it."""
        self.session = secrets.token_hex(8)
        self.files = FileStore(self.config.media_bytes)
        self.faults = Faults()
        self.rates = RateLimits(self.clock)
        self.calls = Journal()
        self.profile = Profile(self.config.bot_id, self.config.bot_name, self.config.bot_username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        if self.config.ready_people:
            for user_id, name, language_code in READY_PEOPLE:
                self.add_person(Person(user_id, name, language_code))

    def reset(self) -> None:
        """Forget everything. Ids go on counting, so that no bot takes the new for the old."""
        self.updates.drop()
        self.fill()
        self.touch()

    def add_person(self, person: Person) -> Chat:
        """Add a person, with the chat they have not started yet."""
        self.people[person.id] = person
        chat = self.chats[person.id] = Chat(person.id)
        self.touch(chat)
        return chat

    def touch(self, chat: Chat | None = None) -> int:
        """Count a change and wake those who wait for one.

        Args:
            chat: The chat that changed, if one did.

        Returns:
            The number of the change.
        """
        self.changes += 1
        if chat is not None:
            chat.changed = self.changes
        event, self._changed = self._changed, asyncio.Event()
        event.set()
        return self.changes

    async def wait_for_change(self, seconds: float) -> None:
        """Wait for the next change.

        Args:
            seconds: How long to wait at most.
        """
        event = self._changed
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return

    def new_message_id(self) -> int:
        """Take the next ``message_id``; private chats of one bot share the counter."""
        self._next_message_id += 1
        return self._next_message_id - 1

    def new_callback_id(self) -> str:
        """Take the next callback query id."""
        self._next_callback_id += 7919
        return str(self._next_callback_id)

    def put(self, chat: Chat, message: StoredMessage) -> StoredMessage:
        """Add a message to its chat."""
        chat.messages[message.id] = message
        message.changed = self.touch(chat)
        return message

    def bot_user(self) -> dict[str, Any]:
        """Return the bot's ``User`` as it stands in messages."""
        return self.profile.user()

    def known_user(self, user_id: int) -> dict[str, Any] | None:
        """Return the ``User`` of a person, or None for a stranger."""
        person = self.people.get(user_id)
        return person.user() if person else None

    def chat_object(self, chat: Chat) -> dict[str, Any]:
        """Return the Bot API ``Chat`` of a chat."""
        return self.people[chat.id].private_chat()

    def readable_chat(self, chat_id: int) -> Chat:
        """Find a chat the bot may look at.

        Raises:
            BadRequestError: There is none.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            raise BadRequestError("chat not found")
        return chat

    def writable_chat(self, chat_id: int) -> Chat:
        """Find a chat the bot may write to.

        Raises:
            BadRequestError: There is none.
            ForbiddenError: The person never started the bot, or blocked it.
        """
        chat = self.readable_chat(chat_id)
        if not chat.started:
            raise ForbiddenError("bot can't initiate conversation with a user")
        if chat.blocked:
            raise ForbiddenError("bot was blocked by the user")
        return chat
