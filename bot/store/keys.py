"""Every key in Redis and how long it lives, in seconds, with the reason.

Where a key is of a day, ``store/days.py`` says whose day that is.
"""

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

OPEN_CASE_TTL = SESSION_TTL
"""A case that nobody writes in any more and nobody closes; refreshed by each change of it."""

CLOSED_CASE_TTL = 30 * DAY
"""After the end, so that it can be opened again and a counsellor can look something up."""

ERASED_TOPIC_TTL = DAY
"""Where the staff are told that a case was erased, and which post is its card: the message to them
may wait in the outbox till then."""

RECENT_TTL = DAY
"""What was talked about before a person is asked for; a question of yesterday is another one."""

BAN_TTL = 365 * DAY
"""The longest block: the staff look again at what lasts longer."""

ALBUM_TTL = 300
"""An album's parts come within seconds; several minutes where Telegram was away in between."""

LIMIT_TTL = HOUR
"""The longest period that messages of a chat are counted in."""

DUTY_TTL = WEEK
"""The longest shift that somebody may enter."""

WAITS_TTL = 30 * DAY
"""How long people waited last month says how long they will; before that the staff was another."""

WAITS_LENGTH = 50
"""Enough for a median that follows the week."""

FIGURES_TTL = 31 * DAY
"""As far as the figures look back, and the day on which it is looked; Prometheus keeps its own."""

AUDIT_TTL = 400 * DAY
"""A year and a month, as the counts: who looked at what was masked; not what it was."""

SHUT_TTL = DAY
"""After it the next case tries a group again from which the bot was put out; whoever lets it in
again ends it at once."""

LINK_TTL = 300
"""Long enough to change from Telegram to the browser, too short to be found in a chat later."""

CONSOLE_IDLE_TTL = 2 * HOUR
"""Without a request for so long, a session in the console ends: offices share their machines."""

CONSOLE_CHANGES_TTL = COUNTS_TTL
"""Who changed what in the console; as long as the staff's other audit."""

CONSOLE_CHANGES_LENGTH = 10_000
"""Of a day; more is no work of people."""

AUDIT_LENGTH = 10_000
"""Of a day; more is no work of people."""

INSIGHT_TTL = COUNTS_TTL
"""As the other counts, which are read beside them."""

INSIGHT_LENGTH = 5000
"""Different sums of a day: some six languages by forty questions by nine ends. More are made up by
somebody who forges buttons, and are not counted."""

PLACES_LENGTH = 2000
"""The same of sums by city and by outreach code, which anybody can make up in a link."""

SALT_SLACK = HOUR
"""How long after its period a salt lives: a turn of the last minute may be done again."""

REVIEW_TTL = 89 * DAY
"""A day's questions live on with each entry of that day: at most 90 days for the first."""

REVIEW_KEPT = REVIEW_TTL + DAY
"""At most, of one question: a quarter, in which somebody trains the bot once."""

REVIEW_LENGTH = 200
"""Different questions of a day that the bot puts there, the first ones: on a day with more the bot
is broken, and as many say so. What the staff mark finds as much room again."""

NEW_QUESTIONS_LENGTH = 1000
"""Wordings on the list of new questions; more than anybody reads before answers are written."""

REVIEW_AN_HOUR = 10
"""Questions of one chat in an hour: nobody fills the queue alone."""

TRANSCRIPT_LENGTH = 500
"""Lines of a case; a longer conversation has forgotten its own beginning."""

RECENT_LENGTH = 5
"""Turns before a case, as many as a counsellor reads at a glance."""


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
        """Hash, COUNTS_TTL: what happened on a day (YYYY-MM-DD)."""
        return f"{self.prefix}counts:{day}"

    def reports(self, day: str) -> str:
        """Hash, REPORTS_TTL: how often each centre's number was called wrong on a day."""
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

    def case(self, number: int) -> str:
        """String, OPEN_CASE_TTL, after the end CLOSED_CASE_TTL: a case, as JSON."""
        return f"{self.prefix}case:{number}"

    def case_numbers(self) -> str:
        """String: counts the cases ever opened. No TTL: a number is never given twice."""
        return f"{self.prefix}case_numbers"

    def case_map(self, number: int) -> str:
        """Hash, as long as the case: which message became which, both ways.

        Of an erased case it is the card only, for ERASED_TOPIC_TTL.

        ``ref:<name>`` is the id of the message of that name; ``g<id>`` and ``p<id>`` are the name
        of a message in the group and in the private chat. ``bundle:<id>`` has the masked texts that
        a message of the group was joined of.
        """
        return f"{self.prefix}case_map:{number}"

    def case_topic(self, number: int) -> str:
        """Hash, as long as the case (ERASED_TOPIC_TTL after it was erased): its topic."""
        return f"{self.prefix}case_topic:{number}"

    def case_plan(self, number: int) -> str:
        """String, as long as the case: how its topic is opened; with the masked card."""
        return f"{self.prefix}case_plan:{number}"

    def thread(self, group: int, thread: int) -> str:
        """String, OPEN_CASE_TTL after it was last asked for: the number of a topic's case.

        Nothing but a number that leads nowhere once the case is gone.
        """
        return f"{self.prefix}thread:{group}:{thread}"

    def transcript(self, number: int) -> str:
        """List, as long as the case, TRANSCRIPT_LENGTH: what was written in a case, masked."""
        return f"{self.prefix}transcript:{number}"

    def referrals(self, number: int) -> str:
        """Hash, as long as the case: the centres that were named, each with when."""
        return f"{self.prefix}referrals:{number}"

    def cases_of(self, chat_id: int) -> str:
        """Sorted set, until its last case is gone: a person's cases by when they will be gone."""
        return f"{self.prefix}cases_of:{chat_id}"

    def open_cases(self, group: int) -> str:
        """Sorted set, OPEN_CASE_TTL: a group's open cases by when they were opened."""
        return f"{self.prefix}open_cases:{group}"

    def timers(self) -> str:
        """Sorted set: ``<chat>:<case>:<timer>`` by when it ends, and is gone. No TTL."""
        return f"{self.prefix}timers"

    def group_alias(self, group: int) -> str:
        """String: the new id of a group that was upgraded. No TTL: old ids stay in use."""
        return f"{self.prefix}group_alias:{group}"

    def recent(self, chat_id: int) -> str:
        """List, RECENT_TTL, RECENT_LENGTH: a person's last turns with the bot, masked."""
        return f"{self.prefix}recent:{chat_id}"

    def ban(self, chat_id: int) -> str:
        """String, until the block ends, at most BAN_TTL: that the staff blocked a person, why."""
        return f"{self.prefix}ban:{chat_id}"

    def bans(self, group: int) -> str:
        """Hash, until the last block ends, at most BAN_TTL: whom a group blocked, by case."""
        return f"{self.prefix}bans:{group}"

    def snippets(self, group: int) -> str:
        """Hash: a group's own ready-made texts by name. No TTL: they are the staff's work."""
        return f"{self.prefix}snippets:{group}"

    def duty(self, group: int) -> str:
        """Hash, DUTY_TTL: who of a group is on duty, by user id."""
        return f"{self.prefix}duty:{group}"

    def waits(self, group: int) -> str:
        """List, WAITS_TTL, WAITS_LENGTH: how many seconds the last people waited for a reply."""
        return f"{self.prefix}waits:{group}"

    def figures(self, day: str) -> str:
        """Hash, FIGURES_TTL: what happened to cases on a day (YYYY-MM-DD), by group.

        Sums by language or hour, with rough durations; no case, and not both of one.
        """
        return f"{self.prefix}figures:{day}"

    def album(self, chat_id: int, media_group: str) -> str:
        """List, ALBUM_TTL: the parts of an album until all are there."""
        return f"{self.prefix}album:{chat_id}:{media_group}"

    def audit(self, day: str) -> str:
        """List, AUDIT_TTL, AUDIT_LENGTH: which staff looked at what was masked on a day."""
        return f"{self.prefix}audit:{day}"

    def review(self, day: str) -> str:
        """Hash, REVIEW_TTL, REVIEW_LENGTH: a day's masked questions that the bot should know.

        ``<digest>`` is a question as JSON, ``#<digest>`` how often it came.
        """
        return f"{self.prefix}questions:{day}"

    def new_questions(self, day: str) -> str:
        """Hash, REVIEW_KEPT after the day began: its questions for which an answer is missing.

        ``<question>`` is what the staff call it, as JSON, ``<question>.<digest>`` a wording, which
        somebody of the staff has cleaned by hand. Going by the day on which it was asked, none
        lives longer than it would have lived in the queue.
        """
        return f"{self.prefix}new_questions:{day}"

    def insight(self, day: str) -> str:
        """Hash, INSIGHT_TTL, INSIGHT_LENGTH: sums of a day in Kazakhstan (YYYY-MM-DD)."""
        return f"{self.prefix}insight:{day}"

    def insight_places(self, day: str) -> str:
        """Hash, INSIGHT_TTL, PLACES_LENGTH: the same by city and by outreach code."""
        return f"{self.prefix}insight_places:{day}"

    def people(self, period: str, locale: str) -> str:
        """HyperLogLog, INSIGHT_TTL: how many people of a language wrote in a day or week.

        ``period`` is YYYY-MM-DD or YYYY-Www (ISO). Made of hashes with ``people_salt``.
        """
        return f"{self.prefix}people:{period}:{locale}"

    def people_salt(self, period: str) -> str:
        """String, until SALT_SLACK after the period: a random secret.

        Without it none of the period's hashes tells a chat.
        """
        return f"{self.prefix}people_salt:{period}"

    def console_link(self, digest: str) -> str:
        """String, LINK_TTL: whom the sign-in link of this hash signs in; gone with its use."""
        return f"{self.prefix}console_link:{digest}"

    def console_session(self, digest: str) -> str:
        """String, CONSOLE_IDLE_TTL: the session of this hash is alive, and whose it is."""
        return f"{self.prefix}console_session:{digest}"

    def console_sessions_of(self, user: int) -> str:
        """Set, CONSOLE_IDLE_TTL after the last request: a member's sessions, to end them all."""
        return f"{self.prefix}console_sessions_of:{user}"

    def console_roles(self) -> str:
        """Hash: what a coordinator lets members of the staff do, by user id. No TTL."""
        return f"{self.prefix}console_roles"

    def console_changes(self, day: str) -> str:
        """List, CONSOLE_CHANGES_TTL: who changed what in the console on a day."""
        return f"{self.prefix}console_changes:{day}"

    def limits(self, chat_id: int, what: str) -> str:
        """String, at most LIMIT_TTL: how often a chat did something in the running period."""
        return f"{self.prefix}limits:{chat_id}:{what}"

    def staff_told(self, group: int) -> str:
        """String: fingerprint of what a staff group was told last, of the bot's rights. No TTL."""
        return f"{self.prefix}staff_told:{group}"

    def shut_out(self, group: int) -> str:
        """String, SHUT_TTL: the bot is not in a staff group, or may not write there."""
        return f"{self.prefix}shut_out:{group}"

    def staff_menu(self, group: int) -> str:
        """String: fingerprint of the command menu that a staff group has. No TTL."""
        return f"{self.prefix}staff_menu:{group}"

    def edition(self) -> str:
        """Hash: the answers that the console published last, packed. No TTL: bots serve them."""
        return f"{self.prefix}edition"

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
        Kept("keep_recent_hours", "recent", RECENT_TTL, HOUR),
        *(Kept("keep_case_days", kind, CLOSED_CASE_TTL, DAY) for kind in OF_A_CASE),
        *(Kept("keep_open_case_days", kind, OPEN_CASE_TTL, DAY) for kind in OF_A_CASE),
        Kept("keep_review_days", "review", REVIEW_KEPT, DAY),
        Kept("keep_review_days", "new_questions", REVIEW_KEPT, DAY),
        Kept("keep_ban_days", "ban", BAN_TTL, DAY),
        Kept("keep_ban_days", "bans", BAN_TTL, DAY),
    )


OF_A_CASE = (
    *("case", "case_map", "case_topic", "case_plan", "transcript", "referrals", "cases_of"),
    "timers",
)
"""Kept CLOSED_CASE_TTL after a case's end, OPEN_CASE_TTL after its last change while it is open."""

UNTIL_ANSWERED = frozenset({"stream", "album", "limits"})
"""Personal too, but deleted as soon as the update is answered or the reply sent; the count of a
chat's messages within the hour."""

OF_THE_STAFF = frozenset(
    {
        *("duty", "audit"),
        *("console_link", "console_session", "console_sessions_of", "console_roles"),
        "console_changes",
    }
)
"""About members of the staff, who know it: their names on duty, what they unmasked, that they are
signed in to the console, what they may do and changed there."""

IMPERSONAL = frozenset(
    {
        *("shards", "seen", "lease", "processes", "fence", "attempts", "counts", "profile"),
        *("reports", "report_salt", "reported"),
        *("insight", "insight_places", "people", "people_salt"),
        *("case_numbers", "thread", "open_cases", "group_alias", "snippets", "waits"),
        "figures",
        *("staff_told", "staff_menu", "shut_out", "edition"),
    }
)
"""Keys with nothing about a person: numbers of updates, of entries, of processes, of cases, of
groups, sums (how many cases, and roughly how long they took), texts for anyone, and for a day
hashes that tell nobody."""
