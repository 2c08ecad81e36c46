"""From an event to the effects of a turn: what is sent, what is edited, what is only a toast."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.model import DangerKind
from bot.catalogs import Catalogs
from bot.dialogue.events import (
    AnswerChosen,
    Command,
    CommandGiven,
    Event,
    HideWanted,
    LocaleChosen,
    QuietWanted,
    Rated,
    StaleButton,
    TextReceived,
    TopicChosen,
    Unread,
    WrongNumberNamed,
)
from bot.dialogue.marks import mark
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.conversation import Conversation, Pressed, Written
from bot.telegram.effects import AnswerCallback, DeleteMessage, EditMessage, Effect, SendMessage
from bot.telegram.turn import Turn
from tests import factories

CATALOGS = Catalogs(ROOT / "locales")
LIBRARY = factories.library()
CHAT = 1001
BUTTON = Pressed("query", 7)


@pytest.fixture
def conversation() -> Conversation:
    cities: dict[Locale, dict[str, str]] = {locale: {} for locale in Locale}
    return Conversation(
        lambda: LIBRARY,
        CATALOGS,
        cities,
        Thresholds(),
        today=lambda: date(2026, 11, 23),
    )


def turn(session: Session | None = None) -> Turn:
    stored = Stored(session or Session(locale=Locale.RU, locale_confirmed=True))
    return Turn(1, CHAT, Begun(stored, 1), 0)


async def effects(
    conversation: Conversation, event: Event, pressed: Pressed | None = None
) -> tuple[Effect, ...]:
    current = turn()
    await conversation.respond(current, CHAT, event, pressed)
    return current.effects


async def test_a_command_is_answered_with_a_message(conversation: Conversation) -> None:
    (sent,) = await effects(conversation, CommandGiven(Command.MENU))
    assert isinstance(sent, SendMessage)
    assert sent.chat_id == CHAT


async def test_a_menu_button_changes_the_message_that_bore_it(conversation: Conversation) -> None:
    confirmed, edited = await effects(conversation, TopicChosen("work_permit"), BUTTON)
    assert confirmed == AnswerCallback(chat_id=CHAT, query_id="query")
    assert isinstance(edited, EditMessage)
    assert (edited.message_id, edited.or_send) == (7, True)


async def test_an_answer_is_a_message_of_its_own(conversation: Conversation) -> None:
    _, sent = await effects(conversation, AnswerChosen("permit_cost"), BUTTON)
    assert isinstance(sent, SendMessage)


async def test_a_button_on_a_message_that_is_gone_still_gets_its_menu(
    conversation: Conversation,
) -> None:
    _, sent = await effects(conversation, TopicChosen("work_permit"), Pressed("query", None))
    assert isinstance(sent, SendMessage)


async def test_thanks_are_a_toast_without_a_message(conversation: Conversation) -> None:
    (toast,) = await effects(conversation, Rated("permit_cost", helpful=True), BUTTON)
    assert toast == AnswerCallback(chat_id=CHAT, query_id="query", text="Спасибо!")


async def test_a_stale_button_is_explained_and_the_menu_is_new(conversation: Conversation) -> None:
    toast, menu = await effects(conversation, StaleButton(), BUTTON)
    assert isinstance(toast, AnswerCallback)
    assert toast.text is not None
    assert isinstance(menu, SendMessage)


async def test_every_turn_is_counted_by_verdict_subject_and_language(
    conversation: Conversation,
) -> None:
    current = turn()
    await conversation.respond(current, CHAT, AnswerChosen("permit_cost"))
    counted = [(c.verdict, c.subject, c.locale) for c in current.result().counts]
    assert counted == [("answered", "permit_cost", "ru")]


async def test_the_session_is_kept_and_forgotten(conversation: Conversation) -> None:
    current = turn(Session())
    await conversation.respond(current, CHAT, LocaleChosen(Locale.TG))
    assert current.result().session == Session(locale=Locale.TG, locale_confirmed=True)
    await conversation.respond(current, CHAT, CommandGiven(Command.FORGET))
    assert current.result().session is None


async def test_the_day_is_the_clocks(conversation: Conversation) -> None:
    assert conversation.context(Locale.RU).today == date(2026, 11, 23)


def data_of(sent: Effect) -> list[str]:
    """What the buttons under a message say."""
    assert isinstance(sent, SendMessage)
    return [button.data for row in sent.keyboard or () for button in row if button.data]


async def danger_card(conversation: Conversation, kind: DangerKind) -> SendMessage:
    """The card that comes as the answer to the person's message 41."""
    current = turn()
    text = TextReceived(reading=Unread.DOWN, danger=(kind,))
    await conversation.respond(current, CHAT, text, Written(41))
    (card,) = current.effects
    assert isinstance(card, SendMessage)
    return card


async def test_a_danger_card_knows_the_message_that_called_for_it(
    conversation: Conversation,
) -> None:
    assert data_of(await danger_card(conversation, DangerKind.VIOLENCE))[-2:] == ["q:41", "h:41"]


async def test_the_advice_hides_the_card_and_the_persons_message_too(
    conversation: Conversation,
) -> None:
    _, advice = await effects(conversation, QuietWanted((41,)), Pressed("query", 42))
    assert "h:41:42" in data_of(advice)


async def test_hiding_deletes_the_persons_message_and_leaves_a_neutral_line(
    conversation: Conversation,
) -> None:
    confirmed, deleted, edited = await effects(conversation, HideWanted((41,)), BUTTON)
    assert isinstance(confirmed, AnswerCallback)
    assert deleted == DeleteMessage(chat_id=CHAT, message_id=41)
    assert isinstance(edited, EditMessage)
    assert (edited.message_id, edited.text, edited.or_send) == (7, "Чем помочь?", True)


@pytest.mark.parametrize(
    ("kind", "silent"), [(DangerKind.VIOLENCE, True), (DangerKind.MEDICAL_EMERGENCY, False)]
)
async def test_a_card_that_others_must_not_see_comes_without_a_sound(
    conversation: Conversation, kind: DangerKind, *, silent: bool
) -> None:
    assert (await danger_card(conversation, kind)).silent is silent


async def test_a_wrong_number_is_noted_with_the_turn_and_taken_back_with_it(
    conversation: Conversation,
) -> None:
    current = turn()
    ngo = next(centre for centre in LIBRARY.centres if centre.id == "ngo-almaty")
    await conversation.respond(current, CHAT, WrongNumberNamed(mark(ngo)), BUTTON)
    assert current.reports == ("ngo-almaty",)
    current.reset()
    assert not current.reports


async def test_menus_follow_what_is_asked(conversation: Conversation) -> None:
    conversation.asked = lambda: {"permit_cost": 3}
    _, menu = await effects(conversation, TopicChosen("work_permit"), Pressed("query", None))
    assert data_of(menu)[:2] == ["a:permit_cost", "a:permit_need"]
