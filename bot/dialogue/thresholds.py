"""How sure the classifier must be before the helpline answers, asks or gives up."""

from __future__ import annotations

import msgspec


class Thresholds(msgspec.Struct, frozen=True):
    """Probabilities, 0 to 1. The defaults are measured: ``helpline evaluate`` shows their cost.

    Attributes:
        sure: answer at once from here.
        margin: and only if the best guess leads the second by this much.
        likely: below ``sure``, guesses from here are offered as buttons.
        language_sure: reply in the language of this one message from here.
        urgent: show the danger card of the recognised intent from here.
    """

    sure: float = 0.6
    margin: float = 0.15
    likely: float = 0.1
    language_sure: float = 0.8
    urgent: float = 0.8
