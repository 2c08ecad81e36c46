"""The periods that cases go by. Changed in one place, in seconds."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Rules(msgspec.Struct, frozen=True):
    """The periods, in seconds; those of the staff's reply count working hours only.

    Attributes:
        remind: a case that nobody claimed is called to mind.
        alarm: a case that nobody claimed is reported to the coordinators.
        alarm_again: and again after so long, until somebody does.
        nudge: the counsellor is reminded of a message that waits for an answer.
        absent: a claimed case whose migrant waits so long goes back to the queue.
        idle_warn: after the staff's last word the migrant is told that the case will be closed.
        idle_close: after that warning it is closed.
        reopen: a message so long after the end opens the case again.
        ask_after_referral: so long after a referral the migrant is asked whether it helped.
        urgent_share: the staff's periods are multiplied by it where somebody may be in danger.
    """

    remind: float = 10 * MINUTE
    alarm: float = 30 * MINUTE
    alarm_again: float = 4 * HOUR
    nudge: float = 15 * MINUTE
    absent: float = 45 * MINUTE
    idle_warn: float = 2 * DAY
    idle_close: float = DAY
    reopen: float = 7 * DAY
    ask_after_referral: float = 3 * DAY
    urgent_share: float = 0.3


Working = Callable[[float, float], float]
"""When a period of working time, in seconds, has passed after a moment: (moment, period) → moment.
For urgent cases it is called as well; a group without hours works always."""


def always(moment: float, period: float) -> float:
    """The working time of those who never close."""
    return moment + period
