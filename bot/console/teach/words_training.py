"""What trainings, models and their troubles are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.teach.judged import Against, Verdict
from bot.console.training.progress import Stage
from bot.console.training.trouble import Cause
from bot.language.tags import from_tag
from bot.understanding.reached import Outcome

if TYPE_CHECKING:
    from bot.console.teach.judged import Reason
    from bot.console.web.languages import Wording


def tag_name(w: Wording, tag: str) -> str:
    """A language by its tag, as comparisons name it."""
    locale = from_tag(tag)
    return w.language_name(locale) if locale else tag


def stage_name(w: Wording, stage: Stage) -> str:
    """What a training does."""
    match stage:
        case Stage.PREPARING:
            return w.gettext("It starts and reads the phrases.")
        case Stage.LANGUAGES:
            return w.gettext("It learns to tell the languages apart.")
        case Stage.WORDS:
            return w.gettext("It learns the words.")
        case Stage.SENTENCES:
            return w.gettext("It reads the sentences.")
        case Stage.QUESTIONS:
            return w.gettext("It learns which question a sentence asks.")
        case Stage.PACKING:
            return w.gettext("It learns danger, and packs the model.")
        case Stage.OLD_MODEL:
            return w.gettext("The model in service is measured.")
        case Stage.NEW_MODEL:
            return w.gettext("The new model is measured.")


def trouble_sentence(w: Wording, cause: Cause) -> str:
    """Why something could not be done, and what to do."""
    return {
        Cause.NO_ENVIRONMENT: w.gettext(
            "The classifier is not set up on this machine, so nothing can be trained here. "
            "Whoever runs the helpline sets it up with “make model”, or trains where it is."
        ),
        Cause.BUSY: w.gettext("A training runs already. Wait for its end, or end it."),
        Cause.NOTHING_NEW: w.gettext(
            "The model in service has learnt all that was taught. Label questions first."
        ),
        Cause.TRAINING_FAILED: w.gettext(
            "The training failed; the model in service goes on. Show the line below to whoever "
            "runs the helpline."
        ),
        Cause.TOO_LONG: w.gettext(
            "The training took too long and was ended. Try again when the machine has less to do."
        ),
        Cause.LOST: w.gettext(
            "The training was ended from outside; perhaps the machine was restarted. Start it "
            "again."
        ),
        Cause.NO_DEVELOPMENT_SET: w.gettext(
            "There are no labelled messages on this machine, so the new model was compared "
            "with nothing. Whether it is better is not known."
        ),
        Cause.NOT_COMPARED: w.gettext(
            "The models could not be compared. Whether the new one is better is not known."
        ),
        Cause.MODEL_MISSING: w.gettext("This model is not there any more."),
        Cause.IN_USE: w.gettext(
            "This model is in service, or the one to go back to: it cannot be discarded."
        ),
        Cause.CLASSIFIER_AWAY: w.gettext(
            "The running classifier does not answer, so nothing was changed. Try again in a "
            "minute; if it stays away, tell whoever runs the helpline."
        ),
        Cause.CLASSIFIER_REFUSED: w.gettext(
            "The running classifier does not take this model; the old one stays in service. "
            "Show the line below to whoever runs the helpline."
        ),
        Cause.NOT_KEPT: w.gettext(
            "The choice could not be written down: it is lost when the classifier is "
            "restarted. Show the line below to whoever runs the helpline."
        ),
        Cause.UNREADABLE: w.gettext(
            "The models or the phrases cannot be read. Show the line below to whoever runs the "
            "helpline."
        ),
    }[cause]


def verdict_sentence(w: Wording, found: Verdict) -> str:
    """What a comparison says, in one sentence."""
    match found:
        case Verdict.BETTER:
            return w.gettext("The new model is better: the difference is more than chance.")
        case Verdict.ALIKE:
            return w.gettext("The two are about as good: the difference may be chance.")
        case Verdict.WORSE:
            return w.gettext("The new model is worse: the difference is more than chance.")
        case Verdict.FIRST:
            return w.gettext("There was no model before to compare with.")
        case Verdict.UNKNOWN:
            return w.gettext("It is not known whether the new model is better.")


def reason_sentence(w: Wording, reason: Reason) -> str:
    """Why somebody should think twice."""
    match reason.why:
        case Against.UNMEASURED:
            return w.gettext("It was not measured.")
        case Against.WORSE:
            return w.gettext(
                "More messages get something worse ({new}) than something better ({old})."
            ).format(old=reason.old, new=reason.new)
        case Against.DANGER:
            return w.gettext(
                "Fewer of those who tell of danger get a danger card: {new} instead of {old}."
            ).format(old=reason.old, new=reason.new)
        case Against.WRONG:
            return w.gettext("More messages get a wrong answer: {new} instead of {old}.").format(
                old=reason.old, new=reason.new
            )
        case Against.LANGUAGE:
            return w.gettext("{language} gets worse: {old} messages better, {new} worse.").format(
                language=tag_name(w, reason.language), old=reason.old, new=reason.new
            )


def outcome_name(w: Wording, outcome: Outcome) -> str:
    """What a person got for a message."""
    match outcome:
        case Outcome.ANSWERED_RIGHT:
            return w.gettext("answered rightly")
        case Outcome.ANSWERED_WRONG:
            return w.gettext("answered wrongly")
        case Outcome.OFFERED_RIGHT:
            return w.gettext("the right question offered")
        case Outcome.OFFERED_WRONG:
            return w.gettext("only other questions offered")
        case Outcome.FALLBACK:
            return w.gettext("not understood")
