"""A staff group on a real store: what its members do goes through the real handlers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from telegram import Update, User
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.catalogs import Catalogs
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.handoff import moves
from bot.handoff.case import Case, Opening, Said, State
from bot.handoff.groups import Group, Groups
from bot.handoff.rules import Rules
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.conversation import Conversation
from bot.telegram.desk.cases.desk import Desk
from bot.telegram.desk.staff.routes import HANDLER_GROUP, register_staff
from bot.telegram.desk.staff.told import StaffSide
from bot.telegram.effects import AnswerCallback, Effect, SendMessage
from bot.telegram.handlers.context import TurnContext, handling, note_failure
from bot.telegram.turn import Turn
from tests import factories
from tests.telegram.bot_api import TOKEN

if TYPE_CHECKING:
    from bot.store.store import Store

CATALOGS = Catalogs(ROOT / "locales")
WORDS = CATALOGS[Locale.RU]
"""The staff of these tests speak Russian."""

GROUP, OTHER = -1001000000001, -1001000000002
MIGRANT = 7_654_321
AZIZA, BORIS = 201, 202
NAMES = {AZIZA: "Aziza", BORIS: "Boris"}
NOW = 1_790_000_000.0
CITIES = {"almaty": "Алматы", "shymkent": "Шымкент"}

_updates = count(1)


class SetClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> float:
        return self.time


class OnlyNamed:
    """Members are those who have a name here."""

    async def has(self, group: int, user: int) -> bool:
        return user in NAMES


class Room:
    """Two groups, their handlers, and a migrant's cases.

    Attributes:
        passed: updates that the staff's handlers let through.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cases = store.cases
        self.clock = SetClock()
        groups = Groups(
            (
                Group(GROUP, "First", Locale.RU, (Locale.RU, Locale.UZ), coordinators=(301,)),
                Group(OTHER, "Second", Locale.RU, (Locale.TG,)),
            )
        )
        library = factories.library()
        conversation = Conversation(
            lambda: library,
            CATALOGS,
            dict.fromkeys(Locale, CITIES),
            Thresholds(),
            today=lambda: date(2026, 11, 23),
        )
        self.library = library
        self.desk = Desk(store.cases, groups, Rules(), self.clock, conversation.context)  # type: ignore[arg-type]
        self.side = StaffSide(self.desk)
        self.passed: list[Update] = []
        application = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url("http://127.0.0.1:1/bot")  # nobody is there
            .context_types(ContextTypes(context=TurnContext))
            .updater(None)
            .job_queue(None)
            .build()
        )
        register_staff(application, self.desk, OnlyNamed(), store.keys)
        application.add_handler(MessageHandler(filters.ALL, self._pass))
        application.add_error_handler(note_failure)
        application.bot._bot_user = _bot_user()  # type: ignore[attr-defined]
        application._initialized = True  # type: ignore[attr-defined]
        self._application = application
        assert HANDLER_GROUP < 0

    async def _pass(self, update: Update, _: TurnContext) -> None:
        self.passed.append(update)

    # Cases

    async def case(self, thread: int = 7, **fields: Any) -> Case:
        """A case that waits in a topic."""
        number = await self.cases.next_number()
        case = Case(
            number=number,
            chat_id=fields.pop("chat_id", MIGRANT),
            group=fields.pop("group", GROUP),
            state=State.WAITING,
            opening=Opening.ASKED,
            opened=0.0,
            locale=fields.pop("locale", Locale.UZ),
            before=fields.pop("before", (Said("Where is my pay?", "lost"),)),
            **fields,
        )
        turn = self.turn(case.group)
        group = await self.desk.group_of(case.group)
        await self.desk.apply(turn, moves.opened(case, self.desk.clockwork(group)))
        assert await self.commit(turn)
        at = await self.store.topics.whereabouts(number, case.group)
        assert await self.store.topics.opened(number, at, thread, remade=b"") == thread
        return case

    async def now(self, case: Case) -> Case:
        """A case as it is kept."""
        found = (await self.cases.load(case.number)).case
        assert found is not None
        return found

    # What happens

    async def write(self, text: str | None = None, **fields: Any) -> tuple[Effect, ...]:
        """A message in the topic."""
        return await self.happens({"message": message(text, **fields)})

    async def edit(self, text: str, **fields: Any) -> tuple[Effect, ...]:
        return await self.happens({"edited_message": message(text, edit_date=2, **fields)})

    async def press(
        self, data: str, user: int = AZIZA, *, group: int = GROUP, message_id: int = 60
    ) -> tuple[Effect, ...]:
        """A button under one of the bot's messages."""
        shown = message("card", user=1, message_id=message_id, group=group)
        shown["from"]["is_bot"] = True
        query = {"id": "q", "from": person(user), "chat_instance": "c", "data": data}
        return await self.happens({"callback_query": {**query, "message": shown}})

    async def react(self, emoji: str | None, message_id: int, user: int = AZIZA) -> Any:
        new = [] if emoji is None else [{"type": "emoji", "emoji": emoji}]
        change = {
            "chat": chat(GROUP),
            "message_id": message_id,
            "user": person(user),
            "date": 1,
            "old_reaction": [],
            "new_reaction": new,
        }
        return await self.happens({"message_reaction": change})

    async def happens(self, update: dict[str, Any]) -> tuple[Effect, ...]:
        """An update has its turn; again if another turn was faster."""
        while True:
            turn = await self.decide(update)
            if await self.commit(turn):
                return turn.effects

    async def decide(self, update: dict[str, Any]) -> Turn:
        """The turn of an update, before its commit."""
        built = Update.de_json({"update_id": next(_updates), **update}, self._application.bot)
        held = built.effective_chat
        turn = self.turn(held.id if held else None)
        with handling(turn):
            await self._application.process_update(built)
        return turn

    async def commit(self, turn: Turn) -> bool:
        return await self.cases.write(turn.result().writes)

    def turn(self, chat_id: int | None = MIGRANT) -> Turn:
        return Turn(next(_updates), chat_id, Begun(Stored(Session()), 1), 0)


def ru(text: str, **values: object) -> str:
    """A sentence as the staff read it."""
    return WORDS.gettext(text).format(**values) if values else WORDS.gettext(text)


def said(effects: tuple[Effect, ...], chat_id: int) -> list[str]:
    """The texts that are sent to a chat."""
    return [e.text for e in effects if isinstance(e, SendMessage) and e.chat_id == chat_id]


def toasts(effects: tuple[Effect, ...]) -> list[str | None]:
    """What is shown over the chat; also that the button was confirmed, once."""
    return [effect.text for effect in effects if isinstance(effect, AnswerCallback)]


def buttons(effects: tuple[Effect, ...]) -> dict[str, str | None]:
    """The data of the buttons under what is sent, by label."""
    return {
        button.text: button.data
        for effect in effects
        if isinstance(effect, SendMessage)
        for row in effect.keyboard or ()
        for button in row
    }


def of(effects: tuple[Effect, ...], kind: type[Any]) -> list[Any]:
    return [effect for effect in effects if isinstance(effect, kind)]


def message(
    text: str | None = None,
    *,
    user: int = AZIZA,
    thread: int | None = 7,
    message_id: int = 100,
    group: int = GROUP,
    **fields: Any,
) -> dict[str, Any]:
    """A message of the Bot API."""
    built: dict[str, Any] = {
        "message_id": message_id,
        "date": 1,
        "from": person(user),
        "chat": chat(group),
        **fields,
    }
    if thread is not None:
        built |= {"message_thread_id": thread, "is_topic_message": True}
    if text is not None:
        built["text"] = text
        if text.startswith("/") and not text.startswith("//"):
            length = len(text.split(maxsplit=1)[0])
            built["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return built


def person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": NAMES.get(user, "Stranger")}


def chat(group: int) -> dict[str, Any]:
    return {"id": group, "type": "supergroup", "title": "Staff", "is_forum": True}


def _bot_user() -> Any:
    return User(1, "Bot", is_bot=True, username="test_bot")
