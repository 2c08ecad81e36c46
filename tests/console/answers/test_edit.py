"""The editor: saving versions, the live panel, broken files, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.pick import part_hash
from bot.console.versions.sending import Sending
from tests.console.answers.pages import (
    DETAILS,
    NEED,
    RU,
    UZ,
    form,
    proposal_of,
    publish,
    save,
    words,
)
from tests.console.house import ANNA, BEK, House

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers import StoreServer

PATH = "work_permit/permit_need"


def folder(house: House) -> Path:
    return house.parts.settings.answers_dir


async def test_saving_nothing_new_saves_nothing(house: House) -> None:
    """Every part of every file survives the way through the form, letter by letter."""
    async with house.browser(ANNA) as anna:
        for sheet in ("ru", "uz", "details"):
            answer = await save(anna, f"{NEED}/{sheet}", {})
            assert answer.headers["location"] == f"{NEED}/{sheet}?done=unchanged"
        assert house.parts.versions.proposals() == ()


async def test_a_saved_part_changes_only_that_part_and_publishes_nothing(house: House) -> None:
    file = folder(house) / PATH / "ru.md"
    before = file.read_text()
    async with house.browser(ANNA) as anna:
        text = "**Нет.** Ничего не нужно."
        answer = await save(anna, RU, {"part-eaeu": text, "reason": "shorter"})
        proposal = proposal_of(answer)
        page = await anna.get(RU)  # who has a proposal goes on with it
        assert text in page.text
        assert before not in page.text
    saved = house.parts.versions.current(f"{PATH}/ru.md", proposal)
    assert saved is not None
    head, _, tail = before.partition("# eaeu\n")
    rest = tail[tail.index("\n# visa-free") :]
    assert saved.text == f"{head}# eaeu\n{text}\n{rest}"
    assert file.read_text() == before
    [event] = house.parts.versions.proposal(proposal).events
    assert (event.by.id, event.by.name, event.words) == (ANNA.id, ANNA.name, "shorter")


async def test_a_translation_is_marked_as_read_against_the_russian(house: House) -> None:
    async with house.browser(ANNA) as anna:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "**Нет.** Новое."}))
        old = await anna.get(UZ)
        assert "outdated" in words(old.text)
        assert "What changed in the Russian text" in old.text
        assert "<del>" in old.text
        await save(anna, UZ, {"read": "1"})
        assert "What changed in the Russian text" not in (await anna.get(UZ)).text
    saved = house.parts.versions.current(f"{PATH}/uz.md", proposal)
    assert saved is not None
    assert f"eaeu: {part_hash('**Нет.** Новое.')}\n" in saved.text


async def test_a_missing_translation_can_be_begun(house: House) -> None:
    address = f"{NEED}/uz_Cyrl"
    async with house.browser(ANNA) as anna:
        page = await anna.get(address)
        assert "There is no such file yet" in page.text
        assert "Менга ишлаш" in page.text  # what is made from the other script meanwhile
        fields = {"question": "Савол: нима?", "short": "Савол", "part-everyone": "Жавоб."}
        proposal = proposal_of(await save(anna, address, fields))
    saved = house.parts.versions.current(f"{PATH}/uz_Cyrl.md", proposal)
    assert saved is not None
    assert "question: 'Савол: нима?'\n" in saved.text
    assert "# everyone\nЖавоб.\n" in saved.text


async def test_sources_and_dates_are_edited_field_by_field(house: House) -> None:
    before = (folder(house) / PATH / "answer.yml").read_text()
    async with house.browser(ANNA) as anna:
        page = form((await anna.get(DETAILS)).text, DETAILS)
        urls = page["url"]
        assert isinstance(urls, list)
        urls = ["https://example.org/law", *urls[1:]]
        answer = await save(anna, DETAILS, {"url": urls, "handoff": "urge"})
        proposal = proposal_of(answer)
    saved = house.parts.versions.current(f"{PATH}/answer.yml", proposal)
    assert saved is not None
    changed = set(saved.text.splitlines()) - set(before.splitlines())
    assert changed == {"    url: https://example.org/law", "handoff: urge"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("checked_on", "22.11.2026", "Write a date as 2026-11-22."),
        ("check_again_by", "2020-01-01", "before the day"),
        ("facts", "<script>", "cannot be a name"),
        ("url", "javascript:alert(1)", "Write a web address"),
    ],
)
async def test_a_wrong_value_comes_back_with_a_sentence_at_its_field(
    house: House, field: str, value: str, sentence: str
) -> None:
    async with house.browser(ANNA) as anna:
        sent = form((await anna.get(DETAILS)).text, DETAILS)
        present = sent[field]
        new = [value, *present[1:]] if isinstance(present, list) else value
        answer = await anna.post(DETAILS, {**sent, field: new, "action": "save"})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert "<script>" not in answer.text
        assert words(answer.text).count("Not done.") == 1
        again = form(answer.text, DETAILS)[field]
        assert again == new  # the draft is kept
    assert house.parts.versions.proposals() == ()


async def test_script_in_any_field_is_shown_as_text(house: House) -> None:
    evil = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>[x](javascript:a())'
    async with house.browser(ANNA) as anna:
        fields = {"question": evil, "part-everyone": evil, "reason": evil}
        looked = await save(anna, RU, fields, "look")
        saved = proposal_of(await save(anna, RU, fields))
        pages = [looked, await anna.get(RU), await anna.get(f"/answers/proposals/{saved}")]
        pages += [await anna.get("/answers/proposals"), await anna.get("/answers")]
        for page in pages:
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
            assert 'href="javascript' not in page.text


async def test_the_live_panel_shows_the_message_and_checks_it(house: House) -> None:
    async with house.browser(ANNA) as anna:
        sent = form((await anna.get(RU)).text, RU)
        long = "Очень длинный вопрос, который никак не поместится на кнопке телефона?"
        told = "Звоните: +7 000 000 00 00. <b>Нет</b> /nosuch {keep_nothing}"
        fields = {**sent, "question": long, "part-eaeu": told, "whom": "eaeu"}
        panel = await anna.post(f"{RU}/live", fields)
        assert panel.status_code == 200
        assert "<html" not in panel.text
        shown = words(panel.text)
        assert long in shown
        assert "Не проверено юристом" in shown or "Ещё не проверено" in shown or "⚠️" in shown
        for finding in ("Button too long", "Phone that no centre has", "Dead link", "Mark-up"):
            assert finding in shown
        assert "{keep_nothing}" in shown  # unresolved, and told so
        assert "has no value" in shown
        more = words((await anna.post(f"{RU}/live", {**fields, "what": "more"})).text)
        assert "Кому разрешение не нужно" in more
    assert house.parts.versions.proposals() == ()


async def test_without_javascript_a_button_looks_and_checks(house: House) -> None:
    async with house.browser(ANNA) as anna:
        page = await save(anna, RU, {"part-everyone": "Совсем новый текст."}, "look")
        assert page.status_code == 200
        assert words(page.text).count("Совсем новый текст.") == 2  # in the field, in the message
    assert house.parts.versions.proposals() == ()


async def test_a_heading_typed_into_a_part_is_kept_and_told(house: House) -> None:
    """What cannot be put into the file part by part is not lost: the whole file is shown."""
    async with house.browser(ANNA) as anna:
        page = await save(anna, RU, {"part-everyone": "Раз.\n# nothing\nДва."}, "look")
        assert page.status_code == 200
        assert "This file is broken" in page.text
        assert "# nothing\nДва." in form(page.text, RU)["content"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ru.md", "---\nquestion: [\n---\n# everyone\nText\n", "Not valid YAML"),
        ("ru.md", "---\nquestion: a\nshort: b\n---\n# nobody\nText\n", "no part of an answer"),
        ("details", "status: draft\n  handoff: x\n", "Not valid YAML"),
    ],
)
async def test_a_broken_file_is_shown_with_its_fault_and_mended_here(
    house: House, name: str, content: str, sentence: str
) -> None:
    sheet = name.removesuffix(".md")
    path = f"{PATH}/{'answer.yml' if sheet == 'details' else name}"
    whole = (folder(house) / path).read_text()
    (folder(house) / path).write_text(content)
    address = f"{NEED}/{sheet}"
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        table = await anna.get("/answers")
        assert table.status_code == 200
        assert "Something in the folder is broken" in table.text
        assert f'href="{address}"' in table.text
        page = await anna.get(address)
        assert sentence in page.text
        assert "Line" in words(page.text)
        assert form(page.text, address)["content"] == content
        answer = await save(anna, address, {"content": whole}, "submit")
        proposal = proposal_of(answer)
        done = await bek.post(
            f"/answers/proposals/{proposal}/publish",
            {"seen": house.parts.versions.proposal(proposal).tip},
        )
        assert done.status_code == 303
        assert "Something in the folder is broken" not in (await anna.get("/answers")).text
    assert (folder(house) / path).read_text() == whole


async def test_two_editors_never_overwrite_each_other(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Первая версия."}))
        both = f"?proposal={proposal}"
        hers = form((await anna.get(RU + both)).text, RU)
        his = form((await bek.get(RU + both)).text, RU)
        assert (await bek.post(RU, {**his, "part-eaeu": "Версия Бека."})).status_code == 303
        answer = await anna.post(RU, {**hers, "part-eaeu": "Версия Анны.", "reason": "mine"})
        assert answer.status_code == 409
        shown = words(answer.text)
        for text in ("Two people changed this", "Версия Бека.", "Версия Анны.", "<<<<<<< theirs"):
            assert text in shown
        stays = house.parts.versions.current(f"{PATH}/ru.md", proposal)
        assert stays is not None
        assert "Версия Бека." in stays.text

        sent = form(answer.text, "/answers/resolve")
        marks = await anna.post("/answers/resolve", sent)
        assert marks.status_code == 422
        assert "The marks of the conflict" in marks.text
        field = f"file:{PATH}/ru.md"
        merged = str(sent[field])
        start, end = merged.index("<<<<<<<"), merged.index(">>>>>>> yours") + len(">>>>>>> yours")
        mended = f"{merged[:start]}Обе версии.{merged[end:]}"
        again = form(marks.text, "/answers/resolve")
        done = await anna.post("/answers/resolve", {**again, field: mended})
        assert done.headers["location"] == f"/answers/proposals/{proposal}?done=saved"
    now = house.parts.versions.current(f"{PATH}/ru.md", proposal)
    assert now is not None
    assert now.text == mended


async def test_others_who_work_on_the_answer_are_named(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Первая версия."}))
        page = words((await bek.get(UZ)).text)
        assert f"Counsellor 1 works on this answer too: proposal {proposal}." in page
        assert f"proposal {proposal}" in words((await bek.get("/answers?state=proposed")).text)


async def test_while_the_store_and_the_classifier_are_away_all_of_it_works(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(ANNA) as anna, brittle_house.browser(BEK) as bek:
        await anna.get("/")
        await bek.get("/")
        own_server.kill()
        assert (await bek.get("/answers")).status_code == 200
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Без хранилища."}, "submit"))
        done = await publish(bek, proposal)
        assert done.headers["location"].endswith("?done=waiting")
        page = await bek.get(done.headers["location"])
        assert "the running bots get it when it is back" in page.text
        own_server.start()
        assert await brittle_house.parts.edition.send() is Sending.SENT
    assert "Без хранилища." in (folder(brittle_house) / PATH / "ru.md").read_text()


@pytest.mark.parametrize(
    "path",
    [
        *("/answers/no/such/ru", f"{NEED}/xx", f"{NEED}/ru?proposal=none-9", "/answers/UPPER/x/ru"),
        *("/answers/proposals/none-1", "/answers/files/.git/config", "/answers/files/README.md"),
        *(
            "/answers/files/..%2f..%2fetc",
            f"{NEED}/ru/diff?old=x&new=y",
            "/answers/no/such/ru/blame",
        ),
        *("/answers/no/such/ru/history", "/answers/no/such/still-true"),
        f"{NEED}/ru/diff?old={'0' * 40}&new={'0' * 40}",
    ],
)
async def test_what_is_not_there_is_said_to_be_not_there(house: House, path: str) -> None:
    async with house.browser(ANNA) as anna:
        assert (await anna.get(path)).status_code == 404
