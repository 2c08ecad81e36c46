"""What a check finds is told in the reader's language, whatever it is."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from bot.answers.centres_file import CentreKind
from bot.answers.check import Beside, check
from bot.answers.findings import Kind
from bot.answers.sentence import ENGLISH, Sentence
from bot.answers.variables import InWords
from bot.console.web.languages import Language
from bot.language.tags import Locale
from tests.answers.conftest import folder as folder  # noqa: PLC0414 - a fixture
from tests.answers.small_folder import RUSSIAN, edit, write
from tests.console.answers.pages import RU, form, words
from tests.console.house import ANNA, BEK, WORDINGS

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.findings import Finding
    from bot.answers.sentence import Value
    from tests.console.house import House

RENT = "housing/rent"
GLOSSARY = """\
- ru: монета
  stems: [монет-]
  source: https://x.example
  uz:
    word: chaqa («монета»)
    stems: [chaqa-]
    avoid: [tanga-]
"""
_PLACE = re.compile(r"\{\w+\}")
NAMES = frozenset({"YAML", "HTML", "UTF", "UZ", "true", "false", "high", "medium", "low"})

translated = pytest.mark.parametrize("language", [Language.RU, Language.KK])


def all_wrong(folder: Path) -> tuple[Finding, ...]:
    """What is found in a folder in which everything is wrong at once."""
    answer, ru, uz = (folder / RENT / name for name in ("answer.yml", "ru.md", "uz.md"))
    said = RUSSIAN.replace("монет", "монет {keep_session_days} дней")
    write(folder / "conversation/privacy/answer.yml", answer.read_bytes())
    write(folder / "conversation/privacy/ru.md", said)
    edit(answer, "[rent-kz-01]", "[rent-kz-02, rent-kz-03, rent-kz-09]")
    edit(answer, "checked_on: 2026-11-22", "checked_on: 2026-12-24")
    edit(answer, "2027-02-20", "2028-02-21")
    edit(answer, "[deposit]", "[cellar]")
    edit(answer, "law.example/1", "law.example/2")
    edit(folder / "housing/deposit/answer.yml", "facts: [rent-kz-01]", "facts: []")
    edit(folder / "housing/deposit/answer.yml", "2027-02-20", "2026-11-22")
    edit(ru, "Около **100** монет", "`Около` **200**, 5 тенге за монеты, " + "да и нет " * 120)
    edit(ru, "short: Цена", "short: Цена" + "а" * 30)
    edit(uz, "# more\nUy, 2-qavat: [sahifa](https://law.example/1).\n", "")
    kyrgyz = "---\nquestion: Канча?\nshort: Баа\n---\n# everyone\n100 [b](x)\n\n# more\nУй\n"
    write(folder / RENT / "ky.md", kyrgyz)
    write(folder / "housing/deposit/uz.md", uz.read_text("utf-8").replace("tanga", "chaqa"))
    phones = "phones: ['100', '+77772582240000']"
    edit(folder / "centres.yml", "phones: ['100']", phones)
    centres = (folder / "centres.yml").read_text("utf-8")
    entry = centres.partition("centres:\n")[2].replace(phones, "phones: []")
    write(folder / "centres.yml", centres + entry.replace("hot-100", "hot-none"))
    write(folder / "glossary.yml", GLOSSARY)
    write(folder / "topics.yml", (folder / "topics.yml").read_text("utf-8") + "- titles: 1\n")
    samples = folder.parent / "samples"
    for one in ("kk", "ru", "uz", "tg", "ky"):
        write(samples / f"{one}.txt", "Он дал мне хлеб.\n" * 40)
    values = {
        "keep_session_days": "180",
        "keep_sent_weeks": "5",
        "operator": InWords(tuple((locale, "Example") for locale in Locale)),
    }
    return check(folder, date(2026, 11, 23), Beside(samples, values)).findings


def parts(sentence: Sentence) -> list[Sentence]:
    """A sentence and all within it."""

    def of(value: Value) -> list[Sentence]:
        if isinstance(value, Sentence):
            return parts(value)
        return [p for one in value for p in of(one)] if isinstance(value, tuple) else []

    return [sentence, *(part for _, value in sentence.values for part in of(value))]


def english(text: str) -> set[str]:
    """The English words of a text, beside what stands in `` and the names of files."""
    bare = re.sub(r"`[^`]*`|[\w/]+\.(?:yml|md)\b|\b[\w-]+ \d\d:.*", " ", text)
    return set(re.findall(r"[A-Za-z]{2,}", bare)) - NAMES


@translated
def test_every_kind_of_finding_is_told_in_the_readers_language(
    folder: Path, language: Language
) -> None:
    w = WORDINGS[language]
    findings = all_wrong(folder)
    assert {one.kind for one in findings} == set(Kind)
    for one in findings:
        for part in parts(one.sentence):
            bare = Sentence(part.template, (), part.plural, part.number)
            in_english, said = (_PLACE.sub("…", bare.said(words)) for words in (ENGLISH, w))
            if english(in_english):
                assert english(said) == set(), one
                assert re.search("[а-яё]", said), one


async def test_a_broken_answer_is_told_on_the_page_in_russian(house: House) -> None:
    """The whole page with a file that has all sorts of faults and findings, and its live panel."""
    w = WORDINGS[Language.RU]
    path = house.parts.settings.answers_dir / "work_permit/permit_need/ru.md"
    whole = path.read_text("utf-8")
    broken = whole.replace("short:", "shirt:", 1).replace("# everyone\n", "# nobody\n<b>Да `x`**\n")
    async with house.browser(ANNA) as anna:
        anna.client.headers["accept-language"] = "ru"
        for changed in (
            broken,
            whole + "\n<b>8 777 000 00 00</b> [x](y) **\n",
            "---\na: b: c\n---",
        ):
            path.write_text(changed, "utf-8")
            read = house.parts.checks.published()
            told = [
                finding
                for finding in house.parts.checks.report(read).findings
                if finding.file == "work_permit/permit_need/ru.md"
            ]
            assert told
            page = await anna.get(f"{RU}?proposal=new&whole=1")
            shown = words(page.text)
            for finding in told:
                assert " ".join(finding.sentence.said(w).split()) in shown
                assert " ".join(str(finding.sentence).split()) not in shown
            table = await anna.get("/answers")
            faults = [one for one in told if one.kind is Kind.FAULT]
            assert all(one.sentence.said(w) in unescape(table.text) for one in faults)


async def test_why_a_file_cannot_be_saved_is_told(house: House) -> None:
    address = "/answers/files/topics.yml"
    async with house.browser(ANNA) as anna:
        sent = form((await anna.get(address)).text, address)
        large = {**sent, "content": "# я\n" * 70_000, "action": "save"}
        for language in (Language.RU, Language.KK):
            anna.client.headers["accept-language"] = language.value
            page = await anna.post(address, large)
            assert page.status_code == 422
            told = problem(page.text)
            assert "350000" in told
            assert english(told) == set()


async def test_why_a_proposal_cannot_be_published_is_told(house: House) -> None:
    address = "/answers/files/centres.yml"
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        sent = form((await anna.get(address)).text, address)
        content = str(sent["content"]).replace("kind: hotline", "kind: warm", 1)
        answer = await anna.post(address, {**sent, "content": content, "action": "submit"})
        name = re.search(r"proposals/([\w-]+)", answer.headers["location"])
        assert name
        found = house.parts.versions.proposal(name[1])
        assert found is not None
        for language in (Language.RU, Language.KK):
            bek.client.headers["accept-language"] = language.value
            publish = f"/answers/proposals/{found.id}/publish"
            page = await bek.post(publish, {"seen": found.tip})
            assert page.status_code == 422
            told = problem(page.text).replace(", ".join(CentreKind), "…")
            assert "`kind: warm`" in told
            assert english(told) == set()


def problem(page: str) -> str:
    """What a page says of why nothing was done."""
    found = re.search(
        r'role="alert">\s*<p><strong>(.*?)</div>', page.partition("<main")[2], re.DOTALL
    )
    assert found, words(page)
    return words(found[1])
