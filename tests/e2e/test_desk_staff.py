"""Counsellors answer migrants, on the real processes: bot, store, classifier and sandbox."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.helpline import Helpline, Person, buttons, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

GROUP = -1001000000001
COUNSELLOR, OWNER = 201, 203

PATIENCE = 90
"""Seconds: the group takes 20 messages a minute, and other tests write into it too."""

People = Callable[..., Person]
Json = dict[str, Any]


class Staff:
    """The sandbox's ready staff group."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline

    def post(self, path: str, **body: object) -> Any:
        request = urllib.request.Request(
            f"{self._helpline.sandbox}/sandbox/api/{path}",
            data=json.dumps({"chat": GROUP, **body}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as response:
            return json.load(response)

    def view(self) -> Json:
        url = f"{self._helpline.sandbox}/sandbox/api/chats/{GROUP}?after=0"
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)  # type: ignore[no-any-return]

    def topics(self) -> set[int]:
        return {topic["id"] for topic in self.view()["topics"]}

    def in_topic(self, thread: int) -> list[Json]:
        return [m for m in self.view()["messages"] if m.get("message_thread_id") == thread]

    def until(self, thread: int, seen: Callable[[list[Json]], bool]) -> list[Json]:
        """The messages of a topic, once they are as wished."""
        self._helpline.wait_until(lambda: seen(self.in_topic(thread)), PATIENCE)
        return self.in_topic(thread)

    def write(self, thread: int, text: str = "", user: int = COUNSELLOR, **more: object) -> int:
        content = {"text": text} if text else {}
        sent = self.post("send", user=user, thread=thread, **content, **more)
        return int(sent["message"]["message_id"])

    def press(self, thread: int, data: str, user: int = COUNSELLOR) -> None:
        """Presses the newest button of a topic whose data begin so; waits until it is there."""

        def with_button(messages: list[Json]) -> list[tuple[int, str]]:
            return [
                (message["message_id"], button["callback_data"])
                for message in messages
                for button in buttons(message)
                if button.get("callback_data", "").startswith(data)
            ]

        message_id, found = with_button(self.until(thread, lambda m: bool(with_button(m))))[-1]
        self.post("press", user=user, message_id=message_id, data=found)


@pytest.fixture
def staff(helpline: Helpline) -> Staff:
    return Staff(helpline)


def asks_for_a_person(someone: Person, staff: Staff, language: str = "Русский") -> int:
    """Opens a case; returns its topic, once the card is there."""
    before = staff.topics()
    someone.send("/start")
    someone.press(language)
    someone.send("/human")
    staff._helpline.wait_until(lambda: staff.topics() - before, PATIENCE)
    (thread,) = staff.topics() - before
    staff.until(thread, lambda messages: any(buttons(message) for message in messages))
    return thread


def reads(someone: Person, text: str) -> None:
    """Waits until a person has a message with these words."""
    someone._helpline.wait_until(lambda: text in texts(someone.messages()), PATIENCE)


def test_a_case_from_the_first_word_to_the_rating(person: People, staff: Staff) -> None:
    someone = person()
    thread = asks_for_a_person(someone, staff)
    someone.post("send", {"user": someone.user, "text": "Хозяин не отдаёт зарплату"})
    staff.until(thread, lambda m: "Хозяин не отдаёт зарплату" in texts(m))
    written = staff.write(thread, "Здравствуйте! Сколько месяцев?")
    reads(someone, "Здравствуйте! Сколько месяцев?")

    def ticked() -> bool:
        return str(written) in staff.view()["reactions"]

    staff._helpline.wait_until(ticked, PATIENCE)
    someone.post("send", {"user": someone.user, "text": "Три месяца"})
    staff.until(thread, lambda m: "Три месяца" in texts(m))
    staff.press(thread, "d:close")
    staff.press(thread, f"d:close:{_number(staff, thread)}:answered")
    someone._helpline.wait_until(
        lambda: any(
            button.get("callback_data", "").startswith("kr:")
            for message in someone.messages()
            for button in buttons(message)
        ),
        PATIENCE,
    )
    staff._helpline.wait_until(
        lambda: next(t for t in staff.view()["topics"] if t["id"] == thread)["closed"],
        PATIENCE,
    )


def test_a_canned_answer_goes_out_in_the_migrants_language(person: People, staff: Staff) -> None:
    someone = person()
    thread = asks_for_a_person(someone, staff, "Oʻzbekcha")
    staff.write(thread, "/a зарплата")
    staff.press(thread, "d:answer:" + _number(staff, thread) + ":unpaid_wages")
    staff.press(thread, "d:answer:" + _number(staff, thread) + ":unpaid_wages:send")
    # In Uzbek, with "More" under it as under the bot's own.
    reads(someone, "Pulingizni yozma talab qiling")
    someone._helpline.wait_until(
        lambda: any(
            button.get("callback_data") == "m:unpaid_wages"
            for message in someone.messages()
            for button in buttons(message)
        ),
        PATIENCE,
    )


def test_a_deleted_topic_comes_back(person: People, staff: Staff) -> None:
    someone = person()
    thread = asks_for_a_person(someone, staff)
    staff.write(thread, "Я слушаю")
    reads(someone, "Я слушаю")
    before = staff.topics()
    staff.post("topics", user=OWNER, action="delete", thread=thread)
    someone.post("send", {"user": someone.user, "text": "Вы здесь?"})
    staff._helpline.wait_until(lambda: staff.topics() - before, PATIENCE)
    (anew,) = staff.topics() - before
    staff.until(anew, lambda m: "Вы здесь?" in texts(m) and "Я слушаю" in texts(m))


def test_the_menu_of_the_group_has_the_staffs_commands(helpline: Helpline) -> None:
    url = f"{helpline.sandbox}/sandbox/api/commands?user={COUNSELLOR}&chat={GROUP}"

    def names() -> set[str]:
        with urllib.request.urlopen(url, timeout=5) as response:
            return {command["command"] for command in json.load(response)["commands"]}

    helpline.wait_until(lambda: {"a", "queue", "claim"} <= names(), PATIENCE)


def test_prometheus_sees_the_figures_of_the_group(helpline: Helpline) -> None:
    gauge = f'helpline_cases_opened_month{{group="{GROUP}",language="all"}}'

    def scraped() -> str:
        with urllib.request.urlopen(f"{helpline.internal}/metrics", timeout=5) as response:
            return str(response.read(), "utf-8")

    helpline.wait_until(lambda: gauge in scraped(), PATIENCE)


def _number(staff: Staff, thread: int) -> str:
    """The number of the case of a topic, from its name."""
    name = next(t for t in staff.view()["topics"] if t["id"] == thread)["name"]
    return str(name).split(" ")[0]
