"""The message of a commit, which holds what happened to which proposal. Pure.

The words of a person come first; the last paragraph is ours, as git's trailers are written. Words
that look like trailers are never the last paragraph, so they cannot pass for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.console.versions.model import EventKind, Person

MAX_WORDS = 2000
MAX_NAME = 100

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff<>]")
_EMAIL = re.compile(r"(-?\d+)@staff\.invalid", re.ASCII)
_CRUD = " .,:;<>\"'\\"
"""What git takes off both ends of a name."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a commit says.

    Attributes:
        proposal: its id; empty for a change by hand.
    """

    words: str
    kind: EventKind
    proposal: str = ""


def written(message: Message) -> str:
    """The text of a commit's message."""
    own = [f"Event: {message.kind}"]
    if message.proposal:
        own.insert(0, f"Proposal: {message.proposal}")
    words = cleaned(message.words) or message.kind.value
    return words + "\n\n" + "\n".join(own) + "\n"


def read(text: str) -> Message | None:
    """The inverse of ``written``; None if the message is not one of ours."""
    words, _, own = text.rstrip("\n").rpartition("\n\n")
    fields = dict(line.split(": ", 1) for line in own.split("\n") if ": " in line)
    kind = fields.get("Event")
    if kind not in set(EventKind):
        return None
    said = "" if words == kind else words
    return Message(said, EventKind(kind), fields.get("Proposal", ""))


def cleaned(words: str) -> str:
    """A person's words without control characters, at most ``MAX_WORDS`` characters."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", plain)[:MAX_WORDS].strip()


def email(person: Person) -> str:
    """The address that stands for a person; ``.invalid`` is nobody's (RFC 2606)."""
    return f"{person.id}@staff.invalid"


def name(person: Person) -> str:
    """The name as git takes it; never empty."""
    plain = _NOT_IN_A_NAME.sub("", person.name)[:MAX_NAME]
    return plain.strip(_CRUD) or f"staff {person.id}"


def person(name_written: str, email_written: str) -> Person:
    """The inverse of ``name`` and ``email``; another's commit counts as made outside."""
    found = _EMAIL.fullmatch(email_written)
    return Person(name_written, int(found.group(1)) if found else 0)
