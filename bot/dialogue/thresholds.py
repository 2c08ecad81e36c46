"""How sure the classifier must be before the helpline answers, asks or gives up."""

from __future__ import annotations

import msgspec


class Thresholds(msgspec.Struct, frozen=True):
    """Probabilities, 0 to 1. The defaults are measured: ``helpline evaluate`` shows their cost.

    By five-fold cross-validation over the training phrases, ``sure`` at 0.7 answers 75 % of
    messages rightly and 5 % wrongly; 0.6 gives 79 and 6.5 %, 0.8 gives 70 and 3 %. What is not
    answered is nearly always offered rightly among three buttons.

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
