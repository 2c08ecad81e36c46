"""Acts into words and buttons: pure, one function per screen."""

from bot.telegram.render.context import Context
from bot.telegram.render.draw import draw
from bot.telegram.render.screen import Screen

__all__ = ["Context", "Screen", "draw"]
