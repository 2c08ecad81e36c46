"""Telegram's texts: markup, entities, links, and how they are counted."""
