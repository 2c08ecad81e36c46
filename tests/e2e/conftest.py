"""One whole helpline for all tests here: the real processes, over HTTP."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.content import fresh_answers
from tests.e2e.helpline import Helpline, Person
from tests.sandbox.browsing import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

_numbers = count(4001)


@pytest.fixture(scope="session")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    folder = tmp_path_factory.mktemp("helpline")
    running = Helpline(folder, ANSWERS_DIR=str(fresh_answers(folder / "answers")))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def person(helpline: Helpline) -> Callable[..., Person]:
    """Makes people, each with a chat of their own."""

    def make(language_code: str = "ru") -> Person:
        return Person(helpline, next(_numbers), language_code)

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
