"""Questions that the bot should answer and cannot yet: what was asked, cleaned by hand.

They come from the review queue (``store/review.py``), and nothing says whose they are either. A
wording is kept under the day on which it was asked and goes with it, so that no decision of the
staff makes anything live longer than people are told.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from bot.store import scripts
from bot.store.days import began, days_until
from bot.store.keys import DAY, NEW_QUESTIONS_LENGTH, REVIEW_KEPT
from bot.store.shelf import Shelf, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.store.keys import Keys

_DIGEST_BYTES = 8
_FIELD = re.compile(r"([0-9a-z]{1,40})\.([0-9a-f]{16})", re.ASCII)
_WORD = re.compile(r"\w+")


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the staff say of a question; both may be empty.

    Attributes:
        title: a working title.
        note: for whoever writes the answer.
    """

    title: str = ""
    note: str = ""


class Worded(msgspec.Struct, frozen=True):
    """How a question was asked on a day.

    Attributes:
        text: without what tells who asked.
        locale: it is written in, a ``Locale``'s value; ``other`` for none of ours.
        times: how often it came that day.
    """

    text: str
    locale: str
    times: int = 1


class Asked(msgspec.Struct, frozen=True):
    """A wording with where it is kept.

    Attributes:
        day: on which it was asked (YYYY-MM-DD).
        digest: names it within its day and question; 16 hexadecimal digits.
        worded: it.
    """

    day: str
    digest: str
    worded: Worded


class Wording(msgspec.Struct, frozen=True):
    """A wording of all days, whatever its signs and capitals.

    Attributes:
        name: names it within its question.
        text: as it was written first.
        locale: as in ``Worded``.
        times: how often it came in all.
        asked: on the single days, the first one first.
    """

    name: str
    text: str
    locale: str
    times: int
    asked: tuple[Asked, ...]


class NewQuestion(msgspec.Struct, frozen=True):
    """A question without an answer.

    Attributes:
        id: names it.
        about: what the staff say of it.
        wordings: the most frequent first; at least one.
    """

    id: str
    about: About
    wordings: tuple[Wording, ...]

    @property
    def times(self) -> int:
        """How often it was asked."""
        return sum(one.times for one in self.wordings)

    @property
    def last(self) -> str:
        """The day on which it was asked last; it goes ``REVIEW_KEPT`` later by itself."""
        return max(asked.day for one in self.wordings for asked in one.asked)

    @property
    def first(self) -> str:
        """The first of the days that are still known."""
        return min(asked.day for one in self.wordings for asked in one.asked)


class NewQuestions(Shelf):
    """Fills, reads and empties the list."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        super().__init__(redis, keys)
        self._set = scripts.load(redis, "new_question_set")
        self._take = scripts.load(redis, "new_question_gone")

    async def all(self, now: float) -> tuple[NewQuestion, ...]:
        """The whole list, the most frequent first; of equal ones the newest.

        Args:
            now: seconds since the epoch.
        """
        days = tuple(days_until(now, REVIEW_KEPT // DAY))
        pipeline = self._redis.pipeline(transaction=False)
        for day in days:
            pipeline.hgetall(self._keys.new_questions(day))
        abouts: dict[str, About] = {}
        asked: dict[str, list[Asked]] = {}
        for day, kept in zip(days, await pipeline.execute(), strict=True):
            for field, raw in kept.items():
                _sort_in(day, field.decode(errors="replace"), raw, abouts, asked)
        found = [
            NewQuestion(name, abouts.get(name, About()), _wordings(each))
            for name, each in asked.items()
        ]
        found.sort(key=lambda one: (one.times, one.last, one.id), reverse=True)
        return tuple(found)

    async def find(self, question: str, now: float) -> NewQuestion | None:
        """A question of the list; None if it is not there any more."""
        return next((one for one in await self.all(now) if one.id == question), None)

    async def room(self, now: float) -> int:
        """How many wordings may be added; two who add at the same moment may exceed it by few."""
        there = sum(len(one.asked) for each in await self.all(now) for one in each.wordings)
        return max(0, NEW_QUESTIONS_LENGTH - there)

    async def put(self, question: str, about: About, asked: Iterable[Asked], now: float) -> None:
        """Adds wordings to a question; what is there already is not counted twice.

        Args:
            question: its id: small letters and digits, at most 40.
            about: what the staff say of it, as it is known already.
            asked: cleaned by hand.
            now: seconds since the epoch.
        """
        pipeline = self._redis.pipeline(transaction=True)
        for one in asked:
            key = self._keys.new_questions(one.day)
            pipeline.hset(key, f"{question}.{one.digest}", msgspec.json.encode(one.worded))
            pipeline.hset(key, question, msgspec.json.encode(about))
            pipeline.expire(key, _seconds_left(one.day, now))
        await pipeline.execute()

    async def describe(self, question: NewQuestion, about: About) -> None:
        """Sets what the staff say of a question, in place of what they said; the last one wins."""
        for day in {asked.day for one in question.wordings for asked in one.asked}:
            await self._set_there(day, question.id, msgspec.json.encode(about))

    async def reword(self, question: str, wording: Wording, text: str, locale: str) -> None:
        """Cleans a wording once more: on all its days it reads as given now."""
        for one in wording.asked:
            worded = Worded(text, locale, one.worded.times)
            await self._set_there(one.day, f"{question}.{one.digest}", msgspec.json.encode(worded))

    async def remove(self, question: str, asked: Iterable[Asked]) -> tuple[Asked, ...]:
        """Takes wordings off the list, for good.

        Returns:
            Those that were still there: of two counsellors who decide on the same wording at the
            same time only one gets it.
        """
        gone = []
        for one in asked:
            key = self._keys.new_questions(one.day)
            if await self._take(keys=[key], args=[question, one.digest]):
                gone.append(one)
        return tuple(gone)

    async def _set_there(self, day: str, field: str, value: bytes) -> None:
        """What has left the list in the meantime does not come back."""
        await self._set(keys=[self._keys.new_questions(day)], args=[field, value])


def name_of(text: str, locale: str) -> str:
    """Names a wording within its question, whatever its signs and capitals."""
    packed = msgspec.json.encode((_WORD.findall(text.casefold()), locale))
    return hashlib.blake2b(packed, digest_size=_DIGEST_BYTES).hexdigest()


def _seconds_left(day: str, now: float) -> int:
    return max(1, int(began(day) + REVIEW_KEPT - now))


def _sort_in(
    day: str, field: str, raw: bytes, abouts: dict[str, About], asked: dict[str, list[Asked]]
) -> None:
    """Puts a field of a day's hash where it belongs."""
    named = _FIELD.fullmatch(field)
    if named is None:
        about = read(raw, About)
        if about is not None and (about.title or about.note):
            abouts[field] = about
        return
    worded = read(raw, Worded)
    if worded is not None:
        asked.setdefault(named[1], []).append(Asked(day, named[2], worded))


def _wordings(asked: Iterable[Asked]) -> tuple[Wording, ...]:
    """What was asked, by wording; the most frequent first."""
    by_name: dict[str, list[Asked]] = {}
    for one in asked:
        by_name.setdefault(name_of(one.worded.text, one.worded.locale), []).append(one)
    found = [
        Wording(
            name,
            each[0].worded.text,
            each[0].worded.locale,
            sum(one.worded.times for one in each),
            tuple(each),
        )
        for name, each in by_name.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.name)))
