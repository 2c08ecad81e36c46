"""Teaching phrases: what is written, what is refused, and that it can be undone."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.console.training.folders import Folders
from bot.console.training.phrases import (
    LONGEST,
    Lesson,
    Refusal,
    Taught,
    forget,
    known_intents,
    taught,
    teach,
)
from bot.console.training.wording import suggestion
from bot.handoff.masking import mask
from bot.language.tags import Locale

if TYPE_CHECKING:
    pass

FEE = Lesson("почём нынче разрешение", "permit_cost", Locale.RU)


def reasons(found: Taught) -> list[Refusal]:
    return [refused.reason for refused in found.refused]


def rasa_reads(path: Path) -> list[tuple[str, str, list[str]]]:
    """The file as Rasa reads it (``RasaYAMLReader._parse_multiline_example``)."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert found["version"] == "3.1"
    return [
        (
            block["intent"],
            block["metadata"]["language"],
            [line[1:].strip() for line in block["examples"].splitlines() if line.startswith("-")],
        )
        for block in found["nlu"]
    ]


def test_a_phrase_is_added_to_the_languages_own_file(place: Folders) -> None:
    assert teach(place, [FEE]) == Taught((FEE,))

    assert rasa_reads(place.phrases / "ru" / "taught.yml") == [
        ("permit_cost", "ru", ["почём нынче разрешение"])
    ]
    assert taught(place).lessons == (FEE,)


def test_a_language_without_a_folder_gets_one_and_uzbek_cyrillic_its_tag(place: Folders) -> None:
    lesson = Lesson("рухсатнома нархи қанча бўлди", "permit_cost", Locale.UZ_CYRL)

    assert teach(place, [lesson]).lessons == (lesson,)
    assert rasa_reads(place.phrases / "uz_Cyrl" / "taught.yml")[0][1] == "uz-Cyrl"


def test_more_phrases_come_behind_and_a_calm_one_says_so(place: Folders) -> None:
    teach(place, [FEE])
    calm = Lesson("обязан ли я носить бумаги", "iin_taxes", Locale.RU, calm=True)
    more = Lesson("цена разрешения выросла?", "permit_cost", Locale.RU)
    teach(place, [calm, more])

    path = place.phrases / "ru" / "taught.yml"
    assert rasa_reads(path) == [
        ("permit_cost", "ru", ["почём нынче разрешение", "цена разрешения выросла?"]),
        ("iin_taxes", "ru", ["обязан ли я носить бумаги"]),
    ]
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][1]["metadata"]["calm"] is True
    assert taught(place).lessons == (FEE, more, calm)


def test_what_was_taught_can_be_taken_back(place: Folders) -> None:
    more = Lesson("цена разрешения выросла?", "permit_cost", Locale.RU)
    teach(place, [FEE, more])

    assert forget(place, [FEE]) == Taught((FEE,))
    assert taught(place).lessons == (more,)
    assert forget(place, [FEE]) == Taught()

    forget(place, [more])
    assert not (place.phrases / "ru" / "taught.yml").exists()
    assert teach(place, [FEE]).lessons == (FEE,)


def test_what_came_with_the_program_is_not_taken_back(place: Folders) -> None:
    delivered = Lesson("где дают иин", "iin_taxes", Locale.RU)

    assert forget(place, [delivered]) == Taught()
    assert forget(place, [Lesson("где дают иин", "iin_taxes", Locale.TG)]) == Taught()
    assert "где дают иин" in (place.phrases / "ru" / "work.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Refusal.EMPTY),
        (" \n ?! ", Refusal.EMPTY),
        ("🙂", Refusal.EMPTY),
        ("ой " * LONGEST, Refusal.TOO_LONG),
        ("звоните +7 000 000 00 00", Refusal.PERSONAL),
        ("мой иин 000000000000 проверьте", Refusal.PERSONAL),
        ("пишите nobody@example.com", Refusal.PERSONAL),
        ("мой номер [☎ ••00] проверьте", Refusal.BRACKETS),
        ("патент {сколько}", Refusal.BRACKETS),
        ("Где дают ИИН?!", Refusal.KNOWN),
    ],
)
def test_what_is_refused_is_not_written(place: Folders, text: str, reason: Refusal) -> None:
    found = teach(place, [Lesson(text, "permit_cost", Locale.RU)])

    assert (found.lessons, reasons(found)) == ((), [reason])
    assert not (place.phrases / "ru" / "taught.yml").exists()


def test_the_longest_phrase_is_taught(place: Folders) -> None:
    longest = Lesson("патент " * 71 + "абв", "permit_cost", Locale.RU)

    assert len(longest.text) == LONGEST
    assert teach(place, [longest]).lessons == (longest,)


def test_a_refusal_of_a_known_phrase_names_its_question(place: Folders) -> None:
    [refused] = teach(place, [Lesson("где дают ИИН", "permit_cost", Locale.RU)]).refused

    assert (refused.reason, refused.detail) == (Refusal.KNOWN, "iin_taxes")


def test_the_same_phrase_twice_at_once_is_taught_once(place: Folders) -> None:
    found = teach(place, [FEE, msgspec.structs.replace(FEE, text="Почём нынче  разрешение?")])

    assert (found.lessons, reasons(found)) == ((FEE,), [Refusal.KNOWN])


def test_good_phrases_are_taught_beside_refused_ones(place: Folders) -> None:
    found = teach(place, [Lesson("", "permit_cost", Locale.RU), FEE])

    assert (found.lessons, reasons(found)) == ((FEE,), [Refusal.EMPTY])


def test_a_question_that_the_bot_does_not_have_is_refused(place: Folders) -> None:
    found = teach(place, [Lesson("почём разрешение", "permit_kost", Locale.RU)])

    assert reasons(found) == [Refusal.UNKNOWN_INTENT]
    assert known_intents(place) == ("iin_taxes", "out_of_scope", "permit_cost")


def test_numbers_that_the_helpline_publishes_are_nobodys(place: Folders) -> None:
    hotline = Lesson("куда попаду по +7 000 000 00 01", "iin_taxes", Locale.RU)

    assert reasons(teach(place, [hotline])) == [Refusal.PERSONAL]
    assert teach(place, [hotline], frozenset({"+70000000001"})).lessons == (hotline,)


def test_a_message_that_understanding_is_measured_with_is_refused(
    place: Folders, tmp_path: Path
) -> None:
    """In any language, however it is spelt: what was trained on measures nothing."""
    (tmp_path / "dev").mkdir()
    row = {"text": "Почём нынче разрешение?", "intent": "permit_cost", "language": "ru"}
    (tmp_path / "dev" / "ru.jsonl").write_text(json.dumps(row), encoding="utf-8")
    measuring = Folders(
        place.root,
        place.phrases,
        place.models,
        place.state,
        evaluation=(tmp_path / "dev", tmp_path / "none"),
    )

    assert reasons(teach(measuring, [FEE])) == [Refusal.MEASURED_WITH]
    assert reasons(teach(measuring, [msgspec.structs.replace(FEE, locale=Locale.TG)])) == [
        Refusal.MEASURED_WITH
    ]


def test_a_broken_file_is_named_and_nothing_of_it_is_lost(place: Folders) -> None:
    broken = place.phrases / "ru" / "taught.yml"
    broken.write_text("nlu:\n- intent: [\n", encoding="utf-8")

    [refused] = teach(place, [FEE]).refused
    assert refused.reason is Refusal.BROKEN_FILE
    assert "taught.yml:3" in refused.detail
    assert reasons(forget(place, [FEE])) == [Refusal.BROKEN_FILE]
    assert taught(place).lessons == ()
    assert len(taught(place).faults) == 1
    assert broken.read_text(encoding="utf-8") == "nlu:\n- intent: [\n"


@pytest.mark.parametrize("content", ["", "nlu: 3", "nlu:\n- 3", "nlu:\n- intent: a\n  examples: 1"])
def test_what_is_no_file_of_phrases_is_a_fault(place: Folders, content: str) -> None:
    (place.phrases / "ru" / "taught.yml").write_text(content, encoding="utf-8")

    assert reasons(teach(place, [FEE])) == [Refusal.BROKEN_FILE]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_reason(place: Folders) -> None:
    (place.phrases / "ru").chmod(0o500)

    assert reasons(teach(place, [FEE])) == [Refusal.BROKEN_FILE]


def test_counsellors_who_teach_at_once_lose_nothing(place: Folders) -> None:
    lessons = [Lesson(f"почём разрешение вариант {n}", "permit_cost", Locale.RU) for n in range(12)]
    threads = [threading.Thread(target=teach, args=(place, [each])) for each in lessons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(taught(place).lessons) == set(lessons)


def test_a_masked_question_becomes_a_phrase_without_its_labels(place: Folders) -> None:
    masked = mask("мой номер +7 000 000 00 00\nпочём нынче разрешение").text
    lesson = Lesson(suggestion(masked), "permit_cost", Locale.RU)

    assert lesson.text == "мой номер почём нынче разрешение"
    assert teach(place, [lesson]).lessons == (lesson,)


ODD_LETTERS = "аб -–•#:|>&*!%@`\"'\\\n\r\t\x00\x85\u2028\u200d\ufeff\ud83d👩🏽"

texts = st.one_of(st.text(max_size=60), st.text(st.sampled_from(ODD_LETTERS), max_size=30))


@given(text=texts)
@hypothesis_settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_taught_is_read_back_as_it_is(place: Folders, text: str) -> None:
    found = teach(place, [Lesson(text, "permit_cost", Locale.RU)])
    path = place.phrases / "ru" / "taught.yml"
    try:
        if found.lessons:
            [lesson] = found.lessons
            assert rasa_reads(path) == [("permit_cost", "ru", [lesson.text])]
            assert taught(place).lessons == (lesson,)
            assert forget(place, [lesson]).lessons == (lesson,)
        else:
            assert found.refused
    finally:
        path.unlink(missing_ok=True)
