"""Files, and what Telegram says about them."""
