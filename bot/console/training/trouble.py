"""What can go wrong with models, as data: the pages have the words."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Cause(StrEnum):
    """Why something could not be done."""

    NO_ENVIRONMENT = "no_environment"
    """The classifier's Python is not on this machine: it runs elsewhere, or is not set up."""
    BUSY = "busy"
    """A training runs already."""
    NOTHING_NEW = "nothing_new"
    """The model in service is of these very data."""
    TRAINING_FAILED = "training_failed"
    """``detail`` is the trainer's own sentence."""
    TOO_LONG = "too_long"
    """The training was ended because it took too long."""
    LOST = "lost"
    """The training was ended from outside: killed, or the machine restarted."""
    NO_DEVELOPMENT_SET = "no_development_set"
    """There are no labelled messages on this machine to compare with."""
    NOT_COMPARED = "not_compared"
    """A classifier to compare did not start or answer; ``detail`` says more."""
    MODEL_MISSING = "model_missing"
    """There is no such model."""
    IN_USE = "in_use"
    """The model is in service, or the one to go back to."""
    CLASSIFIER_AWAY = "classifier_away"
    """The running classifier does not answer."""
    CLASSIFIER_REFUSED = "classifier_refused"
    """It answers, but not with this token, or cannot load this model; the old one stays."""
    NOT_KEPT = "not_kept"
    """The choice could not be written: it is lost with the classifier's next restart."""
    UNREADABLE = "unreadable"
    """The models or phrases cannot be read; ``detail`` says more."""


class Trouble(msgspec.Struct, frozen=True):
    """Why something could not be done; ``detail``, in English, is for operators."""

    cause: Cause
    detail: str = ""
