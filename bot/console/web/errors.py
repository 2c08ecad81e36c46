"""What can be wrong with a request, as exceptions that ``app`` turns into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class SignInNeededError(Exception):
    """Nobody is signed in, or not any more.

    Attributes:
        draft: what was sent, so that it is not lost.
        by_itself: an open page asked, not a person; the answer goes where the part was to go, and
            ends the asking.
    """

    def __init__(self, draft: Sequence[tuple[str, str]] = (), *, by_itself: bool = False) -> None:
        super().__init__("sign in first")
        self.draft = draft
        self.by_itself = by_itself


class NotAllowedError(Exception):
    """The person's roles do not allow it."""


class StaleFormError(Exception):
    """A form that was not given out in this session: forged, or of a session that ended.

    Attributes:
        draft: what was sent, by field, so that it is not lost.
    """

    def __init__(self, draft: Sequence[tuple[str, str]]) -> None:
        super().__init__("stale form")
        self.draft = draft


class TooManyError(Exception):
    """Too many requests; the person is asked to wait.

    Attributes:
        seconds: for how long.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class NotThereError(Exception):
    """What was asked for is not there (any more)."""
