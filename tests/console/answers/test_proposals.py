"""Proposals: handed in, approved by another person, given back, withdrawn, restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.answer_file import read_answer
from bot.answers.edition import unpack
from bot.answers.faults import FileFaults
from bot.answers.yaml_file import parse_yaml
from bot.console.versions import publishing
from bot.console.versions.folder import Writing
from tests.console.answers.pages import DETAILS, NEED, RU, form, proposal_of, publish, save, words
from tests.console.house import ANNA, BEK, DINA, House
from tests.content import overdue

if TYPE_CHECKING:
    import pytest

    from bot.answers.model import Answer

PATH = "work_permit/permit_need"


def served(house: House, name: str) -> str:
    return (house.parts.settings.answers_dir / PATH / name).read_text()


def details(house: House) -> Answer:
    faults = FileFaults("")
    root = parse_yaml(served(house, "answer.yml"), faults)
    answer = read_answer(root, faults, "work_permit", "permit_need").answer
    assert faults.found == ()
    return answer


async def test_another_person_publishes_and_the_bots_get_it(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        answer = await save(anna, RU, {"part-eaeu": "Новый текст."}, "submit")
        proposal = proposal_of(answer)
        listed = words((await bek.get("/answers/proposals")).text)
        assert "waits for approval" in listed
        page = await bek.get(f"/answers/proposals/{proposal}")
        assert "<ins>" in page.text
        done = await publish(bek, proposal)
        assert done.headers["location"] == f"/answers/proposals/{proposal}?done=published"
    assert "# eaeu\nНовый текст.\n" in served(house, "ru.md")
    edition = await house.parts.store.editions.load()
    assert edition is not None
    sent = unpack(edition.packed, edition.version).files[f"{PATH}/ru.md"]
    assert "Новый текст." in sent.decode()
    changes = await house.parts.store.console.changes(house.parts.clock.now())
    assert [change.what for change in changes][:2] == ["answer_submitted", "answer_published"]


async def test_nobody_approves_what_they_wrote_a_part_of(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Анна."}))
        await save(bek, RU, {"part-other": "Бек."}, "submit", f"?proposal={proposal}")
        page = await bek.get(f"/answers/proposals/{proposal}")
        assert "somebody else must approve it" in page.text
        tip = house.parts.versions.proposal(proposal).tip
        address = f"/answers/proposals/{proposal}/publish"
        assert (await bek.post(address, {"seen": tip})).status_code == 403
        assert (await anna.post(address, {"seen": tip})).status_code == 403  # no approver
    assert "Бек." not in served(house, "ru.md")


async def test_in_the_sandbox_one_person_may_do_all(house: House) -> None:
    house.parts.members._everybody_may_all = True
    async with house.browser(ANNA) as anna:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Одна."}, "submit"))
        assert (await publish(anna, proposal)).status_code == 303
    assert "Одна." in served(house, "ru.md")


async def test_the_tick_marks_the_answer_as_approved_today(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Проверено."}, "submit"))
        ticked = {"checked": [PATH, "work_permit/permit_cost"]}  # the second is not in it
        assert (await publish(bek, proposal, **ticked)).status_code == 303
        found, today = details(house), house.parts.checks.today
        assert (found.status, found.approved_by, found.checked_on) == ("approved", BEK.name, today)
        assert (found.check_again_by - today).days == 90  # some of its facts change often
        other = house.parts.settings.answers_dir / "work_permit/permit_cost/answer.yml"
        assert "status: draft" in other.read_text()

        # Rule: approved is what somebody checked, not what came after it.
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "И снова."}, "submit"))
        page = await bek.get(f"/answers/proposals/{proposal}")
        assert "Without the tick it becomes a draft again" in page.text
        assert (await publish(bek, proposal)).status_code == 303
    assert (details(house).status, details(house).approved_by) == ("draft", None)


async def test_new_errors_forbid_publishing_and_are_named(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        wrong = {"part-eaeu": "Звоните: +7 700 000 00 00."}
        proposal = proposal_of(await save(anna, RU, wrong, "submit"))
        page = await bek.get(f"/answers/proposals/{proposal}")
        assert "Phone that no centre has" in page.text
        assert "It cannot be published while it has new errors" in page.text
        refused = await publish(bek, proposal)
        assert refused.status_code == 422
        assert "centres.yml does not have the phone" in refused.text
    assert "+7 700" not in served(house, "ru.md")


async def test_giving_back_needs_words_that_its_author_reads(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Так."}, "submit"))
        address = f"/answers/proposals/{proposal}"
        assert (await bek.post(f"{address}/return", {"words": " "})).status_code == 422
        assert (await anna.post(f"{address}/return", {"words": "x"})).status_code == 403
        back = await bek.post(f"{address}/return", {"words": "Where is the source?"})
        assert back.headers["location"] == f"{address}?done=returned"
        page = words((await anna.get(address)).text)
        assert "given back" in page
        assert "Where is the source?" in page
        await save(anna, RU, {"part-eaeu": "Иначе."})
        assert (await anna.post(f"{address}/submit")).status_code == 303
        assert (await publish(bek, proposal)).status_code == 303


async def test_only_authors_and_approvers_withdraw(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Так."}))
        address = f"/answers/proposals/{proposal}"
        assert (await dina.post(f"{address}/withdraw")).status_code == 403
        assert (await anna.post(f"{address}/withdraw")).status_code == 303
        assert "withdrawn" in words((await anna.get(address)).text)
        assert (await anna.post(f"{address}/withdraw")).status_code == 409
        again = await anna.get(RU)  # a withdrawn proposal is not gone on with
        assert form(again.text, RU)["proposal"] == ""


async def test_a_version_saved_meanwhile_must_be_looked_at_first(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Раз."}, "submit"))
        address = f"/answers/proposals/{proposal}"
        sent = form((await bek.get(address)).text, f"{address}/publish")
        await save(anna, RU, {"part-eaeu": "Два."}, "submit")
        answer = await bek.post(f"{address}/publish", sent)
        assert answer.status_code == 409
        assert "Somebody saved another version meanwhile" in answer.text


async def test_a_conflict_with_what_was_published_since_is_brought_together(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        first = proposal_of(await save(anna, RU, {"part-eaeu": "Версия Анны."}, "submit"))
        second = proposal_of(await save(bek, RU, {"part-eaeu": "Версия Бека."}, "submit"))
        assert first != second
        assert (await publish(bek, first)).status_code == 303
        house.parts.members._everybody_may_all = True
        conflict = await publish(bek, second)
        house.parts.members._everybody_may_all = False
        assert conflict.status_code == 409
        assert "Версия Анны." in conflict.text
        sent = form(conflict.text, "/answers/resolve")
        field = f"file:{PATH}/ru.md"
        merged = str(sent[field])
        start, end = merged.index("<<<<<<<"), merged.index(">>>>>>> yours") + len(">>>>>>> yours")
        mended = f"{merged[:start]}Обе.{merged[end:]}"
        done = await bek.post("/answers/resolve", {**sent, field: mended, "action": "submit"})
        assert done.headers["location"] == f"/answers/proposals/{second}?done=submitted"
        house.parts.members._everybody_may_all = True
        assert (await publish(bek, second)).status_code == 303
    assert "# eaeu\nОбе.\n" in served(house, "ru.md")


async def test_history_shows_who_wrote_what_and_leads_back(house: House) -> None:
    before = served(house, "ru.md")
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        changed = {"part-eaeu": "Новый текст.", "reason": "the law changed"}
        await publish(bek, proposal_of(await save(anna, RU, changed, "submit")))
        page = await anna.get(f"{RU}/history")
        shown = words(page.text)
        assert "Written by Counsellor 1 Approved by Counsellor 2 the law changed" in shown
        assert "outside the console" in shown
        old = form(page.text, f"{RU}/restore")
        changes = house.parts.versions.history(f"{PATH}/ru.md")
        compared = await anna.get(f"{RU}/diff?old={changes[1].version}&new={changes[0].version}")
        assert "<ins>" in compared.text
        blamed = words((await anna.get(f"{RU}/blame")).text)
        assert "Новый текст. Counsellor 1" in blamed
        restored = await anna.post(f"{RU}/restore", old)
        proposal = proposal_of(restored)
        assert served(house, "ru.md") != before  # a proposal; nothing is published yet
        await anna.post(f"/answers/proposals/{proposal}/submit")
        assert (await publish(bek, proposal)).status_code == 303
        assert served(house, "ru.md") == before
        nothing = await anna.post(f"{RU}/restore", {"version": "0" * 40})
        assert nothing.status_code == 422


async def test_shared_files_go_the_same_way(house: House) -> None:
    address = "/answers/files/glossary.yml"
    file = house.parts.settings.answers_dir / "glossary.yml"
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        assert "facts/work_permit.yml" in (await anna.get("/answers/files")).text
        looked = await save(anna, address, {"content": "- ru: [\n"}, "look")
        assert "Not valid YAML" in looked.text
        content = file.read_text() + "\n# a remark\n"
        proposal = proposal_of(await save(anna, address, {"content": content}, "submit"))
        assert (await publish(bek, proposal)).status_code == 303
        away = await anna.get(f"/answers/files/{PATH}/ru.md")
        assert away.headers["location"] == RU
    assert file.read_text().endswith("# a remark\n")


async def test_still_true_asks_for_the_sources_and_for_another_person(house: House) -> None:
    path = house.parts.settings.answers_dir / PATH / "answer.yml"
    old = overdue(path.read_text())
    path.write_text(old)
    address = f"{NEED}/still-true"
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        listed = await anna.get("/answers/overdue")
        assert f'href="{address}"' in listed.text
        assert "overdue for" in listed.text
        sent = form((await anna.get(address)).text, address)
        dates = sent["date"]
        assert isinstance(dates, list)
        wrong = await anna.post(address, {**sent, "date": ["yesterday", *dates[1:]]})
        assert wrong.status_code == 422
        assert "Write a date as 2026" in wrong.text
        none = {name: [""] * len(dates) for name in ("title", "url", "date")}
        assert (await anna.post(address, {**sent, **none})).status_code == 422
        answer = await anna.post(address, {**sent, "date": ["2026-10-01", *dates[1:]]})
        proposal = proposal_of(answer)
        assert answer.headers["location"].endswith("?done=submitted")
        assert path.read_text() == old
        assert f"proposal {proposal}" in words((await anna.get("/answers/overdue")).text)
        assert (await publish(bek, proposal)).status_code == 303
        assert f'href="{address}"' not in (await anna.get("/answers/overdue")).text
    found, today = details(house), house.parts.checks.today
    assert found.checked_on == today
    assert (found.check_again_by - today).days == 90
    assert found.sources[0].date == "2026-10-01"
    assert found.status == "draft"


async def test_details_cannot_be_approved_by_their_form(house: House) -> None:
    async with house.browser(ANNA) as anna:
        fields = {"status": "approved", "approved_by": "Somebody"}
        answer = await save(anna, DETAILS, fields)
        assert answer.headers["location"] == f"{DETAILS}?done=unchanged"


async def test_only_what_was_published_can_be_brought_back(house: House) -> None:
    """Rule: else the author of a text that nobody read could approve it, as another's work."""
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(bek, RU, {"part-eaeu": "Бек один."}, "submit"))
        found = house.parts.versions.proposal(proposal)
        assert found is not None
        answer = await anna.post(f"{RU}/restore", {"version": found.tip})
    assert answer.status_code == 422
    assert [one.id for one in house.parts.versions.proposals()] == [proposal]


async def test_a_publication_that_is_finished_later_is_in_the_log_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Новое."}, "submit"))
        with monkeypatch.context() as full:
            full.setattr(Writing, "apply", fails)
            full.setattr(publishing, "repair", lambda *_: False)
            assert (await publish(bek, proposal)).status_code == 503
        assert "Новое." not in served(house, "ru.md")
        await bek.get("/answers")  # the next call does the rest
    assert "Новое." in served(house, "ru.md")
    changes = await house.parts.store.console.changes(house.parts.clock.now())
    assert [(one.what, one.who) for one in changes][1:] == [("answer_published", BEK)]


def fails(_: Writing) -> None:
    raise OSError(28, "No space left on device")


APPROVED = "status: approved\napproved_by: A lawyer\n"


async def test_no_proposal_approves_itself(house: House) -> None:
    """Rule: only who approves says that an answer is approved, and is named for it.

    The whole of ``answer.yml`` can be edited, its state too: it has no effect without the tick.
    """
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        whole = {"mode": "whole", "content": stamped(served(house, "answer.yml"))}
        proposal = proposal_of(await save(anna, DETAILS, whole, "submit"))
        page = await bek.get(f"/answers/proposals/{proposal}")
        assert "Without the tick it becomes a draft again" in page.text
        assert (await publish(bek, proposal)).status_code == 303
        assert (details(house).status, details(house).approved_by) == ("draft", None)


async def test_a_new_date_does_not_keep_another_text_approved(house: House) -> None:
    path = house.parts.settings.answers_dir / PATH / "answer.yml"
    path.write_text(stamped(path.read_text()))
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        proposal = proposal_of(await save(anna, RU, {"part-eaeu": "Другое."}))
        today = house.parts.checks.today.isoformat()
        asked = f"?proposal={proposal}"
        await save(anna, DETAILS, {"checked_on": today}, "submit", asked)
        assert (await publish(bek, proposal)).status_code == 303
    assert details(house).status == "draft"


def stamped(text: str) -> str:
    """``answer.yml`` of an answer that somebody approved."""
    assert "status: draft\napproved_by:\n" in text
    return text.replace("status: draft\napproved_by:\n", APPROVED)
