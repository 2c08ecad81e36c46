"""What all answers hold to, whatever they say: the rules of ``answers/README.md``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot import retention
from bot.answers.centres_file import is_web_address
from bot.answers.facts_file import read_facts, same_page
from bot.answers.load import load_library
from bot.answers.model import AUDIENCES, Citizenship, DangerKind, Part
from bot.answers.text_rules import plain
from bot.language.tags import Locale
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.model import Answer

LIBRARY = load_library(ROOT / "answers", retention.variables(Settings()))
FACTS, _ = read_facts(ROOT / "answers")
SUBJECTS = {n: a for n, a in LIBRARY.answers.items() if a.topic != "conversation"}

MRP_TENGE = 4325
"""Of 2026: fact permit_cost-kz-06."""

_MRP = re.compile(r"((?:(?:\d+, )*\d+ или |\d+ до |\d+ – )?\d+) МРП")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")
_STATE_BODY = re.compile(r"полици|ЦОН|госорган|инспекци|акимат|прокуратур|миграционн\w+ служб")
_FIRST_TO_ASK = re.compile(r"НПО|консульств|посольств", re.IGNORECASE)


def pages(answer: Answer, locale: Locale) -> Iterator[tuple[Part | None, str]]:
    """The first pages, one for each audience."""
    parts = answer.texts[locale].parts
    own_parts: list[Part | None] = [part for part in AUDIENCES if part in parts]
    for own in own_parts or [None]:
        wanted = (own, Part.EVERYONE) if own else (Part.EVERYONE,)
        yield own, "\n\n".join(parts[part] for part in wanted if part in parts)


def russian() -> Iterator[tuple[str, Part, str]]:
    """Every Russian part, with the name of its answer."""
    for name, answer in SUBJECTS.items():
        for part, markdown in answer.texts[Locale.RU].parts.items():
            yield name, part, _THOUSANDS.sub("", markdown)


def test_seven_topics_with_one_sign_each_lead_to_every_subject() -> None:
    assert len(LIBRARY.topics) == 7
    assert len({topic.emoji for topic in LIBRARY.topics}) == 7
    listed = [intent for topic in LIBRARY.topics for intent in topic.intents]
    assert sorted(set(listed)) == sorted(listed)
    assert set(SUBJECTS) - set(listed) == set()
    assert len(SUBJECTS) == 35
    assert [topic.name for topic in LIBRARY.topics if set(topic.titles) != set(Locale)] == []


@pytest.mark.parametrize("locale", list(Locale))
def test_every_answer_is_written_in_every_variant_for_the_same_people(locale: Locale) -> None:
    for answer in (*LIBRARY.answers.values(), *LIBRARY.cards.values()):
        assert set(answer.texts[locale].parts) == set(answer.texts[Locale.RU].parts), answer.intent


@pytest.mark.parametrize("locale", list(Locale))
def test_a_page_begins_with_a_short_answer(locale: Locale) -> None:
    """Rule: the first line answers; what a phone shows of it is read at a glance."""
    for name, answer in SUBJECTS.items():
        for own, page in pages(answer, locale):
            first = re.split(r"\n|(?<=[.!?])\*{0,2} ", plain(page))[0]
            assert len(first) <= 160, (name, own, first)


def test_other_questions_are_offered_under_every_answer() -> None:
    for name, answer in SUBJECTS.items():
        assert 1 <= len(answer.related) <= 4, name


def test_a_sum_in_mrp_stands_there_in_tenge_with_its_year_too() -> None:
    """Rule: amounts also in tenge with their year.

    Of a range both ends are told; the rate of before 2026 is told in MRP only.
    """
    before_2026, within_a_range = {"2"}, {("work_injury", "100")}
    missing = []
    for name, part, markdown in russian():
        for found in _MRP.finditer(markdown):
            for number in re.findall(r"\d+", found.group(1)):
                told = str(int(number) * MRP_TENGE) in markdown or (name, number) in within_a_range
                if not told and number not in before_2026:
                    missing.append((name, part, found.group()))
        if "тенге" in markdown and not re.search(r"20\d\d", markdown):
            missing.append((name, part, "no year"))
    assert missing == []


def test_of_russia_it_is_said_first_that_we_know_less() -> None:
    begins: dict[Locale, str | tuple[str, ...]] = {
        Locale.KK: "Ресей туралы білетініміз азырақ",
        Locale.RU: ("О России мы знаем меньше", "Про Россию мы знаем меньше"),
        Locale.UZ: "Rossiya haqida kamroq bilamiz",
        Locale.UZ_CYRL: "Россия ҳақида камроқ биламиз",
        Locale.TG: "Дар бораи Русия мо камтар медонем",
        Locale.KY: "Россия жөнүндө азыраак билебиз",
    }
    told = {name: a for name, a in SUBJECTS.items() if Part.RUSSIA in a.texts[Locale.RU].parts}
    assert len(told) >= 12
    for name, answer in told.items():
        for locale, first in begins.items():
            assert answer.texts[locale].parts[Part.RUSSIA].startswith(first), (name, locale)


def test_facts_about_russia_are_told_to_those_who_ask_about_russia() -> None:
    for name, answer in LIBRARY.answers.items():
        cites = any("-ru-" in fact for fact in answer.facts)
        assert cites is (Part.RUSSIA in answer.texts[Locale.RU].parts), name


def test_what_holds_for_all_is_not_said_again_for_some() -> None:
    for name, answer in SUBJECTS.items():
        parts = answer.texts[Locale.RU].parts
        common = set(parts[Part.EVERYONE].split("\n\n"))
        for own in AUDIENCES:
            assert common.isdisjoint(parts.get(own, "").split("\n\n")), (name, own)


def test_every_fact_has_a_source_that_people_can_read() -> None:
    """Rule: an answer names its sources. Two facts rest on papers that stand nowhere on the web."""
    unnamed = []
    for name, answer in LIBRARY.answers.items():
        named = {same_page(s.url) for s in (*answer.sources, *answer.sources_russia)}
        for fact in answer.facts:
            urls = {url for url in FACTS[fact].urls if is_web_address(url)}
            if urls and urls.isdisjoint(named):
                unnamed.append((name, fact))
    assert unnamed == []


def test_who_reads_of_a_state_body_reads_whom_to_ask_first() -> None:
    """Rule: a person without papers is pointed to an NGO or the consulate before the state."""
    missing = [
        (name, own)
        for name, answer in SUBJECTS.items()
        for own, page in pages(answer, Locale.RU)
        if _STATE_BODY.search(page) and not _FIRST_TO_ASK.search(page)
    ]
    assert missing == []


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("kind", list(DangerKind))
def test_a_danger_card_has_three_lines_and_the_police_are_not_first(
    locale: Locale, kind: DangerKind
) -> None:
    """Rule: never the police first for a person without papers, unless a life is at risk."""
    card = LIBRARY.cards[kind]
    text = card.texts[locale].parts[Part.EVERYONE]
    assert len(text.split("\n\n")) == 3
    numbers = re.findall(r"(?<!\d)(?:\d{3} \d{2}|\d{3})(?!\d)", text)
    if kind is DangerKind.CHILD_MISSING:
        assert numbers[:2] == ["112", "102"]
    else:
        assert "102" not in numbers
        assert "hot-102" not in card.phones
    centres = {centre.id: centre for centre in LIBRARY.centres}
    dialled = {phone for name in card.phones for phone in centres[name].phones}
    assert {number.replace(" ", "") for number in numbers} <= dialled


def test_a_consulate_is_found_by_each_citizenship_that_has_a_button_of_its_own() -> None:
    embassies = [centre for centre in LIBRARY.centres if centre.kind == "embassy"]
    for citizenship in set(Citizenship) - {Citizenship.OTHER, Citizenship.OTHER_EAEU}:
        own = [centre for centre in embassies if citizenship.value in centre.citizenships]
        assert any(centre.phones for centre in own), citizenship
