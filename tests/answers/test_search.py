"""Curated answers are found by any words of theirs."""

from __future__ import annotations

from msgspec.structs import replace

from bot.answers.model import AnswerText, Library, Part
from bot.answers.search import AnswerSearch
from bot.language.tags import Locale
from tests import factories


def library() -> Library:
    written = {
        "lost_passport": ("Потерял паспорт, что делать?", "Идите в консульство с заявлением."),
        "passport_withheld": ("Хозяин забрал паспорт", "Позвоните в полицию."),
        "unpaid_wages": ("Не платят зарплату", "Пишите в инспекцию труда. Возьмите паспорт."),
        "registration": ("Нужна ли регистрация?", "В течение трёх дней."),
    }
    answers = {}
    for name, (question, body) in written.items():
        russian = AnswerText(question, question[:20], {Part.EVERYONE: body})
        kazakh = AnswerText(f"{name} сұрағы", name, {Part.EVERYONE: "Қазақша жауап."})
        texts = {Locale.RU: russian, Locale.KK: kazakh}
        answers[name] = replace(factories.answer(name), texts=texts)
    return Library("v1", answers, {}, (), ())


def found(words: str, locale: Locale = Locale.RU) -> list[str]:
    return [answer.intent for answer in AnswerSearch().find(library(), locale, words)]


def test_a_word_of_the_question_weighs_more_than_one_of_the_text() -> None:
    assert found("паспорт") == ["lost_passport", "passport_withheld", "unpaid_wages"]


def test_endings_do_not_matter() -> None:
    assert found("зарплата")[0] == "unpaid_wages"
    assert found("паспорта забрали")[0] == "passport_withheld"


def test_the_folded_spelling_is_enough() -> None:
    assert found("ЗАРПЛАТУ!")[0] == "unpaid_wages"


def test_the_name_of_the_intent_finds_it() -> None:
    assert found("registration") == ["registration"]
    assert found("unpaid wages")[0] == "unpaid_wages"


def test_more_words_are_better_than_one() -> None:
    assert found("паспорт полиция")[0] == "passport_withheld"


def test_the_counsellors_language_and_russian_are_read() -> None:
    assert len(found("жауап", Locale.KK)) == 4
    assert found("зарплату", Locale.KK) == ["unpaid_wages"]


def test_nothing_is_found_by_nothing() -> None:
    assert found("") == found("!!!") == found("ксилофон") == []


def test_short_words_and_numbers_only_match_wholly() -> None:
    assert found("не")[0] == "unpaid_wages"
    assert found("2026") == []


def test_a_new_version_of_the_library_is_read_anew() -> None:
    search, before = AnswerSearch(), library()
    assert search.find(before, Locale.RU, "паспорт")
    after = replace(before, version="v2", answers={})
    assert search.find(after, Locale.RU, "паспорт") == ()


def test_the_number_of_results_is_limited() -> None:
    assert len(AnswerSearch().find(library(), Locale.RU, "паспорт", limit=2)) == 2
