"""Comparing what a bot did with what a recording says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.recording.differences import Answer, compare

EVENTS = st.builds(
    lambda method, chat, text: {"bot": method, "chat": chat, "text": text},
    st.sampled_from(["sendMessage", "editMessageText", "deleteMessage"]),
    st.integers(1, 3),
    st.text(max_size=3),
)
ANSWERS = st.lists(st.builds(Answer, st.integers(1, 5), EVENTS)).map(
    lambda answers: sorted(answers, key=lambda answer: answer.act)
)


def sent(text: str, act: int = 1, chat: int = 101) -> Answer:
    return Answer(act, {"bot": "sendMessage", "chat": chat, "text": text})


@given(ANSWERS)
def test_what_is_the_same_has_no_differences(answers: list[Answer]) -> None:
    assert compare(answers, answers) == []


@given(ANSWERS, ANSWERS)
def test_every_difference_has_a_side_and_names_its_chat(
    expected: list[Answer], got: list[Answer]
) -> None:
    for difference in compare(expected, got):
        assert difference.expected or difference.got
        assert f"chat {difference.chat}" in difference.what
        for event in (difference.expected, difference.got):
            assert event is None or event["chat"] == difference.chat


@given(ANSWERS, st.data())
def test_one_answer_less_is_one_difference(answers: list[Answer], data: st.DataObject) -> None:
    answers = [*answers, sent("the last")]
    left_out = data.draw(st.integers(0, len(answers) - 1))
    (difference,) = compare(answers, answers[:left_out] + answers[left_out + 1 :])
    assert difference.expected == answers[left_out].event
    assert difference.got is None
    (difference,) = compare(answers[:left_out] + answers[left_out + 1 :], answers)
    assert difference.expected is None
    assert difference.got == answers[left_out].event


def test_another_text_is_named_with_both() -> None:
    (difference,) = compare([sent("Hello", 2)], [sent("Hi", 2)])
    assert difference.what == (
        'after act 2, sendMessage in chat 101: text is "Hi" instead of "Hello"'
    )


def test_of_long_texts_only_the_place_is_shown_where_they_differ() -> None:
    same = "word " * 100
    (difference,) = compare([sent(f"{same}old {same}")], [sent(f"{same}new {same}")])
    assert "…word word word word word word new word" in difference.what
    assert "…word word word word word word old word" in difference.what
    assert len(difference.what) < 450
    assert difference.expected is not None
    assert difference.expected["text"] == f"{same}old {same}"


def test_a_text_that_goes_on_is_shown_where_it_does() -> None:
    same = "word " * 100
    (difference,) = compare([sent(same)], [sent(f"{same}and more")])
    assert 'word and more"' in difference.what


def test_what_is_missing_and_what_is_too_much_are_named() -> None:
    (missing,) = compare([sent("a"), sent("b")], [sent("a")])
    assert missing.what == (
        'after act 1, the bot did not do this in chat 101: sendMessage {"text":"b"}'
    )
    (extra,) = compare([sent("a")], [sent("a"), sent("b", 3)])
    assert extra.what == 'after act 3, the bot also did this in chat 101: sendMessage {"text":"b"}'


def test_a_field_that_is_gone_is_named_as_missing() -> None:
    old = Answer(1, {"bot": "sendMessage", "chat": 101, "text": "a", "protected": True})
    (difference,) = compare([old], [sent("a")])
    assert difference.what.endswith("protected is missing instead of true")


def test_in_which_order_chats_are_answered_does_not_matter() -> None:
    one, two = sent("a", chat=101), sent("b", chat=102)
    assert compare([one, two], [two, one]) == []


def test_in_one_chat_the_order_matters() -> None:
    assert len(compare([sent("a"), sent("b")], [sent("b"), sent("a")])) == 2


def test_differences_come_in_the_order_of_the_acts() -> None:
    wanted = [sent("a", 1, 101), sent("b", 2, 102), sent("c", 3, 101)]
    got = [sent("x", 1, 101), sent("y", 2, 102), sent("z", 3, 101)]
    assert [difference.act for difference in compare(wanted, got)] == [1, 2, 3]
