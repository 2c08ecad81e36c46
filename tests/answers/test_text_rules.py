"""What is checked of a text alone."""

from __future__ import annotations

import pytest

from bot.answers import text_rules
from bot.answers.model import AnswerText, Part
from bot.dialogue.events import Command


def text(**parts: str) -> AnswerText:
    return AnswerText("q", "s", {Part[name]: markdown for name, markdown in parts.items()})


def test_the_commands_are_those_of_the_bot() -> None:
    assert {"start", *(command.value for command in Command)} == text_rules.COMMANDS


def test_mark_up_does_not_count() -> None:
    markdown = "**Да.**\n\n- [сайт](https://egov.kz/long/path)\n2. два"

    assert text_rules.plain(markdown) == "Да.\n\nсайт\nдва"


def test_a_variable_counts_as_the_number_that_is_read() -> None:
    assert text_rules.plain("Храним {keep_session_days} дней.") == "Храним 000 дней."


def test_the_longest_first_page_counts() -> None:
    whole = text(EVERYONE="я" * 500, EAEU="я" * 100, VISA_FREE="я" * 300, OTHER="я")

    assert text_rules.page_length(whole) == 802
    assert text_rules.page_length(text(EVERYONE="я" * 500)) == 500


@pytest.mark.parametrize(
    ("parts", "is_source", "expected"),
    [
        ({"EVERYONE": "я" * 900}, True, []),
        ({"EVERYONE": "я" * 901}, True, [(Part.EVERYONE, "901 characters; at most 900.")]),
        ({"EVERYONE": "я" * 1170}, False, []),
        ({"EVERYONE": "я" * 1171}, False, [(Part.EVERYONE, "1171 characters; at most 1170.")]),
        ({"MORE": "я" * 1501}, True, [(Part.MORE, "1501 characters; at most 1500.")]),
        ({"RUSSIA": "я" * 901}, True, [(Part.RUSSIA, "901 characters; at most 900.")]),
    ],
)
def test_length(parts: dict[str, str], is_source: bool, expected: list[tuple[Part, str]]) -> None:
    found = text_rules.length_problems(text(**parts), is_source=is_source)

    assert [(part, str(sentence)) for part, sentence in found] == expected


def test_labels() -> None:
    labels = AnswerText("я" * 61, "я" * 31, {})

    assert [str(one) for one in text_rules.label_problems(labels)] == [
        "`question` has 61 characters; 60 fit.",
        "`short` has 31 characters; 30 fit.",
    ]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("Звоните **112** или **116 16**.", ["112", "11616"]),
        ("**Жизнь в опасности: 112.** Бесплатно.", ["112"]),
        ("+7 727 258-22-40 и +77172954252", ["+77272582240", "+77172954252"]),
        ("- 101 — пожар\n- 1414 — вопросы", ["101", "1414"]),
        ("**25 МРП**, 2026 год, **100** дней и 4 325 тенге", ["100"]),
        ("Закон № 477, статья 111", []),
        ("108 125 тенге 2026 года", []),
    ],
)
def test_phones(markdown: str, found: list[str]) -> None:
    assert list(text_rules.phones(markdown)) == found


@pytest.mark.parametrize(
    ("markdown", "dead"),
    [
        ("[a](https://egov.kz) /menu и/или 24/7", []),
        ("[a](egov.kz)", ["egov.kz"]),
        ("[a]()", ["(empty)"]),
        ("[a](../permit_need/ru.md)", ["../permit_need/ru.md"]),
        ("[a](javascript:alert)", ["javascript:alert"]),
        ("Нажмите /menue.", ["/menue"]),
        ("[a](tel:112)", []),
    ],
)
def test_dead_links(markdown: str, dead: list[str]) -> None:
    assert list(text_rules.dead_links(markdown)) == dead


@pytest.mark.parametrize(
    ("markdown", "mark"),
    [
        ("<b>да</b>", "HTML"),
        ("`код`", "code"),
        ("| a | b |", "a table"),
        ("![a](https://b.kz)", "a picture"),
        ("> слова", "a quotation"),
        ("a\n\n***\n\nb", "a rule"),
        ("**да", "a ** is not closed"),
    ],
)
def test_markup_that_is_not_shown(markdown: str, mark: str) -> None:
    assert any(str(problem).startswith(mark) for problem in text_rules.markup_problems(markdown))


def test_markup_that_is_shown() -> None:
    markdown = "**Да.** x < 5\n\n- a\n- [b](https://c.kz)\n\n1. c"

    assert list(text_rules.markup_problems(markdown)) == []


@pytest.mark.parametrize(
    ("markdown", "numbers"),
    [
        ("1. 4 325 тенге\n2. 2026 год", {"4325", "2026"}),
        ("4\u00a0325 тг, 2026-yil", {"4325", "2026"}),
        ("2025, 2 и 9:00–17:30", {"2025", "2", "9", "00", "17", "30"}),
        ("[страница 3](https://law.kz/K15)", {"3", "15"}),
        ("ни одного", set()),
    ],
)
def test_numbers(markdown: str, numbers: set[str]) -> None:
    assert text_rules.numbers(markdown) == numbers
