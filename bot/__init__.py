"""A multilingual Telegram helpline for migrants in Kazakhstan."""
