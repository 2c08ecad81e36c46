"""python-telegram-bot's handlers: the routing from updates to events. They do not send."""

from bot.telegram.handlers.registry import register

__all__ = ["register"]
