"""A small trained pipeline, made as Rasa makes it: each component created, trained, run, loaded."""

from __future__ import annotations

import os

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("OMP_NUM_THREADS", "1")

import slim

slim.begin()

from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import components
from components import project
from components.glance import FirstGlance
from components.intents import ProductClassifier
from components.language import LanguageIdentifier
from components.ngrams import NgramFeaturizer
from components.places import PlaceExtractor
from components.sentences import SentenceFeaturizer
from components.tokenizer import FoldingTokenizer
from components.urgency import UrgencyScorer

assert components.ROOT == project.ROOT

# No test's verdict depends on speed.
hypothesis.settings.register_profile("classifier", deadline=None)
hypothesis.settings.load_profile("classifier")

WEATHER, PRICE, LOCKED = "weather", "price", "locked"

TAUGHT: dict[tuple[str, str], tuple[str, ...]] = {
    (WEATHER, "ru"): (
        "какая завтра погода в горах",
        "будет ли дождь вечером",
        "сегодня холодно или тепло",
        "когда пойдёт снег",
        "ветер завтра сильный",
    ),
    (WEATHER, "kk"): (
        "ертең ауа райы қандай болады",
        "кешке жаңбыр жауа ма",
        "бүгін күн суық па",
        "қар қашан жауады",
        "ертең жел қатты ма",
    ),
    (PRICE, "ru"): (
        "сколько стоит килограмм яблок",
        "почём хлеб на рынке",
        "какая цена молока",
        "картошка сколько за мешок",
        "дорого ли мясо",
    ),
    (PRICE, "kk"): (
        "алманың келісі қанша тұрады",
        "базарда нан неше теңге",
        "сүттің бағасы қандай",
        "картоптың қабы қанша",
        "ет қымбат па",
    ),
    (LOCKED, "ru"): (
        "меня заперли в доме и не выпускают",
        "дверь закрыта на замок, выйти нельзя",
        "нас держат под замком на ферме",
        "хозяин запер нас в сарае",
        "не могу выйти, охрана не пускает",
    ),
    (LOCKED, "kk"): (
        "мені үйге қамап қойды, шығармайды",
        "есік құлыптаулы, шыға алмаймын",
        "бізді фермада қамап ұстап отыр",
        "қожайын бізді сарайға қамады",
        "күзетші сыртқа жібермейді",
    ),
}


def message(text: str, **attributes: Any) -> Message:
    """A message as Rasa makes it of what somebody wrote."""
    return Message({TEXT: text, **attributes})


def taught() -> TrainingData:
    """Thirty phrases: three intents in two languages."""
    return TrainingData(
        [
            Message({TEXT: text, INTENT: intent, METADATA: {METADATA_INTENT: {"language": tag}}})
            for (intent, tag), texts in TAUGHT.items()
            for text in texts
        ]
    )


class Workshop(NamedTuple):
    """Where components keep what they learn."""

    storage: LocalModelStorage
    context: ExecutionContext

    def make(self, kind: type[GraphComponent], **config: Any) -> Any:
        """A new component, untrained."""
        return kind.create(*self._arguments(kind, config))

    def load(self, kind: type[GraphComponent], **config: Any) -> Any:
        """The component as a served model loads it."""
        return kind.load(*self._arguments(kind, config))

    def _arguments(self, kind: type[GraphComponent], config: dict[str, Any]) -> tuple[Any, ...]:
        settings = {**kind.get_default_config(), **config}
        return settings, self.storage, Resource(kind.__name__), self.context


PIPELINE: tuple[tuple[type[GraphComponent], dict[str, Any]], ...] = (
    (FoldingTokenizer, {}),
    (LanguageIdentifier, {}),
    (NgramFeaturizer, {"seen": 1}),
    (FirstGlance, {"urgent": [LOCKED]}),
    (SentenceFeaturizer, {}),
    (ProductClassifier, {}),
    (UrgencyScorer, {"urgent": [LOCKED]}),
    (PlaceExtractor, {}),
)


class Pipeline(NamedTuple):
    """All components of the pipeline, trained and loaded again."""

    parts: tuple[Any, ...]

    def read(self, text: str, **attributes: Any) -> Message:
        """What they make of a text."""
        read = message(text, **attributes)
        for part in self.parts:
            part.process([read])
        return read


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return _workshop(tmp_path)


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return train_pipeline(_workshop(tmp_path_factory.mktemp("pipeline")))


def train_pipeline(workshop: Workshop) -> Pipeline:
    data = taught()
    for kind, config in PIPELINE:
        part = workshop.make(kind, **config)
        if hasattr(part, "train"):
            part.train(data)
        if hasattr(part, "process_training_data"):
            data = part.process_training_data(data)
    return Pipeline(tuple(workshop.load(kind, **config) for kind, config in PIPELINE))


def _workshop(folder: Path) -> Workshop:
    return Workshop(
        LocalModelStorage.create(folder), ExecutionContext(GraphSchema({}), node_name="tested")
    )


@pytest.fixture(scope="session", autouse=True)
def _own_vector_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests leave the cache of real trainings alone."""
    from components import sentences

    sentences.CACHE = tmp_path_factory.mktemp("cache")


_SENTENCES_OF_EACH = 20
"""Enough to tell languages apart; from all samples one learns for a third of a minute."""


@pytest.fixture(scope="session", autouse=True)
def real_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all samples; the tests learn from the beginning of each file only."""
    real, few = project.SAMPLES, tmp_path_factory.mktemp("samples")
    for path in project.sample_files():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (few / path.name).write_text("".join(lines[:_SENTENCES_OF_EACH]), encoding="utf-8")
    project.SAMPLES = few
    return real
