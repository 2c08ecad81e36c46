"""What the queue, the phrases and their faults are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale as CldrLocale

from bot.console.insight.names import language_name
from bot.console.teach.labelling import Fault
from bot.console.teach.queue import locale_of
from bot.console.teach.rows import RowFault
from bot.console.training.phrases import LONGEST, Refusal
from bot.store.review import Why

if TYPE_CHECKING:
    from bot.console.web.languages import Wording
    from bot.store.review import Question


def why_name(w: Wording, why: Why) -> str:
    """Why a question is in the queue."""
    match why:
        case Why.LOST:
            return w.gettext("not understood")
        case Why.NONE_OF_THESE:
            return w.gettext("“something else”: none of the offered questions was meant")
        case Why.THUMBS_DOWN:
            return w.gettext("👎 for the answer")
        case Why.STAFF:
            return w.gettext("marked by the staff")


def locale_name(w: Wording, value: str) -> str:
    """A language of the queue or of a phrase."""
    return language_name(w, locale.value if (locale := locale_of(value)) else "other")


def written_in(w: Wording, asked: Question) -> str:
    """The language of a question, and its script where the language does not tell it."""
    language = locale_name(w, asked.locale)
    scripts = CldrLocale.parse(w.language.value).scripts
    script = scripts.get(asked.script.title())
    if script is None or asked.locale in ("uz", "uz_Cyrl"):
        return language
    return w.gettext("{language}, script: {script}").format(language=language, script=script)


def fault_sentence(w: Wording, fault: str, known_as: str) -> str:
    """Why something was not taught, and what to do.

    Args:
        w: the reader's words.
        fault: a ``Fault``'s or a ``Refusal``'s value.
        known_as: of ``Refusal.KNOWN``: the question that the phrase belongs to already.
    """
    sentences = {
        Fault.NO_INTENT: w.gettext("Choose the question that people ask with these words."),
        Fault.NOTHING_TAKEN: w.gettext("Tick at least one question."),
        Fault.LIST_FULL: w.gettext(
            "The list of new questions is full. Decide on some of those first, or drop them."
        ),
        RowFault.NO_LANGUAGE: w.gettext(
            "Choose the language it is written in. If it is none of these, discard the question."
        ),
        Refusal.EMPTY: w.gettext(
            "No word is left. Write what a person would ask, or discard the question."
        ),
        Refusal.TOO_LONG: w.gettext(
            "Shorten it to {number} characters: the bot reads the beginning only."
        ).format(number=LONGEST),
        Refusal.BRACKETS: w.gettext(
            "Take out what stands in brackets or braces, and the brackets."
        ),
        Refusal.PERSONAL: w.gettext(
            "There is a number or an address in it that may be somebody's. Take it out."
        ),
        Refusal.UNKNOWN_INTENT: w.gettext("The bot does not have this question any more."),
        Refusal.KNOWN: w.gettext(
            "The bot has learnt this phrase as “{question}”. If that is wrong, take it back there "
            "first, or discard it here."
        ).format(question=known_as),
        Refusal.MEASURED_WITH: w.gettext(
            "The helpline measures how well it understands with this very sentence, so it must not "
            "learn it. Change the words, or discard the question."
        ),
        Refusal.BROKEN_FILE: w.gettext(
            "The file of this language's phrases cannot be read or written. Nothing was changed in "
            "it. Show the line below to whoever runs the helpline."
        ),
    }
    return next(
        (words for name, words in sentences.items() if name.value == fault),
        w.gettext("It was not taught."),
    )
