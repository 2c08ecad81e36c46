"""Places that move: what a message tells of them while they do."""

from __future__ import annotations

from typing import Any

# https://core.telegram.org/bots/api#location
LIVE_FIELDS = ("live_period", "heading", "proximity_alert_radius")


def standing(location: dict[str, Any]) -> dict[str, Any]:
    """Return a ``Location`` without what says that it moves."""
    return {name: value for name, value in location.items() if name not in LIVE_FIELDS}
