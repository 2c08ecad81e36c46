"""Opens the topics of cases, and keeps their cards and titles as the cases have them."""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
import structlog
from msgspec.structs import replace
from telegram.error import TelegramError

from bot.store.consumer import until_done
from bot.store.topics import Whereabouts
from bot.telegram import calls, effects, signals
from bot.telegram.calls import Spot
from bot.telegram.effects import TidyTopic, TopicPlan
from bot.telegram.ends import End, end_of
from bot.telegram.icons import Icons
from bot.telegram.repair import repaired
from bot.telegram.splitting import parts_of
from bot.telegram.steps import Step

if TYPE_CHECKING:
    from telegram import Bot, Message

    from bot.store.store import Store
    from bot.telegram.effects import ChangeTopic
    from bot.telegram.metrics import Metrics
    from bot.telegram.patience import Caller, Errand
    from bot.telegram.steps import StepHook

IMPOSSIBLE_SECONDS = 60.0
"""So long a group that refused a topic is not asked for another one."""

MAX_TITLE = 128
"""Characters; https://core.telegram.org/bots/api#createforumtopic."""

_MAX_REPAIRS = 5

_log = structlog.get_logger()


class ErasedError(Exception):
    """The case is erased: what people wrote in it goes nowhere any more."""


class Topic(msgspec.Struct, frozen=True):
    """Where effects of a case go in a group.

    Attributes:
        at: where the case is.
        thread: the topic; None for General, where the group has no topics.
        card: the first post, if it is there.
        plan: how the topic is to be, if it is for this group.
        elsewhere: the case went to another group: this one has a topic of it or none.
    """

    at: Whereabouts
    thread: int | None
    card: int | None = None
    plan: TopicPlan | None = None
    elsewhere: bool = False


class TopicDesk:
    """Finds the topic of a case, or opens it.

    Args:
        store: the cases, and their topics.
        bot: calls Telegram.
        caller: makes the calls within Telegram's limits.
        metrics: what Prometheus sees.
        at: called at each step of an update.
    """

    def __init__(
        self, store: Store, bot: Bot, caller: Caller, metrics: Metrics, at: StepHook
    ) -> None:
        self._topics = store.topics
        self._cases = store.cases
        self._bot = bot
        self._caller = caller
        self._metrics = metrics
        self._at = at
        self._icons = Icons(bot)
        self._impossible: dict[int, float] = {}

    async def find(self, case: int, group: int) -> Topic:
        """The topic of a case in a group as it is, whether it is there or not."""
        at = await self._topics.whereabouts(case, group)
        plan = _decoded(at.plan, case)
        elsewhere = at.current not in {None, at.group}
        if plan is not None:
            present = plan.group == at.group or await self._cases.canonical(plan.group) == at.group
            elsewhere, plan = not present, plan if present else None
        thread = at.thread
        if at.current != at.group and plan is not None:
            thread = None  # it comes (back) to this group, and gets a topic of its own
        return Topic(at, thread, at.general if thread is None else at.card, plan, elsewhere)

    async def ensure(self, errand: Errand, case: int, topic: Topic) -> Topic:
        """The topic, opened with its card if it is missing.

        It stays missing where the group takes none: then all goes to General, below the card.

        Raises:
            TelegramError: the group can be written to in no way.
        """
        at, thread = topic.at, topic.thread
        if thread is None and at.migrant is not None and not topic.elsewhere:
            thread = await self._open(errand, case, topic)
            if thread is None and at.current != at.group:
                await until_done(partial(self._topics.arrived, case, at), "topic")
        if thread != topic.thread:
            topic = replace(topic, thread=thread, card=None)
        if topic.card is None and topic.plan is not None and at.migrant is not None:
            card = await self.post_card(errand, case, topic)
            topic = replace(topic, card=card)
        return topic

    async def _open(self, errand: Errand, case: int, topic: Topic) -> int | None:
        group = topic.at.group
        if self._impossible.get(group, 0.0) > time.monotonic():
            return None
        title = topic.plan.title[:MAX_TITLE] if topic.plan else f"#{case}"
        icon = await self._icon(topic.plan)
        try:
            made = await self._create(errand, group, title, icon)
        except TelegramError as error:
            if end_of(error) is not End.NO_TOPICS:
                raise
            self._impossible[group] = time.monotonic() + IMPOSSIBLE_SECONDS
            self._metrics.topics.labels(outcome="impossible").inc()
            _log.error("topics_impossible", chat=group, cause=_cause(error))
            return None
        self._at(Step.TOPIC_MADE)
        remade = signals.encode(signals.TopicRemade(case))
        noted = await until_done(
            partial(self._topics.opened, case, topic.at, made, remade=remade), "topic"
        )
        if noted != made:  # another process was faster, or the case was erased meanwhile
            await self._delete(errand, group, made)
            return noted or None
        if topic.plan is not None:
            note: dict[str, str | int] = {"titled": titled(topic.plan)}
            await until_done(partial(self._topics.noted, case, note), "title")
        self._metrics.topics.labels(outcome="opened").inc()
        return made

    async def _create(self, errand: Errand, group: int, title: str, icon: str | None) -> int:
        create = partial(self._bot.create_forum_topic, group, title, icon_custom_emoji_id=icon)
        try:
            made = await self._caller.call(errand, group, create)
        except TelegramError as error:
            if icon is None or end_of(error) is not End.BAD_ICON:
                raise
            return await self._create(errand, group, title, None)
        return made.message_thread_id

    async def post_card(self, errand: Errand, case: int, topic: Topic) -> int:
        """Posts the card and pins it without a sound; 0 if Telegram takes it in no form.

        Raises:
            TelegramError: nothing can be sent into the topic.
        """
        plan, group = topic.plan, topic.at.group
        if plan is None:
            return 0
        card = replace(plan.card, chat_id=group, case=case, reply_to=None, reply_ref=None)
        parts, spot, made, repairs = deque(parts_of(card)), Spot(topic.thread), 0, 0
        while parts:
            part = parts.popleft()

            async def post(part: effects.Effect = part) -> tuple[int, ...]:
                if await self._topics.migrant_of(case) is None:  # since it waits
                    raise ErasedError
                return await calls.carry_out(self._bot, part, spot)

            try:
                ids = await self._caller.call(errand, group, post)
            except TelegramError as error:
                others = repaired(part, error) if repairs < _MAX_REPAIRS else None
                if others is None and end_of(error) is not End.REFUSED:
                    raise
                repairs += 1
                parts.extendleft(reversed(others or ()))
                _log.warning("card_repaired", case=case, cause=end_of(error))
            else:
                made = made or ids[0]
        where = "card" if topic.thread is not None else f"general:{group}"
        noted: dict[str, str | int] = {where: made, "shown": shown(plan)}
        await until_done(partial(self._topics.noted, case, noted), "card")
        if made:
            await self._pin(errand, group, made)
        return made

    async def _pin(self, errand: Errand, group: int, message_id: int) -> None:
        pin = partial(self._bot.pin_chat_message, group, message_id, disable_notification=True)
        try:
            await self._caller.call(errand, group, pin, messages=0)
        except TelegramError as error:
            if end_of(error) is not End.DONE:
                _log.warning("card_not_pinned", chat=group, cause=_cause(error))

    async def change(self, errand: Errand, effect: ChangeTopic, topic: Topic) -> None:
        """Changes a topic, by what the case's plan says now: what was overtaken is left out.

        Raises:
            TelegramError: what Telegram answered instead.
        """
        case, thread, plan = effect.case, topic.thread, topic.plan
        if thread is None or case is None:
            return
        renames = effect.title is not None or effect.icon is not None
        note: dict[str, str | int] = {}
        if renames and plan is not None:
            known = topic.at.titled == titled(plan)
            renames = not known
            effect = replace(effect, title=plan.title, icon=plan.icon)
            note = {} if known else {"titled": titled(plan)}
        icon = await self._icons.id_of(effect.icon) if renames and effect.icon else None
        title = effect.title[:MAX_TITLE] if renames and effect.title else None
        effect = replace(effect, title=title, icon=None)
        if title is None and icon is None and effect.closed is None:
            return
        carry_out = partial(calls.change_topic, self._bot, effect, thread, icon)
        try:
            await self._caller.call(errand, effect.chat_id, carry_out)
        except TelegramError as error:
            if icon is None or end_of(error) is not End.BAD_ICON:
                raise
            plain = partial(calls.change_topic, self._bot, effect, thread)
            await self._caller.call(errand, effect.chat_id, plain)
        if note:
            await until_done(partial(self._topics.noted, case, note), "title")

    async def reopen(self, errand: Errand, group: int, thread: int) -> None:
        """Opens a topic that is closed, so that it can be written to.

        Raises:
            TelegramError: what Telegram answered instead.
        """
        await self._caller.call(
            errand,
            group,
            lambda: calls.unless_done(self._bot.reopen_forum_topic(group, thread)),
        )
        self._metrics.topics.labels(outcome="reopened").inc()

    async def lose(self, case: int, topic: Topic) -> None:
        """Forgets a topic that the staff deleted; ``ensure`` opens another one."""
        if topic.thread is not None:
            lost = partial(self._topics.lost, case, topic.at.group, topic.thread)
            await until_done(lost, "topic")
            self._metrics.topics.labels(outcome="lost").inc()
            _log.warning("topic_lost", case=case, chat=topic.at.group)

    async def tidy(self, errand: Errand, group: int, thread: int) -> None:
        """Deletes a topic of our own that belongs to no case a while after it was made.

        Raises:
            StoppedError: the sender stops.
        """
        if await self._topics.is_ours(group, thread):
            return
        wait = self._caller.patience.tidy_after - errand.age
        if wait > 0:
            await self._caller.pause(errand, wait)
        if not await self._topics.is_ours(group, thread):
            await self._delete(errand, group, thread)

    async def _delete(self, errand: Errand, group: int, thread: int) -> None:
        delete = partial(self._bot.delete_forum_topic, group, thread)
        try:
            await self._caller.call(errand, group, delete)
        except TelegramError as error:
            _log.warning("topic_not_deleted", chat=group, cause=_cause(error))
        else:
            self._metrics.topics.labels(outcome="tidied").inc()
            _log.warning("topic_tidied", chat=group)

    async def _icon(self, plan: TopicPlan | None) -> str | None:
        return await self._icons.id_of(plan.icon) if plan else None


def tidying(message: Message) -> TidyTopic | None:
    """What follows from a message that tells of a topic that the bot itself opened.

    It is deleted after a while if it belongs to no case by then: a process died before it could
    note it, or Telegram's answer was lost on the way.
    """
    opener, thread = message.from_user, message.message_thread_id
    if message.forum_topic_created is None or thread is None or opener is None:
        return None
    if opener.id != message.get_bot().id:
        return None
    return TidyTopic(chat_id=message.chat_id, thread=thread)


def in_general(effect: effects.Effect, case: int, card: int | None) -> tuple[effects.Effect, Spot]:
    """An effect as it goes to General, where cases can be told apart by their numbers only."""
    spot = Spot(None, card or None)
    match effect:
        case effects.SendMessage(plain=True):
            return replace(effect, text=f"#{case}\n{effect.text}"), spot
        case effects.SendMessage():
            return replace(effect, text=f"<b>#{case}</b>\n{effect.text}"), spot
        case effects.CopyMessage(caption=str() as caption) if caption:
            return replace(effect, caption=f"<b>#{case}</b> {caption}"), spot
    return effect, spot


def shown(plan: TopicPlan) -> str:
    """What tells whether a card shows what it should."""
    return _digest(plan.card.text, plan.card.keyboard)


def titled(plan: TopicPlan) -> str:
    """What tells whether a topic is called what it should be."""
    return _digest(plan.title, plan.icon)


def _digest(*values: object) -> str:
    return blake2b(msgspec.json.encode(values), digest_size=12).hexdigest()


def _decoded(plan: bytes | None, case: int) -> TopicPlan | None:
    if plan is None:
        return None
    try:
        return effects.decode_plan(plan)
    except effects.EffectFormatError as fault:
        _log.error("topic_plan_unreadable", case=case, cause=str(fault))
        return None


def _cause(error: TelegramError) -> str:
    """Telegram's own words, in which there is nothing of a person's."""
    return error.message[:100]
