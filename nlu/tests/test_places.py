from conftest import Pipeline


def entities(pipeline: Pipeline, text: str) -> list[tuple[str, str, str]]:
    return [
        (entity["entity"], entity["value"], text[entity["start"] : entity["end"]])
        for entity in pipeline.read(text).get("entities")
    ]


def test_values_are_canonical_and_offsets_those_of_the_text(pipeline: Pipeline) -> None:
    text = "🙂 Я из Таджикистана, живу в Шымкенте"

    assert entities(pipeline, text) == [
        ("citizenship", "TJ", "Таджикистана"),
        ("city", "shymkent", "Шымкенте"),
    ]


def test_a_destination_is_no_citizenship(pipeline: Pipeline) -> None:
    assert entities(pipeline, "хочу поехать работать в Россию") == [("destination", "RU", "Россию")]


def test_a_text_without_places_has_none(pipeline: Pipeline) -> None:
    assert entities(pipeline, "сколько стоит хлеб") == []


def test_entities_say_who_found_them(pipeline: Pipeline) -> None:
    (found,) = pipeline.read("Астана").get("entities")

    assert found["extractor"] == "PlaceExtractor"
