from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import Command
from bot.understanding.commands import plain_command


@pytest.mark.parametrize(
    ("command", "spoken"),
    [
        (Command.MENU, "меню мәзір menyu Мәзір! MENU mazir меню🙂"),
        (Command.LANGUAGE, "язык тіл til тил забон zabon yazyk"),
        (Command.HELP, "помощь көмек yordam ёрдам кӯмак жардам komek kumak jardam pomosh help"),
        (Command.PRIVACY, "конфиденциальность құпиялылық maxfiylik махфийлик махфият купуялык"),
        (Command.FORGET, "забудь ұмыт unut унут фаромӯш umyt faromush"),
        (Command.HUMAN, "человек адам odam одам инсон оператор operator adam chelovek"),
    ],
)
def test_a_plain_word_is_a_command_in_every_variant(command: Command, spoken: str) -> None:
    assert {word: plain_command(word) for word in spoken.split()} == dict.fromkeys(
        spoken.split(), command
    )


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Удалите мои данные.", Command.FORGET),
        ("ma’lumotlarimni o‘chiring", Command.FORGET),
        ("маро фаромуш кунед", Command.FORGET),
        ("  Сменить   язык ", Command.LANGUAGE),
        ("живой человек", Command.HUMAN),
    ],
)
def test_commands_of_several_words(text: str, command: Command) -> None:
    assert plain_command(text) is command


@pytest.mark.parametrize(
    "text",
    [
        "помощь юриста нужна",
        "тіл білмеймін",
        "yordam puli qachon beriladi",
        "человек пропал",
        "одам савдоси",
        "адам сатуу",
        "мені ұмытпаңыз",
        "",
        "/",
        "меню " * 40,
    ],
)
def test_a_word_more_makes_it_a_question(text: str) -> None:
    assert plain_command(text) is None


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    plain_command(text)
