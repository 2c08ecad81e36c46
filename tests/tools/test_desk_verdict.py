"""The load test's judge finds each fault that it is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tools.desk_crowd import SENTENCES, Case, of_counsellor, of_migrant
from tools.desk_verdict import Verdict, judge, limits

Json = dict[str, Any]

GROUP, THREAD, PERSON, USER = -1001, 7, 0, 10_000
TICK = {"bot": [{"type": "emoji", "emoji": "👍"}]}
NUMBERS = range(1, SENTENCES + 1)


class Scene:
    """One case in which all went well; tests spoil it."""

    def __init__(self) -> None:
        self.case = Case(PERSON, asked=1.0)
        self.case.written = dict.fromkeys(NUMBERS, 10.0)
        self.case.told = dict.fromkeys(NUMBERS, 10.0)
        self.topic = [message(GROUP, 20, "card", thread=THREAD)]
        self.chat: list[Json] = []
        for number in NUMBERS:
            by_migrant, by_counsellor = of_migrant(PERSON, number), of_counsellor(PERSON, number)
            self.topic += [
                message(GROUP, 20 + number, by_migrant, thread=THREAD),
                message(GROUP, 30 + number, by_counsellor, bot=False, thread=THREAD),
            ]
            self.chat += [
                message(USER, 40 + number, by_migrant, bot=False),
                message(USER, 50 + number, by_counsellor),
            ]
        self.topics = [{"id": 1}, {"id": THREAD}]
        self.ticked = {str(number) for number in range(60)}

    def judged(self) -> Verdict:
        reactions = dict.fromkeys(self.ticked, TICK)
        group = {"messages": self.topic, "topics": self.topics, "reactions": reactions}
        chat = {"messages": self.chat, "reactions": reactions}
        made = {
            place: [12.0 for one in messages if one["from"]["is_bot"]]
            for place, messages in ((GROUP, self.topic), (USER, self.chat))
        }
        return judge({PERSON: self.case}, {GROUP: group}, {PERSON: chat}, made)


def message(chat: int, number: int, text: str, *, bot: bool = True, thread: int = 1) -> Json:
    return {
        "message_id": number,
        "chat": {"id": chat},
        "from": {"is_bot": bot},
        "message_thread_id": thread,
        "text": text,
    }


def found(scene: Scene) -> dict[str, int]:
    return {name: count for name, count in scene.judged().faults.items() if count}


def test_nothing_is_wrong_where_all_arrived() -> None:
    verdict = Scene().judged()
    assert not any(verdict.faults.values())
    assert verdict.topics == {PERSON: 12.0}
    assert verdict.to_staff == [2.0] * SENTENCES
    assert verdict.to_migrants == [2.0] * SENTENCES


def lose_in_topic(scene: Scene) -> None:
    del scene.topic[3]


def lose_in_chat(scene: Scene) -> None:
    scene.chat.pop()


def double(scene: Scene) -> None:
    scene.chat.append(scene.chat[-1])


def swap(scene: Scene) -> None:
    scene.topic[1], scene.topic[3] = scene.topic[3], scene.topic[1]


def open_another_topic(scene: Scene) -> None:
    scene.topics.append({"id": THREAD + 1})


def tell_somebody_else(scene: Scene) -> None:
    scene.chat.append(message(USER, 59, of_counsellor(PERSON + 1, 1)))


def leave_without_tick(scene: Scene) -> None:
    scene.ticked.remove("31")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lose_in_topic, "lost"),
        (lose_in_chat, "lost"),
        (double, "twice"),
        (swap, "out of order"),
        (open_another_topic, "astray"),
        (tell_somebody_else, "astray"),
        (leave_without_tick, "without a tick"),
    ],
)
def test_each_fault_is_found(spoil: Callable[[Scene], None], fault: str) -> None:
    scene = Scene()
    spoil(scene)
    assert fault in found(scene)


def test_a_migrant_without_a_case_must_be_answered_last() -> None:
    chat = {"messages": [message(USER, 1, "hello"), message(USER, 2, "/menu", bot=False)]}
    verdict = judge({}, {}, {PERSON: chat}, {})
    assert verdict.faults["unanswered"] == 1


def test_limits_count_the_fullest_window() -> None:
    calls = [call(GROUP, at) for at in (0.0, 1.0, 59.0)]
    figures = dict(limits(calls, pace=1))
    assert figures["most in a minute, in one group (20 allowed)"] == "3"
    faster = dict(limits(calls, pace=2))  # a minute passes in half of one
    assert faster["most in a minute, in one group (20 allowed)"] == "2"


def test_a_refusal_is_put_down_to_the_limit_that_was_full() -> None:
    calls = [
        *(call(GROUP, at / 10) for at in range(20)),
        call(GROUP, 30.0, refused=True),
        call(USER, 1.0),
        call(USER, 1.5, refused=True),
        call(USER + 1, 1.5, refused=True),
    ]
    figures = dict(limits(calls, pace=1))
    told = "1 a group's, 1 a private chat's, 1 that of all"
    assert figures["refused with 429, of 21 messages, by limit"] == told


def call(chat: int, at: float, *, refused: bool = False) -> Json:
    made = {"method": "sendMessage", "chat": chat, "at": at, "ok": not refused}
    return made | {"error_code": 429} if refused else made
