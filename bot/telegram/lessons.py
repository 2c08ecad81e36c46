"""Which questions go to the review queue (``store/review.py``), and what is remembered for it.

Rules:

- There go questions that the bot did not understand; those for which it offered others and the
  person meant none; those whose answer got 👎 within a day.
- What may be danger stays out, and whatever the same person writes within the last five messages
  after it: a cry for help is read by the staff in a case, or by nobody. (A counsellor who marks a
  question of a case has read it, and decides.)
- Who repeats a question is heard once; one chat brings at most ``REVIEW_AN_HOUR`` an hour.
- Everything is masked, and cut: a training phrase is short, a long story tells who it is about.
- Where there are no staff nobody reads the queue, so nothing is put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import acts
from bot.dialogue.caution import may_be_danger
from bot.dialogue.events import Reading
from bot.dialogue.outcome import Verdict
from bot.handoff.case import Said
from bot.language.scripts import is_wordless, main_script
from bot.store.days import day_of
from bot.store.keys import HOUR, REVIEW_AN_HOUR
from bot.store.review import Guessed, Question, Recalled, Why, digest
from bot.telegram.notes import tongue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.events import TextReceived
    from bot.dialogue.outcome import Outcome
    from bot.dialogue.thresholds import Thresholds
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.turn import Turn

MAX_WORDS = 700
"""Characters of an earlier message that the card of a case shows; a story is told again anyway."""

QUESTION_LENGTH = 300
"""Characters of a question in the queue; no training phrase has as many, but for calls for help."""

MAX_GUESSES = 3

_TAUGHT_BY = {
    Verdict.LOST: Why.LOST,
    Verdict.NONE_OF_THESE: Why.NONE_OF_THESE,
    Verdict.RATED_DOWN: Why.THUMBS_DOWN,
}
_ANSWERED = frozenset({Verdict.ANSWERED, Verdict.ASKED, Verdict.OFFERED})


class Lessons:
    """Remembers a person's turns for a day, and learns from those that went wrong.

    Args:
        desk: masks and keeps.
        thresholds: how sure the classifier must be.
    """

    def __init__(self, desk: Desk, thresholds: Thresholds) -> None:
        self._desk = desk
        self._thresholds = thresholds

    async def follow(self, turn: Turn, chat_id: int, outcome: Outcome, letters: str) -> None:
        """Adds what follows from a turn with the bot.

        Args:
            turn: it.
            chat_id: the private chat.
            outcome: what the dialogue decided.
            letters: the text it came from; empty if it came from none.
        """
        cases = self._desk.cases
        asked = self._recalled(outcome, letters) if letters else None
        why = _TAUGHT_BY.get(outcome.step.verdict)
        if why is not None:
            earlier = await cases.recalled(chat_id)
            day = day_of(self._desk.clock.now())
            question = lesson(why, outcome.step.subject or "", asked, earlier, day)
            within = question is not None and await cases.hit(
                chat_id, "review", REVIEW_AN_HOUR, HOUR
            )
            if question is not None and within:
                turn.write(cases.to_review(question))
        if asked is not None:
            turn.write(cases.remember(chat_id, asked))

    def _recalled(self, outcome: Outcome, letters: str) -> Recalled:
        kept = said(self._desk.masks(letters).text, outcome)
        question = outcome.question
        grave = question is not None and may_be_danger(question, self._thresholds)
        return Recalled(
            kept.text,
            kept.verdict,
            kept.subject,
            guesses=_guesses(question),
            locale=tongue(outcome),
            script=script_of(kept.text),
            grave=grave or outcome.step.verdict is Verdict.DANGER,
        )


def said(masked: str, outcome: Outcome) -> Said:
    """A turn with the bot as the card of a case shows it."""
    step = outcome.step
    in_language = any(isinstance(act, acts.AskLocale) for act in step.acts)
    return Said(_cut(masked, MAX_WORDS), step.verdict.value, None if in_language else step.subject)


def script_of(text: str) -> str:
    """The script of most letters (ISO 15924, small); empty for a text without letters."""
    script = main_script(text)
    return script.value if script is not None else ""


def lesson(
    why: Why, subject: str, asked: Recalled | None, earlier: Sequence[Recalled], day: str
) -> Question | None:
    """The question to learn from, by the rules above; None if there is none.

    Args:
        why: something went wrong.
        subject: the intent whose answer got 👎.
        asked: the text of this turn, if it came from one.
        earlier: the turns before it, oldest first.
        day: today.
    """
    meant = _meant(why, subject, asked, earlier)
    if meant is None or not meant.locale or is_wordless(meant.text):
        return None
    if any(one.grave or one.verdict == Verdict.DANGER for one in (*earlier, meant)):
        return None
    question = _question(why, subject, meant, day)
    before = (one for one in earlier if one is not meant and one.verdict == meant.verdict)
    repeated = any(digest(_question(why, subject, one, day)) == digest(question) for one in before)
    return None if repeated and why is Why.LOST else question


def _meant(
    why: Why, subject: str, asked: Recalled | None, earlier: Sequence[Recalled]
) -> Recalled | None:
    """The turn that went wrong."""
    match why:
        case Why.LOST:
            return asked
        case Why.NONE_OF_THESE:
            last = earlier[-1] if earlier else None
            return last if last is not None and last.verdict == Verdict.OFFERED else None
        case _:
            return next((one for one in reversed(earlier) if _led_to(one, subject)), None)


def _led_to(one: Recalled, intent: str) -> bool:
    """Whether a turn led to the answer: at once, after the citizenship, or by an offer."""
    if one.verdict not in _ANSWERED:
        return False
    offered = one.verdict == Verdict.OFFERED and intent in {g.intent for g in one.guesses}
    return one.subject == intent or offered


def _question(why: Why, subject: str, meant: Recalled, day: str) -> Question:
    return Question(
        day,
        _cut(meant.text, QUESTION_LENGTH),
        meant.locale,
        meant.script,
        why,
        meant.guesses,
        subject if why is Why.THUMBS_DOWN else "",
    )


def _guesses(question: TextReceived | None) -> tuple[Guessed, ...]:
    if question is None or not isinstance(question.reading, Reading):
        return ()
    likeliest = question.reading.intents[:MAX_GUESSES]
    return tuple(Guessed(guess.name, round(guess.confidence, 2)) for guess in likeliest)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"
