"""Every key in Redis and how long it lives, in seconds, with the reason."""

from __future__ import annotations

from enum import StrEnum

import msgspec

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY

SEEN_TTL = 2 * DAY
"""Telegram keeps an unconfirmed update for 24 hours and may send it again until then; doubled."""

SESSION_TTL = 180 * DAY
"""A season of work: who comes back next season starts anew. Refreshed by each turn."""

BLOCKED_TTL = SESSION_TTL
"""As long as there could be a session to write to."""

ATTEMPTS_TTL = SEEN_TTL
"""Counts the starts of entries that are not finished; no entry stays unfinished for so long."""

DEAD_TTL = 3 * DAY
"""A set-aside update holds a person's words: kept over a weekend for the operator, no longer."""

DEAD_LENGTH = 1000
"""At most so many set-aside updates; more of them are one fault that repeats."""

COUNTS_TTL = 400 * DAY
"""A year and a month, to compare a month with the same month of last year; nothing personal."""

REPORTS_TTL = COUNTS_TTL
"""As long as the other counts: an operator sees which numbers keep being wrong."""

REPORTED_TTL = DAY
"""One report per chat and centre counts a day; nothing tells any longer who reported what."""

SENT_WEEKS = 5
"""An edit, a reply or a deletion is carried over for four to five weeks after the message."""


class Family(StrEnum):
    """The two sets of sharded streams."""

    INBOX = "inbox"
    OUTBOX = "outbox"


class Keys(msgspec.Struct, frozen=True):
    """The names of all keys.

    Attributes:
        prefix: what all names begin with, so that several bots can share one Redis.
    """

    prefix: str = "helpline:"

    def shards(self) -> str:
        """String: into how many shards each family is divided. No TTL: it is the layout."""
        return f"{self.prefix}shards"

    def stream(self, family: Family, shard: int) -> str:
        """Stream: the entries of a shard. No TTL: each entry is deleted when it is done."""
        return f"{self.prefix}{family}:{shard}"

    def seen(self, update_id: int) -> str:
        """String, SEEN_TTL: this update was received."""
        return f"{self.prefix}seen:{update_id}"

    def lease(self, family: Family, shard: int) -> str:
        """String, the lease time: the token of the process that owns the shard."""
        return f"{self.prefix}lease:{family}:{shard}"

    def processes(self, family: Family) -> str:
        """Sorted set, two lease times: the live processes by when they count as dead."""
        return f"{self.prefix}processes:{family}"

    def fence(self) -> str:
        """String: counts the leases ever given, so that no two tokens are equal. No TTL."""
        return f"{self.prefix}fence"

    def session(self, chat_id: int) -> str:
        """String, SESSION_TTL: the state of a conversation, as JSON."""
        return f"{self.prefix}session:{chat_id}"

    def blocked(self, chat_id: int) -> str:
        """String, BLOCKED_TTL: the person blocked the bot; gone with their next update."""
        return f"{self.prefix}blocked:{chat_id}"

    def attempts(self, shard: int) -> str:
        """Hash, ATTEMPTS_TTL: how often the turn of an unfinished inbox entry was started."""
        return f"{self.prefix}attempts:{shard}"

    def dead(self) -> str:
        """Stream, DEAD_TTL and DEAD_LENGTH: updates on which processes died."""
        return f"{self.prefix}dead"

    def counts(self, day: str) -> str:
        """Hash, COUNTS_TTL: what happened on a day (YYYY-MM-DD, UTC)."""
        return f"{self.prefix}counts:{day}"

    def reports(self, day: str) -> str:
        """Hash, REPORTS_TTL: how often each centre's number was called wrong on a day (UTC)."""
        return f"{self.prefix}reports:{day}"

    def report_salt(self, day: str) -> str:
        """String, REPORTED_TTL: a random secret of the day, without which no hash tells a chat."""
        return f"{self.prefix}report_salt:{day}"

    def reported(self, day: str, digest: str) -> str:
        """String, REPORTED_TTL: the chat and the centre of this hash were counted on this day."""
        return f"{self.prefix}reported:{day}:{digest}"

    def sent(self, chat_id: int, week: int) -> str:
        """Hash, SENT_WEEKS: which effect became which message in a week (since the epoch)."""
        return f"{self.prefix}sent:{chat_id}:{week}"

    def profile(self) -> str:
        """String: fingerprint of the name, descriptions and commands set last. No TTL."""
        return f"{self.prefix}profile"


class Kept(msgspec.Struct, frozen=True):
    """Something personal that is kept, and for how long; the privacy answer says all of it.

    Attributes:
        variable: what stands for the period in the texts of the privacy answer.
        kind: the method of ``Keys`` that names the key.
        seconds: how long at most after it was last written.
        unit: of the period as people are told it, in seconds.
    """

    variable: str
    kind: str
    seconds: int
    unit: int

    @property
    def period(self) -> int:
        """The period in its unit, rounded up: nobody is told less than what is kept."""
        return -(-self.seconds // self.unit)


def kept(session_ttl: int = SESSION_TTL) -> tuple[Kept, ...]:
    """Everything personal that outlives the reply, with its period.

    Args:
        session_ttl: how long a session lives without a turn, in seconds.
    """
    return (
        Kept("keep_session_days", "session", session_ttl, DAY),
        Kept("keep_blocked_days", "blocked", BLOCKED_TTL, DAY),
        Kept("keep_failed_days", "dead", DEAD_TTL, DAY),
        Kept("keep_sent_weeks", "sent", SENT_WEEKS * WEEK, WEEK),
    )


UNTIL_ANSWERED = frozenset({"stream"})
"""Personal too, but deleted as soon as the update is answered or the reply sent."""

IMPERSONAL = frozenset(
    {
        *("shards", "seen", "lease", "processes", "fence", "attempts", "counts", "profile"),
        *("reports", "report_salt", "reported"),
    }
)
"""Keys with nothing about a person: numbers of updates, of entries, of processes, sums, and for a
day hashes that tell nobody."""
