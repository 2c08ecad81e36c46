"""What happens in a chat, as an event, and what is said to it, as effects of the turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import msgspec

from bot.dialogue import acts
from bot.dialogue.outcome import Verdict
from bot.dialogue.turn import FALLBACK_LOCALE, turn
from bot.telegram import notes
from bot.telegram.effects import (
    AnswerCallback,
    DeleteMessage,
    EditMessage,
    Effect,
    SendMessage,
)
from bot.telegram.render import Context, draw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.answers.model import Citizenship, Library
    from bot.catalogs import Catalogs
    from bot.dialogue.events import Event
    from bot.dialogue.outcome import Outcome
    from bot.dialogue.thresholds import Thresholds
    from bot.language.tags import Locale
    from bot.telegram.render import Screen
    from bot.telegram.turn import Turn


class Pressed(msgspec.Struct, frozen=True):
    """The button an event came from: the query to confirm, and the message that bore it."""

    query_id: str
    message_id: int | None


class Written(msgspec.Struct, frozen=True):
    """The person's message an event came from, with its words, if what it means is their answer."""

    message_id: int
    letters: str = ""


Source = Pressed | Written


class Beyond(Protocol):
    """What follows from a turn beyond the bot's own words: the staff desk.

    Attributes:
        calls_staff: whether a case is opened where the dialogue would name hotlines.
    """

    calls_staff: bool

    async def follow(self, current: Turn, chat_id: int, outcome: Outcome, letters: str) -> None:
        """Adds what follows to the turn, below what the bot says.

        Args:
            current: the turn.
            chat_id: the private chat.
            outcome: what the dialogue decided; the person it calls for is not yet there.
            letters: the text it came from; empty if it came from none.
        """


class Conversation:
    """Answers events.

    Args:
        library: gives the curated content that is in service.
        catalogs: the words of the interface.
        cities: names of the places by key, for each locale.
        thresholds: how sure the classifier must be.
        today: tells the day in Kazakhstan.

    Attributes:
        asked: tells how often each question was asked lately; assign one that knows.
        beyond: the staff desk, or what stands in for it; None in a conversation by itself.
    """

    def __init__(
        self,
        library: Callable[[], Library],
        catalogs: Catalogs,
        cities: Mapping[Locale, Mapping[str, str]],
        thresholds: Thresholds,
        today: Callable[[], date],
    ) -> None:
        self._library = library
        self._catalogs = catalogs
        self._cities = cities
        self._thresholds = thresholds
        self._today = today
        self.asked: Callable[[], Mapping[str, int]] = dict
        self.beyond: Beyond | None = None

    @property
    def library(self) -> Library:
        """The curated content that is in service."""
        return self._library()

    @property
    def thresholds(self) -> Thresholds:
        """How sure the classifier must be."""
        return self._thresholds

    async def respond(
        self,
        current: Turn,
        chat_id: int,
        event: Event,
        source: Source | None = None,
    ) -> None:
        """Takes one turn of the conversation: new session, effects, counts.

        Args:
            current: the turn that collects what is decided.
            chat_id: the private chat to answer in.
            event: what happened.
            source: the button or the message it came from.
        """
        library, before = self._library(), current.session
        outcome = turn(before, event, library, self._thresholds)
        self.show(current, chat_id, outcome, source, library)
        if chat_id > 0:
            after, is_new = outcome.step.session, current.of_nobody_known
            current.note(*notes.of_turn(before, event, outcome, library, current.when.hour))
            current.note(*notes.of_person(before, after, is_new=is_new))
        if self.beyond is not None:
            letters = source.letters if isinstance(source, Written) else ""
            await self.beyond.follow(current, chat_id, outcome, letters)

    def show(
        self,
        current: Turn,
        chat_id: int,
        outcome: Outcome,
        source: Source | None = None,
        library: Library | None = None,
    ) -> None:
        """Says what was decided, and keeps it; arguments as for ``respond``.

        ``library`` is what it was decided with: the one in service may be newer by now.
        """
        step = outcome.step
        citizenship = step.session.citizenship if step.session else None
        context = self.context(outcome.locale, citizenship, library)
        context = replace(context, message=source.message_id if source else None)
        screens = [draw(act, context) for act in step.acts if not self._is_for_the_desk(act)]
        pressed = source if isinstance(source, Pressed) else None
        current.add(*_effects(chat_id, screens, pressed))
        current.count(step.verdict.value, step.subject or "", outcome.locale.value)
        if chat_id > 0:
            current.visitor = notes.tongue(outcome)
        if step.verdict is Verdict.WRONG_NUMBER and step.subject is not None:
            current.report(step.subject)
        if step.session is None:
            current.forget()
        else:
            current.session = step.session

    def context(
        self,
        locale: Locale | None,
        citizenship: Citizenship | None = None,
        library: Library | None = None,
    ) -> Context:
        """What screens are drawn with, for a locale."""
        locale = locale or FALLBACK_LOCALE
        return Context(
            words=self._catalogs[locale],
            catalogs=self._catalogs,
            library=library or self._library(),
            cities=self._cities[locale],
            today=self._today(),
            citizenship=citizenship,
            asked=self.asked(),
        )

    def say(
        self, current: Turn, chat_id: int, screen: Screen, pressed: Pressed | None = None
    ) -> None:
        """Adds one screen that is no answer of the dialogue, such as an apology."""
        current.add(*_effects(chat_id, [screen], pressed))

    def _is_for_the_desk(self, act: acts.Act) -> bool:
        calls_staff = self.beyond is not None and self.beyond.calls_staff
        return calls_staff and isinstance(act, acts.ShowHuman)


def _effects(chat_id: int, screens: list[Screen], pressed: Pressed | None) -> list[Effect]:
    """The calls that show the screens; a pressed button is always confirmed, once."""
    if pressed is None:
        return [_send(chat_id, screen) for screen in screens if not screen.toast]
    toasts = [screen.html for screen in screens if screen.toast]
    shown = [screen for screen in screens if not screen.toast]
    effects: list[Effect] = [
        AnswerCallback(
            chat_id=chat_id, query_id=pressed.query_id, text=toasts[0] if toasts else None
        )
    ]
    effects += [
        DeleteMessage(chat_id=chat_id, message_id=message_id)
        for screen in shown
        for message_id in screen.deletes
    ]
    for number, screen in enumerate(shown):
        replaces = number == 0 and not toasts and screen.in_place
        if replaces and pressed.message_id is not None:
            effects.append(_edit(chat_id, pressed.message_id, screen))
        else:
            effects.append(_send(chat_id, screen))
    return effects


def _send(chat_id: int, screen: Screen) -> SendMessage:
    return SendMessage(
        chat_id=chat_id,
        text=screen.html,
        keyboard=screen.rows or None,
        reply_keyboard=screen.reply_keyboard,
        silent=screen.silent,
    )


def _edit(chat_id: int, message_id: int, screen: Screen) -> EditMessage:
    return EditMessage(
        chat_id=chat_id,
        message_id=message_id,
        text=screen.html,
        keyboard=screen.rows or None,
        or_send=True,
    )
