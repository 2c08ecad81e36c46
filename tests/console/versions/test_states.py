"""A proposal from draft to closed, and back."""

from __future__ import annotations

from bot.console.versions.model import (
    Draft,
    Proposal,
    Refusal,
    Saved,
    State,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import UZBEK
from tests.console.versions.desk import (
    AYA,
    BEK,
    CHI,
    RU,
    UZ,
    published,
    refusal,
    saved,
    submitted,
)


def test_the_way_there_and_back(versions: Versions) -> None:
    name = submitted(versions).id
    returned = versions.give_back(name, BEK, "Which law?")
    assert isinstance(returned, Proposal)
    assert (returned.state, returned.words) == (State.RETURNED, "Which law?")
    again = versions.submit(name, AYA, "It is named now.")
    assert isinstance(again, Proposal)
    assert (again.state, again.words) == (State.SUBMITTED, "It is named now.")


def test_who_returns_a_proposal_says_why(versions: Versions) -> None:
    name = submitted(versions).id

    assert refusal(versions.give_back(name, BEK, " \n")) == Refusal.NO_WORDS


def test_a_submitted_proposal_that_is_changed_is_a_draft_again(versions: Versions) -> None:
    proposal = submitted(versions)
    change = Draft({UZ: UZBEK.replace("100", "200")}, proposal.tip)
    result = versions.save(change, AYA, proposal.id)

    assert isinstance(result, Saved)
    assert result.proposal.state is State.DRAFT


def test_what_is_closed_stays_closed(versions: Versions) -> None:
    done = published(versions).proposal
    gone = saved(versions, changes={UZ: ("100", "200")})
    versions.withdraw(gone.id, AYA)
    for name, tip in ((done.id, done.tip), (gone.id, gone.tip)):
        results = [
            versions.save(Draft({RU: "x"}, tip), AYA, name),
            versions.submit(name, AYA),
            versions.give_back(name, AYA, "why"),
            versions.withdraw(name, AYA),
            versions.publish(name, CHI, seen=tip),
        ]
        assert [refusal(result) for result in results] == [Refusal.WRONG_STATE] * 5
