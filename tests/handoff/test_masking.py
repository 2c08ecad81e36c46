"""Staff-blind: what is personal is masked, what helps to help is not. All numbers are made up."""

from __future__ import annotations

import re
from datetime import date

import phonenumbers
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.handoff.masking import LABEL_LENGTH, Found, Kind, Masked, find, hide, mask
from tests.handoff.recognise.test_iin import DAYS, made_up

PUBLIC = frozenset({"111", "102", "1414", "11616", "+77172000000", "@our_helpline", "help@our.kz"})

PERSONAL = [
    # Russian
    ("Мой номер +7 700 000 00 00, позвоните", "Мой номер [☎ ••00], позвоните"),
    ("8(700)000-00-12 это хозяин", "[☎ ••12] это хозяин"),
    ("тел87000000000", "тел[☎ ••00]"),
    ("8.700.000.00.34", "[☎ ••34]"),
    ("8 7 0 0 0 0 0 0 0 0 0", "[☎ ••00]"),
    ("8️⃣7️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣5️⃣6️⃣ ватсап", "[☎ ••56] ватсап"),
    ("8 7ОО ООО ОО 12", "[☎ ••12]"),
    ("+7 700\n000 00 00", "[☎ ••00]"),
    ("домашний 23-45-67", "домашний [☎ ••67]"),
    ("тел. 23456", "тел. [☎ ••56]"),
    ("мой паспорт N00000000", "мой паспорт [🛂 ••••]"),
    ("паспорт РФ 00 00 000000 выдан 12.05.2020", "паспорт РФ [🛂 ••••] выдан 12.05.2020"),
    ("паспорт серия 0000 номер 000000", "паспорт серия 0000 номер [🛂 ••••]"),
    ("загран 70 0000000", "загран [☎ ••00]"),
    ("удостоверение 000000000 у хозяина", "удостоверение [🛂 ••••] у хозяина"),
    ("000000 — номер паспорта", "[🛂 ••••] — номер паспорта"),
    ("карта 4000 0000 0000 0002", "карта [💳 ••02]"),
    ("Kaspi 4000000000000002", "Kaspi [💳 ••02]"),
    ("счёт KZ00 000K ZT00 0000 0000 переведите", "счёт [🏦 ••••] переведите"),
    ("счёт 40800000000000000000", "счёт [🏦 ••••]"),
    ("СНИЛС 000-000-000 00", "СНИЛС [☎ ••00]"),
    ("почта ivan.p@mail.example или ivan (собака) mail.ru", "почта [✉ ••••] или [✉ ••••]"),
    ("пишите @ivan_petrov, t.me/ivan_petrov", "пишите [👤 ••••], [👤 ••••]"),
    ("https://wa.me/77000000000?text=1 сюда", "[👤 ••••] сюда"),
    ("инстаграм - ivan.petrov90", "инстаграм - [👤 ••••]"),
    ("мой ник в инсте ivan.petrov", "мой ник в инсте [👤 ••••]"),
    ("telegramda ivan_petrov", "telegramda [👤 ••••]"),
    ("скайп live:.cid.ivan", "скайп [👤 ••••]"),
    ("87000000000 12.05.2026", "[☎ ••00] 12.05.2026"),
    ("87000000000, 87010000011", "[☎ ••00], [☎ ••11]"),
    ("8🔥700🔥000•00•00", "[☎ ••00]"),
    (
        "восемь семьсот ноль ноль ноль, двадцать два, сорок — мой",
        "[☎ ••••] — мой",
    ),
    # Kazakh
    ("сегіз жеті жүз нөл нөл бір екі үш", "[☎ ••••]"),
    ("Нөмірім 8 777 000 00 00, хабарласыңыз", "Нөмірім [☎ ••00], хабарласыңыз"),
    ("төлқұжатым N 00000000, алып қойды", "төлқұжатым [🛂 ••••], алып қойды"),
    ("жеке куәлік нөмірі 000000000", "жеке куәлік нөмірі [🛂 ••••]"),
    # Uzbek, Latin
    ("Raqamim +998 90 000 00 00, qo‘ng‘iroq qiling", "Raqamim [☎ ••00], qo‘ng‘iroq qiling"),
    ("telefonim 90 000-00-00", "telefonim [☎ ••00]"),
    ("pasportim AA0000000 xo‘jayinda", "pasportim [🛂 ••••] xo‘jayinda"),
    ("pasport seriya AA raqami 0000000", "pasport seriya AA raqami [🛂 ••••]"),
    ("JSHSHIR 30101900000000", "JSHSHIR [🪪 ••••]"),
    ("kartam 8600 0000 0000 0000 ga tashlang", "kartam [💳 ••00] ga tashlang"),
    ("to‘qson nol nol nol bir ikki uch raqamim", "[☎ ••••] raqamim"),
    # Uzbek, Cyrillic
    ("тўқсон ноль ноль бир икки уч тўрт", "[☎ ••••]"),
    ("Рақамим ＋９９８ ９０ ０００ ００ ００", "Рақамим [☎ ••00]"),
    ("паспортим аа 0000000", "паспортим аа [🛂 ••••]"),
    ("пластигим 9860 0000 0000 0000", "пластигим [💳 ••00]"),
    # Tajik
    ("Рақами ман +992 90 000 00 00, занг занед", "Рақами ман [☎ ••00], занг занед"),
    ("шиноснома А 0000000", "шиноснома [🛂 ••••]"),
    ("шиносномаи ман 400000000", "шиносномаи ман [🛂 ••••]"),
    ("рақам ۹۹۲۹۰۰۰۰۰۰۰۰", "рақам [☎ ••00]"),
    ("наваду як сифр сифр ду се чор", "[☎ ••••]"),
    # Kyrgyz
    ("жети жүз ноль ноль эки үч төрт", "[☎ ••••]"),
    ("Номерим 0700 000 000, чалып коюңуз", "Номерим [☎ ••00], чалып коюңуз"),
    ("+996(700)00-00-00", "[☎ ••00]"),
    ("паспортум AN0000000", "паспортум [🛂 ••••]"),
    ("ID0000000 жоголду", "[🛂 ••••] жоголду"),
    ("ПИН 20101199000000", "ПИН [🪪 ••••]"),
    # elsewhere
    ("+49 151 00000000", "[☎ ••00]"),
]

PLAIN = [
    "Не платят 250 000 тг с 12.05.2026 по 20.06.2026",
    "зарплата 250000 тенге, обещали 1 500 000 сум, дали $1 500",
    "от 250 000 - 300 000 тг, 12 500,50 руб.",
    "1 500 000 сўм; 1500000 so'm; 15 000 000 сомони; 2 000 000 сом",
    "250 мың теңге, 3 млн сум, 2,5 миллион, 1 000 000",
    "штраф 259 500 – 865 000 теңге, 129 750-648 750 сом",
    "один миллион двести пятьдесят пять тысяч, уч юз эллик минг сўм, екі жүз елу мың",
    "в 2024 250 000 тг заплатил",
    "приехал 12.05.2026 в 14:30, вылет 12.05.26 14:30, виза 2026-05-12 - 2026-06-12",
    "работаю с 09:00-18:00, 9.00-18.00, без выходных 24/7",
    "в 2024-2026 годах, с 2019 2020 2021",
    "статья 517 часть 2, пункт 3.1.2, закон № 477-IV, приказ № 1234567",
    "дело № 7599-25-00-3/1234, обращение 12345678",
    "https://adilet.zan.kz/rus/docs/V2300033003 здесь",
    "звоните 111, 102, 1414 или 11616",
    "111 102 1414",
    "8 7172 00 00 00 и +7 (7172) 00-00-00, (7172) 000000",
    "@our_helpline, t.me/our_helpline, help@our.kz",
    "ул. Абая 150, дом 5, кв 12, 3 этаж",
    "срок 90 дней из 180, штраф 15 МРП, 3932",
    "10, 20, 30, 40, 50, 60, 70",
    "паспорт отобрали 3 месяца назад, 5 человек",
    "Төлқұжатым 12.05.2026 күні бітеді, 517-бап",
    "Pasportim 2026-yil 12.05.2026 da tugaydi, 517-modda",
    "Шиносномаам то 12.05.2026 эътибор дорад, моддаи 517",
    "Айлыгым 80 000 сом, 517-берене, саат 14:30",
    "15000 20000 тг, 12500 тг 2024, дом 150 2024",
]


@pytest.mark.parametrize(("written", "shown"), PERSONAL)
def test_what_is_personal_is_masked(written: str, shown: str) -> None:
    masked = mask(written, PUBLIC)
    assert masked.text == shown
    assert masked.hidden


@pytest.mark.parametrize("written", PLAIN)
def test_what_staff_need_is_left_alone(written: str) -> None:
    assert mask(written, PUBLIC) == Masked(written, ())


def test_without_the_list_our_own_numbers_are_masked_too() -> None:
    assert mask("8 7172 00 00 00, @our_helpline").text == "[☎ ••00], [👤 ••••]"


def test_an_empty_text_has_nothing() -> None:
    assert mask("") == Masked("", ())


def test_found_are_offsets_of_the_original() -> None:
    text = "👋 ватсап 8️⃣7000000000."
    assert find(text) == (Found(9, 9 + 13, Kind.PHONE),)


def test_a_long_list_of_numbers_is_masked_in_no_time_and_as_a_whole() -> None:
    assert mask("1 " * 2000).text == "[🏦 ••••] "


# Every number that can be dialled, however it is written.

PREFIXES = ("7700", "7701", "7777", "99890", "99893", "99290", "99293", "996700", "996555")
TYPED = st.sampled_from(["", " ", "-", " - ", "\u00a0", "  ", "\u200b", ") ", " (", "·"])
ALPHABETS = st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
WORDS = st.sampled_from(["", "мой номер ", "raqamim: ", "тел.", "нөмірім — ", "паспорт, "])


@st.composite
def telephones(draw: st.DrawFn) -> str:
    """Digits of a mobile number of one of the countries, with its country code."""
    prefix = draw(st.sampled_from(PREFIXES))
    length = 11 if prefix.startswith("7") else 12
    rest = draw(st.text("0123456789", min_size=length - len(prefix), max_size=length - len(prefix)))
    return prefix + rest


@settings(deadline=None)
@given(telephones(), ALPHABETS, st.data(), WORDS, WORDS)
def test_a_telephone_is_masked_however_it_is_typed(
    digits: str, alphabet: str, data: st.DataObject, before: str, after: str
) -> None:
    plus = data.draw(st.sampled_from(["+", "", "00"]))
    gaps = data.draw(st.lists(TYPED, min_size=len(digits), max_size=len(digits)))
    typed = "".join(
        alphabet[int(digit)] + gap for digit, gap in zip(digits, [*gaps[:-1], ""], strict=True)
    )
    masked = mask(f"{before}{plus}{typed} {after}")
    assert len(re.findall(r"\d", masked.text)) <= 2
    assert masked.text.startswith(before)
    assert masked.text.endswith(f" {after}")


@settings(deadline=None)
@given(telephones(), st.integers(0, 3))
def test_the_number_finder_of_the_library_finds_nothing_more(digits: str, form: int) -> None:
    number = phonenumbers.parse(f"+{digits}")
    text = f"звоните {phonenumbers.format_number(number, form)} или пишите"
    masked = mask(text).text
    for region in ("KZ", "UZ", "TJ", "KG", "RU"):
        matcher = phonenumbers.PhoneNumberMatcher(
            masked, region, leniency=phonenumbers.Leniency.POSSIBLE
        )
        assert list(matcher) == []


@settings(deadline=None)
@given(DAYS, st.integers(0, 9999), st.sampled_from([(12,), (6, 6), (3, 3, 3, 3), (6, 1, 4, 1)]))
def test_a_personal_number_is_masked(day: date, serial: int, groups: tuple[int, ...]) -> None:
    number = made_up(day, serial)
    assume(number is not None)
    rest, parts = str(number), []
    for size in groups:
        parts.append(rest[:size])
        rest = rest[size:]
    masked = mask(f"ИИН {' '.join(parts)}.")
    assert masked.text == "ИИН [🪪 ••••]."


@settings(deadline=None)
@given(st.text("0123456789", min_size=9, max_size=19), st.integers(1, 5))
@example("900101300000", 6)
@example("130002000", 5)  # its end may be a year
def test_digits_that_are_nothing_known_are_masked(digits: str, size: int) -> None:
    typed = " ".join(digits[at : at + size] for at in range(0, len(digits), size))
    shown = re.sub(r"\D", "", mask(f"вот: {typed}!").text)
    assert digits not in shown


@settings(deadline=None)
@given(
    telephones(),
    st.sampled_from(PLAIN),
    st.sampled_from(PLAIN),
    st.sampled_from([" ", "\n", ", ", " - ", ": "]),
)
def test_no_neighbour_saves_a_telephone(digits: str, before: str, after: str, glue: str) -> None:
    number = phonenumbers.parse(f"+{digits}")
    assume(phonenumbers.is_valid_number(number))
    assume(len(set(digits[-7:])) > 3)  # or else it stands in "1 500 000"
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    for typed in (written, digits, written.removeprefix("+").replace(" ", "-")):
        shown = re.sub(r"\D", "", mask(glue.join((before, typed, after)), PUBLIC).text)
        assert digits[-7:] not in shown


# The table's texts and scraps of them, side by side in every way.

SCRAPS = [text for text, _ in PERSONAL] + PLAIN
PIECES = st.sampled_from(
    [
        *" \n-.,:/()+@[]•☎",
        *(word for text in SCRAPS for word in text.split()),
        "000",
        "12",
        "паспорт",
        "тел",
        "тг",
        "AA",
        "серия",
        "номер",
        "2024",
        "о",
        "⑩",
        "\u20e3",
    ]
)
MESSAGES = st.lists(PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)


@settings(deadline=None)
@given(MESSAGES | st.text())
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text, PUBLIC).text
    assert mask(once, PUBLIC).text == once


@settings(deadline=None)
@given(MESSAGES | st.text())
def test_found_are_sorted_within_the_text_and_apart(text: str) -> None:
    ends = 0
    for each in find(text, PUBLIC):
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


@settings(deadline=None)
@given(MESSAGES | st.text())
def test_what_is_not_masked_stays_letter_for_letter(text: str) -> None:
    masked = mask(text, PUBLIC)
    hidden = {place for each in masked.found for place in range(each.start, each.end)}
    for place, character in enumerate(text):
        if place not in hidden:
            assert masked.text[masked.moved_span(place, place + 1)[0]] == character
    labels = LABEL_LENGTH * len(masked.found)
    assert len(masked.text) == len(text) - len(hidden) + labels


@settings(deadline=None)
@given(MESSAGES | st.text())
def test_places_move_in_order_from_end_to_end(text: str) -> None:
    masked = mask(text, PUBLIC)
    moved = [masked.moved(place) for place in range(len(text) + 1)]
    assert moved == sorted(moved)
    assert (moved[0], moved[-1]) == (0, len(masked.text))
    for each in masked.found:
        start, end = masked.moved_span(each.start, each.end)
        assert (start, end) == (masked.moved(each.start), masked.moved(each.end))
        assert end - start == LABEL_LENGTH
        assert (masked.text[start], masked.text[end - 1]) == ("[", "]")


def test_a_place_inside_goes_to_the_end_of_the_label_and_a_stretch_takes_all_of_it() -> None:
    masked = hide("ab 12345 cd", [Found(3, 8, Kind.PHONE)])
    assert masked.text == "ab [☎ ••45] cd"
    assert [masked.moved(place) for place in (2, 3, 4, 7, 8, 9)] == [2, 3, 11, 11, 11, 12]
    assert masked.moved_span(4, 6) == (3, 11)
    assert masked.moved_span(0, 4) == (0, 11)
    assert masked.moved_span(6, 11) == (3, 14)


@pytest.mark.parametrize("kind", Kind)
def test_every_label_has_the_same_length(kind: Kind) -> None:
    for original in ("", "x", "1", "12", "1234567890"):
        assert len(hide(original, [Found(0, len(original), kind)]).text) == LABEL_LENGTH
