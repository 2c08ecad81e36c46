"""How sure the classifier must be before the helpline answers, asks or gives up."""

from __future__ import annotations

import msgspec


class Thresholds(msgspec.Struct, frozen=True):
    """Probabilities, 0 to 1. The defaults are measured: ``helpline evaluate`` shows their cost.

    On the development set (``tests/understanding/dev``, 1,296 messages whose writers never saw a
    training phrase) ``sure`` at 0.7 answers 85 % rightly and 1.6 % wrongly, and offers the right
    question for another 11 %; 0.6 gives 89, 2.7 and 7 %; 0.8 gives 82, 0.8 and 16 %. Of messages
    that are none of our subjects 3.5 % are answered. The same rows decided ``urgent``: cards for
    90 % of frightened, indirect messages, for 7 % of look-alikes and 1.3 % of ordinary questions.

    Attributes:
        sure: answer at once from here.
        margin: and only if the best guess leads the second by this much.
        likely: below ``sure``, guesses from here are offered as buttons.
        language_sure: reply in the language of this one message from here.
        urgent: show the danger card of the likeliest intent from here, if it has one.
    """

    sure: float = 0.7
    margin: float = 0.15
    likely: float = 0.1
    language_sure: float = 0.8
    urgent: float = 0.6
