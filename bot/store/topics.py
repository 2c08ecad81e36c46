"""The sender's notes of a case: its topic in a staff group, and which message became which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.store import scripts
from bot.store.keys import Family
from bot.store.streams import shard_of
from bot.store.writes import Expire, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis.asyncio import Redis
    from redis.typing import EncodableT

    from bot.store.cases import Cases
    from bot.store.keys import Keys


class Whereabouts(msgspec.Struct, frozen=True):
    """Where a case is, seen from one group.

    Attributes:
        group: the present id of the group.
        thread: of the case's topic in it; None if there is none.
        current: the group whose topic was opened last; None before the first.
        card: the message of the card there, if that is this group.
        general: the message of the card in General, if it went there for want of topics.
        shown: what the card shows, as the sender noted it.
        titled: likewise of the topic's title and icon.
        plan: how a topic is opened, encoded; None if the case has no plan.
        migrant: the migrant's private chat; None if the case is erased.
    """

    group: int
    thread: int | None = None
    current: int | None = None
    card: int | None = None
    general: int | None = None
    shown: str = ""
    titled: str = ""
    plan: bytes | None = None
    migrant: int | None = None


class _Case(msgspec.Struct):
    """The part of a case's document that is needed here."""

    chat_id: int


class Topics:
    """Reads and notes topics; every write is safe to repeat.

    Args:
        redis: the client.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
        cases: knows the present ids of groups.
    """

    def __init__(self, redis: Redis, keys: Keys, shards: int, cases: Cases) -> None:
        self._redis = redis
        self._cases = cases
        self._keys = keys
        self._shards = shards
        self._opened = scripts.load(redis, "topic")
        self._lost = scripts.load(redis, "topic_lost")

    async def whereabouts(self, case: int, group: int) -> Whereabouts:
        """Where a case is, seen from a group."""
        group = await self._cases.canonical(group)
        keys = self._keys
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.hgetall(keys.case_topic(case))
        pipeline.get(keys.case_plan(case))
        pipeline.get(keys.case(case))
        topic, plan, document = await pipeline.execute()
        current = _number(topic.get(b"group"))
        here = topic if current == group else {}
        return Whereabouts(
            group,
            thread=_number(topic.get(f"at:{group}".encode())),
            current=current,
            card=_number(here.get(b"card")),
            general=_number(topic.get(f"general:{group}".encode())),
            shown=here.get(b"shown", b"").decode(),
            titled=here.get(b"titled", b"").decode(),
            plan=plan,
            migrant=_migrant(document),
        )

    async def opened(self, case: int, at: Whereabouts, thread: int, *, remade: bytes) -> int:
        """Notes a topic that was just opened, in place of ``at.thread``.

        Args:
            case: its number.
            at: where it was when the topic was opened.
            thread: the new topic.
            remade: the signal for the case if the staff had deleted the topic before.

        Returns:
            The case's topic from now on: another one if another process was faster; 0 if the case
            is gone.
        """
        keys, migrant = self._keys, at.migrant or 0
        names = [
            keys.case_topic(case),
            keys.case_map(case),
            keys.thread(at.group, thread),
            keys.stream(Family.INBOX, shard_of(migrant, self._shards)),
            keys.case(case),
        ]
        replaced: EncodableT = "" if at.thread is None else at.thread
        values = [at.group, thread, case, replaced, migrant, remade]
        return int(await self._opened(keys=names, args=values))

    async def arrived(self, case: int, at: Whereabouts) -> None:
        """Notes that a case came to a group that has no topics; the map is another group's."""
        keys, group = self._keys, at.group
        topic, life = keys.case_topic(case), keys.case(case)
        await self._cases.write(
            [
                *([] if at.current is None else [Expire(keys.case_map(case), 0)]),
                Field(topic, "group", str(group).encode(), life_of=life),
                *(Field(topic, name, b"", life_of=life) for name in ("thread", "card", "shown")),
            ]
        )

    async def lost(self, case: int, group: int, thread: int) -> None:
        """Forgets a topic that is gone; the next one is told to the case as made anew."""
        names = [self._keys.case_topic(case), self._keys.thread(group, thread)]
        await self._lost(keys=names, args=[group, thread])

    async def noted(self, case: int, values: Mapping[str, str | int]) -> None:
        """Notes what a group shows of a case, if the case is still there.

        Args:
            case: its number.
            values: ``card`` or ``general:<group>`` (the message; 0 if it cannot be sent),
                ``shown``, ``titled``.
        """
        keys = self._keys
        fields = [
            Field(keys.case_topic(case), name, str(value).encode(), life_of=keys.case(case))
            for name, value in values.items()
        ]
        for name, value in values.items():
            if value and name.startswith(("card", "general:")):
                fields += self.became(case, "card", "g", int(value))
        await self._cases.write(fields)

    def became(self, case: int, name: str, side: str, message_id: int) -> list[Field]:
        """The writes that note which message a name of a case's map became.

        Args:
            case: its number.
            name: of ``Origin.ref``, or of an effect.
            side: where the message is: ``g`` for a group, ``p`` for the private chat.
            message_id: the message.
        """
        key, life = self._keys.case_map(case), self._keys.case(case)
        return [
            Field(key, f"ref:{name}", str(message_id).encode(), life_of=life),
            Field(key, f"{side}{message_id}", name.encode(), life_of=life),
        ]

    def also(self, case: int, name: str, side: str, message_id: int) -> list[Field]:
        """The same for a further part of what a name became: the first is found by the name."""
        return self.became(case, name, side, message_id)[1:]

    def bundled(self, case: int, message_id: int, payload: bytes) -> Field:
        """The write that keeps of which messages one of the group was made."""
        key, life = self._keys.case_map(case), self._keys.case(case)
        return Field(key, bundle_field(message_id), payload, life_of=life)

    async def is_ours(self, group: int, thread: int) -> bool:
        """Whether a topic belongs to a case."""
        return bool(await self._redis.exists(self._keys.thread(group, thread)))

    async def migrant_of(self, case: int) -> int | None:
        """The private chat of a case's migrant; None if the case is erased."""
        document: Any = await self._redis.get(self._keys.case(case))
        return _migrant(document)


def bundle_field(message_id: int) -> str:
    """The field of a case's map that keeps of which messages one was made."""
    return f"bundle:{message_id}"


def _migrant(document: bytes | None) -> int | None:
    if document is None:
        return None
    try:
        return msgspec.json.decode(document, type=_Case).chat_id
    except msgspec.DecodeError:
        return None


def _number(found: bytes | None) -> int | None:
    return None if found is None else int(found)
