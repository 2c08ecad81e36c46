"""What the YAML reader's complaints mean, for people who have never heard of YAML. Pure.

The reader (ruamel.yaml) speaks of tokens and scalars, in English. What people do wrong is mostly
one of some twenty things; each has a sentence here that says what to do. Of the rest the reader's
own words are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.sentence import N_

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

    from bot.answers.sentence import Sentence

_COLON = N_(
    "Not valid YAML: one colon too many, or a line that is indented too far. Put a value that has "
    "a colon in it into quotes."
)
_NO_COLON = N_(
    "Not valid YAML: just above, a line is no `key: value`, or no space follows its colon."
)
_TAB = N_("Not valid YAML: a tab. Indent with spaces.")
_OPEN_QUOTE = N_("Not valid YAML: a quotation mark is opened further up and never closed.")
_AFTER_QUOTE = N_("Not valid YAML: the quotes must be around the whole value.")
_LIST_IN_FIELDS = N_("Not valid YAML: an entry of a list (-) where `key: value` should be.")
_FIELD_IN_LIST = N_("Not valid YAML: a `key: value` where an entry of a list (-) should be.")
_INDENTED = N_("Not valid YAML: the line is indented otherwise than those that it belongs to.")
_OPEN_LIST = N_("Not valid YAML: a list in [ ] is not closed, or a comma is missing in it.")
_OPEN_FIELDS = N_("Not valid YAML: what is between { } is not closed, or a comma is missing in it.")
_BACKSLASH = N_(
    "Not valid YAML: a backslash means something else between double quotes. Use single quotes."
)
_DOCUMENTS = N_("Not valid YAML: here a second document begins. Take out the line of --- or ...")
_INNER_DASH = N_("Not valid YAML: an entry of a list (-) must begin a line of its own.")
_AFTER_BLOCK_MARK = N_(
    "Not valid YAML: nothing may follow | or > on its line. Put a value that begins so into quotes."
)

_KNOWN = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"mapping values are not allowed", _COLON),
        (r"could not find expected ':'", _NO_COLON),
        (r"found character '\\t'", _TAB),
        (r"scanning a quoted scalar: found unexpected end of stream", _OPEN_QUOTE),
        (r"expected <block end>, but found '<scalar>'", _AFTER_QUOTE),
        (r"a block mapping: expected <block end>, but found '-'", _LIST_IN_FIELDS),
        (r"a block collection: expected <block end>, but found '\?'", _FIELD_IN_LIST),
        (r"expected <block end>", _INDENTED),
        (r"expected ',' or '\]'", _OPEN_LIST),
        (r"expected ',' or '}'", _OPEN_FIELDS),
        (r"escape", _BACKSLASH),
        (r"but found another document", _DOCUMENTS),
        (r"sequence entries are not allowed", _INNER_DASH),
        (r"scanning a block scalar", _AFTER_BLOCK_MARK),
    )
)
_FIRST_LETTER = re.compile(
    r"found character ['\"](.)['\"] that cannot start|the node content, but found '([^<])'$"
)
_OTHER_FIRST_LETTERS = {
    "found undefined alias": "*",
    "mapping keys are not allowed here": "?",
}


def explained(error: MarkedYAMLError) -> Sentence:
    """What is wrong with a file that the reader complains about."""
    told = " ".join(f"{error.context or ''}: {error.problem or ''}".split()).strip(": ")
    for pattern, sentence in _KNOWN:
        if pattern.search(told):
            return sentence
    found = _FIRST_LETTER.search(told)
    letter = (found[1] or found[2]) if found else ""
    letter = letter or next((sign for w, sign in _OTHER_FIRST_LETTERS.items() if w in told), "")
    if letter:
        return N_(
            "Not valid YAML: a value cannot begin with {character}. Put it into quotes.",
            character=letter,
        )
    return unexplained(told)


def unexplained(told: str) -> Sentence:
    """What nobody foresaw, in the reader's own words."""
    return N_("Not valid YAML; the reader of YAML says: “{detail}”.", detail=told)
