"""The callback context of the handlers: the turn that collects what they decide."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ExtBot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.telegram.turn import Turn


class _Handling:
    """An update being handled."""

    __slots__ = ("failure", "turn")

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.failure: Exception | None = None


_current: ContextVar[_Handling] = ContextVar("handling")


class TurnContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A context with the turn of the update at hand."""

    __slots__ = ()

    @property
    def turn(self) -> Turn:
        """The turn of the update that is being handled."""
        return _current.get().turn


HelplineApplication = Application[
    ExtBot[None], TurnContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None
]


@contextmanager
def handling(turn: Turn) -> Iterator[None]:
    """Makes a turn the one that handlers see, for the update processed inside.

    Raises:
        Exception: what a handler raised; python-telegram-bot would only log it, but the worker
            must know that the turn failed.
    """
    current = _Handling(turn)
    token = _current.set(current)
    try:
        yield
    finally:
        _current.reset(token)
    if current.failure is not None:
        raise current.failure


async def note_failure(_: object, context: TurnContext) -> None:
    """The error handler: keeps what a handler raised, for ``handling`` to raise again."""
    if isinstance(context.error, Exception):
        _current.get().failure = context.error
