"""Telephone numbers that are written out in words, in the six variants. For flat text."""

from __future__ import annotations

import re

from bot.handoff.recognise.found import Kind

FEWEST_WORDS = 6
"""In a row. An amount has fewer between two words like "thousand", which are not on the list."""

# Digits, tens and hundreds; several languages share a word, which stands with the first of them.
_WORDS = (
    # Russian
    "ноль нуль один одна два две три четыре пять шесть семь восемь девять десять одиннадцать"
    " двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать"
    " девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
    " сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    # Kazakh
    "нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен"
    " тоқсан жүз",
    # Uzbek
    "nol bir ikki uch to'rt besh olti yetti sakkiz to'qqiz o'n yigirma o'ttiz qirq ellik oltmish"
    " yetmish sakson to'qson yuz",
    "бир икки уч тўрт беш олти етти саккиз тўққиз ўн йигирма ўттиз қирқ эллик олтмиш етмиш саксон"
    " тўқсон юз",
    # Tajik, where "and" is a letter at the end of the word before
    "сифр як яку ду дуву се сею чор чору чаҳор чаҳору панҷ панҷу шаш шашу ҳафт ҳафту ҳашт ҳашту нӯҳ"
    " нӯҳу даҳ даҳу бист бисту сӣ сию чил чилу панҷоҳ панҷоҳу шаст шасту ҳафтод ҳафтоду ҳаштод"
    " ҳаштоду навад наваду сад саду дусад дусаду",
    # Kyrgyz
    "эки үч төрт жети сегиз тогуз жыйырма отуз кырк элүү алтымыш жетимиш токсон",
)
_ANY = "|".join(
    re.escape(word).replace("'", "['‘’ʻʼ`]?")
    for word in sorted({w for row in _WORDS for w in row.split()}, key=len, reverse=True)
)
_RUN = re.compile(
    rf"(?<!\w)(?:{_ANY})(?:[ ,.\n-]{{1,3}}(?:{_ANY})(?!\w)){{{FEWEST_WORDS - 1},}}", re.IGNORECASE
)


def spoken(text: str) -> tuple[tuple[int, int, Kind], ...]:
    """The stretches of a flat text that are a number in words, in order."""
    return tuple((*found.span(), Kind.PHONE) for found in _RUN.finditer(text))
