import asyncio
import threading
from typing import Any

import pytest
from rasa.core import processor
from rasa.core.channels.channel import UserMessage

import parallel
from components.embedder import embed


class _Graph:
    """A processor whose graph goes on only once as many parses run as are to run at once."""

    def __init__(self, parties: int) -> None:
        self.barrier = threading.Barrier(parties)

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: Any, only_output_properties: bool
    ) -> dict[str, Any]:
        self.barrier.wait(timeout=30)
        return {"text": message.text, "id": tracker.sender_id, "short": only_output_properties}


def test_as_many_parses_run_at_once_as_there_are_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor.MessageProcessor, "parse_message", None)
    parallel.begin(2)
    graph = _Graph(2)

    async def two() -> list[dict[str, Any]]:
        parse = processor.MessageProcessor.parse_message
        messages = [UserMessage("a", sender_id="1"), UserMessage("b", sender_id="2")]
        return list(await asyncio.gather(*(parse(graph, one) for one in messages)))

    assert asyncio.run(two()) == [
        {"text": "a", "id": "1", "short": True},
        {"text": "b", "id": "2", "short": True},
    ]


def test_vectors_computed_at_the_same_time_are_those_computed_alone() -> None:
    texts = ["Сколько стоит патент?", "Ish haqimni bermayapti", "Визам бүтүп калды"]
    alone = [embed([text]) for text in texts]
    found: dict[int, Any] = {}

    def work(number: int) -> None:
        for _ in range(10):
            found[number] = embed([texts[number]])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all((found[n] == alone[n]).all() for n in range(len(texts)))
