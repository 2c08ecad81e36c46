"""What Prometheus sees of the spine; no label is about a person."""

from __future__ import annotations

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 300)


class Metrics:
    """The metrics of one process.

    Args:
        registry: where they are registered; tests give one of their own.
    """

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(f"helpline_{name}", what, labels, registry=registry)

        def gauge(name: str, what: str, *labels: str) -> Gauge:
            return Gauge(f"helpline_{name}", what, labels, registry=registry)

        def histogram(name: str, what: str) -> Histogram:
            return Histogram(f"helpline_{name}", what, buckets=_SECONDS, registry=registry)

        self.received = counter("updates_received", "Updates written to the inbox.")
        self.duplicates = counter("updates_duplicate", "Updates that had been received before.")
        self.rejected = counter("updates_rejected", "What came and was no update.", "cause")
        self.turns = counter("turns", "Ended turns.", "outcome")
        self.corrupt_sessions = counter("sessions_corrupt", "Sessions dropped as unreadable.")
        self.set_aside = counter("updates_set_aside", "Updates on which processes died.")
        self.wrong_numbers = counter("wrong_numbers", "Numbers called wrong.", "centre")
        self.turn_seconds = histogram("turn_seconds", "From the start of a turn to its commit.")
        self.answer_seconds = histogram("answer_seconds", "From update received to answer sent.")
        self.sends = counter("sends", "Effects carried out or given up.", "method", "outcome")
        self.retries = counter("send_retries", "Sends that are tried again.", "cause")
        self.topics = counter("topics", "What became of topics of cases.", "outcome")
        self.waiting = gauge("stream_length", "Entries that wait.", "family")
        self.oldest = gauge("stream_age_seconds", "Age of the oldest entry.", "family")
        self.open_cases = gauge("cases_open", "Open cases.", "group", "language", "state")
        self.cases_opened = gauge(
            "cases_opened_month", "Cases opened in the last 30 days.", "group", "language"
        )
        self.cases_by_hour = gauge(
            "cases_opened_month_by_hour",
            "The same by the hour of the group's clock.",
            *("group", "hour"),
        )
        self.case_seconds = gauge(
            "case_seconds",
            "From the opening of a case, over the last 30 days; needs 5 cases.",
            *("group", "language", "until", "quantile"),
        )
        self.shards = gauge("shards_owned", "Shards owned by this process.", "family")
