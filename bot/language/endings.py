"""The endings that names take: Turkic and Tajik suffixes, Russian cases.

Works on skeletons (see ``bot.language.skeleton``), where ы, й and і are ``и`` and ``нг`` is ``н``.
Only what place names need: which case, whether "I am", whether plural.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Case(str, Enum):
    """What the case, or the preposition, says of a place."""

    PLAIN = "plain"
    AT_OR_TO = "at_or_to"
    FROM = "from"
    OTHER = "other"


@dataclass(frozen=True)
class Ending:
    """What the ending of a name says."""

    case: Case
    first_person: bool = False
    plural: bool = False


CASE_OF_PREPOSITION = {
    **dict.fromkeys(("из", "изо", "аз"), Case.FROM),
    **dict.fromkeys(("в", "во", "дар", "ба", "до", "то"), Case.AT_OR_TO),
}
"""Russian and Tajik prepositions, as skeletons."""

_TURKIC = re.compile(
    r"(?P<plural>лар|лер|дар|дер|тар|тер|лор|дор|тор)?"
    r"(?:(?:лик|лиг|дик|тик|лук|дук|тук)(?P<plural2>лар|лер|тар|тер)?)?"
    r"(?:(?P<from>дан|ден|тан|тен|нан|нен|дон|тон|нон)"
    r"|(?P<at>да|де|та|те|до|то|нда|нде|дами|га|ге|ка|ке|го|ко|на|не|но|гача|геча)"
    r"|нин|дин|тин|нун|дун|тун|ни|ди|ти|ну|ду|ту|даги|деги|таги|теги|мен|менен|бен|пен)?"
    r"(?P<i>мин|пин|бин|ман|мен|миз|биз|пиз|мун|бун|муз|буз|пуз)?"
    r"(?:ми|ма|ме|би|ку|дир)?"
)
_TAJIK = re.compile(
    r"(?:иги|и|иа)?(?P<i>ам|ем)"
    r"|(?P<plural>он|хо|иен|иан)?(?P<case>ро|ба|да|ра|анд|ми)?"
    r"|и|иги"
)


@dataclass(frozen=True)
class Form:
    """A spelling as one may meet it; a ``final`` one is in a Russian case, no ending follows."""

    text: str
    final: bool = False
    plural: bool = False


def parse(word: str, stem: str, form: Form) -> Ending | None:
    """What follows a stem in a word, or None if it is no ending (so another word).

    Args:
        word: the skeleton of a word of the text.
        stem: the skeleton of the name; its last letter may have merged with the ending's first.
        form: the form whose skeleton the stem is.
    """
    if not word.startswith(stem):
        return None
    rest = word[len(stem) :]
    if not rest:
        return Ending(Case.OTHER if form.final else Case.PLAIN, plural=form.plural)
    if form.final:
        return None
    return _turkic(rest, stem[-1]) or _tajik(rest) or _tajik(stem[-1] + rest)


def _turkic(rest: str, last: str) -> Ending | None:
    for candidate in (rest, last + rest):
        match = _TURKIC.fullmatch(candidate)
        if match:
            case = Case.OTHER
            if match["from"]:
                case = Case.FROM
            elif match["at"]:
                case = Case.AT_OR_TO
            return Ending(case, bool(match["i"]), bool(match["plural"] or match["plural2"]))
    return None


def _tajik(rest: str) -> Ending | None:
    match = _TAJIK.fullmatch(rest)
    if not match:
        return None
    case = Case.AT_OR_TO if match["case"] in ("ба", "да") else Case.OTHER
    return Ending(case, bool(match["i"]), bool(match["plural"]))


_RUSSIAN_ENDINGS = (
    ("ия", ("ии", "ию", "ией", "иею")),
    ("ея", ("еи", "ее", "ею", "еей")),
    ("ья", ("ьи", "ье", "ью", "ьей")),
    ("ка", ("ки", "ке", "ку", "кой", "кам", "ками", "ках", "кою")),
    ("а", ("ы", "и", "е", "у", "ой")),
    ("ый", ("ого", "ому", "ом", "ым")),
    ("ий", ("ого", "ому", "ом", "им", "ая", "ую", "ое", "ие", "их")),
    ("ай", ("ая", "аю", "аем", "ае")),
    ("ей", ("ея", "ею", "еем", "ее")),
    ("ой", ("оя", "ою", "оем", "ое")),
    ("ы", ("", "ов", "ам", "ах", "ами")),
    ("нь", ("ни", "нью")),
    ("ь", ("я", "ю", "ем", "е", "и")),
)
_AFTER_CONSONANT = ("а", "у", "ом", "е")
_PLURAL_AFTER_CONSONANT = ("ы", "и", "ов", "ам", "ами", "ах")
_PLURAL_OF_KA = ("ки", "кам", "ками", "ках")
_RUSSIAN_LETTERS = re.compile(r"[а-яё .-]+")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$", re.IGNORECASE)


def forms(spelling: str, *, with_plural: bool) -> list[Form]:
    """A spelling with its Russian case forms, if it may be Russian.

    A few forms that nobody writes do no harm.

    Args:
        spelling: in the nominative.
        with_plural: also "the Uzbeks", which a city does not have.
    """
    plain = Form(spelling)
    lowered = spelling.lower()
    if not _RUSSIAN_LETTERS.fullmatch(lowered):
        return [plain]
    for ending, replacements in _RUSSIAN_ENDINGS:
        if lowered.endswith(ending):
            stem = spelling[: -len(ending)]
            plural = ending == "ы"
            return [
                Form(spelling, plural=plural),
                *(
                    Form(stem + new, final=True, plural=plural or new in _PLURAL_OF_KA)
                    for new in replacements
                ),
            ]
    if not _CONSONANT.search(lowered):
        return [plain]
    singular = [Form(spelling + ending, final=True) for ending in _AFTER_CONSONANT]
    plurals = [
        Form(spelling + ending, final=True, plural=True) for ending in _PLURAL_AFTER_CONSONANT
    ]
    return [plain, *singular, *(plurals if with_plural else [])]
