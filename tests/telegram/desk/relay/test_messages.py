"""What a message becomes on the other side, in both directions, from payloads of Telegram's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from telegram import Message, MessageEntity, MessageReactionUpdated

from bot.handoff import masking
from bot.handoff.masking import Masked
from bot.handoff.notices import Cause
from bot.sandbox.text.html_parser import parse_html
from bot.telegram.desk import relay
from bot.telegram.desk.relay import AlbumPart, Carried, Route
from bot.telegram.desk.relay.formatting import to_html
from bot.telegram.effects import (
    AlbumItem,
    AlbumKind,
    CopyMessage,
    EditMessage,
    Origin,
    SendAlbum,
    SendLocation,
    SendMessage,
    SetReaction,
)

MIGRANT, GROUP, CASE = 101, -1001, 7
SECRET = "+77000000012"
FILE = {"file_id": "f", "file_unique_id": "u"}
TO_STAFF = Route(CASE, GROUP, masking.mask, reveal="Reveal")
TO_MIGRANT = Route(CASE, MIGRANT, relay.unmasked)
POLL = {
    "id": "1",
    "question": "q",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
ORIGIN = Origin(MIGRANT, 5)


def message(number: int = 5, chat: int = MIGRANT, **content: Any) -> Message:
    kind = "private" if chat > 0 else "supergroup"
    raw = {"message_id": number, "date": 0, "chat": {"id": chat, "type": kind}, **content}
    built = Message.de_json(raw, None)
    assert built is not None
    return built


def carried(found: Carried | Cause) -> Any:
    assert isinstance(found, Carried)
    (effect,) = found.effects
    return effect


def test_a_text_goes_to_the_topic_with_its_origin() -> None:
    sent = carried(relay.carry(message(text="a < b"), TO_STAFF))
    assert sent == SendMessage(chat_id=GROUP, case=CASE, origin=ORIGIN, text="a &lt; b")


def test_staff_see_masks_and_migrants_see_all() -> None:
    to_staff = carried(relay.carry(message(text=SECRET), TO_STAFF))
    assert (to_staff.text, to_staff.keyboard[0][0].data) == ("[☎ ••12]", "d:reveal:7:5")
    to_migrant = carried(relay.carry(message(chat=GROUP, text=SECRET), TO_MIGRANT))
    assert (to_migrant.text, to_migrant.keyboard) == (SECRET, None)


def test_a_medium_is_copied_and_its_caption_is_ours() -> None:
    copied = carried(relay.carry(message(voice={**FILE, "duration": 1}, caption=SECRET), TO_STAFF))
    assert isinstance(copied, CopyMessage)
    assert (copied.from_chat_id, copied.message_id, copied.caption) == (MIGRANT, 5, "[☎ ••12]")


def test_a_medium_without_words_keeps_none() -> None:
    assert carried(relay.carry(message(photo=[{**FILE, "width": 1, "height": 1}]), TO_STAFF)) == (
        CopyMessage(chat_id=GROUP, case=CASE, origin=ORIGIN, from_chat_id=MIGRANT, message_id=5)
    )


def test_replies_are_named_by_the_chat_they_are_in() -> None:
    answered = message(4).to_dict()
    sent = carried(relay.carry(message(text="yes", reply_to_message=answered), TO_STAFF))
    assert sent.reply_ref == "p4"
    answered = message(44, chat=GROUP).to_dict()
    sent = carried(
        relay.carry(message(chat=GROUP, text="y", reply_to_message=answered), TO_MIGRANT)
    )
    assert sent.reply_ref == "g44"


def test_the_beginning_of_a_topic_is_nothing_to_reply_to() -> None:
    begun = message(3, chat=GROUP, forum_topic_created={"name": "7", "icon_color": 1}).to_dict()
    sent = carried(relay.carry(message(chat=GROUP, text="y", reply_to_message=begun), TO_MIGRANT))
    assert sent.reply_ref is None


def test_a_chosen_quote_stands_above_and_is_masked_too() -> None:
    quote = {"text": SECRET, "position": 0, "is_manual": True}
    sent = carried(relay.carry(message(text="this one", quote=quote), TO_STAFF))
    assert sent.text == "<blockquote>[☎ ••12]</blockquote>\nthis one"


def test_what_was_forwarded_to_us_says_so_and_not_from_whom() -> None:
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Boss"}
    sent = carried(relay.carry(message(text="pay first", forward_origin=origin), TO_STAFF))
    assert sent.text == "↪️ pay first"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ({"poll": POLL}, "kind"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "kind"),
        ({"game": {"title": "g", "description": "d", "photo": []}}, "kind"),
        ({"story": {"id": 1, "chat": {"id": 9, "type": "private"}}}, "kind"),
        ({"paid_media": {"star_count": 1, "paid_media": []}}, "kind"),
        ({"document": {**FILE, "file_name": "Photos.ZIP"}}, "file"),
        ({"document": {**FILE, "file_name": "a.pdf.exe "}}, "file"),
        ({"document": {**FILE, "mime_type": "application/vnd.android.package-archive"}}, "file"),
        ({"document": {**FILE, "file_name": "a.pdf", "file_size": 20_000_001}}, "size"),
        ({"voice": {**FILE, "duration": 1, "file_size": 20_000_001}}, "size"),
        ({"photo": [{**FILE, "width": 1, "height": 1, "file_size": 20_000_001}]}, "size"),
        ({}, "kind"),
    ],
    ids=str,
)
def test_what_is_not_carried_over_has_a_cause(content: dict[str, Any], cause: str) -> None:
    assert relay.carry(message(**content), TO_STAFF) == Cause(cause)
    assert relay.carry(message(chat=GROUP, **content), TO_MIGRANT) == Cause(cause)


@pytest.mark.parametrize("name", ["a.pdf", "photo.JPG", "letter.docx", "no_ending", None])
def test_papers_are_carried_over(name: str | None) -> None:
    document = {**FILE, **({"file_name": name} if name else {}), "file_size": 20_000_000}
    assert isinstance(relay.carry(message(document=document), TO_STAFF), Carried)


def test_an_animation_is_no_document() -> None:
    """Telegram sets ``document`` beside it."""
    sized = {**FILE, "width": 1, "height": 1, "duration": 1}
    found = relay.carry(message(animation=sized, document={**FILE, "file_name": "a.zip"}), TO_STAFF)
    assert isinstance(found, Carried)
    assert found.kind == "animation"


def test_a_live_location_becomes_a_place_that_stays() -> None:
    place = {"latitude": 43.2, "longitude": 76.9, "live_period": 900}
    sent = carried(relay.carry(message(location=place), TO_STAFF))
    assert sent == SendLocation(
        chat_id=GROUP, case=CASE, origin=ORIGIN, latitude=43.2, longitude=76.9
    )


def test_a_contact_is_masked_for_staff_and_copied_for_migrants() -> None:
    content: dict[str, Any] = {"contact": {"phone_number": "77000000012", "first_name": "Boss"}}
    sent = carried(relay.carry(message(**content), TO_STAFF))
    assert (sent.text, sent.plain) == ("📇 [☎ ••12]", True)
    assert sent.keyboard[0][0].data == "d:reveal:7:5"
    copied = carried(relay.carry(message(chat=GROUP, **content), TO_MIGRANT))
    assert isinstance(copied, CopyMessage)


def test_an_edit_names_the_copy_by_the_original() -> None:
    edited = relay.carry_edit(message(text=SECRET), TO_STAFF)
    assert edited is not None
    (effect,) = edited.effects
    assert isinstance(effect, EditMessage)
    assert (effect.message_ref, effect.text, effect.caption) == ("p5", "[☎ ••12]", False)
    captioned = relay.carry_edit(message(voice={**FILE, "duration": 1}, caption="x"), TO_STAFF)
    assert captioned is not None
    assert captioned.effects[0].caption is True  # type: ignore[union-attr]


def test_a_moving_live_location_has_no_words_to_edit() -> None:
    place = {"latitude": 43.2, "longitude": 76.9, "live_period": 900}
    assert relay.carry_edit(message(location=place), TO_STAFF) is None


def part(number: int, caption: str = "", *, hidden: bool = False) -> AlbumPart:
    return AlbumPart(AlbumItem(AlbumKind.PHOTO, f"f{number}", number, caption), None, "", hidden)


def test_an_album_is_one_call_in_order() -> None:
    (album,) = relay.carry_album([part(5), part(6, "two")], MIGRANT, TO_STAFF)
    assert isinstance(album, SendAlbum)
    assert (album.origin, [item.origin for item in album.items]) == (ORIGIN, [5, 6])


def test_a_part_that_came_twice_is_sent_once() -> None:
    """Telegram sends an update twice, the user gets two answers (chatwoot #15450)."""
    (album,) = relay.carry_album([part(5), part(6), part(5)], MIGRANT, TO_STAFF)
    assert isinstance(album, SendAlbum)
    assert len(album.items) == 2


def test_a_part_left_alone_is_copied() -> None:
    """sendMediaGroup takes 2 to 10."""
    (copied,) = relay.carry_album([part(5, "x", hidden=True)], MIGRANT, TO_STAFF)
    assert isinstance(copied, CopyMessage)
    assert (copied.caption, copied.keyboard is not None) == ("x", True)


def test_of_nothing_comes_nothing() -> None:
    assert relay.carry_album([], MIGRANT, TO_STAFF) == ()


def test_what_an_album_hides_can_be_revealed_below_it() -> None:
    _, lock = relay.carry_album([part(5), part(6, hidden=True)], MIGRANT, TO_STAFF)
    assert isinstance(lock, SendMessage)
    assert lock.reply_ref == "p6"
    assert lock.keyboard is not None
    assert lock.keyboard[0][0].data == "d:reveal:7:6"


def test_the_caption_of_a_part_is_masked() -> None:
    photo = [{**FILE, "width": 1, "height": 1}]
    found = relay.album_part(message(photo=photo, caption=SECRET, media_group_id="9"), TO_STAFF)
    assert isinstance(found, AlbumPart)
    assert (found.item.caption, found.text, found.hidden) == ("[☎ ••12]", "[☎ ••12]", True)


def reaction(*new: dict[str, Any]) -> MessageReactionUpdated:
    raw = {
        "chat": {"id": MIGRANT, "type": "private"},
        "message_id": 5,
        "date": 0,
        "user": {"id": MIGRANT, "is_bot": False, "first_name": "A"},
        "old_reaction": [],
        "new_reaction": list(new),
    }
    built = MessageReactionUpdated.de_json(raw, None)
    assert built is not None
    return built


def test_reactions_are_set_taken_back_and_left_out_where_bots_cannot() -> None:
    heart = relay.carry_reaction(reaction({"type": "emoji", "emoji": "❤"}), CASE, GROUP)
    expected = SetReaction(chat_id=GROUP, case=CASE, emoji="❤", message_ref="p5")
    assert heart == (expected, "❤")
    assert relay.carry_reaction(reaction(), CASE, GROUP) == (replace(expected, emoji=None), "")
    custom = {"type": "custom_emoji", "custom_emoji_id": "1"}
    assert relay.carry_reaction(reaction(custom), CASE, GROUP) is None


def entity(kind: str, offset: int, length: int, **more: Any) -> MessageEntity:
    return MessageEntity(kind, offset, length, **more)


def test_formatting_moves_with_the_words() -> None:
    text = f"😀 {SECRET} now"
    bold = entity("bold", 3 + len(SECRET) + 1, 3)
    masked = masking.mask(text)
    assert to_html(text, [bold], masked, masking.mask) == "😀 [☎ ••12] <b>now</b>"


def test_mentions_lose_their_account_and_keep_their_words() -> None:
    user = {"id": 9, "is_bot": False, "first_name": "Boss"}
    raw = message(
        text="ask Boss", entities=[{"type": "text_mention", "offset": 4, "length": 4, "user": user}]
    )
    assert carried(relay.carry(raw, TO_STAFF)).text == "ask Boss"
    assert carried(relay.carry(raw, TO_MIGRANT)).text == "ask Boss"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://gov.kz/a", '<a href="https://gov.kz/a">here</a>'),
        ("tg://user?id=1", "here"),
        ("https://t.me/somebody", "here"),
        ("mailto:somebody@example.org", "here"),
    ],
)
def test_links_to_people_lead_nowhere(url: str, shown: str) -> None:
    link = entity("text_link", 0, 4, url=url)
    assert to_html("here", [link], Masked("here", ()), masking.mask) == shown


@given(
    st.text(alphabet=st.sampled_from("ab <&😀é\n7+"), min_size=1, max_size=40),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "code", "spoiler"]),
            st.integers(0, 50),
            st.integers(1, 20),
        ),
        max_size=4,
    ),
)
def test_any_formatting_gives_html_that_telegram_takes(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    """Entities as Telegram gives them: nested or apart, never overlapping halfway."""
    units = len(text.encode("utf-16-le")) // 2
    kept: list[MessageEntity] = []
    for kind, offset, length in spans:
        end = min(units, offset + length)
        apart = all(end <= e.offset or offset >= e.offset + e.length for e in kept)
        if offset < end and apart:
            kept.append(entity(kind, offset, end - offset))
    html = to_html(text, kept, relay.unmasked(text), relay.unmasked)
    assert parse_html(html)[0] == text
