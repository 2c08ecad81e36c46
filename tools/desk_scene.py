"""Plays a case at the staff desk, for the pictures of the counsellors' guide.

It drives a whole running helpline the way people do, through the sandbox's JSON API: migrants ask,
two counsellors answer. All people and words are invented, and the number is nobody's.
"""

from __future__ import annotations

import json
import time
import urllib.request
from typing import TYPE_CHECKING, Any

from tests.e2e.helpline import Person, buttons, texts

if TYPE_CHECKING:
    from tests.e2e.helpline import Helpline

GROUP, GENERAL = -1_001_000_000_001, 1
RUSSIAN, UZBEK, TAJIK = 102, 103, 105
AIGUL, TIMUR = 201, 202
PATIENCE = 120
"""Seconds: a group takes twenty messages a minute, what is above that waits."""

SETTLE_SECONDS = 2.0
"""So long nothing new, and the sender has nothing left for the group."""

Json = dict[str, Any]


class DeskScene:
    """One case from the card to its end, in four steps.

    Args:
        helpline: that runs; 102 and 103 have asked something and have their answers.
    """

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self.thread = 0
        self.number = 0

    @property
    def address(self) -> str:
        """The page with the migrant and the topic of the case open."""
        return f"{self._helpline.sandbox}/#{UZBEK}/{GROUP}/{self.thread}"

    def card(self) -> None:
        """Three people call the staff; the case that is shown waits."""
        for user, name in ((AIGUL, "Айгуль"), (TIMUR, "Тимур")):
            self._post("people", id=user, name=name, staff=True)
            self._write("/duty on", user, thread=None)
        self._calls(RUSSIAN, "pw:danger:trafficking")
        tajik = Person(self._helpline, TAJIK, "tg")
        tajik.send("/start")
        tajik.press("Тоҷикӣ")
        tajik.send("Барои патент чанд пул додан лозим аст?")
        self._taps(TAJIK, "c:TJ")
        thread = self._calls(TAJIK, "pw:answer:permit_cost")
        self._write("Салом! Дар кадом шаҳр кор мекунед?", TIMUR, thread=thread)
        for button in ("t:work_permit", "a:permit_cost", "c:UZ"):
            self._taps(UZBEK, button)
        self.thread = self._calls(UZBEK, "pw:answer:unpaid_wages")
        self.number = int(self._topics()[self.thread].partition(" ")[0])
        self._settle()

    def talk(self) -> None:
        """The case is claimed; both sides write, with a number and a note."""
        self._press("d:claim")
        self._until("Айгуль")
        self._write("Assalomu alaykum! Qaysi shaharda ishlaysiz, shartnoma bormi?", AIGUL)
        self._reads("Qaysi shaharda ishlaysiz")
        self._says("Shimkentda, qurilishda. Shartnoma yoʻq, telefonim +7 000 000 00 12")
        self._until("Shimkentda, qurilishda")
        self._write("// Договора нет: сначала шлём «Не платят зарплату», потом центр.", AIGUL)
        self._settle()

    def answer(self) -> None:
        """An answer is looked for, read, and sent in the migrant's language."""
        self._write("/a зарплата", AIGUL)
        self._press(f"d:answer:{self.number}:unpaid_wages")
        self._until_button(f"d:answer:{self.number}:unpaid_wages:send")
        self._settle()

    def closing(self) -> None:
        """It was sent; the person thanks; how did it end?"""
        self._press(f"d:answer:{self.number}:unpaid_wages:send")
        self._settle()
        self._says("Katta rahmat! Ertaga inspeksiyaga boraman.")
        self._until("Katta rahmat!")
        self._write("/close", AIGUL)
        self._until_button(f"d:close:{self.number}:answered")
        self._settle()

    def _calls(self, user: int, button: str) -> int:
        """Somebody presses the button that calls people; returns the topic with its card."""
        before = set(self._topics())
        self._taps(user, button)
        self._helpline.wait_until(lambda: bool(set(self._topics()) - before), PATIENCE)
        (thread,) = set(self._topics()) - before
        self._helpline.wait_until(lambda: _pressable(self._in(thread), "d:claim") != [], PATIENCE)
        return thread

    def _taps(self, user: int, button: str) -> None:
        """Presses the newest button of the bot whose data begin so; waits until it is there."""
        person = Person(self._helpline, user)
        self._helpline.wait_until(lambda: _pressable(person.messages(), button) != [], PATIENCE)
        message, data = _pressable(person.messages(), button)[-1]
        self._post("press", user=user, chat=user, message_id=message, data=data)

    def _says(self, text: str) -> None:
        self._post("send", user=UZBEK, text=text, chat=UZBEK)

    def _write(self, text: str, user: int, thread: int | None = 0) -> None:
        place = {} if thread is None else {"thread": thread or self.thread}
        self._post("send", user=user, text=text, **place)

    def _press(self, data: str) -> None:
        """A counsellor presses the newest button whose data begin so."""
        message, found = self._until_button(data)
        self._post("press", user=AIGUL, message_id=message, data=found)

    def _until_button(self, data: str) -> tuple[int, str]:
        self._helpline.wait_until(lambda: _pressable(self._in(self.thread), data) != [], PATIENCE)
        return _pressable(self._in(self.thread), data)[-1]

    def _until(self, text: str) -> None:
        self._helpline.wait_until(lambda: text in texts(self._in(self.thread)), PATIENCE)

    def _reads(self, text: str) -> None:
        person = Person(self._helpline, UZBEK)
        self._helpline.wait_until(lambda: text in texts(person.messages()), PATIENCE)

    def _settle(self) -> None:
        """Until the group stays as it is."""
        seen: Json = {}
        while seen != (seen := self._view() | {"now": 0}):
            time.sleep(SETTLE_SECONDS)

    def _topics(self) -> dict[int, str]:
        return {t["id"]: t["name"] for t in self._view()["topics"] if t["id"] != GENERAL}

    def _in(self, thread: int) -> list[Json]:
        return [m for m in self._view()["messages"] if m.get("message_thread_id") == thread]

    def _view(self) -> Json:
        url = f"{self._helpline.sandbox}/sandbox/api/chats/{GROUP}?after=0"
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)  # type: ignore[no-any-return]

    def _post(self, path: str, **body: object) -> None:
        place = {} if path == "people" else {"chat": GROUP}
        request = urllib.request.Request(
            f"{self._helpline.sandbox}/sandbox/api/{path}",
            data=json.dumps(place | body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5):
            pass


def _pressable(messages: list[Json], data: str) -> list[tuple[int, str]]:
    return [
        (message["message_id"], button["callback_data"])
        for message in messages
        for button in buttons(message)
        if button.get("callback_data", "").startswith(data)
    ]
