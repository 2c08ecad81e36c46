"""The glossary: what it may hold, and what counts as a breach of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers import snapshot
from bot.answers.glossary_file import FILE, Term, read_glossary
from bot.answers.glossary_rules import breaches
from bot.answers.load import read_library
from bot.answers.model import AUDIENCES, Part
from bot.answers.stems import folded, has_stem
from bot.language.tags import Locale
from bot.settings import ROOT
from tests.answers.small_folder import write

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = """\
- ru: договор
  stems: [договор, договора]
  source: the code
  uz:
    word: shartnoma («договор»)
    stems: [shartnoma-]
    avoid: [kontrakt-]
    note: never kontrakt
  ky:
    word: келишим
    stems: [келишим-, макулдашуу-]
- ru: чаще всего
  source: our choice
  tg:
    word: аксар вақт
"""


def glossary(folder: Path, content: str = GLOSSARY) -> tuple[Term, ...]:
    write(folder / FILE, content)
    terms, faults = read_glossary(folder, str.upper)
    assert faults == ()
    return terms


def faults(folder: Path, content: str) -> list[str]:
    write(folder / FILE, content)
    return [str(fault) for fault in read_glossary(folder, str)[1]]


def found(terms: tuple[Term, ...], russian: str, translation: str, locale: Locale) -> list[str]:
    pair = {Part.EVERYONE: russian}, {Part.EVERYONE: translation}
    return [str(breach.sentence) for breach in breaches(terms, *pair, locale)]


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("Shartnomani («договор») oling.", []),
        ("Qogʻoz («договор») oling.", ["договор: none of shartnoma-"]),
        ("Shartnoma oling.", ["договор: the word of the counter is not named: «договор»"]),
        (
            "Shartnoma («договор»), kontraktni.",
            ["`kontrakt-` is not to be written; договор: shartnoma («договор»)"],
        ),
        ("[Shartnoma](https://x.kz/kontrakt) («договор»)", []),
    ],
)
def test_a_term_is_translated_by_its_word(
    tmp_path: Path, translation: str, expected: list[str]
) -> None:
    assert found(glossary(tmp_path), "Нет договора?", translation, Locale.UZ) == expected


def test_any_of_several_accepted_words_will_do(tmp_path: Path) -> None:
    terms = glossary(tmp_path)

    assert found(terms, "договор", "Келишимди алыңыз.", Locale.KY) == []
    assert found(terms, "договор", "Макулдашууну алыңыз.", Locale.KY) == []
    assert found(terms, "договор", "Кагаз алыңыз.", Locale.KY) != []


def test_a_text_without_the_term_may_be_worded_freely(tmp_path: Path) -> None:
    terms = glossary(tmp_path)

    assert found(terms, "Возьмите бумагу.", "Qogʻoz oling.", Locale.UZ) == []
    assert found(terms, "договорились", "Kelishdik.", Locale.UZ) == []
    assert found(terms, "Кодекс «Общий договор»", "Kodeks", Locale.UZ) == []


def test_the_part_that_uses_the_term_must_have_the_word(tmp_path: Path) -> None:
    terms = glossary(tmp_path)
    russian = {Part.EVERYONE: "Нет договора.", Part.MORE: "Нет договора."}
    own = {Part.EVERYONE: "Shartnoma («договор») yoʻq.", Part.MORE: "Yoʻq."}

    assert [
        (one.part, one.is_counter_word) for one in breaches(terms, russian, own, Locale.UZ)
    ] == [(Part.MORE, False)]


def test_uzbek_cyrillic_is_made_from_latin_unless_it_is_written(tmp_path: Path) -> None:
    made = glossary(tmp_path)[0].wordings
    assert made[Locale.UZ_CYRL].stems == ("SHARTNOMA-",)

    own = GLOSSARY.replace("  ky:", "  uz_Cyrl:\n    word: шартнома\n  ky:")
    assert glossary(tmp_path, own)[0].wordings[Locale.UZ_CYRL].word == "шартнома"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  source: the code\n", "", "glossary.yml:1: `source` is missing."),
        ("[договор, договора]", "[-]", "glossary.yml:2: `-`: a hyphen alone is no stem; write"),
        ("    word: келишим\n", "", "glossary.yml:10: `word` is missing."),
        ("  ky:", "  en:", "glossary.yml:9: `en` is not known here."),
        ("- ru: чаще всего", "- ru: договор", "glossary.yml:12: The term `договор` stands here tw"),
        ("- ru: договор", "ru: договор\n- x", "glossary.yml:2: Not valid YAML"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GLOSSARY.count(old) == 1
    listed = faults(tmp_path, GLOSSARY.replace(old, new))

    assert [one for one in listed if one.startswith(expected)] != [], listed


def test_a_folder_may_do_without(tmp_path: Path) -> None:
    assert read_glossary(tmp_path, str) == ((), ())


class TestTheProjectsGlossary:
    loaded = read_library(snapshot.take(ROOT / "answers"))
    terms, found_faults = read_glossary(ROOT / "answers", loaded.to_cyrillic)

    def test_is_well_written(self) -> None:
        assert self.found_faults == ()

    @pytest.mark.parametrize("locale", [Locale.KK, Locale.UZ, Locale.TG, Locale.KY])
    def test_every_checked_term_is_in_use(self, locale: Locale) -> None:
        """A stem with a slip of the pen would find nothing, and a breach everywhere or nowhere."""
        texts = [e.texts[locale].read.text for e in self.loaded.answers if locale in e.texts]
        words = folded(" ".join(w for t in texts for w in (t.question, t.short, *t.parts.values())))
        idle = [
            term.ru
            for term in self.terms
            if (wording := term.wordings.get(locale)) is not None
            and wording.stems
            and not any(has_stem(words, stem) for stem in wording.stems)
        ]
        assert idle == []

    def test_a_word_to_write_keeps_to_its_own_stems(self) -> None:
        amiss = [
            f"{term.ru} ({locale})"
            for term in self.terms
            for locale, wording in term.wordings.items()
            if wording.stems
            and not any(has_stem(folded(wording.word), stem) for stem in wording.stems)
        ]
        assert amiss == []

    def test_every_term_has_a_word_in_every_variant(self) -> None:
        wanted = set(Locale) - {Locale.RU}
        assert [term.ru for term in self.terms if set(term.wordings) != wanted] == []

    @pytest.mark.parametrize("locale", [Locale.KK, Locale.UZ, Locale.TG, Locale.KY])
    def test_whoever_reads_a_term_reads_the_word_of_the_counter(self, locale: Locale) -> None:
        """Rule: official terms also in Russian, as people will see them on the counter.

        A citizen sees the part of the own citizenship, what holds for everyone and the second page;
        who asks about Russia its part. Where the Russian text says «патент» only, it is enough.
        """
        permit = "разрешение трудового иммигранта"
        amiss = []
        for entry in self.loaded.answers:
            russian = entry.texts[Locale.RU].read.text.parts
            translated = entry.texts[locale].read.text.parts
            for own in [*(part for part in AUDIENCES if part in russian), Part.RUSSIA]:
                seen = (own,) if own is Part.RUSSIA else (own, Part.EVERYONE, Part.MORE)
                theirs, ours = ({p: t[p] for p in seen if p in t} for t in (russian, translated))
                said = folded(" ".join(theirs.values()))
                amiss += [
                    f"{entry.folder} {own}: {breach.sentence}"
                    for breach in breaches(self.terms, theirs, ours, locale)
                    if breach.is_counter_word
                    and (permit not in str(breach.sentence) or "трудового иммигранта" in said)
                ]
        assert amiss == []
