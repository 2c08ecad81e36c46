"""The strip below the sandbox's page: the time, and parts that are switched off and on again."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.content import fresh_answers
from tests.e2e.helpline import Helpline, Person, buttons, free_ports, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

People = Callable[..., Person]

PEOPLE = range(3201, 3206)


class Strip:
    """What the strip's buttons call."""

    def __init__(self, helpline: Helpline) -> None:
        self._api = f"{helpline.sandbox}/sandbox/api"

    def parts(self) -> dict[str, str]:
        with urllib.request.urlopen(f"{self._api}/parts", timeout=10) as answer:
            return {part["name"]: part["state"] for part in json.load(answer)}

    def switch(self, name: str, *, running: bool) -> str:
        return str(self.post("parts", {"name": name, "running": running})["state"])

    def post(self, path: str, body: object) -> Any:
        request = urllib.request.Request(f"{self._api}/{path}", data=json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline for these tests alone, whose classifier is somebody else's and away."""
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    folder = tmp_path_factory.mktemp("control")
    answers = fresh_answers(folder / "answers")
    running = Helpline(folder, NLU_URL=nobody, ANSWERS_DIR=str(answers))
    running.start(wait_for="store")
    yield running
    running.stop()


def said(someone: Person) -> list[str]:
    """What the bot has said to a person, all in all."""
    return [str(m.get("text")) for m in someone.messages() if m["from"]["is_bot"]]


def write(someone: Person, text: str) -> None:
    """Writes without waiting for an answer."""
    someone.post("send", {"user": someone.user, "text": text})


def greeted(helpline: Helpline, user: int) -> Person:
    someone = Person(helpline, user)
    someone.send("/start")
    someone.press("Русский")
    return someone


class TestParts:
    def test_the_store_is_switched_off_and_nothing_is_lost(self, own: Helpline) -> None:
        """What people write meanwhile is answered when the store is back, each message once."""
        strip = Strip(own)
        people = [greeted(own, user) for user in PEOPLE]
        before = {someone.user: Counter(said(someone)) for someone in people}
        pids = own.pids()
        assert strip.switch("store", running=False) == "STOPPED"
        for text in ("/menu", "/help"):
            for someone in people:
                write(someone, text)
        own.wait_until(lambda: own.parts().get("store") is False, 30)
        assert {someone.user: Counter(said(someone)) for someone in people} == before
        assert strip.switch("store", running=True) == "RUNNING"
        own.wait_until(lambda: own.parts().get("store") is True, 60)
        answers = []
        for someone in people:
            own.wait_until(
                lambda someone=someone: len(said(someone)) >= before[someone.user].total() + 2, 60
            )
            someone.press("🛂")  # answered after all that came before it
            answers.append(Counter(said(someone)) - before[someone.user])
        assert all(new == answers[0] for new in answers)
        assert sorted(answers[0].values()) == [1, 1]
        assert own.pids()["bot"] == pids["bot"]

    def test_the_bot_is_switched_off_and_answers_when_it_is_back(self, own: Helpline) -> None:
        strip = Strip(own)
        someone = greeted(own, 3301)
        before = len(said(someone))
        assert strip.switch("bot", running=False) == "STOPPED"
        assert "bot" not in own.pids()
        write(someone, "/menu")
        assert strip.parts() == {"store": "RUNNING", "bot": "STOPPED"}
        assert strip.switch("bot", running=True) == "RUNNING"
        own.wait_until(lambda: len(said(someone)) > before, 60)
        someone.press("🛂")
        assert len(said(someone)) == before + 1

    def test_without_the_classifier_danger_and_menus_work_until_it_is_back(
        self, helpline: Helpline, person: People
    ) -> None:
        strip = Strip(helpline)
        someone = person()
        someone.send("/start")
        someone.press("Русский")
        question = "мне не выплатили деньги за работу на стройке, куда обратиться"
        try:
            assert strip.switch("nlu", running=False) == "STOPPED"
            helpline.wait_until(
                lambda: helpline.parts() == {"store": True, "classifier": False}, 30
            )
            menu = someone.send(question)
            assert "не могу прочитать" in texts(menu)
            assert any("🛂" in button["text"] for m in menu for button in buttons(m))
            assert "116 16" in texts(someone.send("нас заперли и не выпускают с работы"))
            assert strip.parts()["nlu"] == "STOPPED"  # not started again as after a crash
        finally:
            strip.switch("nlu", running=True)
        helpline.wait_until(lambda: helpline.parts().get("classifier") is True, 90)
        understood = {b.get("callback_data") for m in someone.send(question) for b in buttons(m)}
        assert "r:1:unpaid_wages" in understood

    def test_switching_parts_does_not_end_the_runner(self, own: Helpline) -> None:
        strip = Strip(own)
        for name in ("bot", "store"):
            strip.switch(name, running=False)
        assert own.process is not None
        assert own.process.poll() is None
        for name in ("store", "bot"):
            strip.switch(name, running=True)
        own.wait_until(lambda: own.parts().get("store") is True, 60)


class TestTime:
    def test_answers_age_when_the_time_is_played_forward(self, own: Helpline) -> None:
        """An answer past its ``check_again_by`` says so; after a reset it does not."""
        strip = Strip(own)
        stale = "с тех пор могло измениться"
        assert stale not in self.answer(own, 3401)
        for _ in range(2):
            strip.post("time", {"advance": 300 * 86_400})
        assert stale in self.answer(own, 3402)
        restarted = own.pids()["bot"]
        strip.switch("bot", running=False)
        strip.switch("bot", running=True)
        assert own.pids()["bot"] != restarted
        assert stale in self.answer(own, 3403)
        strip.post("reset", {})
        assert stale not in self.answer(own, 3404)

    def answer(self, helpline: Helpline, user: int) -> str:
        someone = greeted(helpline, user)
        someone.press("🛂")
        someone.press("Сколько стоит")
        return texts(someone.press("Узбекистан"))
