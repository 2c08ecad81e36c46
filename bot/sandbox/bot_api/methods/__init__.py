"""The Bot API's methods, by name. Importing this package registers all of them."""

from __future__ import annotations

from bot.sandbox.bot_api.methods import (
    account,
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    group_info,
    invite_links,
    members,
    pins,
    places,
    reactions,
    receiving,
    texts,
    topics,
    uploads,
)
from bot.sandbox.bot_api.methods.registry import METHODS, Handler

__all__ = [
    "METHODS",
    "Handler",
    "account",
    "callbacks",
    "chats",
    "commands",
    "copying",
    "deleting",
    "editing",
    "files",
    "group_info",
    "invite_links",
    "members",
    "pins",
    "places",
    "reactions",
    "receiving",
    "texts",
    "topics",
    "uploads",
]
