"""What notices of a case say beside the case itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.handoff.case import Counsellor
    from bot.handoff.groups import Group
    from bot.store.cases import Line


@dataclass(frozen=True, slots=True)
class Facts:
    """What some notices say beside the case.

    Attributes:
        group: that has the case.
        on_duty: who said that they are there now.
        is_open: whether the group works now.
        opens_at: when it will, in seconds since the epoch; None if it does or never will.
        usual_wait: the median of the last waiting times, in seconds; None if too few are known.
        transcript: what was said, masked; read only where it is shown.
    """

    group: Group
    on_duty: tuple[Counsellor, ...] = ()
    is_open: bool = True
    opens_at: float | None = None
    usual_wait: float | None = None
    transcript: tuple[Line, ...] = ()
