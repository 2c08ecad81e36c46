"""Chats of every kind: their members, topics and messages, and what happens in them."""
