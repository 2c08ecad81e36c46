"""What a person sees of an answer: language, parts, page."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import (
    AUDIENCES,
    Answer,
    AnswerText,
    Citizenship,
    Handoff,
    Part,
    Status,
)
from bot.answers.pick import NEXT_BEST, is_outdated, main_page, more_page, part_hash, text_for
from bot.language.tags import Locale

RUSSIAN = AnswerText(
    question="Вопрос",
    short="Вопрос",
    parts={
        Part.EVERYONE: "Всем",
        Part.EAEU: "ЕАЭС",
        Part.VISA_FREE: "Без визы",
        Part.OTHER: "Другим",
        Part.MORE: "Ещё",
        Part.RUSSIA: "Россия",
    },
)


def translation(mark: str, *, of: AnswerText = RUSSIAN) -> AnswerText:
    return AnswerText(
        question=mark,
        short=mark,
        parts={part: f"{mark} {part}" for part in of.parts},
        translates={part: part_hash(markdown) for part, markdown in of.parts.items()},
    )


def answer(**texts: AnswerText) -> Answer:
    return Answer(
        intent="rent",
        topic="housing",
        status=Status.DRAFT,
        checked_on=date(2026, 11, 22),
        check_again_by=date(2027, 2, 20),
        handoff=Handoff.NONE,
        texts={Locale.RU: RUSSIAN, **{Locale(name): text for name, text in texts.items()}},
    )


def test_the_part_of_the_citizenship_comes_first() -> None:
    assert main_page(answer(), Locale.RU, Part.VISA_FREE).markdown == ("Без визы", "Всем")


def test_without_a_citizenship_what_holds_for_everyone() -> None:
    assert main_page(answer(), Locale.RU).markdown == ("Всем",)


def test_a_citizenship_without_a_part_of_its_own_gets_the_common_one() -> None:
    common = msgspec.structs.replace(RUSSIAN, parts={Part.EVERYONE: "Всем"})
    only = msgspec.structs.replace(answer(), texts={Locale.RU: common})

    assert main_page(only, Locale.RU, Part.EAEU).markdown == ("Всем",)
    assert not only.depends_on_citizenship
    assert answer().depends_on_citizenship


@pytest.mark.parametrize(
    ("citizenship", "part"),
    [
        (Citizenship.UZBEKISTAN, Part.VISA_FREE),
        (Citizenship.TAJIKISTAN, Part.VISA_FREE),
        (Citizenship.KYRGYZSTAN, Part.EAEU),
        (Citizenship.RUSSIA, Part.EAEU),
        (Citizenship.OTHER_EAEU, Part.EAEU),
        (Citizenship.OTHER, Part.OTHER),
    ],
)
def test_the_eaeu_treaty_decides_the_audience(citizenship: Citizenship, part: Part) -> None:
    assert citizenship.audience is part


def test_abroad_the_part_on_russia_stands_alone() -> None:
    selection = main_page(answer(), Locale.RU, Part.EAEU, abroad=True)

    assert selection.markdown == ("Россия",)
    assert not selection.more


def test_abroad_without_a_part_on_russia() -> None:
    without = msgspec.structs.replace(RUSSIAN, parts={Part.EVERYONE: "Всем"})
    only = msgspec.structs.replace(answer(), texts={Locale.RU: without})

    assert main_page(only, Locale.RU, abroad=True).markdown == ("Всем",)


def test_the_second_page() -> None:
    assert main_page(answer(), Locale.RU).more
    assert more_page(answer(), Locale.RU).markdown == ("Ещё",)
    assert not more_page(answer(), Locale.RU).more


def test_a_second_page_that_is_gone_gives_the_first() -> None:
    common = msgspec.structs.replace(RUSSIAN, parts={Part.EVERYONE: "Всем"})
    only = msgspec.structs.replace(answer(), texts={Locale.RU: common})

    assert more_page(only, Locale.RU) == main_page(only, Locale.RU)


@pytest.mark.parametrize(
    ("wanted", "written", "shown"),
    [
        ("kk", (), "ru"),
        ("tg", ("uz", "kk", "ky"), "ru"),
        ("uz", ("uz_Cyrl",), "uz_Cyrl"),
        ("uz", (), "ru"),
        ("uz_Cyrl", ("uz",), "uz"),
        ("uz_Cyrl", ("kk",), "ru"),
        ("ky", ("kk",), "ru"),
        ("ky", ("ky", "kk"), "ky"),
    ],
)
def test_a_missing_translation_is_the_next_best(
    wanted: str, written: tuple[str, ...], shown: str
) -> None:
    texts = {name: translation(name) for name in written}

    assert main_page(answer(**texts), Locale(wanted)).locale == Locale(shown)


def test_without_russian_kyrgyz_falls_back_to_kazakh() -> None:
    only = msgspec.structs.replace(answer(), texts={Locale.KK: translation("kk")})

    assert text_for(only, Locale.KY).locale is Locale.KK


def test_an_answer_in_no_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        text_for(msgspec.structs.replace(answer(), texts={}), Locale.TG)


def test_a_fresh_translation_is_not_outdated() -> None:
    assert not main_page(answer(tg=translation("tg")), Locale.TG, Part.EAEU).outdated
    assert not main_page(answer(), Locale.RU, Part.EAEU).outdated


def test_a_page_is_outdated_only_if_its_own_parts_are() -> None:
    stale = {**translation("tg").translates, Part.MORE: part_hash("Раньше")}
    text = msgspec.structs.replace(translation("tg"), translates=stale)

    assert not main_page(answer(tg=text), Locale.TG, Part.EAEU).outdated
    assert more_page(answer(tg=text), Locale.TG).outdated


def test_a_translation_that_records_nothing_counts_as_outdated() -> None:
    text = msgspec.structs.replace(translation("tg"), translates={})

    assert is_outdated(answer(tg=text), Locale.TG, [Part.EVERYONE])


def test_the_hash_is_of_the_words() -> None:
    assert part_hash("Два  слова\n") == part_hash("Два слова")
    assert part_hash("Два слова") != part_hash("Три слова")


@settings(deadline=None)
@given(
    st.sampled_from(Locale),
    st.sampled_from([None, *AUDIENCES]),
    st.booleans(),
    st.sets(st.sampled_from([locale.value for locale in Locale if locale is not Locale.RU])),
)
def test_something_is_always_shown_in_a_language_that_is_written(
    locale: Locale, audience: Part | None, abroad: bool, written: set[str]
) -> None:
    whole = answer(**{name: translation(name) for name in written})
    selection = main_page(whole, locale, audience, abroad=abroad)

    assert selection.markdown
    assert selection.locale in whole.texts
    assert selection.locale in (locale, *NEXT_BEST[locale])
