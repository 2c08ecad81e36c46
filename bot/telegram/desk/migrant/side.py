"""What all parts of the migrant's side work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.telegram.desk.relay import Route
from bot.telegram.effects import SendMessage

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.handoff.moves import Clockwork
    from bot.telegram.conversation import Conversation
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.render.context import Context
    from bot.telegram.turn import Turn


class Side:
    """The desk, the bot's own conversation, and what both sides may see.

    Args:
        desk: reads and moves cases.
        conversation: says what the bot says, and has the content in service.
    """

    def __init__(self, desk: Desk, conversation: Conversation) -> None:
        self.desk = desk
        self.conversation = conversation

    async def last_case(self, turn: Turn) -> Case | None:
        """The person's last case, open or not; a number that leads nowhere is forgotten."""
        number = turn.session.case
        if number is None:
            return None
        case = await self.desk.load(turn, number)
        if case is None:
            turn.session = replace(turn.session, case=None)
        return case

    async def clockwork(self, case: Case) -> Clockwork:
        """What the moves of a case go by now."""
        return self.desk.clockwork(await self.desk.group_of(case.group))

    async def to_staff(self, case: Case) -> Route:
        """The way of a migrant's message into the topic of the case."""
        group = await self.desk.group_of(case.group)
        words = self.desk.context(group.locale).words
        label = "👁 " + words.gettext("Reveal")
        return Route(
            case.number,
            case.group,
            self.desk.masks,
            reveal=label,
            held=words.gettext("A file whose name has personal numbers. Reveal shows it."),
            named=words.gettext("A file whose name may tell who it is. Reveal shows it."),
        )

    def words_of(self, turn: Turn, case: Case | None = None) -> Context:
        """What is drawn with for this person."""
        return self.conversation.context(turn.session.locale or (case.locale if case else None))

    def tell(self, turn: Turn, chat_id: int, message_id: int, text: str) -> None:
        """Says something about a message, where it was written."""
        turn.add(SendMessage(chat_id=chat_id, text=text, plain=True, reply_to=message_id))
