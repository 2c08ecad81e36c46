"""What came of the desk's load test: what was lost, doubled, astray or disordered; delays."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.desk_crowd import (
    COUNSELLORS_WORDS,
    MIGRANTS_WORDS,
    SENTENCES,
    makes_a_message,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.desk_crowd import Case, Json

MINUTE = 60.0
_EXPECTED = list(range(1, SENTENCES + 1))
_SERVICE = ("forum_topic_", "pinned_message", "general_forum_topic_")


@dataclass
class Verdict:
    """What came of it.

    Attributes:
        faults: how often each kind was found; all 0 if all is well.
        topics: when the topic of each case stood there with its first post, by migrant.
        to_staff: how long each sentence was on its way, in seconds.
        to_migrants: the same the other way.
    """

    faults: Counter[str] = field(
        default_factory=lambda: Counter(
            dict.fromkeys(
                ("lost", "twice", "astray", "out of order", "without a tick", "unanswered"), 0
            )
        )
    )
    topics: dict[int, float] = field(default_factory=dict)
    to_staff: list[float] = field(default_factory=list)
    to_migrants: list[float] = field(default_factory=list)


def judge(
    cases: Mapping[int, Case],
    groups: Mapping[int, Json],
    chats: Mapping[int, Json],
    made: Mapping[int, list[float]],
) -> Verdict:
    """Compares what was written with what stands in the chats.

    Args:
        cases: what the people of each case did, by migrant.
        groups: the views of the staff groups, by Telegram's id.
        chats: the views of all migrants' private chats, by migrant.
        made: when the bot's messages were made, by chat.
    """
    verdict = Verdict()
    _judge_topics(verdict, cases, groups, made)
    for person, view in chats.items():
        _judge_chat(verdict, person, cases.get(person), view, made)
    return verdict


def _judge_topics(
    verdict: Verdict,
    cases: Mapping[int, Case],
    groups: Mapping[int, Json],
    made: Mapping[int, list[float]],
) -> None:
    faults = verdict.faults
    arrived: dict[int, list[int]] = defaultdict(list)
    threads: dict[int, set[tuple[int, int]]] = defaultdict(set)
    people: dict[tuple[int, int], set[int]] = defaultdict(set)
    opened: dict[tuple[int, int], float] = {}
    for group, view in groups.items():
        times = _times(view, made[group])
        for message in _of_bot(view):
            place = (group, message.get("message_thread_id", 1))
            opened.setdefault(place, times[message["message_id"]])
        for person, number, message in sentences(MIGRANTS_WORDS, _of_bot(view)):
            place = (group, message.get("message_thread_id", 1))
            arrived[person].append(number)
            threads[person].add(place)
            people[place].add(person)
            at = times[message["message_id"]]
            verdict.to_staff.append(at - cases[person].written[number])
        # The bot must not say in a group what a counsellor told a migrant.
        faults["astray"] += len(sentences(COUNSELLORS_WORDS, _of_bot(view)))
        faults["astray"] += sum(topic["id"] != 1 for topic in view["topics"])
        for _, _, message in sentences(COUNSELLORS_WORDS, _of_people(view)):
            faults["without a tick"] += not _is_ticked(view, message)
    faults["astray"] -= len(cases)  # topics: one for each case, and no more
    for person in cases:
        _compare(faults, arrived[person])
        faults["astray"] += max(0, len(threads[person]) - 1)
        if threads[person]:
            verdict.topics[person] = min(opened[place] for place in threads[person])
    faults["astray"] += sum(len(found) - 1 for found in people.values())


def _judge_chat(
    verdict: Verdict,
    person: int,
    case: Case | None,
    view: Json,
    made: Mapping[int, list[float]],
) -> None:
    faults, own = verdict.faults, list(_of_people(view))
    bots = list(_of_bot(view))
    found = sentences(COUNSELLORS_WORDS, bots)
    faults["astray"] += sum(addressed != person for addressed, _, _ in found)
    faults["astray"] += len(sentences(MIGRANTS_WORDS, bots))
    if case is None:
        last = max((message["message_id"] for message in own), default=0)
        faults["unanswered"] += all(message["message_id"] < last for message in bots)
        return
    _compare(faults, [number for _, number, _ in found])
    times = _times(view, made[view_id(view)])
    for _, number, message in found:
        verdict.to_migrants.append(times[message["message_id"]] - case.told[number])
    for _, _, message in sentences(MIGRANTS_WORDS, own):
        faults["without a tick"] += not _is_ticked(view, message)


def _compare(faults: Counter[str], numbers: list[int]) -> None:
    """The sentences of one side of a case, as they stand on the other."""
    first = list(dict.fromkeys(numbers))
    faults["lost"] += len(set(_EXPECTED) - set(first))
    faults["twice"] += len(numbers) - len(first)
    faults["out of order"] += sum(a > b for a, b in itertools.pairwise(first))


def view_id(view: Json) -> int:
    """The chat that a view with messages is of."""
    chat_id: int = view["messages"][0]["chat"]["id"]
    return chat_id


def _of_bot(view: Json) -> Iterable[Json]:
    """The bot's messages, without those by which Telegram says what the bot did."""
    for message in view["messages"]:
        if message["from"]["is_bot"] and not any(key.startswith(_SERVICE) for key in message):
            yield message


def _of_people(view: Json) -> Iterable[Json]:
    return (message for message in view["messages"] if not message["from"]["is_bot"])


def _times(view: Json, made: list[float]) -> dict[int, float]:
    """When each of the bot's messages was made: they stand in the order of the calls.

    The calls are counted from the last one: at the beginning of a chat some may be deleted again.
    """
    messages = [message["message_id"] for message in _of_bot(view)]
    return dict(zip(reversed(messages), reversed(made), strict=False))


def _is_ticked(view: Json, message: Json) -> bool:
    given = view["reactions"].get(str(message["message_id"]), {})
    return any(kind.get("emoji") == "👍" for kinds in given.values() for kind in kinds)


def limits(calls: list[Json], pace: float) -> list[tuple[str, str]]:
    """What to print about Telegram's limits: how near to them, and how often beyond.

    Args:
        calls: the sandbox's journal.
        pace: how much faster the limits' seconds passed.
    """
    counted = [call for call in calls if makes_a_message(call["method"]) and call["ok"]]
    by_chat: dict[int, list[float]] = defaultdict(list)
    for call in counted:
        by_chat[call["chat"]].append(call["at"])
    groups = [_most(times, MINUTE / pace) for chat, times in by_chat.items() if chat < 0]
    chats = [_most(times, 1 / pace) for chat, times in by_chat.items() if chat > 0]
    everything = _most([call["at"] for call in counted], 1 / pace)
    refused = Counter(
        _limit_of(call, by_chat[call.get("chat") or 0], pace)
        for call in calls
        if call.get("error_code") == 429
    )
    other = Counter(
        f"{call['error_code']} {call['method']}"
        for call in calls
        if not call["ok"] and call["error_code"] != 429
    )
    methods = Counter(
        call["method"] for call in calls if call["ok"] and (call.get("chat") or 0) < 0
    )
    return [
        ("most messages in a second, in all (30 allowed)", str(everything)),
        ("most in a minute, in one group (20 allowed)", str(max(groups, default=0))),
        ("most in a second, in one private chat (1 allowed)", str(max(chats, default=0))),
        (
            f"refused with 429, of {len(counted)} messages, by limit",
            ", ".join(f"{count} {limit}" for limit, count in refused.items()) or "0",
        ),
        ("other errors", ", ".join(f"{count} {name}" for name, count in other.items()) or "none"),
        ("calls for groups", ", ".join(f"{n} {name}" for name, n in methods.most_common())),
    ]


def _limit_of(call: Json, sent: list[float], pace: float) -> str:
    """Which limit a refused call met; a chat's own one where that was full."""
    chat, at = call.get("chat") or 0, call["at"]
    name, most, seconds = ("a group's", 20, MINUTE) if chat < 0 else ("a private chat's", 1, 1.0)
    recent = sum(at - seconds / pace < moment <= at for moment in sent)
    return name if recent >= most else "that of all"


def _most(times: Iterable[float], seconds: float) -> int:
    """The most that fell into any window of so long."""
    most, window = 0, deque[float]()
    for at in sorted(times):
        window.append(at)
        while window[0] <= at - seconds:
            window.popleft()
        most = max(most, len(window))
    return most
