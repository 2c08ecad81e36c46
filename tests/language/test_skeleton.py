from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.skeleton import skeleton

ANY_TEXT = st.text(max_size=100) | st.text(
    alphabet="нгдждчшщцыийяюёеўҷngdjzhsckyew'o ", max_size=30
)


@given(ANY_TEXT)
@example("ннгг")
@example("нгнгг")
@example("dджdj")
@example("o''")
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("жұмыс", "жумыс", "jumys", "zhumis", "jūmıs"),
        ("ишчилар", "ishchilar", "işçilar", "iwchilar"),
        ("Ўзбекистон", "Oʻzbekiston", "Узбекистон"),
        ("ҳуҷҷат", "hujjat", "hujat"),
        ("полиция", "politsiya", "policiya"),
        ("қайтармай", "qaytarmai", "kaytarmay"),
        ("помогите", "pomogite"),
        ("үйдөн", "uidon", "üydön"),
        ("Тоҷикистон", "Tojikiston", "todjikiston"),
        ("менің", "mening", "menin"),
        ("щит", "shchit"),
    ],
)
def test_both_scripts_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert {skeleton(spelling) for spelling in spellings} == {skeleton(spellings[0])}


def test_uzbek_to_die_is_not_to_take() -> None:
    assert skeleton("o'lmoqchiman") == skeleton("ўлмоқчиман")
    assert skeleton("olmoqchiman") != skeleton("ўлмоқчиман")
