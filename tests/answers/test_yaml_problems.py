"""What people do wrong in YAML is told in words of our own."""

from __future__ import annotations

import pytest

from bot.answers.faults import FileFaults
from bot.answers.yaml_file import parse_yaml


def told(text: str) -> list[tuple[int, str]]:
    faults = FileFaults("f.yml")
    parse_yaml(text, faults)
    return [(fault.line, str(fault.sentence)) for fault in faults.found]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: Law: on migration\n", 1, "one colon too many"),
        ("a: 1\n  b: 2\n", 2, "indented too far"),
        ("a: 1\nbcd\ne: 2\n", 3, "just above, a line is no `key: value`"),
        ("a: 1\nb:2\n", 3, "no space follows its colon"),
        ("a:\n\t- x\n", 2, "a tab"),
        ("a: @x\n", 1, "a value cannot begin with @"),
        ("a: `x`\n", 1, "a value cannot begin with `"),
        ("a: %x\n", 1, "a value cannot begin with %"),
        ("a: ]\n", 1, "a value cannot begin with ]"),
        ("a: , b\n", 1, "a value cannot begin with ,"),
        ("a: **b**\n", 1, "a value cannot begin with *"),
        ("a: ? x\n", 1, "a value cannot begin with ?"),
        ("a: 'x\nb: 2\n", 3, "a quotation mark is opened further up"),
        ('a: "x\nb: 2\n', 3, "a quotation mark is opened further up"),
        ("a: 'x' y\n", 1, "the quotes must be around the whole value"),
        ("a: 1\n- b\n", 2, "an entry of a list (-) where `key: value` should be"),
        ("- a\nb: 1\n", 2, "a `key: value` where an entry of a list (-) should be"),
        ("a:\n  b: 1\n c: 2\n", 3, "indented otherwise"),
        ("s:\n  - title: x\n   url: y\n", 3, "indented otherwise"),
        ("a: [x, y\nb: 2\n", 2, "a list in [ ] is not closed"),
        ("a: {x: 1, y\nb: 2\n", 2, "{ } is not closed"),
        ('a: "\\q"\n', 1, "a backslash"),
        ('a: "\\uZZ"\n', 1, "a backslash"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: - x\n", 1, "must begin a line of its own"),
        ("a: | x\n y\n", 1, "nothing may follow |"),
        ("a: 1\nb: \x01\n", 2, "an invisible character (U+0001)"),
        ("a: " + "[" * 3000, 1, "nested too deep"),
    ],
)
def test_a_common_mistake_has_a_sentence_that_says_what_to_do(
    text: str, line: int, words: str
) -> None:
    [(found_line, sentence)] = told(text)

    assert found_line == line
    assert sentence.startswith("Not valid YAML: ")
    assert words in sentence


def test_of_what_is_rare_the_readers_own_words_are_quoted() -> None:
    [(_, sentence)] = told("%YAML x\n---\na: 1\n")

    assert sentence.startswith("Not valid YAML; the reader of YAML says: “")
    assert "expected a digit" in sentence
