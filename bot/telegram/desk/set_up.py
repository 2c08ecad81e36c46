"""Puts the desk together: both sides, their handlers, and what the helpline tells itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.rules import Rules
from bot.telegram import signals
from bot.telegram.desk.cases.desk import Desk
from bot.telegram.desk.migrant.chat import MigrantSide
from bot.telegram.desk.migrant.signals import Signals
from bot.telegram.desk.staff.routes import register_staff
from bot.telegram.desk.staff.told import StaffSide
from bot.telegram.handlers import register

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.handoff.groups import Groups
    from bot.store.store import Store
    from bot.store.timekeeper import Timekeeper
    from bot.telegram.conversation import Conversation
    from bot.telegram.desk.staff.routes import Members
    from bot.telegram.handlers.context import HelplineApplication
    from bot.understanding.reader import Reader


class DeskParts:
    """What the running process needs of the desk.

    Attributes:
        desk: reads and moves cases.
        signals: handles what the helpline tells itself.
        timekeeper: a role that looks after the timers of cases.
    """

    def __init__(self, desk: Desk, signalled: Signals, timekeeper: Timekeeper) -> None:
        self.desk = desk
        self.signals = signalled
        self.timekeeper = timekeeper


def set_up(  # noqa: PLR0913, PLR0917 - wired once, in the composition root
    application: HelplineApplication,
    conversation: Conversation,
    reader: Reader,
    desk: Desk,
    members: Members,
    store: Store,
) -> DeskParts:
    """Registers the handlers of both sides, in place of those of a helpline without staff.

    Args:
        application: python-telegram-bot's.
        conversation: answers; from now on it calls the staff.
        reader: reads texts.
        desk: reads and moves cases.
        members: tells who is in a staff group.
        store: Redis.
    """
    migrant = MigrantSide(desk, conversation, reader)
    register_staff(application, desk, members, store.keys)
    register(application, conversation, reader, migrant)
    signalled = Signals(desk, migrant.incoming, StaffSide(desk))
    return DeskParts(desk, signalled, store.timekeeper(desk.clock, timer_signal))


def make_desk(store: Store, groups: Groups, clock: Clock, conversation: Conversation) -> Desk:
    """The desk with the usual periods; what it draws is drawn with the content in service."""
    return Desk(store.cases, groups, Rules(), clock, conversation.context)


def timer_signal(case: int, timer: str) -> bytes:
    """The signal that says which timer of a case ended."""
    return signals.encode(signals.TimerDue(case, timer))
