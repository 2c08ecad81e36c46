"""What a model has learnt, and what was taught and taken back since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.console.training.comparison import Figures
from bot.console.training.learnt import Learnt, Since, keep_learnt, mark, read_learnt, since
from bot.console.training.models import Model
from bot.console.training.phrases import Lesson
from bot.language.tags import Locale

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, THREE = (Lesson(text, "permit_cost", Locale.RU) for text in ("один", "два", "три"))
MODEL = Model("helpline-000000000001.tar.gz", 1.0, 1)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    assert read_learnt(tmp_path) == {}
    first = Learnt(MODEL.name, 5, (mark(ONE),), Figures(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    second = Learnt("helpline-000000000002.tar.gz", 6, ())
    again = msgspec.structs.replace(first, phrases=7)
    for learnt in (first, second, again):
        keep_learnt(tmp_path, learnt)
    assert read_learnt(tmp_path) == {again.model: again, second.model: second}


def test_a_broken_file_is_no_knowledge_and_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "learnt.json").write_bytes(b'[{"model": "\xff')
    assert read_learnt(tmp_path) == {}
    keep_learnt(tmp_path, Learnt(MODEL.name, 5, ()))
    assert list(read_learnt(tmp_path)) == [MODEL.name]


def test_what_was_taught_and_taken_back_since_is_told_apart() -> None:
    known = {MODEL.name: Learnt(MODEL.name, 9, (mark(ONE), mark(TWO)))}
    assert since(MODEL, known, (TWO, THREE)) == Since((THREE,), 1)
    moved = msgspec.structs.replace(TWO, intent="iin_taxes")
    assert since(MODEL, known, (ONE, moved)) == Since((moved,), 1)


def test_of_a_model_that_was_trained_elsewhere_nobody_knows() -> None:
    assert since(MODEL, {}, (ONE,)) is None
    untaught = msgspec.structs.replace(MODEL, untaught=True)
    assert since(untaught, {}, (ONE,)) == Since((ONE,), 0)
    assert since(None, {}, (ONE,)) == Since((ONE,), 0)


def test_spelling_does_not_make_another_phrase_but_language_does() -> None:
    assert mark(Lesson("Один!", "permit_cost", Locale.RU)) == mark(ONE)
    assert mark(Lesson("один", "permit_cost", Locale.KY)) != mark(ONE)
