"""The Bot API's methods, by name. Importing this package registers all of them."""

from __future__ import annotations

from bot.sandbox.methods import (
    account,
    callbacks,
    chats,
    copying,
    deleting,
    editing,
    files,
    receiving,
    texts,
    uploads,
)
from bot.sandbox.methods.registry import METHODS, Handler

__all__ = [
    "METHODS",
    "Handler",
    "account",
    "callbacks",
    "chats",
    "copying",
    "deleting",
    "editing",
    "files",
    "receiving",
    "texts",
    "uploads",
]
