"""The staff's console on the real processes: in by a link of the bot's, and to every page."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.e2e.helpline import Helpline, Person, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

COUNSELLOR = 201
"""A member of the sandbox's ready staff group."""


def test_a_counsellor_gets_in_by_a_link_of_the_bots_and_sees_every_page(
    helpline: Helpline,
) -> None:
    told = texts(Person(helpline, COUNSELLOR, "ru").send("/console"))
    link = re.search(r"http\S+/sign-in/\S+", told)
    assert link, told
    assert link[0].startswith(helpline.console)
    with httpx.Client(headers={"accept-language": "ru"}, timeout=60) as browser:
        assert browser.get(helpline.console).headers["location"].startswith("/sign-in")
        assert browser.post(link[0]).status_code == 303
        for path in ("/", "/answers", "/answers/proposals", "/insight", "/people", "/banners"):
            page = browser.get(helpline.console + path)
            assert (path, page.status_code) == (path, 200)
        assert browser.post(link[0]).status_code == 410


def test_a_migrant_gets_no_link(helpline: Helpline) -> None:
    stranger = Person(helpline, 4900, "ru")
    stranger.send("/start")
    assert "/sign-in/" not in texts(stranger.send("/console"))


def test_the_terminal_shows_a_link_that_signs_in(helpline: Helpline) -> None:
    shown = (helpline.folder / "terminal.log").read_text()
    assert re.search(rf"{re.escape(helpline.console)}/sign-in/\S{{43,}}", shown)
