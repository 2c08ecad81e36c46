from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.training.folders import folders
from bot.console.training.models import Model, Models, choose, look, pin
from bot.console.training.trouble import Cause, Trouble
from bot.settings import ROOT, Settings
from tests.console.training.conftest import OLD_MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from bot.console.training.folders import Folders


async def test_it_says_what_there_is(place: Folders) -> None:
    found = await look(place)

    assert isinstance(found, Models)
    assert (found.in_service, found.before, found.chosen) == (OLD_MODEL, None, False)
    assert [model.name for model in found.models] == [OLD_MODEL]
    assert found.models[0].bytes == len("iin_taxes")
    assert not found.up_to_date


async def test_a_choice_is_kept_with_what_was_before(place: Folders) -> None:
    new = place.models / "helpline-000000000002.tar.gz"
    new.touch()

    found = await choose(place, OLD_MODEL)

    assert isinstance(found, Models)
    assert (found.in_service, found.before, found.chosen) == (OLD_MODEL, new.name, True)


async def test_pinning_chooses_what_is_in_service(place: Folders) -> None:
    found = await pin(place)

    assert isinstance(found, Models)
    assert (found.in_service, found.chosen) == (OLD_MODEL, True)


async def test_a_model_that_is_not_there_cannot_be_chosen(place: Folders) -> None:
    name = "helpline-00000000000f.tar.gz"

    assert await choose(place, name) == Trouble(Cause.NOT_KEPT, f"There is no model {name}.")


async def test_without_the_program_it_is_a_trouble(place: Folders) -> None:
    (place.root / "nlu" / "in_service.py").unlink()

    found = await look(place)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.UNREADABLE


def test_names_and_whether_the_phrases_of_now_are_learnt() -> None:
    models = Models("/f", (Model("a", 1.0, 2), Model("b", 0.0, 2)), "a", "b", True, "a")

    assert models.names == {"a", "b"}
    assert models.up_to_date


def test_the_folders_of_an_installation(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)

    found = folders(settings)
    assert (found.models, found.state) == (
        ROOT / "nlu" / "models",
        tmp_path / "console" / "training",
    )
    assert found.development == ROOT / "tests" / "understanding" / "dev"
    assert folders(settings, tmp_path).development is None
    assert folders(settings, tmp_path).evaluation == ()

    elsewhere = Settings(_env_file=None, nlu_models_dir=tmp_path / "models")
    assert folders(elsewhere).models == tmp_path / "models"
    assert folders(elsewhere).environment["NLU_DATA_DIR"] == str(ROOT / "nlu_data")
