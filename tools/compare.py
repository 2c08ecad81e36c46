"""Compares our classifier with Rasa's stock pipeline: same phrases, same messages, same machine.

    python tools/compare.py [MESSAGES.jsonl or folder] [--epochs N]

Trains nlu/stock/config.yml on our training phrases (DIET: two to three minutes an epoch; kept
under var/compare until the phrases change), serves one after the other, and scores both by
``helpline evaluate``'s own code. Memory is the server's resident set after all messages.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.settings import Settings, load_settings  # noqa: E402
from bot.understanding.client import Classifier  # noqa: E402
from bot.understanding.evaluate import evaluate  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.understanding.scores import Report

NLU = ROOT / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
RASA = (str(PYTHON), "-W", "ignore", "-m", "rasa")
STOCK = NLU / "stock" / "config.yml"
KEPT = ROOT / "var" / "compare"
START_SECONDS = 180
ENVIRONMENT = {
    **os.environ,
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
}


class Result(NamedTuple):
    """What one classifier reached."""

    report: Report
    megabytes: float


def main() -> None:
    """Prints one line per figure: ours, stock, and their ratio where that says something."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("messages", nargs="?", type=Path, default=ROOT / "tests/understanding/dev")
    parser.add_argument("--epochs", type=int, help="of DIET, instead of its usual 100")
    given = parser.parse_args()
    model = stock_model(given.epochs)
    ours = measured(given.messages, (str(PYTHON), str(NLU / "serve.py")))
    rasa = (*RASA, "run", "--enable-api", "--model", str(model), "--interface", "127.0.0.1")
    stock = measured(given.messages, rasa, port_word="--port")
    print_table(ours, stock)


def stock_model(epochs: int | None) -> Path:
    """The stock pipeline's model for the present phrases; trains it if there is none yet."""
    folders = [path for path in sorted((ROOT / "nlu_data").iterdir()) if path.is_dir()]
    phrases = [
        path
        for folder in folders
        if folder.name not in {"danger", "samples"}
        for path in sorted(folder.glob("*.yml"))
    ]
    config = STOCK.read_text(encoding="utf-8")
    if epochs:
        config = config.replace("epochs: 100", f"epochs: {epochs}")
    digest = sha256(config.encode() + b"".join(path.read_bytes() for path in phrases))
    model = KEPT / f"stock-{digest.hexdigest()[:12]}.tar.gz"
    if model.exists():
        return model
    KEPT.mkdir(parents=True, exist_ok=True)
    print("→ training the stock pipeline", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.yml").write_text(config, encoding="utf-8")
        (folder / "data").mkdir()
        for path in phrases:
            shutil.copy(path, folder / "data" / f"{path.parent.name}-{path.name}")
        subprocess.run(
            (
                *RASA,
                "train",
                "nlu",
                *("--config", "config.yml", "--nlu", "data"),
                "--out",
                ".",
                "--fixed-model-name",
                "stock",
            ),
            cwd=folder,
            env=ENVIRONMENT,
            check=True,
        )
        shutil.move(folder / "stock.tar.gz", model)
    print(f"→ trained in {(time.monotonic() - started) / 60:.0f} min", flush=True)
    return model


def measured(messages: Path, command: tuple[str, ...], port_word: str = "") -> Result:
    """Serves a classifier, scores it, and looks at its memory."""
    with serving(command, port_word) as (process, settings):
        report = asyncio.run(evaluate(settings, messages))
        return Result(report, resident(process.pid))


@contextmanager
def serving(
    command: tuple[str, ...], port_word: str
) -> Iterator[tuple[subprocess.Popen[bytes], Settings]]:
    """A server on a free port, ready to parse."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = (*command, port_word, port) if port_word else command
    process = subprocess.Popen(
        words, cwd=NLU, env={**ENVIRONMENT, "NLU_PORT": port}, stdout=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        asyncio.run(until_up(url))
        yield process, load_settings().model_copy(update={"nlu_url": url, "nlu_token": ""})
    finally:
        process.terminate()
        process.wait(30)


async def until_up(url: str) -> None:
    """Waits until the server answers."""
    async with asyncio.timeout(START_SECONDS), Classifier(url, "") as classifier:
        while not await classifier.is_up():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.5)


def resident(pid: int) -> float:
    """The resident set of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if "VmRSS" in line)


def print_table(ours: Result, stock: Result) -> None:
    """One line per figure."""
    print(f"{ours.report.rows} messages{'':22}    ours   stock")
    rows = [
        ("intent first, %", *(100 * r.report.intent.top1 for r in (ours, stock))),
        ("intent among the first three, %", *(100 * r.report.intent.top3 for r in (ours, stock))),
    ]
    for name in ours.report.intent.by_variant:
        shares = (100 * r.report.intent.by_variant[name].top1 for r in (ours, stock))
        rows.append((f"intent first, {name}, %", *shares))
    for field in ("answered_right", "answered_wrong", "offered_right", "out_of_scope_answered"):
        shares = (100 * getattr(r.report.decision, field) for r in (ours, stock))
        rows.append((f"{field.replace('_', ' ')}, %", *shares))
    rows.append(("a reading, median ms", ours.report.ms.median, stock.report.ms.median))
    rows.append(("a reading, p95 ms", ours.report.ms.p95, stock.report.ms.p95))
    rows.append(("memory, MB", ours.megabytes, stock.megabytes))
    for name, our, their in rows:
        print(f"{name:32}{our:8.1f}{their:8.1f}")
    time_ratio = ours.report.ms.median / stock.report.ms.median
    print(f"time x {time_ratio:.2f}, memory x {ours.megabytes / stock.megabytes:.2f}")


if __name__ == "__main__":
    main()
