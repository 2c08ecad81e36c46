"""A small model of its own sentences: the figures of the real one are in docs, not here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.identify import (
    OTHER,
    Identifier,
    Ranked,
    Sample,
    ScriptModel,
    train,
    with_prior,
)
from bot.language.tags import Locale

LEARNT = {
    Locale.KK: """Күн жылынып, қар еріп жатыр
        Біз үйдің төбесін жөндеп жатырмыз және шатырын бояймыз
        Жігіттер кеше кешке дейін жұмыс істеді
        Мұндай жағдайда не істеу керек екенін білмеймін
        Сіз қай қаладан келдіңіз, ол жақта ауа райы қандай""",
    Locale.KY: """Күн жылып, кар эрип жатат
        Биз үйдүн төбөсүн оңдоп жатабыз жана чатырын боёйбуз
        Жигиттер кечээ кечке чейин иштешти
        Мындай учурда эмне кылуу керек экенин билбейм
        Сиз кайсы шаардан келдиңиз, ал жакта аба ырайы кандай""",
    Locale.RU: """Потеплело, снег уже тает
        Мы чиним крышу дома и красим забор
        Ребята вчера работали до самого вечера
        Не знаю, что нужно делать в таком случае
        Вы из какого города приехали, какая там погода""",
    Locale.UZ: """Kun isib, qor erib yotibdi
        Biz uyning tomini tuzatyapmiz va devorini bo'yaymiz
        Yigitlar kecha kechgacha ishlashdi
        Bunday holatda nima qilish kerakligini bilmayman
        Siz qaysi shahardan keldingiz, u yerda ob-havo qanday""",
    Locale.TG: """Ҳаво гарм шуда, барф об шуда истодааст
        Мо боми хонаро таъмир мекунем ва деворашро ранг мезанем
        Бачаҳо дирӯз то бегоҳ кор карданд
        Намедонам, ки дар чунин ҳолат чӣ кор кардан лозим аст
        Шумо аз кадом шаҳр омадед, он ҷо ҳаво чӣ хел""",
}
OTHERS = """The snow is melting and it is getting warm
    We are repairing the roof of the house today
    Hava ısındı, kar eriyor ve biz evin çatısını onarıyoruz"""

UNSEEN = {
    Locale.KK: "қай қалада істейсіз, біз білмейміз",
    Locale.KY: "кайсы шаарда иштейсиз, биз билбейбиз",
    Locale.RU: "в каком городе вы работаете, мы не знаем",
    Locale.UZ: "qaysi shaharda ishlaysiz, bilmaymiz",
    Locale.UZ_CYRL: "қайси шаҳарда ишлайсиз, билмаймиз",
    Locale.TG: "дар кадом шаҳр кор мекунед, мо намедонем",
}


def samples() -> list[Sample]:
    ours = [
        Sample(line.strip(), locale.value)
        for locale, lines in LEARNT.items()
        for line in lines.splitlines()
    ]
    return ours + [Sample(line.strip(), OTHER) for line in OTHERS.splitlines()]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return train(samples())


@pytest.mark.parametrize("locale", list(UNSEEN))
def test_each_variant_is_recognised(identifier: Identifier, locale: Locale) -> None:
    assert identifier.rank(UNSEEN[locale])[0].name == locale.value


@pytest.mark.parametrize(
    ("typed", "locale"),
    [
        ("кай калада истейсиз, биз билмеймиз", Locale.KK),
        ("qai qalada isteisiz, biz bilmeimiz", Locale.KK),
        ("kaysy shaarda ishteysiz, biz bilbeybiz", Locale.KY),
        ("v kakom gorode vy rabotaete, my ne znaem", Locale.RU),
        ("dar kadom shahr kor mekuned, mo namedonem", Locale.TG),
        ("кайси шахарда ишлайсиз, билмаймиз", Locale.UZ_CYRL),
    ],
)
def test_typing_without_the_right_letters_is_recognised(
    identifier: Identifier, typed: str, locale: Locale
) -> None:
    assert identifier.rank(typed)[0].name == locale.value


@pytest.mark.parametrize(
    "text", ["سلام، چطور هستید؟", "你好，请问签证", "안녕하세요", "გამარჯობა", "Բարև ձեզ"]
)
def test_a_script_none_of_ours_uses_is_another_language(identifier: Identifier, text: str) -> None:
    assert identifier.rank(text) == (Ranked(OTHER, 1.0),)


def test_another_language_in_latin_letters(identifier: Identifier) -> None:
    assert identifier.rank("we are repairing it and it is getting warm")[0].name == OTHER


@pytest.mark.parametrize("text", ["", "🙏", "12 000", "…"])
def test_a_text_without_letters_has_no_language(identifier: Identifier, text: str) -> None:
    assert identifier.rank(text) == ()


def test_a_word_that_languages_share_leaves_a_doubt(identifier: Identifier) -> None:
    assert identifier.rank("биз")[0].confidence < 0.8


def test_the_known_language_settles_a_doubt(identifier: Identifier) -> None:
    names = {
        identifier.rank("биз", {locale.value: 20.0})[0].name for locale in (Locale.KK, Locale.KY)
    }
    assert names == {"kk", "ky"}


def test_the_known_language_does_not_settle_what_is_clear(identifier: Identifier) -> None:
    assert identifier.rank(UNSEEN[Locale.TG], {"kk": 3.0})[0].name == "tg"


@given(st.text(max_size=80))
def test_confidences_add_up_and_fall(text: str) -> None:
    ranking = _TRAINED.rank(text)
    confidences = [ranked.confidence for ranked in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1 if ranking else 0)


_TRAINED = train(samples())


def test_the_same_samples_give_the_same_model(identifier: Identifier) -> None:
    again = train(reversed(samples()))
    assert again.models == identifier.models


def test_uzbek_samples_go_by_their_script() -> None:
    swapped = [
        Sample(s.text, Locale.UZ_CYRL.value) if s.name == Locale.UZ.value else s for s in samples()
    ]
    assert train(swapped).models == _TRAINED.models


def test_a_prior_weighs_a_ranking() -> None:
    ranking = with_prior([Ranked("kk", 0.6), Ranked("ky", 0.4)], {"ky": 3.0})
    assert [ranked.name for ranked in ranking] == ["ky", "kk"]
    assert ranking[0].confidence == pytest.approx(1.2 / 1.8)


def test_a_listed_word_is_recognised() -> None:
    taught = train(samples(), [Sample("торғай дабдыр", "kk"), Sample("чымчык", "ky")])

    for typed in ("дабдыр", "торгай", "torgai"):
        assert taught.rank(typed)[0].name == "kk"
        before, after = (
            {found.name: found.confidence for found in one.rank(typed)}["kk"]
            for one in (_TRAINED, taught)
        )
        assert after > before


@pytest.mark.parametrize(("kazakh", "kyrgyz", "likelier"), [(20, 1, "kk"), (1, 20, "ky")])
def test_a_word_of_two_languages_belongs_to_the_one_that_says_it_more_often(
    kazakh: int, kyrgyz: int, likelier: str
) -> None:
    taught = train(samples(), [Sample("дабдыр", "kk", kazakh), Sample("дабдыр", "ky", kyrgyz)])

    assert taught.rank("дабдыр")[0].name == likelier


WORDS = ("биз", "шаарда", "istaysiz", "күн", "mo'l", "дабдыр", "снег", "ўқ", "ʼ", "12")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
def test_the_words_of_a_text_add_up(words: list[str]) -> None:
    for model in _TRAINED.models.values():
        each = [model.scores(word) for word in words]
        summed = [sum(scores) for scores in zip(*each, strict=True)]
        assert model.scores(", ".join(words)) == pytest.approx(summed)


def test_the_longest_text_of_a_language_is_recognised(identifier: Identifier) -> None:
    assert identifier.rank(UNSEEN[Locale.KK] * 2_000)[0].name == "kk"


def test_a_word_that_is_known_is_not_taken_apart() -> None:
    """Weights are packed, a language every twenty bits, without their sign."""
    model = ScriptModel(("kk", "ky"), {"=_a_": 1 << 20 | 9, "_a": 3 << 20}, 2.0)

    assert model.scores("a") == [-4.5, -0.5]
    assert model.scores("ab") == [0.0, -1.5]
    assert model.scores("A, ab! a") == [-9.0, -2.5]
