"""How sure the classifier must be before the helpline answers, asks or gives up."""

from __future__ import annotations

import msgspec


class Thresholds(msgspec.Struct, frozen=True):
    """Probabilities, 0 to 1. The defaults are measured: ``helpline evaluate`` shows their cost.

    On the development sets (``tests/understanding``: 1,296 composed messages and 660 in the manner
    of real posts, whose writers never saw a training phrase) these give what
    ``docs/understanding.md`` shows. A lower ``sure`` answers more at once, and more of what is none
    of our subjects. Of 216 cries for help ``urgent`` misses one; 0.75 missed four, and 0.5 would
    find no other one, but double the alarms for ordinary questions. Of 73 cries that hold a
    word of the lexicon none sounded calmer than 0.6; of 23 messages that only use such a word 17
    sounded calmer than 0.1.

    Attributes:
        sure: answer at once from here.
        margin: and only if the best guess leads the second by this much.
        likely: below ``sure``, guesses from here are offered as buttons.
        language_sure: reply in the language of this one message from here.
        urgent: show the danger card of the likeliest intent from here, if it has one.
        calm: below this, a word of the danger lexicon means something else.
    """

    sure: float = 0.8
    margin: float = 0.15
    likely: float = 0.1
    language_sure: float = 0.8
    urgent: float = 0.7
    calm: float = 0.1
