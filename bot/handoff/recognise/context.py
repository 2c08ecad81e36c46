"""Words beside a number that tell what it is, in the six variants. For flat text (``flat.py``)."""

from __future__ import annotations

import re

_REACH_BEFORE = 40
_REACH_AFTER = 20

_DOCUMENT = re.compile(
    r"pas+port|пас+порт|төлқұжат|шиноснома|удостоверен|удостак|куәлік|күбөлүк|гувоҳнома|guvohnoma"
    r"|шаҳодатнома|\bid[ -]?(?:card|карт)|айди|серия|seriya|силсила",
    re.IGNORECASE,
)
_SERIES_AND_NUMBER = re.compile(
    r"(?:серия|сер|seriya|силсила)\W{0,3}[^\W\d_]{0,2} ?(?:\d\d ?\d\d)?\W{0,3}"
    r"(?:номери?|№|no|nomer[ia]?|raqami?|рақами?)\W{0,3}$",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<!\w)(?:тел\b|tel\b|телефон|telefon|phone|сот\b|сотк|звон|қоңырау|qo.?ng.?iroq|қўнғироқ|занг"
    r"|чал|what.?s?ap|ват?[сц]ап|вотсап|моб\b|мобил)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?<!\w)(?:ст(?:ать\w*)?|пункт\w*|закон\w*|приказ\w*|постановлени\w*|дел[ауо]м?|обращени\w*"
    r"|заявк\w*|бап\w*|заң\w*|бұйрық\w*|қаулы\w*|өтініш\w*|модда\w*|modda\w*|қонун\w*|qonun\w*"
    r"|қарор\w*|qaror\w*|murojaat\w*|мурожаат\w*|муроҷиат\w*|парванда\w*|мыйзам\w*|берене\w*"
    r"|буйрук\w*|токтом\w*|арыз\w*|ariza\w*|ариза\w*|case)[ .:№#]{0,5}(?:No? ?)?$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r" ?(?:тг|тнг|тенге|теңге|tenge|kzt|сум\w{0,3}|сўм\w{0,3}|сом\w{0,4}|so.?m|sum|uzs|kgs|tjs"
    r"|somon\w*|рубл\w*|руб|rub\w*|доллар\w*|dollar\w*|usd|евро|euro?|тыс\w*|мың\w*|миң\w*|минг\w*"
    r"|ming|ҳазор\w*|hazor|мл[нр]д?|million\w*|миллион\w*|мил+иард\w*)(?!\w)|\s?[₸₽$€]",
    re.IGNORECASE,
)
_CURRENCY_SIGN = re.compile(r"(?<!\w)(?:[₸₽$€]|KZT|UZS|USD|EUR|RUB) ?$")
_LETTERS = re.compile(r"(?<![^\W\d_])(?P<letters>[^\W\d_]{1,2})(?P<gap>(?: ?[-№#] ?| ){0,2})$")
_NEAR = re.compile(r"(?:(?!\d|••|\x00).)*", re.DOTALL)


def _before(text: str, start: int) -> str:
    """What stands before a number, back to another one, to what was masked, or so far."""
    reach = text[max(0, start - _REACH_BEFORE) : start]
    return re.split(r"\d|••|\x00", reach)[-1]


def _after(text: str, end: int) -> str:
    near = _NEAR.match(text, end, end + _REACH_AFTER)
    return near[0] if near else ""


def of_document(text: str, start: int, end: int) -> bool:
    """Whether the words around a number speak of a passport or an identity card."""
    if _SERIES_AND_NUMBER.search(text[max(0, start - _REACH_BEFORE) : start]):
        return True
    return any(_DOCUMENT.search(near) for near in (_before(text, start), _after(text, end)))


def of_phone(text: str, start: int) -> bool:
    """Whether the words before a number speak of a telephone."""
    return _PHONE.search(_before(text, start)) is not None


def of_reference(text: str, start: int) -> bool:
    """Whether the word before a number is a law, an article of it, a case or an application."""
    return _REFERENCE.search(_before(text, start)) is not None


def of_money(text: str, start: int, end: int) -> bool:
    """Whether a currency stands right after a number, or its sign right before."""
    before = text[max(0, start - 8) : start]
    return bool(_CURRENCY.match(text, end) or _CURRENCY_SIGN.search(before))


def series(text: str, start: int) -> int | None:
    """Where the letters of a document's number begin: "AC1234567", "N 12345678", "АА № 1234567".

    Apart from the digits only capital letters count: a small word may be a preposition.
    """
    found = _LETTERS.search(text, max(0, start - 12), start)
    if found is None or (found["gap"] and not found["letters"].isupper()):
        return None
    return found.start()
