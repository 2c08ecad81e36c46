"""Citizenship, destination country and city; see ``bot.language.gazetteer``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.gazetteer import Gazetteer, Name, Role
from components.project import PLACES, code_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = "places.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PlaceExtractor(GraphComponent, EntityExtractorMixin):
    """Finds the places of ``nlu_data/places.yml``; the trained model keeps them.

    Values are canonical: ISO 3166 codes for ``citizenship`` and ``destination``, the gazetteer's
    key for ``city``. Offsets are characters of the text as it was typed.
    """

    def __init__(
        self, gazetteer: Gazetteer | None, storage: ModelStorage, resource: Resource
    ) -> None:
        self._gazetteer = gazetteer
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlaceExtractor:
        """An extractor that knows no place yet."""
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PlaceExtractor:
        """The extractor of a trained model."""
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        names = tuple(
            Name(n["key"], Role(n["role"]), tuple(n["spellings"]), n["needs_context"])
            for n in stored["names"]
        )
        gazetteer = Gazetteer(names, frozenset(stored["destinations"]))
        return cls(gazetteer, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Takes the places over from their file; there is nothing to learn."""
        data = yaml.safe_load(PLACES.read_text(encoding="utf-8"))
        destinations = sorted(
            code for code, country in data["countries"].items() if country.get("destination")
        )
        names = list(_names(data))
        self._gazetteer = Gazetteer(tuple(names), frozenset(destinations))
        stored = {"names": [asdict(name) for name in names], "destinations": destinations}
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to those of each message."""
        for message in messages:
            found = self.add_extractor_name(self._entities(message.get(TEXT) or ""))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code or the places."""
        return code_fingerprint(PLACES)

    def _entities(self, text: str) -> list[dict[str, Any]]:
        if self._gazetteer is None:
            return []
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: entity.kind,
                ENTITY_ATTRIBUTE_VALUE: entity.value,
                ENTITY_ATTRIBUTE_START: entity.start,
                ENTITY_ATTRIBUTE_END: entity.end,
            }
            for entity in self._gazetteer.find(text).entities
        ]


def _names(data: dict[str, Any]) -> Iterator[Name]:
    """As the head of the file says; ``bot.understanding.places`` checks it, and reads it alike."""
    for key, city in data["cities"].items():
        ambiguous = tuple(city.get("ambiguous", ()))
        spellings = [*city["names"].values(), *city.get("also", ())]
        plain = tuple(spelling for spelling in spellings if spelling not in ambiguous)
        yield Name(key, Role.CITY, plain)
        if ambiguous:
            yield Name(key, Role.CITY, ambiguous, needs_context=True)
    for code, country in data["countries"].items():
        yield Name(code, Role.COUNTRY, (*country["names"].values(), *country.get("also", ())))
        yield Name(code, Role.PEOPLE, tuple(country.get("people", ())))
        yield Name(code, Role.ADJECTIVE, tuple(country.get("adjectives", ())))
        yield Name(code, Role.TOWN_ABROAD, tuple(country.get("towns", ())))
