"""Questions that somebody should look at, so that the bot knows them next time; by day, masked.

Nothing says whose a question is: no chat, no name, no moment, only the day. The caller masks; what
may be danger never comes here (``telegram/lessons.py``).
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from bot.handoff.case import Said
from bot.store.days import days_until
from bot.store.insight import Taught, field_of
from bot.store.keys import DAY, INSIGHT_TTL, REVIEW_KEPT, REVIEW_LENGTH, REVIEW_TTL
from bot.store.shelf import Shelf, read, read_all
from bot.store.writes import Enter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.writes import Write

_DIGEST_BYTES = 8
_ID = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{16})", re.ASCII)
_WORD = re.compile(r"\w+")


class Why(StrEnum):
    """Why a question is in the queue."""

    LOST = "lost"
    """The bot did not understand it."""
    NONE_OF_THESE = "none_of_these"
    """The bot offered questions, and the person meant none of them."""
    THUMBS_DOWN = "thumbs_down"
    """The answer to it got 👎."""
    STAFF = "staff"
    """A counsellor marked it in a case."""


class Guessed(msgspec.Struct, frozen=True):
    """An intent with how sure the classifier was of it, 0 to 1."""

    intent: str
    confidence: float


class Done(StrEnum):
    """What came of a question in the queue."""

    LABELLED = "labelled"
    """It belongs to an intent that the bot has."""
    OUT_OF_SCOPE = "out_of_scope"
    NEW_QUESTION = "new_question"
    """Somebody should write an answer: it is on the list of new questions."""
    DISCARDED = "discarded"
    """Nothing can be learnt from it."""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question that the bot should have known.

    Attributes:
        day: on which it was asked or marked (YYYY-MM-DD).
        text: masked.
        locale: the language it was taken for, a ``Locale``'s value; ``other`` for none of ours.
        script: of most of its letters (ISO 15924, small); empty if it has none.
        why: it is here.
        guesses: what the bot took it for, the likeliest first; none where nobody asked it.
        subject: the intent whose answer got 👎, or that the case was about; empty if there is none.
    """

    day: str
    text: str
    locale: str
    script: str = ""
    why: Why = Why.STAFF
    guesses: tuple[Guessed, ...] = ()
    subject: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """A question in the queue.

    Attributes:
        id: names it, for ``ReviewQueue.settle``.
        question: it.
        times: how often it came that day: a person who repeats it counts once.
    """

    id: str
    question: Question
    times: int = 1


class Recalled(Said, frozen=True, omit_defaults=True):
    """A turn with the bot as it is remembered for a day: what the queue needs if it gets there.

    Attributes:
        guesses: as in ``Question``.
        locale: as in ``Question``.
        script: as in ``Question``.
        grave: it may be a cry for help.
    """

    guesses: tuple[Guessed, ...] = ()
    locale: str = ""
    script: str = ""
    grave: bool = False


class ReviewQueue(Shelf):
    """Fills, reads and empties the queue."""

    def to_review(self, question: Question) -> Write:
        """Puts a question into the queue; the same one on the same day is counted, not kept twice.

        Only what the bot did not understand is counted by how often it came: 👎 and a counsellor's
        mark can be given to one question again and again.
        """
        by_staff = question.why is Why.STAFF
        return Enter(
            self._keys.review(question.day),
            digest(question),
            msgspec.json.encode(question),
            REVIEW_TTL,
            2 * REVIEW_LENGTH if by_staff else REVIEW_LENGTH,
            counted=question.why is Why.LOST,
        )

    async def review(self, now: float) -> tuple[Waiting, ...]:
        """The queue, the oldest day first; within a day the most frequent first.

        Args:
            now: seconds since the epoch.
        """
        days = tuple(days_until(now, REVIEW_KEPT // DAY))
        pipeline = self._redis.pipeline(transaction=False)
        for day in days:
            pipeline.hgetall(self._keys.review(day))
        found: list[Waiting] = []
        for day, kept in zip(days, await pipeline.execute(), strict=True):
            of_day = _waiting(day, kept)
            found += sorted(of_day, key=lambda one: (-one.times, one.id))
        return tuple(found)

    async def settle(
        self, ids: Iterable[str], done: Done, today: str, intent: str = ""
    ) -> tuple[Question, ...]:
        """Takes questions out of the queue, for good; only how many became what is kept.

        What people are to get an answer to, the caller puts on the list of new questions before
        (``store/new_questions.py``).

        Args:
            ids: of ``Waiting``; what is no id, or settled already, is left out.
            done: what came of them.
            today: the day it is counted on, as ``insight.period_of`` names it.
            intent: that they were labelled with, if they were.

        Returns:
            Those that were still there: of two counsellors who settle the same question at the same
            time only one gets it.
        """
        pipeline = self._redis.pipeline(transaction=True)
        for found in filter(None, map(_ID.fullmatch, ids)):
            key = self._keys.review(found[1])
            pipeline.hget(key, found[2])
            pipeline.hdel(key, found[2], f"#{found[2]}")
        replies: Any = await pipeline.execute()
        settled = read_all((raw for raw in replies[::2] if raw is not None), Question)
        counted = self._redis.pipeline(transaction=True)
        for question in settled:
            entry = Taught(done.value, intent, question.locale, question.why.value)
            counted.hincrby(self._keys.insight(today), field_of(entry), 1)
            counted.expire(self._keys.insight(today), INSIGHT_TTL)
        await counted.execute()
        return settled

    async def recalled(self, chat_id: int) -> tuple[Recalled, ...]:
        """The last turns of the last day with the bot (``CaseWords.recent``), oldest first."""
        raws: Any = await self._redis.lrange(self._keys.recent(chat_id), 0, -1)
        return read_all(raws, Recalled)


def digest(question: Question) -> str:
    """Names a question within its day, whatever its signs and capitals, by reason and answer."""
    said = _WORD.findall(question.text.casefold())
    packed = msgspec.json.encode((question.why.value, question.subject, said))
    return hashlib.blake2b(packed, digest_size=_DIGEST_BYTES).hexdigest()


def _waiting(day: str, kept: dict[bytes, bytes]) -> list[Waiting]:
    found = []
    for name, raw in kept.items():
        question = None if name.startswith(b"#") else read(raw, Question)
        if question is not None:
            times = int(kept.get(b"#" + name, b"1"))
            found.append(Waiting(f"{day}.{name.decode()}", question, times))
    return found
