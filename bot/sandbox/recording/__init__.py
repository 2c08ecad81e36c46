"""Chats recorded, and played again."""
