"""Whatever goes wrong with a form, what somebody wrote is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.versions.model import BusyError
from bot.console.versions.versions import Versions
from tests.console.answers.pages import RU, form, save
from tests.console.house import ANNA, DINA, House

if TYPE_CHECKING:
    import pytest

    from tests.servers import StoreServer

TEXT = "Долго <b>писали</b>."
KEPT = "Долго &lt;b&gt;писали&lt;/b&gt;."


async def test_while_the_versions_are_held_what_was_written_comes_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what can be sent again is the same form, with a token that is accepted."""
    async with house.browser(ANNA) as anna:
        with monkeypatch.context() as busy:
            busy.setattr(Versions, "save", raises(BusyError("held")))
            answer = await save(anna, RU, {"part-eaeu": TEXT})
        assert answer.status_code == 503
        assert KEPT in answer.text
        again = await anna.client.post(RU, data=form(answer.text, RU))
    assert again.status_code == 303


async def test_so_it_does_when_something_broke(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.browser(ANNA) as anna:
        with monkeypatch.context() as broken:
            broken.setattr(Versions, "save", raises(RuntimeError("a mistake in the code")))
            answer = await save(anna, RU, {"part-eaeu": TEXT})
    assert answer.status_code == 500
    assert KEPT in answer.text


async def test_so_it_does_when_there_were_too_many(house: House) -> None:
    """Rule: changes are counted by person, however many sessions they have."""
    async with house.browser(ANNA) as first, house.browser(ANNA) as second:
        token = await first.token()
        for _ in range(60):
            await first.client.post("/teach/label", data={"csrf": token, "do": "x"})
        answer = await save(second, RU, {"part-eaeu": TEXT})
    assert answer.status_code == 429
    assert KEPT in answer.text


async def test_so_it_does_while_redis_is_away(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(DINA) as dina:
        token = await dina.token()
        own_server.kill()
        sent = {"csrf": token, "user": "201", "role": "approver"}
        answer = await dina.client.post("/people/add", data=sent)
    own_server.start()
    assert answer.status_code == 503
    assert ">201</textarea>" in answer.text


def raises(error: Exception) -> object:
    def does(*_: object, **__: object) -> None:
        raise error

    return does
