"""Uzbek in two scripts: each rule by words of its own, and what must not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.faults import FileFaults
from bot.answers.uzbek import FILE, Transliterator, read_exceptions
from bot.answers.yaml_file import parse_yaml

PROJECT = Path(__file__).resolve().parents[2]


def project_transliterator() -> Transliterator:
    faults = FileFaults(FILE)
    root = parse_yaml((PROJECT / "answers" / FILE).read_text("utf-8"), faults)
    assert root is not None
    found = read_exceptions(root, faults)
    assert faults.found == ()
    return found


UZBEK = project_transliterator()
PLAIN = Transliterator({})


@pytest.mark.parametrize(
    ("rule", "latin", "cyrillic"),
    [
        ("letters", "mehnat xona qishloq jamoa", "меҳнат хона қишлоқ жамоа"),
        ("sh and ch", "ishchi chegara", "ишчи чегара"),
        ("a word of one letter", "u bor, U yoʻq", "у бор, У йўқ"),
        ("turned comma U+02BB", "oʻgʻil", "ўғил"),
        ("turned comma U+2018", "o‘g‘il", "ўғил"),
        ("tutuq for the turned comma U+02BC", "oʼgʼil", "ўғил"),
        ("right quote U+2019", "o’g’il", "ўғил"),
        ("ASCII apostrophe", "o'g'il tog'", "ўғил тоғ"),
        ("grave and acute", "o`g´il", "ўғил"),
        ("tutuq inside a word", "maʼlumot, eʼtiroz, saʼy", "маълумот, эътироз, саъй"),
        ("tutuq at the end", "manʼ etilgan", "манъ этилган"),
        ("s'h are two letters", "musʼhaf", "мусҳаф"),
        ("e at the start", "elchixona Ertaga", "элчихона Эртага"),
        ("e after a vowel", "duet", "дуэт"),
        ("e after a consonant", "kecha", "кеча"),
        ("ye ya yo yu at the start", "yem yaqin yoshi yuk", "ем яқин ёши юк"),
        ("ya yo yu after a consonant", "kelyapti daryo", "келяпти дарё"),
        ("yoʻ is no ё", "yoʻlovchi", "йўловчи"),
        ("ye after b is ъе", "subyektiv", "субъектив"),
        ("ye after other consonants is ье", "karyera", "карьера"),
        ("-tsiya", "politsiyaga", "полицияга"),
        ("-ksiya", "inspeksiyasi", "инспекцияси"),
        ("-nsiya", "kvitansiya", "квитанция"),
        ("t and s of an ending stay two letters", "aytsin ketsa", "айтсин кетса"),
        ("soft sign of a loanword", "albom", "альбом"),
        ("no soft sign before an ending", "dekabrda avtomobillar", "декабрда автомобиллар"),
        ("capitals", "MEHNAT MAʼLUMOT", "МЕҲНАТ МАЪЛУМОТ"),
        ("a capital digraph", "Choy Shartnoma Yashash", "Чой Шартнома Яшаш"),
        ("a digraph in capitals", "SHARTNOMA SHartnoma", "ШАРТНОМА Шартнома"),
        ("an abbreviation with an ending", "IINni BMTga AQShdan", "ИИНни БМТга АҚШдан"),
        ("a date has no hyphen", "2026-yil 5-mayda", "2026 йил 5 майда"),
        ("another ordinal keeps it", "3-qavat", "3-қават"),
        ("Kazakh names", "Shymkent", "Шымкент"),
    ],
)
def test_latin_to_cyrillic(rule: str, latin: str, cyrillic: str) -> None:
    assert UZBEK.to_cyrillic(latin) == cyrillic, rule


@pytest.mark.parametrize(
    ("rule", "cyrillic", "latin"),
    [
        ("letters", "меҳнат қишлоқ ҳужжат хона", "mehnat qishloq hujjat xona"),
        ("a word of one letter", "у Ш", "u Sh"),
        ("ў ғ with U+02BB", "ўғил", "oʻgʻil"),
        ("ъ as U+02BC", "маълумот", "maʼlumot"),
        ("ўъ without tutuq", "мўътабар", "moʻtabar"),
        ("сҳ with tutuq", "мусҳаф", "musʼhaf"),
        ("е at the start and after a vowel", "елим оила проект", "yelim oila proyekt"),
        ("ц after a vowel", "полиция", "politsiya"),
        ("ц elsewhere", "инспекция", "inspeksiya"),
        ("ь is not written", "альбом декабрь", "albom dekabr"),
        ("ъ and ь before е", "субъект карьера", "subyekt karyera"),
        ("я after a consonant", "келяпти", "kelyapti"),
        ("capitals", "ШАРТНОМА Шартнома", "SHARTNOMA Shartnoma"),
        ("an abbreviation with an ending", "ИИНни", "IINni"),
        ("an exception with an ending", "сентябрда", "sentabrda"),
    ],
)
def test_cyrillic_to_latin(rule: str, cyrillic: str, latin: str) -> None:
    assert UZBEK.to_latin(cyrillic) == latin, rule


@pytest.mark.parametrize(
    "text",
    [
        "https://egov.kz/yo'l?lang=uz",
        "www.enbek.kz",
        "eGov.kz",
        "hr.enbek.kz/menu",
        "yordam@gov.uz",
        "@migratsiyaagentligi",
        "/menu",
        "WhatsApp",
        "Facebook",
        "SMS",
        "QR",
        "XX",
        "+7 727 258-22-40",
        "«разрешение трудового иммигранта»",
        "{name}",
        "",
    ],
)
def test_stays_as_it_is(text: str) -> None:
    assert UZBEK.to_cyrillic(text) == text


def test_markdown_stays_markdown() -> None:
    markdown = "1. **Ariza** — [bu yer](https://egov.kz/ariza).\n- Tel: **1414**\n\n2-qadam: /menu"

    assert UZBEK.to_cyrillic(markdown) == (
        "1. **Ариза** — [бу ер](https://egov.kz/ariza).\n- Тел: **1414**\n\n2-қадам: /menu"
    )


def test_an_ending_on_a_kept_name_is_cyrillic() -> None:
    assert UZBEK.to_cyrillic("SMSga Telegramda") == "SMSга Telegramда"


def test_a_kept_abbreviation_is_no_beginning_of_a_word() -> None:
    assert UZBEK.to_cyrillic("IPAK Ipak idora simsiz") == "ИПАК Ипак идора симсиз"


def test_an_exception_goes_before_the_rules_also_with_an_ending() -> None:
    own = Transliterator({"yoʻlbars": "йулбарс"}, kept=["Beeline"])

    assert own.to_cyrillic("Yo'lbarsga Beeline") == "Йулбарсга Beeline"


def test_the_file_of_exceptions_may_not_have_other_keys() -> None:
    faults = FileFaults(FILE)
    root = parse_yaml("words: {a: }\nword: {}\n", faults)
    assert root is not None
    read_exceptions(root, faults)

    assert [str(fault) for fault in faults.found] == [
        f"{FILE}:2: `word` is not known here. Known: words, kept.",
        f"{FILE}:1: `a` is empty.",
    ]


@settings(deadline=None)
@given(st.text(alphabet="abdefghijklmnopqrstuvxyzʻʼ' .,-ABDEOGSHY\n*[]()1", max_size=60))
def test_no_word_and_no_line_is_lost(text: str) -> None:
    cyrillic = PLAIN.to_cyrillic(text)

    assert len(cyrillic.split()) >= len(text.split())
    assert cyrillic.count("\n") == text.count("\n")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_written_in_both_scripts(text: str) -> None:
    assert isinstance(PLAIN.to_latin(PLAIN.to_cyrillic(text)), str)


@settings(deadline=None)
@given(st.text(alphabet="абвгдежзийклмнопрстуфхчшэюяўқғҳ ", max_size=60))
def test_native_words_in_latin_have_no_cyrillic_left(text: str) -> None:
    assert not any("\u0400" <= letter <= "\u04ff" for letter in PLAIN.to_latin(text))
