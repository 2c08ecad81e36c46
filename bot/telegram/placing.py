"""Finds out where an effect goes: the group's present id, the topic, the messages it names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.store.cases import CARD
from bot.store.consumer import until_done
from bot.store.topics import bundle_field
from bot.telegram import bundling, refs
from bot.telegram.calls import NOWHERE, Spot
from bot.telegram.effects import (
    PREVIOUS,
    ChangeTopic,
    ChatAction,
    CopyMessage,
    EditMessage,
    Effect,
    SendAlbum,
    SendLocation,
    SendMessage,
    SendVenue,
    SetReaction,
)
from bot.telegram.repair import sent_anew
from bot.telegram.topics import ErasedError, Topic, TopicDesk, in_general, shown

if TYPE_CHECKING:
    from bot.store.store import Store
    from bot.telegram.patience import Errand

_IN_TOPICS = (SendMessage, SendLocation, SendVenue, CopyMessage, SendAlbum)
"""What stands in a topic; the others are about a message, or a person."""


class Placed(msgspec.Struct, frozen=True):
    """An effect that can be carried out.

    Attributes:
        effect: with the present id of the chat, and of the messages that it is about.
        spot: where in the chat.
        topic: of the case, in a group.
        note: what to note of the case's topic once it is done.
    """

    effect: Effect
    spot: Spot = NOWHERE
    topic: Topic | None = None
    note: dict[str, str | int] = {}


class Placing:
    """Places effects.

    Args:
        store: the cases, and their topics.
        desk: opens topics that are missing.
    """

    def __init__(self, store: Store, desk: TopicDesk) -> None:
        self._topics = store.topics
        self._cases = store.cases
        self._desk = desk

    async def place(self, errand: Errand, effect: Effect, previous: int | None) -> Placed | None:
        """Where an effect goes; a topic that is missing is opened.

        Args:
            errand: for which.
            effect: it, or a part of it.
            previous: the message that the part before it became.

        Returns:
            None if there is nothing to do.

        Raises:
            ErasedError: the case it belongs to is gone.
            TelegramError: the topic could not be opened.
        """
        if effect.case is None:
            if effect.chat_id < 0:
                effect = _moved(effect, await self._cases.canonical(effect.chat_id))
            if getattr(effect, "reply_ref", None) == PREVIOUS:
                return Placed(effect, Spot(None, previous))
            return Placed(effect)
        if effect.chat_id > 0:
            if effect.origin and await self._topics.migrant_of(effect.case) is None:
                raise ErasedError
            return await self._referred(effect, effect.case, NOWHERE, previous)
        return await self._place_in_group(errand, effect, effect.case, previous)

    async def done(self, placed: Placed) -> None:
        """Notes what an effect that was carried out changed."""
        if placed.note and placed.effect.case is not None:
            noted = partial(self._topics.noted, placed.effect.case, placed.note)
            await until_done(noted, "card")

    async def _place_in_group(
        self, errand: Errand, effect: Effect, case: int, previous: int | None
    ) -> Placed | None:
        topic = await self._desk.find(case, effect.chat_id)
        effect = _moved(effect, topic.at.group)
        carries = effect.origin is not None or effect.quotes or isinstance(effect, CopyMessage)
        if carries and topic.at.migrant is None:
            raise ErasedError
        if isinstance(effect, EditMessage) and effect.message_ref == CARD:
            return _card(effect, topic)
        if isinstance(effect, ChangeTopic):
            if not effect.closed:
                topic = await self._desk.ensure(errand, case, topic)
            return Placed(effect, topic=topic)
        if isinstance(effect, ChatAction) and topic.thread is None:
            return None
        if isinstance(effect, _IN_TOPICS):
            topic = await self._desk.ensure(errand, case, topic)
        spot = Spot(topic.thread)
        if isinstance(effect, _IN_TOPICS) and topic.thread is None:
            effect, spot = in_general(effect, case, topic.card)
        placed = await self._referred(effect, case, spot, previous)
        return placed and replace(placed, topic=topic)

    async def _referred(
        self, effect: Effect, case: int, spot: Spot, previous: int | None
    ) -> Placed | None:
        """With the messages that it names."""
        chat_id = effect.chat_id
        name = getattr(effect, "reply_ref", None)
        if name is not None:
            answered = previous if name == PREVIOUS else await self._find(case, name, chat_id)
            spot = replace(spot, reply_to=answered or spot.reply_to)
        if isinstance(effect, EditMessage | SetReaction) and effect.message_ref is not None:
            message_id = await self._find(case, effect.message_ref, chat_id)
            if message_id is not None and isinstance(effect, EditMessage):
                return await self._edited(effect, case, message_id, spot)
            if message_id is not None:
                return Placed(replace(effect, message_id=message_id), spot)
            if isinstance(effect, EditMessage) and effect.or_send:
                return Placed(sent_anew(effect), spot)
            return None
        return Placed(effect, spot)

    async def _edited(self, effect: EditMessage, case: int, message_id: int, spot: Spot) -> Placed:
        """An edit; one of a bundled message changes its part of the whole."""
        (kept,) = await self._cases.map_lookup(case, bundle_field(message_id))
        bundle, name = bundling.decode(kept), effect.message_ref or ""
        edit = replace(effect, message_id=message_id)
        if bundle is None or name not in bundle.names:
            return Placed(edit, spot)
        bundle = bundle.edited(name, effect)
        # Else a message of its own, below the one that has the old words.
        if effect.medium is not None or not bundle.fits:
            return Placed(sent_anew(effect), replace(spot, reply_to=message_id))
        # Before the call: of a call that is repeated Telegram says that nothing changes.
        write = self._topics.bundled(case, message_id, bundling.encode(bundle))
        await until_done(partial(self._cases.write, [write]), "bundle")
        return Placed(replace(edit, text=bundle.text, keyboard=bundle.keyboard), spot)

    async def _find(self, case: int, name: str, chat_id: int) -> int | None:
        return await refs.find(self._cases, case, name, chat_id)


def _moved(effect: Effect, chat_id: int) -> Effect:
    return effect if effect.chat_id == chat_id else replace(effect, chat_id=chat_id)


def _card(effect: EditMessage, topic: Topic) -> Placed | None:
    """The card as the case is now; nothing if it shows that already, or is not there yet."""
    if not topic.card:
        return None
    effect = replace(effect, message_id=topic.card)
    if topic.plan is None:
        return Placed(effect, topic=topic)
    if topic.at.shown == shown(topic.plan):
        return None
    card = topic.plan.card
    effect = replace(effect, text=card.text, keyboard=card.keyboard, plain=card.plain)
    return Placed(effect, NOWHERE, topic, {"shown": shown(topic.plan)})
