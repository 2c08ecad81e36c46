"""Loading a folder: what a right one gives, and each fault by file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from bot.answers.model import DangerKind, Handoff, Part, Source, Status
from bot.language.tags import Locale
from bot.understanding.places import load_atlas
from tests.answers.small_folder import edit, write

PROJECT = Path(__file__).resolve().parents[2]

RENT = "housing/rent/answer.yml"
RU = "housing/rent/ru.md"
UZ = "housing/rent/uz.md"


def faults(folder: Path) -> list[str]:
    with pytest.raises(BrokenLibraryError) as broken:
        load_library(folder)
    return [str(fault) for fault in broken.value.faults]


def test_reads_an_answer(folder: Path) -> None:
    answer = load_library(folder).answers["rent"]

    assert answer.topic == "housing"
    assert answer.status is Status.DRAFT
    assert answer.approved_by is None
    assert answer.checked_on == date(2026, 11, 22)
    assert answer.check_again_by == date(2027, 2, 20)
    assert answer.handoff is Handoff.OFFER
    assert answer.facts == ("rent-kz-01",)
    assert answer.sources == (Source("A law", "https://law.example/1", "2025-09"),)
    assert answer.related == ("deposit",)
    assert answer.texts[Locale.RU].question == "Сколько стоит комната?"
    assert answer.texts[Locale.RU].short == "Цена комнаты"
    assert answer.texts[Locale.RU].parts == {
        Part.EVERYONE: "Около **100** монет.",
        Part.MORE: "Дом, 2 этаж: [страница](https://law.example/1).",
    }


def test_reads_cards_topics_and_centres(folder: Path) -> None:
    library = load_library(folder)

    assert list(library.answers) == ["deposit", "rent"]
    assert set(library.cards) == set(DangerKind)
    assert library.cards[DangerKind.DETAINED].phones == ("hot-100",)
    assert library.topics[0].titles[Locale.UZ_CYRL] == "Уй"
    assert library.topics[0].intents == ("rent", "deposit")
    assert library.centres[0].names == {Locale.RU: "Линия 100"}
    assert library.centres[0].phones == ("100",)
    assert library.centres[0].city is None


def test_uzbek_cyrillic_is_made_from_latin(folder: Path) -> None:
    text = load_library(folder).answers["rent"].texts[Locale.UZ_CYRL]

    assert text.question == "Хона қанча туради?"
    assert text.parts[Part.MORE] == "Уй, 2-қават: [саҳифа](https://law.example/1)."


def test_uzbek_cyrillic_written_by_hand_goes_before(folder: Path) -> None:
    by_hand = (folder / UZ).read_text("utf-8").replace("Xona qancha turadi?", "Қўлда?")
    write(folder / "housing/rent/uz_Cyrl.md", by_hand)

    assert load_library(folder).answers["rent"].texts[Locale.UZ_CYRL].question == "Қўлда?"


def test_exceptions_of_the_folder_are_used(folder: Path) -> None:
    write(folder / "uzbek_exceptions.yml", "words:\n  xona: ҳона\nkept: [Uy]\n")

    text = load_library(folder).answers["rent"].texts[Locale.UZ_CYRL]
    assert text.question == "Ҳона қанча туради?"
    assert text.parts[Part.MORE].startswith("Uy, 2-қават")


def test_a_translation_without_more_is_served(folder: Path) -> None:
    edit(folder / UZ, "# more\nUy, 2-qavat: [sahifa](https://law.example/1).\n", "")

    assert Locale.UZ in load_library(folder).answers["rent"].texts


def test_a_translation_that_lacks_what_holds_for_some_is_not_served(folder: Path) -> None:
    audiences = "# eaeu\nА\n# visa-free\nБ\n# other\nВ\n# more"
    edit(folder / RU, "# more", audiences)

    assert list(load_library(folder).answers["rent"].texts) == [Locale.RU]


def test_version_is_of_the_content(folder: Path) -> None:
    before = load_library(folder).version
    write(folder / "README.md", "For people.")
    write(folder / ".topics.yml.swp", b"\x00")
    write(folder / "images/menu.png", b"\x89PNG")

    assert load_library(folder).version == before
    edit(folder / RU, "монет", "рублей")
    assert load_library(folder).version != before


ANSWER_FAULTS = [
    ("status: draft", "status: done", "1: `status: done` is none of: draft, approved."),
    ("status: draft", "statsu: draft", "1: `statsu` is not known here."),
    ("status: draft", "status: approved", "1: Approved, but `approved_by` does not"),
    ("handoff: offer", "handoff:", "11: `handoff` is empty."),
    ("handoff: offer\n", "", "1: `handoff` is missing."),
    ("checked_on: 2026-11-22", "checked_on: 22.11.2026", "3: `checked_on: 22.11.2026`"),
    ("checked_on: 2026-11-22", "checked_on: 2026-02-30", "3: `checked_on: 2026-02-30`"),
    ("by: 2027-02-20", "by: 2026-02-20", "4: `check_again_by` is before `checked_on`."),
    ("date: 2025-09", "date: 2025-13", "9: `date: 2025-13` is no date"),
    ("url: https://law.example/1", "url: law.example", "8: `url: law.example` is no web"),
    ("  - title: A law", "  - titel: A law", "7: `titel` is not known here."),
    ("related: [deposit]", "related: [deposti]", "10: `related`: there is no answer `dep"),
    ("related: [deposit]", "related: [rent]", "10: `related`: an answer does not lead"),
    ("related: [deposit]", "related: [deposit, deposit]", "10: `deposit` stands here twi"),
    ("related: [deposit]", "related: deposit", "10: `related` must be a list."),
    ("related: [deposit]", "related: [deposit", "11: Not valid YAML"),
    ("related: [deposit]", "related: &a [deposit]\nphones: *a", "Anchors (&, *)"),
    ("handoff: offer", "handoff: offer\nhandoff: urge", "12: `handoff` stands here twice."),
    ("handoff: offer", "handoff: offer\nphones: [x]", "12: `phones`: centres.yml has no"),
]
RUSSIAN_FAULTS = [
    ("---\nquestion", "question", "1: The file must start with ---"),
    ("short: Цена комнаты\n---", "short: Цена комнаты", "1: The file must start with ---"),
    ("short: Цена комнаты", "short:", "3: `short` is empty."),
    ("short: Цена комнаты", "short: " + "я" * 101, "3: `short` has 101 characters; 100 fit."),
    ("комната?", "комната? " + "я" * 90, "2: `question` has 113 characters; 100 fit."),
    ("question: Сколько", "question: Вопрос: Сколько", "2: Not valid YAML"),
    ("short: Цена", "translates: {}\nshort: Цена", "3: `translates` is not known here."),
    ("# everyone", "# everybody", "5: `# everybody` is no part of an answer."),
    ("# everyone", "## everyone", "5: `## everyone` is no part of an answer."),
    ("# everyone", "Начало\n# everyone", "5: Text before the first part"),
    ("# more", "# everyone", "8: The part `everyone` stands here twice."),
    ("# more", "# eaeu\nА\n# more", "There is `# eaeu` but no `# visa-free`"),
    ("# more", "# more\n\n# russia", "8: The part `more` is empty."),
    ("монет.", "монет.\n---", "7: A line of === or --- would make a heading"),
    ("монет.", "монет.\u2028", "6: An invisible control character (U+2028)."),
    ("# everyone\nОколо **100** монет.\n", "", "The part `# everyone` is missing."),
]
TRANSLATION_FAULTS = [
    ("# more", "# russia", "8: The Russian text has no part `russia`."),
    ("short", "translates: {more: 12}\nshort", "3: Not a hash that `helpline stamp` writes."),
    ("short", "translates: {mehr: 12}\nshort", "3: `mehr` is not known here."),
]
TOPICS_FAULTS = [
    ("intents: [rent, deposit]", "intents: [rent]", "1: housing/deposit stands in"),
    ("[rent, deposit]", "[rent, deposit, sale]", "1: `housing`: there is no ans"),
    ("ru: Жильё, ", "", "3: `ru` is missing."),
    ("name: housing", "name: house", "housing/rent/ru.md: `housing` is no topic"),
    ("name: housing", "name: danger", "1: `danger` cannot be a topic"),
    ("- name", "name", "Not valid YAML"),
]
CENTRES_FAULTS = [
    ("id: hot-100", "id: Hot 100", "4: `id: Hot 100` is not written as it"),
    ("ru: Линия", "kk: Линия", "5: The Russian name (`ru`) is missing."),
    ("kind: hotline", "kind: phone", "7: `kind: phone` is none of"),
    ("['100']", "['10']", "9: `10` is no phone number"),
    ("['100']", "[+7 727 258-22-40]", "9: `+7 727 258-22-40` is no phone"),
    ("hours: 24/7", "hours: always", "10: `hours: always` is not written like"),
    ("languages: [ru]", "languages: [Russian]", "11: `Russian` is no language"),
    ("[emergency]", "[gas]", "12: `gas` is not in `services`"),
    ("[any]", "[uzbek]", "13: `uzbek` is no country code"),
    ("source_date: '2026'", "source_date: soon", "15: `source_date: soon` is no"),
    ("confidence: high", "confidence: low", "16: `confidence: low` is none of"),
    ("city:", "latitude: 43.2\n    city:", "one is missing."),
    ("city:", "latitude: 95\n    city:", "8: `latitude: 95` is no number of"),
    ("city:", "latitude: nan\n    city:", "8: `latitude: nan` is no number of"),
]


@pytest.mark.parametrize(("old", "new", "expected"), ANSWER_FAULTS)
def test_names_the_fault_of_an_answer_file(folder: Path, old: str, new: str, expected: str) -> None:
    edit(folder / RENT, old, new)

    assert [fault for fault in faults(folder) if expected in fault] != [], faults(folder)


@pytest.mark.parametrize(("old", "new", "expected"), RUSSIAN_FAULTS)
def test_names_the_fault_of_a_russian_text(folder: Path, old: str, new: str, expected: str) -> None:
    edit(folder / RU, old, new)

    assert [fault for fault in faults(folder) if expected in fault] != [], faults(folder)


@pytest.mark.parametrize(("old", "new", "expected"), TRANSLATION_FAULTS)
def test_names_the_fault_of_a_translation(folder: Path, old: str, new: str, expected: str) -> None:
    edit(folder / UZ, old, new)

    assert [fault for fault in faults(folder) if expected in fault] != [], faults(folder)


@pytest.mark.parametrize(("old", "new", "expected"), TOPICS_FAULTS)
def test_names_the_fault_of_the_topics(folder: Path, old: str, new: str, expected: str) -> None:
    edit(folder / "topics.yml", old, new)

    assert [fault for fault in faults(folder) if expected in fault] != [], faults(folder)


@pytest.mark.parametrize(("old", "new", "expected"), CENTRES_FAULTS)
def test_names_the_fault_of_the_centres(folder: Path, old: str, new: str, expected: str) -> None:
    edit(folder / "centres.yml", old, new)

    assert [fault for fault in faults(folder) if expected in fault] != [], faults(folder)


SILENT = """\
  - id: ngo-silent
    names: {ru: Приют, uz: Boshpana}
    kind: ngo
    city:
    phones: []
    ask_at: hot-100
    languages: []
    services: [emergency]
    citizenships: [any]
    source: https://silent.example
    source_date: '2026'
    confidence: medium
"""


def with_silent(folder: Path, entry: str = SILENT) -> Path:
    with (folder / "centres.yml").open("a", encoding="utf-8") as file:
        file.write(entry)
    return folder


def test_a_centre_without_a_phone_has_that_of_the_one_to_ask(folder: Path) -> None:
    silent = load_library(with_silent(folder)).centres[-1]

    assert (silent.ask_at, silent.phones) == ("hot-100", ("100",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("phones: []", "phones: ['101']", "`ngo-silent` has a phone of its own"),
        ("ask_at: hot-100", "ask_at: hot-9", "`ask_at: hot-9` is no centre with a phone of"),
        ("ask_at: hot-100", "ask_at: ngo-silent", "`ask_at: ngo-silent` is no centre with a"),
    ],
)
def test_the_one_to_ask_has_a_phone_of_its_own(
    folder: Path, old: str, new: str, expected: str
) -> None:
    found = faults(with_silent(folder, SILENT.replace(old, new)))

    assert [fault for fault in found if fault.startswith("centres.yml:22: ")] == found
    assert expected in found[0]


def test_the_name_of_a_centre_is_in_uzbek_cyrillic_where_it_is_in_latin(folder: Path) -> None:
    assert load_library(with_silent(folder)).centres[-1].names == {
        Locale.RU: "Приют",
        Locale.UZ: "Boshpana",
        Locale.UZ_CYRL: "Бошпана",
    }


def test_a_missing_russian_text(folder: Path) -> None:
    (folder / RU).unlink()

    assert faults(folder) == ["housing/rent/ru.md: The Russian text is missing."]


def test_a_missing_answer_file(folder: Path) -> None:
    (folder / RENT).unlink()

    assert faults(folder) == ["housing/rent/answer.yml: The file is missing."]


@pytest.mark.parametrize("file", ["topics.yml", "centres.yml"])
def test_a_missing_file_of_the_top(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert f"{file}: The file is missing." in faults(folder)


def test_a_missing_danger_card(folder: Path) -> None:
    for file in (folder / "danger/violence").iterdir():
        file.unlink()

    assert faults(folder) == ["danger/violence: The card of this danger is missing."]


def test_an_unknown_danger(folder: Path) -> None:
    write(folder / "danger/fire/ru.md", "")

    assert faults(folder)[0].startswith("danger/fire: `fire` is no danger. Known: medical_emer")


@pytest.mark.parametrize("name", ["kz.md", "ru.txt", "uz-Cyrl.md"])
def test_a_file_that_no_one_reads(folder: Path, name: str) -> None:
    write(folder / "housing/rent" / name, "x")

    assert faults(folder)[0].startswith(f"housing/rent/{name}: No file of an answer")


def test_a_file_in_the_wrong_place(folder: Path) -> None:
    write(folder / "housing/ru.md", "x")

    assert faults(folder) == ["housing/ru.md: This file does not belong here."]


def test_a_name_that_no_button_can_carry(folder: Path) -> None:
    (folder / "housing/rent").rename(folder / "housing/Rent")

    assert any("housing/Rent: `Rent`: a name has small" in fault for fault in faults(folder))


def test_an_intent_in_two_topics(folder: Path) -> None:
    for name in ("answer.yml", "ru.md"):
        write(folder / "conversation/rent" / name, (folder / "housing/rent" / name).read_bytes())

    assert "housing/rent: This answer stands in conversation/rent too." in faults(folder)


def test_two_centres_of_one_name(folder: Path) -> None:
    entry = (folder / "centres.yml").read_text("utf-8").split("centres:\n")[1]
    with (folder / "centres.yml").open("a", encoding="utf-8") as file:
        file.write(entry)

    assert faults(folder) == ["centres.yml:17: `hot-100` stands here twice."]


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    write(folder / RU, "---\nquestion: Вопрос".encode("cp1251"))

    assert faults(folder) == ["housing/rent/ru.md:2: Not UTF-8 text; save the file as UTF-8."]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere") == ["nowhere: There is no such folder."]


def test_tells_all_faults_at_once(folder: Path) -> None:
    edit(folder / RENT, "status: draft", "status: done")
    edit(folder / RU, "short: Цена комнаты", "short:")
    edit(folder / "centres.yml", "hours: 24/7", "hours: always")

    assert [fault.split(":")[0] for fault in faults(folder)] == ["centres.yml", RENT, RU]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(folder: Path) -> None:
    before = load_library(folder).answers["rent"].texts[Locale.RU]
    content = (folder / RU).read_text("utf-8").replace("\n", "\r\n")
    write(folder / RU, "\ufeff" + content)

    assert load_library(folder).answers["rent"].texts[Locale.RU] == before


class TestTheProjectsAnswers:
    """The real folder can be served, and has what the other rooms count on."""

    library = load_library(PROJECT / "answers")

    def test_has_the_35_subject_intents_and_small_talk(self) -> None:
        topics = {topic.name: len(topic.intents) for topic in self.library.topics}

        assert topics == {
            "work_permit": 7,
            "eaeu_rights": 5,
            "stay_and_documents": 7,
            "work_rights": 7,
            "protection": 5,
            "services": 4,
            "conversation": 3,  # what somebody would look for in the menu, of the seven
        }
        conversation = {
            a.intent for a in self.library.answers.values() if a.topic == "conversation"
        }
        small_talk = {"greet", "thanks", "goodbye", "bot_help", "change_language", "privacy"}
        assert conversation == small_talk | {"quiet_phone"}

    def test_every_card_has_a_phone(self) -> None:
        phones = {kind: card.phones for kind, card in self.library.cards.items()}

        assert all(phones[kind] for kind in DangerKind)

    def test_the_first_hotline_is_the_one_for_life_at_risk(self) -> None:
        assert self.library.centres[0].phones == ("112",)

    def test_nothing_of_low_confidence_is_shown(self) -> None:
        assert {centre.confidence for centre in self.library.centres} == {"high", "medium"}

    def test_every_city_of_a_centre_is_in_the_gazetteer(self) -> None:
        cities = load_atlas(PROJECT / "nlu_data/places.yml").cities

        assert {c.city for c in self.library.centres if c.city} - set(cities) == set()

    def test_every_text_is_in_uzbek_cyrillic_where_it_is_in_latin(self) -> None:
        answers = [*self.library.answers.values(), *self.library.cards.values()]

        latin = {answer.intent for answer in answers if Locale.UZ in answer.texts}
        assert latin == {answer.intent for answer in answers if Locale.UZ_CYRL in answer.texts}
