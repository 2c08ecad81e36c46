"""One whole helpline for all tests here: the real processes, over HTTP."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.e2e.helpline import Helpline, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_numbers = count(4001)


@pytest.fixture(scope="session")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    running = Helpline(tmp_path_factory.mktemp("helpline"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def person(helpline: Helpline) -> Callable[..., Person]:
    """Makes people, each with a chat of their own."""

    def make(language_code: str = "ru") -> Person:
        return Person(helpline, next(_numbers), language_code)

    return make
