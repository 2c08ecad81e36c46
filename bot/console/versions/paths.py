"""Which files the console may write, and with what in them. Pure."""

from __future__ import annotations

import re

from bot.answers import answer_file, centres_file, needs_file, topics_file, uzbek
from bot.answers.facts_file import FOLDER as FACTS
from bot.answers.faults import Fault
from bot.answers.glossary_file import FILE as GLOSSARY
from bot.answers.sentence import N_, NN_
from bot.language.tags import Locale

MAX_BYTES = 256 * 1024
"""Three times the largest file of today; more is no file that people write."""

TOP_FILES = frozenset({topics_file.FILE, centres_file.FILE, needs_file.FILE, uzbek.FILE, GLOSSARY})
_ANSWER_FILES = frozenset({answer_file.FILE, *(f"{locale.value}.md" for locale in Locale)})
_FACTS_FILE = re.compile(r"[a-z][a-z0-9_]{0,63}\.yml")
_NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def is_known(path: str) -> bool:
    """Whether the path names a kind of file that people write in the console.

    So it is within the folder, has no ``..``, and is not hidden.
    """
    match path.split("/"):
        case [name]:
            return name in TOP_FILES
        case [folder, name] if folder == FACTS:
            return _FACTS_FILE.fullmatch(name) is not None
        case [topic, intent, name]:
            named = topics_file.NAME.fullmatch(topic) and topics_file.NAME.fullmatch(intent)
            return bool(named) and topic != FACTS and name in _ANSWER_FILES
    return False


def fault(path: str, content: str | None) -> Fault | None:
    """What keeps a file from being saved; None if nothing does.

    Args:
        path: within the folder, with forward slashes.
        content: what is to be in it; None to delete it.
    """
    if not is_known(path):
        return Fault(path, 0, N_("This file does not belong here."))
    if content is None:
        return None
    try:
        length = len(content.encode())
    except UnicodeEncodeError:
        return Fault(path, 0, N_("Half a character: this cannot be written as UTF-8."))
    if length > MAX_BYTES:
        sentence = NN_(
            "{length} byte; {limit} fit.",
            "{length} bytes; {limit} fit.",
            length,
            length=length,
            limit=MAX_BYTES,
        )
        return Fault(path, 0, sentence)
    if found := _NOT_IN_A_TEXT.search(content):
        line = content.count("\n", 0, found.start()) + 1
        code = f"{ord(found.group()):04X}"
        return Fault(path, line, N_("An invisible control character (U+{code}).", code=code))
    return None


def with_its_line_ends(content: str, before: str | None) -> str:
    """The content with the line ends of the file as it was; LF in a new file.

    A form of a browser sends CR LF: every line would seem to be changed.
    """
    plain = content.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\n", "\r\n") if before is not None and "\r\n" in before else plain
