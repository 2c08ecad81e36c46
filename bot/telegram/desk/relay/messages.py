"""What a message becomes on the other side of a case; pure, and the same in both directions."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from telegram import ReactionTypeEmoji

from bot.handoff.masking import Masked
from bot.handoff.notices import Cause
from bot.telegram.desk.relay.files import (
    file_of,
    is_held,
    kind_of,
    medium_of,
    names_of,
    refusal,
)
from bot.telegram.desk.relay.route import Carried, answered_by, origin_of, words_of
from bot.telegram.effects import (
    CopyMessage,
    EditMessage,
    Origin,
    SendLocation,
    SendMessage,
    SetReaction,
)

if TYPE_CHECKING:
    from telegram import Message, MessageReactionUpdated

    from bot.telegram.desk.relay.route import Route

FILE = "📎"

CONTACT = "📇"

_CAPTIONED = frozenset({"photo", "video", "animation", "audio", "document", "voice"})


def carry(message: Message, route: Route) -> Carried | Cause:
    """A message as it is shown on the other side, or why it is not."""
    cause = refusal(message)
    if cause is not None:
        return cause
    kind = kind_of(message)
    if kind == "text":
        return _text(message, route)
    if is_held(message, route):
        return _in_place_of_a_file(message, route, kind)
    if kind == "location" and message.location is not None and message.location.live_period:
        return _live_location(message, route)
    if kind == "contact" and route.reveal is not None:
        return _masked_contact(message, route)
    return _copy(message, route, kind)


def carry_edit(message: Message, route: Route, *, swapped: bool = False) -> Carried | Cause | None:
    """The new words of a message that was carried over, and its new file.

    A caption that was taken away is taken away there too: it may have said too much.

    Args:
        message: as it is now.
        route: where its copy is.
        swapped: whether it has another file than before (``is_swapped``).

    Returns:
        None if it can have no words (a location); a cause if the new file is not carried over.
    """
    words, kind = words_of(message, route), kind_of(message)
    if words is None and kind not in _CAPTIONED:
        return None
    html, masked = words or ("", Masked("", ()))
    held, medium = is_held(message, route), medium_of(message) if swapped else None
    if swapped and (cause := refusal(message)) is not None:
        return cause
    if swapped and medium is None and not held:
        return Cause.KIND
    edit = EditMessage(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        message_ref=origin_of(message).ref,
        text=_text_in_place(message, route) if held else html,
        caption=message.text is None and not held,
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden or held),
        # A topic that the staff deleted took the copy along; the words must reach them still.
        or_send=route.reveal is not None or medium is not None,
        medium=None if held else medium,
    )
    return Carried((edit,), kind, masked.text, file_of(message))


def carry_reaction(
    change: MessageReactionUpdated, case: int, to: int
) -> tuple[SetReaction, str] | None:
    """A reaction, and its emoji ("" where it was taken away); None for one that bots cannot set."""
    emojis = [kind.emoji for kind in change.new_reaction if isinstance(kind, ReactionTypeEmoji)]
    if change.new_reaction and not emojis:
        return None
    emoji = emojis[0] if emojis else None
    ref = Origin(change.chat.id, change.message_id).ref
    return SetReaction(chat_id=to, case=case, emoji=emoji, message_ref=ref), emoji or ""


def _text(message: Message, route: Route) -> Carried:
    html, masked = words_of(message, route) or ("", Masked("", ()))
    sent = SendMessage(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        text=html,
        reply_ref=answered_by(message),
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden),
        link_preview=route.reveal is None,
    )
    return Carried((sent,), "text", masked.text)


def _copy(message: Message, route: Route, kind: str) -> Carried:
    html, masked = words_of(message, route) or (None, Masked("", ()))
    copied = CopyMessage(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        from_chat_id=message.chat.id,
        message_id=message.message_id,
        caption=html,
        reply_ref=answered_by(message),
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden),
    )
    return Carried((copied,), kind, masked.text, file_of(message))


def _in_place_of_a_file(message: Message, route: Route, kind: str) -> Carried:
    _, masked = words_of(message, route) or ("", Masked("", ()))
    sent = SendMessage(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        text=_text_in_place(message, route),
        reply_ref=answered_by(message),
        keyboard=route.keyboard(message.message_id, hidden=True),
    )
    return Carried((sent,), kind, masked.text, file_of(message))


def _text_in_place(message: Message, route: Route) -> str:
    names = names_of(message, route)
    shown = " · ".join(name.shown for name in names)
    why = route.named if any(name.words for name in names) else route.held
    html, _ = words_of(message, route) or ("", None)
    return "\n".join(filter(None, (f"{FILE} {escape(shown)}", escape(why), html)))


def _live_location(message: Message, route: Route) -> Carried:
    """Where somebody is at this moment, as a place that stays; it does not follow the phone."""
    place = message.location
    assert place is not None  # noqa: S101 - the caller looked
    sent = SendLocation(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        latitude=place.latitude,
        longitude=place.longitude,
    )
    return Carried((sent,), "location")


def _masked_contact(message: Message, route: Route) -> Carried:
    """Somebody's telephone number: not their name, and of the number what the mask leaves."""
    contact = message.contact
    assert contact is not None  # noqa: S101 - the caller looked
    number = contact.phone_number
    masked = route.masks(number if number.startswith("+") else f"+{number}")
    text = f"{CONTACT} {masked.text}"
    sent = SendMessage(
        chat_id=route.to,
        case=route.case,
        origin=origin_of(message),
        text=text,
        plain=True,
        reply_ref=answered_by(message),
        keyboard=route.keyboard(message.message_id, hidden=True),
    )
    return Carried((sent,), "contact", text)
