"""What migrants do, on the real processes: bot, store, classifier and sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.catalogs import Catalogs
from bot.language.tags import Locale
from bot.settings import ROOT
from tests.e2e.helpline import Helpline, Person, buttons, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

CATALOGS = Catalogs(ROOT / "locales")

People = Callable[..., Person]

WAGES = {
    Locale.KK: "бастық үш ай бойы айлығымды бермей жүр, не істеймін",
    Locale.RU: "начальник третий месяц не отдаёт заработанные деньги, что делать",
    Locale.UZ: "xo‘jayin uch oydan beri oyligimni bermayapti, nima qilay",
    Locale.UZ_CYRL: "хўжайин уч ойдан бери ойлигимни бермаяпти, нима қилай",
    Locale.TG: "корфармо се моҳ боз маоши маро намедиҳад, чӣ кор кунам",
    Locale.KY: "кожоюн үч айдан бери айлыгымды бербей жатат, эмне кылам",
}


@pytest.mark.parametrize("locale", list(Locale))
def test_the_first_five_minutes_in_every_language(person: People, locale: Locale) -> None:
    """/start, the language, a topic, a question, back, a question in one's own words."""
    someone = person("en")
    asked = someone.send("/start")
    assert [b["text"] for b in buttons(asked[0])] == [known.endonym for known in Locale]
    greeting = someone.press(locale.endonym)
    assert len(greeting[0]["text"].splitlines()) == 2
    topic = next(b["text"] for b in buttons(greeting[0]) if "💰" in b["text"])
    questions = someone.press(topic)
    assert len(buttons(questions[0])) > 5
    back = buttons(questions[0])[-1]["text"]
    assert "🛂" in buttons(someone.press(back)[0])[0]["text"]
    answer = someone.send(WAGES[locale])
    assert {"r:1:unpaid_wages", "r:0:unpaid_wages"} <= {
        b.get("callback_data") for b in buttons(answer[0])
    }
    draft, sources = ("Not yet checked by a lawyer.", "Sources:")
    assert CATALOGS[locale].gettext(draft) in texts(answer)
    assert CATALOGS[locale].gettext(sources) in texts(answer)
    assert "text_link" in {entity["type"] for entity in answer[0]["entities"]}


def test_citizenship_is_asked_once_and_remembered(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    someone.press("🛂")
    asked = someone.press("Нужно ли разрешение")
    assert "гражданин" in texts(asked).lower()
    assert "Да, нужно" in texts(someone.press("Узбекистан"))
    someone.send("/menu")
    someone.press("🛂")
    assert "Да, нужно" in texts(someone.press("Нужно ли разрешение"))
    corrected = someone.press("✎")
    assert "гражданин" in texts(corrected).lower()
    assert "Нет, не нужно" in texts(someone.press("Кыргызстан"))


def test_danger_comes_first(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    said = someone.send("нас заперли в цехе и не выпускают, заставляют работать")
    assert "116 16" in said[0]["text"]
    assert any("copy_text" in b for b in buttons(said[0]))


def test_a_city_or_a_location_finds_centres(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    assert "Шымкент" in texts(someone.send("Шымкент"))
    near = someone.send(location={"latitude": 43.24, "longitude": 76.91})
    assert "км" in texts(near)


def test_a_thumb_down_asks_what_was_wrong(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    someone.send(WAGES[Locale.RU])
    why = someone.press("👎")
    assert len(buttons(why[0])) == 4


def test_forget_says_so_and_the_next_start_is_a_first_one(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Тоҷикӣ")
    said = someone.send("/forget")
    assert "Telegram" in texts(said)
    assert len(buttons(someone.send("/start")[0])) == len(Locale)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "🙏🙏🙏"},
        {"text": "\u202e\u200b \u0000 <b>& привет"},
        {"text": "а" * 4096},
        {"text": "How is the weather in London?"},
        {"text": "Çalışma izni almak istiyorum"},
        {"text": "من به مجوز کار نیاز دارم"},
        {"photo": {}},
        {"voice": {}},
        {"video_note": {}},
        {"sticker": {}},
        {"document": {}},
        {"contact": {"phone_number": "+77000000000"}},
    ],
    ids=str,
)
def test_everything_gets_a_sensible_reply(person: People, content: dict[str, object]) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    assert someone.send(**content)[0]["text"]


def test_an_edited_message_is_read_again(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    someone.send("абракадабра")
    own = [m for m in someone.messages() if not m["from"]["is_bot"]][-1]
    said = someone.send(WAGES[Locale.RU], edit=own["message_id"])
    assert any(b["text"] == "👍" for m in said for b in buttons(m))


MALFORMED = [
    {"message": {"text": "no ids"}},
    {"update_id": -1, "message": {}},
    {"some_new_kind": {"chat": {"id": 4000, "type": "private"}}},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 4000, "type": "private"}}},
    {"message": {"message_id": "x", "date": "y", "chat": {"id": 4000, "type": "private"}}},
    {"callback_query": {"id": "1", "from": {"id": 4000, "is_bot": False, "first_name": "a"}}},
    {"message": []},
    {},
]


def test_malformed_and_unknown_updates_stop_nothing(person: People) -> None:
    someone = person()
    someone.send("/start")
    for update in MALFORMED:
        someone.post("update", {"update": update})
    assert someone.press("Русский")[0]["text"]


def test_in_a_group_it_says_when_spoken_to_that_it_answers_in_private(
    person: People, helpline: Helpline
) -> None:
    """The sandbox has no groups yet: the call is made, and refused there."""
    group = {"id": -100200300, "type": "supergroup", "title": "G"}
    sender = {"id": 4000, "is_bot": False, "first_name": "A"}
    common = {"date": 0, "chat": group, "from": sender}
    someone = person()
    someone.send("/start")
    for number, text in enumerate(("just talk", "/help")):
        message = {**common, "message_id": number + 1, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        someone.post("update", {"update": {"message": message}})

    def to_the_group() -> list[str]:
        return [c["method"] for c in helpline.calls() if c.get("chat") == group["id"]]

    helpline.wait_until(to_the_group, 20)
    someone.press("Русский")  # a later turn has ended as well
    assert to_the_group() == ["sendMessage"]


@pytest.mark.parametrize("data", ["a:gone", "zz", "a:", "l:xx", "x" * 64, "a:permit_need:1:2"])
def test_forged_and_old_buttons_get_the_menu(person: People, data: str) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Русский")
    someone.forge(data)
    said = someone.replies()
    assert any("🛂" in button["text"] for message in said for button in buttons(message))


def test_citizenship_is_taken_from_what_was_written(person: People) -> None:
    someone = person()
    someone.send("/start")
    someone.press("Қазақша")
    said = someone.send("мен Өзбекстаннанмын, маған жұмысқа рұқсат керек пе")
    assert any("🇺🇿" in button["text"] for message in said for button in buttons(message))


def test_the_parts_say_that_they_work(helpline: Helpline) -> None:
    assert helpline.parts() == {"store": True, "classifier": True}
