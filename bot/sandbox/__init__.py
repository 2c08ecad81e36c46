"""A local stand-in for Telegram, to try and test the bot without a token (development only)."""
