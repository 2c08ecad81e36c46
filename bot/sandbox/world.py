"""Everything a sandbox knows: people, chats, messages, the bot's profile. No HTTP here."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.faults import Faults
from bot.sandbox.bot_api.journal import Journal
from bot.sandbox.bot_api.profile import Profile
from bot.sandbox.bot_api.rate_limits import RateLimits
from bot.sandbox.bot_api.updates import UpdateQueue
from bot.sandbox.chats.chat import Chat, PrivateChat
from bot.sandbox.chats.groups import FIRST_GROUP, FIRST_SUPERGROUP, Group
from bot.sandbox.chats.members import GROUP_RIGHTS, Member
from bot.sandbox.chats.people import READY_PEOPLE, READY_STAFF, Person
from bot.sandbox.chats.privacy import bot_gets
from bot.sandbox.chats.topic_icons import TopicIcons
from bot.sandbox.clock import Clock
from bot.sandbox.errors import BadRequestError, ForbiddenError, MigratedError
from bot.sandbox.media.files import FileStore
from bot.sandbox.recording.recordings import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.chats.messages import Callback, StoredMessage
    from bot.sandbox.config import SandboxConfig

READY_GROUP_TITLE = "Helpline staff"


class World:
    """One sandbox's whole state.

    Args:
        config: Its settings.
    """

    def __init__(self, config: SandboxConfig) -> None:
        self.config = config
        self.clock = Clock(config.clock_file)
        self.updates = UpdateQueue(config.first_update_id)
        self.recording = Recording()
        self.changes = 0
        self._changed = asyncio.Event()
        self._next_message_id = config.first_message_id
        self._supergroup_messages: Counter[int] = Counter()
        self._next_callback_id = 4_611_686_018_427_000_000
        self.fill()

    def fill(self) -> None:
        """Bring everything but the counters to where a new sandbox has it."""
        self.session = secrets.token_hex(8)
        self.files = FileStore(self.config.media_bytes)
        self.topic_icons = TopicIcons(self.files)
        self.faults = Faults()
        self.rates = RateLimits(self.clock)
        self.calls = Journal()
        self.profile = Profile(
            self.config.bot_id,
            self.config.bot_name,
            self.config.bot_username,
            self.clock.now(),
        )
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        if self.config.ready_people:
            self._fill_ready()

    def _fill_ready(self) -> None:
        """Add one person for each language variant, and a staff group with topics."""
        for user_id, name, language_code in READY_PEOPLE:
            self.add_person(Person(user_id, name, language_code))
        for user_id, name, language_code in READY_STAFF:
            self.add_person(Person(user_id, name, language_code, staff=True))
        *counsellors, coordinator = (user_id for user_id, _, _ in READY_STAFF)
        group = Group(
            id=self.new_group_id("supergroup"),
            kind="supergroup",
            title=READY_GROUP_TITLE,
            is_forum=True,
            bot=Member("administrator", rights=frozenset(GROUP_RIGHTS) - {"can_promote_members"}),
        )
        group.members = {user_id: Member("member") for user_id in counsellors}
        group.members[coordinator] = Member("creator")
        # The first message says that the group was created: nobody needs to be told now, but its
        # number is taken, which as a topic's would be General's.
        self.new_message_id(self.add_group(group))

    def reset(self) -> None:
        """Forget everything. Ids go on counting, so that no bot takes the new for the old."""
        self.clock.reset()
        self.updates.drop()
        self.fill()
        self.recording.begin(on=self.recording.on)
        self.touch()

    def add_person(self, person: Person) -> PrivateChat:
        """Add a person, with the chat they have not started yet."""
        self.people[person.id] = person
        chat = PrivateChat(id=person.id, person=person)
        self.chats[person.id] = chat
        self.touch(chat)
        return chat

    def add_group(self, group: Group) -> Group:
        """Add a group."""
        self.chats[group.id] = group
        self.touch(group)
        return group

    def new_group_id(self, kind: str) -> int:
        """Take an id for a ``group`` or ``supergroup``."""
        first = FIRST_SUPERGROUP if kind == "supergroup" else FIRST_GROUP
        return first - 1 - sum(group.kind == kind for group in self.groups())

    def private_chats(self) -> Iterator[PrivateChat]:
        """Yield the chats between a person and the bot."""
        return (chat for chat in self.chats.values() if isinstance(chat, PrivateChat))

    def groups(self) -> Iterator[Group]:
        """Yield the groups and supergroups."""
        return (chat for chat in self.chats.values() if isinstance(chat, Group))

    def private_chat(self, user_id: int) -> PrivateChat:
        """Return a person's chat with the bot.

        Raises:
            KeyError: There is no such person.
        """
        chat = self.chats[user_id]
        if not isinstance(chat, PrivateChat):
            raise KeyError(user_id)
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

    def new_message_id(self, chat: Chat) -> int:
        """Take the next ``message_id`` of a chat.

        A supergroup counts its own messages; the private chats and groups of one bot share a
        counter.
        """
        if isinstance(chat, Group) and chat.kind == "supergroup":
            self._supergroup_messages[chat.id] += 1
            return self._supergroup_messages[chat.id]
        self._next_message_id += 1
        return self._next_message_id - 1

    def new_callback_id(self) -> str:
        """Take the next callback query id."""
        self._next_callback_id += 7919
        return str(self._next_callback_id)

    def put(self, chat: Chat, message: StoredMessage) -> StoredMessage:
        """Add a message to its chat."""
        chat.messages[message.id] = message
        self.recording.count(chat.id, message)
        message.changed = self.touch(chat)
        return message

    def tell(self, kind: str, chat: Chat, message: StoredMessage) -> int | None:
        """Tell the bot of a message, if it gets it.

        Args:
            kind: ``message`` or ``edited_message``.
            chat: The chat.
            message: The message.

        Returns:
            The ``update_id``; None if the bot is not told.
        """
        if isinstance(chat, Group) and not bot_gets(
            chat,
            message,
            self.profile.bot_id,
            self.profile.username,
            reads_all=self.config.reads_all_group_messages,
        ):
            return None
        return self.updates.push(kind, message.body)

    def bot_user(self) -> dict[str, Any]:
        """Return the bot's ``User`` as it stands in messages."""
        return self.profile.user()

    def known_user(self, user_id: int) -> dict[str, Any] | None:
        """Return the ``User`` of a person, or None for a stranger."""
        person = self.people.get(user_id)
        return person.user() if person else None

    def readable_chat(self, chat_id: int) -> Chat:
        """Find a chat the bot may look at.

        Raises:
            BadRequestError: There is none.
            ForbiddenError: The bot is not in this supergroup.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            raise BadRequestError("chat not found")
        if isinstance(chat, Group):
            chat.settle(self.clock.now())
            if chat.kind == "supergroup":
                _check_membership(chat)
        return chat

    def writable_chat(self, chat_id: int) -> Chat:
        """Find a chat the bot may write to.

        Raises:
            BadRequestError: There is none.
            MigratedError: It became a supergroup.
            ForbiddenError: The person never started the bot, or blocked it; or the bot is not in
                this group.
        """
        chat = self.readable_chat(chat_id)
        if isinstance(chat, Group):
            if chat.migrated_to:
                raise MigratedError(chat.migrated_to)
            _check_membership(chat)
        if isinstance(chat, PrivateChat):
            if not chat.started:
                raise ForbiddenError("bot can't initiate conversation with a user")
            if chat.blocked:
                raise ForbiddenError("bot was blocked by the user")
        return chat


def _check_membership(group: Group) -> None:
    if group.bot.status == "kicked":
        raise ForbiddenError(f"bot was kicked from the {group.kind} chat")
    if not group.bot.inside:
        raise ForbiddenError(f"bot is not a member of the {group.kind} chat")
