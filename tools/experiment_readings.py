"""Reads messages with the classifier, with parts of it left out, and with fewer phrases.

    nlu/.venv/bin/python tools/experiment_readings.py TEXTS.json READINGS.json

The half of ``tools/experiments.py`` that needs Rasa's environment. TEXTS.json is a list of texts;
READINGS.json holds a list of readings per variant, in the order of the texts. Needs the trained
model: what a variant does not change (the language of a message, the served readers) is taken from
it, and the rest is trained here by the components' own code, so a difference between two rows is
that part's. One thread; the same phrases and texts give the same readings.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"  # other people use the machine, and sums keep their order

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "nlu"), str(ROOT)]

import quiet  # noqa: E402
import slim  # noqa: E402

quiet.begin()
slim.begin()

import numpy as np  # noqa: E402
from components import ngrams, project  # noqa: E402
from components.embedder import VectorCache  # noqa: E402
from components.glance import FirstGlance, Opinion, opinions  # noqa: E402
from components.intents import ProductClassifier  # noqa: E402
from components.labels import URGENCY, labelled, odds, of_urgent, urgency_labels  # noqa: E402
from components.language import LANGUAGES, LanguageIdentifier  # noqa: E402
from components.message_features import sparse_rows  # noqa: E402
from components.ngrams import NgramFeaturizer  # noqa: E402
from components.readers import (  # noqa: E402
    Labeller,
    Product,
    Words,
    _fit_shares,
    held_out,
    train_labeller,
    train_words,
)
from components.sentences import readable  # noqa: E402
from components.urgency import UrgencyScorer  # noqa: E402
from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.nlu.constants import (  # noqa: E402
    FEATURE_TYPE_SENTENCE,
    INTENT,
    INTENT_RANKING_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.features import Features  # noqa: E402
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from components.readers import Matrix
    from numpy.typing import NDArray
    from rasa.engine.graph import GraphComponent

VECTORS = ROOT / "var" / "experiments" / "vectors.npz"
"""Sentence vectors, kept for the next run: at first a copy of the training's cache."""

PARTS = (8, 4, 2)
"""The learning curve: one phrase in so many; all of them are the classifier as served."""

NEVER = 1.1
"""A probability that nothing reaches."""

_SEED = 7


class Given(NamedTuple):
    """The features of some texts, a row per text."""

    words: Matrix
    sentences: NDArray[np.float32]

    def only(self, rows: NDArray[np.int64]) -> Given:
        """Some of the texts."""
        return Given(self.words[rows], self.sentences[rows])


class Learnt(NamedTuple):
    """Everything of the classifier that is learnt from features."""

    words: Words
    danger_by_words: Labeller
    danger_by_sentence: Labeller
    product: Product


class Served:
    """The trained model of the present phrases and code.

    Args:
        folder: to unpack it in.
    """

    def __init__(self, folder: Path) -> None:
        archive = project.model_path(project.fingerprint())
        self.storage, metadata = LocalModelStorage.from_model_archive(folder, archive)
        self._nodes = {
            node.uses: (name, node) for name, node in metadata.predict_schema.nodes.items()
        }

    def component(self, kind: type[GraphComponent]) -> Any:  # noqa: ANN401 - of any kind
        """A component as it serves."""
        name, node = self._nodes[kind]
        context = ExecutionContext(GraphSchema({}), node_name=name)
        return kind.load(self.config(kind), self.storage, node.resource, context)

    def config(self, kind: type[GraphComponent]) -> dict[str, Any]:
        """Its settings."""
        return {**kind.get_default_config(), **self._nodes[kind][1].config}

    def learnt(self) -> Learnt:
        """What it learnt."""
        return Learnt(
            Words.from_arrays(self._arrays(FirstGlance, "intents.npz")),
            Labeller.from_arrays(self._arrays(FirstGlance, "urgency.npz")),
            Labeller.from_arrays(self._arrays(UrgencyScorer, "urgency.npz")),
            Product.from_arrays(self._arrays(ProductClassifier, "product.npz")),
        )

    def letters(self) -> int:
        """How many of the columns of its words are n-grams of letters; they come first."""
        with self.storage.read_from(self._nodes[NgramFeaturizer][1].resource) as folder:
            return len(json.loads((folder / "letters.json").read_text(encoding="utf-8")))

    def _arrays(self, kind: type[GraphComponent], name: str) -> dict[str, Any]:
        with (
            self.storage.read_from(self._nodes[kind][1].resource) as folder,
            np.load(folder / name, allow_pickle=False) as stored,
        ):
            return dict(stored)


class Experiments:
    """The phrases, the messages, and what can be varied about reading them.

    Args:
        served: the trained model.
        texts: the messages.
    """

    def __init__(self, served: Served, texts: Sequence[str]) -> None:
        self._served = served
        data = TrainingData().merge(*(load_data(str(path)) for path in project.phrase_files()))
        languages = served.component(LanguageIdentifier)
        languages.process_training_data(data)
        self._phrases = labelled(data)
        self.messages = languages.process([Message({TEXT: text}) for text in texts])
        self._intents = [phrase.get(INTENT) for phrase in self._phrases]
        urgent = served.config(UrgencyScorer)["urgent"]
        self._dangers = urgency_labels(self._phrases, urgent)
        cells = [f"{p.get(INTENT)} {p.get(LANGUAGES)[0]['name']}" for p in self._phrases]
        self._ranks = _ranks_within(cells)
        grams = served.component(NgramFeaturizer)
        self._learn = self._given(self._phrases, grams, readable)
        self._read = self._given(self.messages, grams, readable)

    def variants(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Names and readings, one variant after the other."""
        served = self._served.learnt()
        all_of = np.arange(len(self._phrases))
        yield "served", self._readings(served, self._read)
        yield "no shortcut", self._readings(served, self._read, sure=NEVER)
        yield "words only", self._readings(served, self._read, words_only=True)
        plain = served._replace(product=_with_shares(served.product, (1.0, 1.0)))
        yield "no fitted shares", self._readings(plain, self._read)
        yield (
            "words not calibrated",
            self._readings(served._replace(words=Words(served.words.labeller, 1.0)), self._read),
        )
        shares = self._shares(self._learn, all_of, only=1)
        yield "sentence only", self._sentence_only(served, shares, self._read)
        yield from self._urgencies(served)
        letters = self._served.letters()
        for name, columns in (
            ("no n-grams of words", slice(None, letters)),
            ("no n-grams of letters", slice(letters, None)),
        ):
            learn = self._learn._replace(words=self._learn.words[:, columns])
            read = self._read._replace(words=self._read.words[:, columns])
            yield name, self._readings(self._learn_words(served, learn), read)
        with patch.object(ngrams, "skeleton", str.lower):
            grams = self._new_ngrams(self._phrases)
            raw = [
                sparse_rows(grams.process(_bare(some))) for some in (self._phrases, self.messages)
            ]
        learn, read = self._learn._replace(words=raw[0]), self._read._replace(words=raw[1])
        yield "no skeleton", self._readings(self._learn_words(served, learn), read)
        learn = self._learn._replace(sentences=_vectors(self._phrases, _as_typed))
        read = self._read._replace(sentences=_vectors(self.messages, _as_typed))
        other = self._learn_sentences(served, learn)
        yield "no transliteration", self._readings(other, read)
        shares = self._shares(learn, all_of, only=1)
        yield "sentence only, no transliteration", self._sentence_only(other, shares, read)
        for part in PARTS:
            yield f"1/{part}", self._with_fewer(part)

    def _with_fewer(self, part: int) -> list[dict[str, Any]]:
        """The whole classifier, trained on one phrase in so many of each intent and language."""
        rows = np.flatnonzero(self._ranks % part == 0)
        phrases = [self._phrases[row] for row in rows]
        grams = self._new_ngrams(phrases)
        every = Given(sparse_rows(grams.process(_bare(self._phrases))), self._learn.sentences)
        some = every.only(rows)
        learnt = Learnt(
            train_words(some.words, self._labels(self._intents, rows)),
            train_labeller(some.words, self._labels(self._dangers, rows)),
            train_labeller(some.sentences, self._labels(self._dangers, rows)),
            _product(
                train_labeller(some.sentences, self._labels(self._intents, rows)),
                self._shares(every, rows),
            ),
        )
        read = self._read._replace(words=sparse_rows(grams.process(_bare(self.messages))))
        return self._readings(learnt, read)

    def _learn_words(self, served: Learnt, given: Given) -> Learnt:
        """The served classifier with another reader of words."""
        shares = self._shares(given, np.arange(len(self._phrases)))
        return served._replace(
            words=train_words(given.words, self._intents),
            danger_by_words=train_labeller(given.words, self._dangers),
            product=_with_shares(served.product, shares),
        )

    def _learn_sentences(self, served: Learnt, given: Given) -> Learnt:
        """The served classifier with another reader of sentences."""
        shares = self._shares(given, np.arange(len(self._phrases)))
        return served._replace(
            danger_by_sentence=train_labeller(given.sentences, self._dangers),
            product=_product(train_labeller(given.sentences, self._intents), shares),
        )

    def _sentence_only(
        self, learnt: Learnt, shares: NDArray[np.float64], read: Given
    ) -> list[dict[str, Any]]:
        """The product with no share for the words; ``shares`` is of the sentences alone."""
        product = _with_shares(learnt.product, (0.0, *shares))
        learnt = learnt._replace(product=product)
        return self._readings(learnt, read, sure=NEVER, scorer={"words": 0.0})

    def _shares(
        self, given: Given, rows: NDArray[np.int64], *, only: int | None = None
    ) -> NDArray[np.float64]:
        """How much each reader counts, as the components fit it.

        Args:
            given: the features of all phrases.
            rows: the phrases to learn from and to hold out.
            only: 1 for the reader of sentences alone.
        """
        targets = np.unique(np.array(self._labels(self._intents, rows)), return_inverse=True)[1]
        return _fit_shares([held_out(features, targets) for features in given.only(rows)[only:]])

    def _readings(
        self,
        learnt: Learnt,
        read: Given,
        *,
        sure: float | None = None,
        words_only: bool = False,
        scorer: dict[str, float] | None = None,
    ) -> list[dict[str, Any]]:
        """What a classifier makes of the messages: the three components, one after the other.

        Args:
            learnt: the classifier.
            read: the features of the messages.
            sure: from which probability the words are enough, if not as served.
            words_only: the words are always enough.
            scorer: other weights of the opinions about danger.
        """
        config = self._served.config(FirstGlance)
        if sure is not None:
            config["sure"] = sure
        messages = _featured(self.messages, read)
        nothing = (self._served.storage, Resource("not kept"))
        glance = FirstGlance(config, learnt.words, learnt.danger_by_words, *nothing)
        glance.process(messages)
        if not words_only:
            config = self._served.config(ProductClassifier)
            ProductClassifier(config, learnt.product, *nothing).process(messages)
            config = {**self._served.config(UrgencyScorer), **(scorer or {})}
            UrgencyScorer(config, learnt.danger_by_sentence, *nothing).process(messages)
        return [_reading(message, message.get(URGENCY)) for message in messages]

    def _urgencies(self, served: Learnt) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Other ways to tell danger, all without the shortcut."""
        config = {**self._served.config(FirstGlance), "sure": NEVER}
        messages = _featured(self.messages, self._read)
        nothing = (self._served.storage, Resource("not kept"))
        FirstGlance(config, served.words, served.danger_by_words, *nothing).process(messages)
        config = self._served.config(ProductClassifier)
        ProductClassifier(config, served.product, *nothing).process(messages)
        config = self._served.config(UrgencyScorer)
        UrgencyScorer(config, served.danger_by_sentence, *nothing).process(messages)
        by_sentence = served.danger_by_sentence.reader.log_probabilities(self._read.sentences)
        ways: dict[str, Callable[[float, float], float]] = {
            "danger: intents only": lambda intents, _: intents,
            "danger: own readers only": lambda _, own: own,
            "danger: the greater of the two": max,
        }
        yield "danger: stacked", [_reading(m, m.get(URGENCY)) for m in messages]
        for name, way in ways.items():
            found = []
            rows: Iterator[tuple[Message, Opinion, NDArray[np.float64]]] = zip(
                messages, opinions(messages), by_sentence, strict=True
            )
            for message, opinion, sentence in rows:
                intents = of_urgent(message.get(INTENT_RANKING_KEY), config["urgent"])
                both = odds(served.danger_by_words, opinion.urgency) + odds(
                    served.danger_by_sentence, sentence
                )
                own = float(1 / (1 + np.exp(-both / 2)))
                found.append(_reading(message, way(intents, own)))
            yield name, found

    def _given(
        self, messages: list[Message], grams: NgramFeaturizer, as_read: Callable[[Message], str]
    ) -> Given:
        words = sparse_rows(grams.process(_bare(messages)))
        return Given(words, _vectors(messages, as_read))

    def _new_ngrams(self, phrases: list[Message]) -> NgramFeaturizer:
        """Learns which n-grams there are, from some phrases only."""
        with tempfile.TemporaryDirectory() as folder:
            grams = NgramFeaturizer.create(
                self._served.config(NgramFeaturizer),
                LocalModelStorage.create(Path(folder)),
                Resource("n-grams"),
                ExecutionContext(GraphSchema({}), node_name="n-grams"),
            )
            grams.train(TrainingData(_bare(phrases)))
        return grams

    @staticmethod
    def _labels(labels: list[str], rows: NDArray[np.int64]) -> list[str]:
        return [labels[row] for row in rows]


def main() -> int:
    """Writes the readings; the exit code."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if not project.model_path(project.fingerprint()).exists():
        print(
            "There is no model of the present phrases and code: run `make model`.", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        experiments = Experiments(Served(Path(folder)), texts)
        found = {}
        for name, readings in experiments.variants():
            print(f"→ {name}", file=sys.stderr, flush=True)
            found[name] = readings
    Path(sys.argv[2]).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


def _reading(message: Message, urgency: float) -> dict[str, Any]:
    """As ``bot.dialogue.events.Reading`` has it."""
    return {
        "intents": message.get(INTENT_RANKING_KEY),
        "languages": message.get(LANGUAGES),
        "urgency": urgency,
    }


def _bare(messages: Sequence[Message]) -> list[Message]:
    """The same texts without features, for features are added to, never replaced."""
    return [Message({TEXT: message.get(TEXT)}) for message in messages]


def _featured(messages: Sequence[Message], given: Given) -> list[Message]:
    """Fresh messages with these features."""
    found = []
    for row, message in enumerate(messages):
        fresh = Message({TEXT: message.get(TEXT), LANGUAGES: message.get(LANGUAGES)})
        for kind, features in (
            (NgramFeaturizer, given.words[row]),
            (UrgencyScorer, given.sentences[row : row + 1]),
        ):
            fresh.add_features(Features(features, FEATURE_TYPE_SENTENCE, TEXT, kind.__name__))
        found.append(fresh)
    return found


def _vectors(messages: Sequence[Message], as_read: Callable[[Message], str]) -> NDArray[np.float32]:
    if not VECTORS.exists():
        VECTORS.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project.CACHE / "sentences.npz", VECTORS)
    return VectorCache(VECTORS).embed([as_read(message) for message in messages])


def _as_typed(message: Message) -> str:
    """What the sentence model would read without transliteration: as much of it, unchanged."""
    return readable(Message({TEXT: message.get(TEXT)}))  # of no known language


def _with_shares(product: Product, shares: Sequence[float] | NDArray[np.float64]) -> Product:
    return Product(product.classes, product.reader, np.asarray(shares))


def _product(labeller: Labeller, shares: NDArray[np.float64]) -> Product:
    return Product(labeller.classes, labeller.reader, shares)


def _ranks_within(cells: Sequence[str]) -> NDArray[np.int64]:
    """The place of each phrase in its cell, shuffled: every n-th place is every n-th phrase."""
    random = np.random.default_rng(_SEED)
    names = np.array(cells)
    ranks = np.zeros(len(names), np.int64)
    for name in np.unique(names):
        places = np.flatnonzero(names == name)
        ranks[places] = random.permutation(len(places))
    return ranks


if __name__ == "__main__":
    sys.exit(main())
