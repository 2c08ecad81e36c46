"""What the person at the terminal reads at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


def starting(settings: Settings) -> str:
    """Where to go, in a few lines."""
    lines = ["", "Migrant helpline: starting (Ctrl-C stops everything)"]
    if settings.uses_sandbox:
        lines += [
            f"  chat       http://{settings.sandbox_host}:{settings.sandbox_port}",
            "             (the sandbox: no TELEGRAM_BOT_TOKEN is set, nothing goes to Telegram)",
        ]
    else:
        lines.append("  chat       your bot in Telegram")
        lines.append(f"  console    {settings.console_address} (write /console to the bot)")
    lines += [
        f"  health     http://{settings.internal_host}:{settings.internal_port}/readyz",
        f"  logs       {settings.data_dir / 'log'}",
        "",
    ]
    return "\n".join(lines)
