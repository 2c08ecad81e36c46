"""How sure a measured share is."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_DEVIATIONS = 1.959964
"""Of a normal distribution, 95 % lie within so many standard deviations of its mean."""


class Interval(NamedTuple):
    """Where the true share lies, 19 times out of 20."""

    low: float
    high: float


def wilson(share: float, rows: int) -> Interval:
    """The 95 % interval of a share (Wilson's score interval, 1927).

    Args:
        share: what was measured, 0 to 1.
        rows: how many messages it was measured on; with none, everything is possible.
    """
    if not rows:
        return Interval(0.0, 1.0)
    spread = _DEVIATIONS**2 / rows
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
