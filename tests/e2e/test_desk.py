"""A migrant and the staff, on the real processes: bot, store, classifier and sandbox."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from bot.catalogs import Catalogs
from bot.language.tags import Locale
from bot.settings import ROOT
from tests.e2e.helpline import Helpline, Person, buttons, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

WORDS = Catalogs(ROOT / "locales")[Locale.RU]
GROUP, COUNSELLOR = -1_001_000_000_001, 201
SECONDS = 100
"""A group takes twenty messages a minute; what is above that waits."""

People = Callable[..., Person]
Json = dict[str, Any]


class Case:
    """A person's case, as both sides see it in the sandbox."""

    def __init__(self, helpline: Helpline, person: Person, opened: list[Json]) -> None:
        self._helpline = helpline
        self.person = person
        title = WORDS.gettext("Your request to the counsellors is open. Its number: {number}.")
        found = re.search(re.escape(title).replace(r"\{number\}", r"(\d+)"), texts(opened))
        assert found, texts(opened)
        self.number = int(found[1])
        self.thread = 0
        helpline.wait_until(self._has_topic, SECONDS)

    def view(self) -> Json:
        """The staff group."""
        url = f"{self._helpline.sandbox}/sandbox/api/chats/{GROUP}?after=0"
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)  # type: ignore[no-any-return]

    def _has_topic(self) -> bool:
        named = [
            topic["id"]
            for topic in self.view()["topics"]
            if re.match(rf"\D*{self.number}\b", topic["name"])
        ]
        self.thread = named[-1] if named else 0
        return bool(named)

    def in_topic(self) -> list[Json]:
        """The bot's messages in the topic."""
        return [
            message
            for message in self.view()["messages"]
            if message.get("message_thread_id") == self.thread and message["from"]["is_bot"]
        ]

    def staff_see(self, text: str) -> Json:
        """Waits until the topic holds a message with these words."""
        self._helpline.wait_until(lambda: self._found(text) is not None, SECONDS)
        found = self._found(text)
        assert found is not None
        return found

    def _found(self, text: str) -> Json | None:
        found = (m for m in self.in_topic() if text in (m.get("text") or m.get("caption") or ""))
        return next(found, None)

    def migrant_sees(self, text: str) -> Json:
        """Waits until the migrant's chat holds a message of the bot's with these words."""

        def found() -> list[Json]:
            return [
                m
                for m in self.person.messages()
                if m["from"]["is_bot"] and text in m.get("text", "")
            ]

        self._helpline.wait_until(lambda: bool(found()), SECONDS)
        return found()[-1]

    def write(self, text: str | None = None, **content: Any) -> Json:
        """The migrant writes; the bot need not say anything."""
        body = {"user": self.person.user, **content}
        if text is not None:
            body["text"] = text
        return self.person.post("send", body)["message"]  # type: ignore[no-any-return]

    def reply(self, text: str, **content: Any) -> Json:
        """A counsellor writes in the topic."""
        body = {"user": COUNSELLOR, "chat": GROUP, "thread": self.thread, "text": text, **content}
        return self.person.post("send", body)["message"]  # type: ignore[no-any-return]

    def press(self, data: str) -> None:
        """A counsellor presses the newest button in the topic with this data."""

        def bearing() -> list[Json]:
            return [
                m
                for m in self.in_topic()
                if any(button.get("callback_data") == data for button in buttons(m))
            ]

        self._helpline.wait_until(lambda: bool(bearing()), SECONDS)
        message = bearing()[-1]["message_id"]
        body = {"user": COUNSELLOR, "chat": GROUP, "message_id": message, "data": data}
        self.person.post("press", body)


@pytest.fixture
def opened(person: People, helpline: Helpline) -> Case:
    """A case opened by /human."""
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    return Case(helpline, someone, someone.send("/human"))


def test_from_a_danger_card_to_a_rated_case(person: People, helpline: Helpline) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    someone.send("нас заперли в цехе и не выпускают, заставляют работать")
    case = Case(helpline, someone, someone.press(WORDS.gettext("A living person")))
    card = case.staff_see("нас заперли в цехе")
    assert buttons(card)
    written = case.write("телефон хозяина +7 700 000 00 12, приезжайте")
    shown = case.staff_see("приезжайте")
    assert "[☎ ••12]" in shown["text"]
    assert "700 000" not in json.dumps(case.in_topic())
    answer = case.reply("Мы звоним в полицию.", reply_to=shown["message_id"])
    arrived = case.migrant_sees("Мы звоним в полицию.")
    assert arrived["reply_to_message"]["message_id"] == written["message_id"]
    helpline.wait_until(
        lambda: case.view()["reactions"].get(str(answer["message_id"])) is not None, SECONDS
    )
    case.press(f"d:close:{case.number}")
    case.press(f"d:close:{case.number}:answered")
    case.migrant_sees(WORDS.gettext("Did the counsellors help you?"))
    case.person.press("🙂")
    case.staff_see("🙂")


def test_the_bot_is_silent_and_albums_edits_and_voices_arrive(
    opened: Case, helpline: Helpline
) -> None:
    before = len([m for m in opened.person.messages() if m["from"]["is_bot"]])
    first = opened.write("начальник третий месяц не отдаёт заработанные деньги")
    opened.write(album=[{"photo": {"caption": "договор"}}, {"photo": {}}])
    opened.staff_see("договор")  # by the clock: nothing was written after it
    opened.write(voice={})
    opened.write("конец")
    opened.staff_see("конец")
    kinds = [
        next(kind for kind in ("photo", "voice", "text") if kind in message)
        for message in opened.in_topic()
        if {"photo", "voice", "text"} & message.keys()
    ]
    assert kinds[-5:] == ["text", "photo", "photo", "voice", "text"]
    opened.write(edit={"message_id": first["message_id"], "text": "уже четвёртый месяц"})
    opened.staff_see("уже четвёртый месяц")
    said = len([m for m in opened.person.messages() if m["from"]["is_bot"]])
    assert said == before


def test_nothing_is_lost_when_the_bot_dies_in_the_middle(opened: Case, helpline: Helpline) -> None:
    opened.write("до")
    os.kill(helpline.pids()["bot"], signal.SIGKILL)
    for number in range(5):
        opened.write(f"сообщение {number}")
    opened.reply("слышу вас")
    opened.staff_see("сообщение 4")
    opened.migrant_sees("слышу вас")
    told = [m.get("text", "") for m in opened.in_topic()]
    numbered = [text for text in told if text.startswith("сообщение")]
    assert list(dict.fromkeys(numbered)) == [f"сообщение {number}" for number in range(5)]
    opened.person.send("/start")  # the case's timers and the next turn work as well


def test_forget_reaches_the_staff_at_once(opened: Case, helpline: Helpline) -> None:
    opened.write("моя история")
    opened.staff_see("моя история")
    opened.person.send("/forget")
    erased = (
        "The person had everything erased. Nothing can be answered any more. "
        "Please delete this topic."
    )
    opened.staff_see(WORDS.gettext(erased))

    def is_closed() -> bool:
        topics = opened.view()["topics"]
        return next(topic["closed"] for topic in topics if topic["id"] == opened.thread) is True

    helpline.wait_until(is_closed, SECONDS)


def test_a_case_is_taken_back_and_the_bot_answers_again(opened: Case) -> None:
    opened.person.press(WORDS.gettext("Close the request"))
    said = opened.person.send("начальник третий месяц не отдаёт заработанные деньги, что делать")
    assert any(button["text"] == "👍" for message in said for button in buttons(message))
