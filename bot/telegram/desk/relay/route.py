"""The way of a message to the other side, and what both kinds of messages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.handoff.masking import Masked
from bot.telegram.desk.relay.formatting import to_html
from bot.telegram.effects import Button, Keyboard, Origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Message

    from bot.telegram.effects import Effect

    Masks = Callable[[str], Masked]
    """What the other side may see of a text."""

FORWARDED = "↪️"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message goes.

    Attributes:
        case: the number of the case.
        to: the chat: the migrant's, or the staff group.
        masks: what may be seen there.
        reveal: the label of the button that shows what was masked; None where there is none.
        held: the sentence in place of a file whose name has numbers of somebody's.
        named: the same where words of the name may be somebody's.
    """

    case: int
    to: int
    masks: Masks
    reveal: str | None = None
    held: str = ""
    named: str = ""

    def keyboard(self, message: int, *, hidden: bool) -> Keyboard | None:
        """The button under a message of which something was masked."""
        if self.reveal is None or not hidden:
            return None
        return ((Button(self.reveal, data=f"d:reveal:{self.case}:{message}"),),)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a message becomes.

    Attributes:
        effects: the calls that show it on the other side.
        kind: for the transcript: ``text``, or the kind of medium.
        text: its words as they may be kept: masked, without formatting.
        file: Telegram's name of its file, the same for everybody; empty if it has none.
    """

    effects: tuple[Effect, ...]
    kind: str
    text: str = ""
    file: str = ""


def unmasked(text: str) -> Masked:
    """What migrants see of the staff's words: all of it."""
    return Masked(text, ())


def origin_of(message: Message) -> Origin:
    """Whose author is told what became of it."""
    return Origin(message.chat.id, message.message_id)


def answered_by(message: Message) -> str | None:
    """The message that this one answers, as the case's map knows it."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:  # the topic's own beginning
        return None
    return Origin(message.chat.id, answered.message_id).ref


def words_of(message: Message, route: Route) -> tuple[str, Masked] | None:
    """The text or caption of a message, as HTML and masked; None if it has neither."""
    text = message.text if message.text is not None else message.caption
    if text is None:
        return None
    entities = message.entities if message.text is not None else message.caption_entities
    masked = route.masks(text)
    html = to_html(text, entities, masked, route.masks)
    quote = message.quote
    if quote is not None and quote.is_manual:
        quoted = to_html(quote.text, quote.entities or (), route.masks(quote.text), route.masks)
        html = f"<blockquote>{quoted}</blockquote>\n{html}"
    if message.forward_origin is not None:
        html = f"{FORWARDED} {html}"
    return html, masked
