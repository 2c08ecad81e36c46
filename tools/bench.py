"""Measures the speed of a whole helpline on this machine: ``make bench``. It judges nothing.

Load goes to loopback only and is bounded in count. Figures depend on the machine: compare medians
of the same machine, never single runs.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.helpline import Helpline, Person  # noqa: E402
from tools import sandbox_load  # noqa: E402

PARSES = 200
CLIENTS = 16
PEOPLE = 200
MESSAGES = 2000
QUESTION = "мне не платят зарплату два месяца, куда жаловаться"


def main() -> None:
    """Prints one line per figure."""
    _print(
        f"the sandbox alone, {sandbox_load.UPDATES} updates, each answered",
        sandbox_load.measure(),
    )
    with tempfile.TemporaryDirectory() as folder:
        helpline = Helpline(Path(folder), NLU_TOKEN="bench")
        started = time.monotonic()
        helpline.start(wait_for="store")
        _print("start until menus are served", f"{time.monotonic() - started:.1f} s")
        helpline.wait_until(lambda: helpline.parts().get("classifier") is True, 120)
        _print("start until questions are read", f"{time.monotonic() - started:.1f} s")
        try:
            _parses(helpline)
            _turns(helpline)
        finally:
            helpline.stop()


def _parses(helpline: Helpline) -> None:
    """One classifier request after the other, then several clients at once."""
    url = f"{helpline.classifier}/model/parse?token=bench"

    def parse(number: int) -> float:
        body = json.dumps({"text": f"{QUESTION} {number}"}).encode()
        began = time.monotonic()
        urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=30).read()
        return 1000 * (time.monotonic() - began)

    for number in range(10):
        parse(number)
    alone = sorted(parse(number) for number in range(PARSES))
    _print(f"a parse, {PARSES} one by one", _spread(alone))
    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.monotonic()
        together = sorted(pool.map(parse, range(PARSES)))
        rate = PARSES / (time.monotonic() - began)
    _print(f"a parse, {CLIENTS} clients at once", f"{_spread(together)}, {rate:.0f} parses/s")


def _turns(helpline: Helpline) -> None:
    """A burst of menu commands from many people: turns are counted, sends keep to the limits."""
    people = [Person(helpline, 10_000 + number) for number in range(PEOPLE)]
    began = time.monotonic()
    for number in range(MESSAGES):
        someone = people[number % PEOPLE]
        someone.post("send", {"user": someone.user, "text": "/menu"})
    handed_in = time.monotonic() - began
    helpline.wait_until(lambda: _metric(helpline, "helpline_turns_total") >= MESSAGES, 120)
    took = time.monotonic() - began
    _print(
        f"{MESSAGES} updates of {PEOPLE} people, handed in over {handed_in:.1f} s",
        f"all turns done after {took:.1f} s, {MESSAGES / took:.0f} turns/s",
    )
    seconds = _metric(helpline, "helpline_turn_seconds_sum")
    _print("mean time of a turn", f"{1000 * seconds / MESSAGES:.1f} ms")


def _metric(helpline: Helpline, name: str) -> float:
    with urllib.request.urlopen(f"{helpline.internal}/metrics", timeout=5) as response:
        text = response.read().decode()
    return sum(
        float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE)
    )


def _spread(milliseconds: list[float]) -> str:
    p95 = milliseconds[int(0.95 * len(milliseconds))]
    return f"median {statistics.median(milliseconds):.1f} ms, p95 {p95:.1f} ms"


def _print(what: str, figure: str) -> None:
    print(f"{what:60} {figure}", flush=True)


if __name__ == "__main__":
    main()
