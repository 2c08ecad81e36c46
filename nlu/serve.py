"""Serves the trained classifier with Rasa's own HTTP server.

    NLU_TOKEN=… nlu/.venv/bin/python nlu/serve.py

The same as ``rasa run --enable-api`` in this folder, but the token stays off the command line,
where everybody on the machine can read it. NLU_HOST (127.0.0.1), NLU_PORT (5005) and NLU_TOKEN come
from the environment. ``POST /model/parse?token=…``, ``GET /status?token=…``, ``GET /``;
``PUT /model?token=…`` with ``{"model_file": path}`` goes over to another model without a pause.

Which model: see ``in_service``. NLU_MODEL names another one's file, to measure it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# One thread for the arithmetic of one parse: threads that wait for one another cost more than they
# give (measured: 12 ms a parse with one thread, 45 ms with two on two busy cores). The cores are
# used by parsing several messages at once instead (``parallel``).
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import in_service
import parallel
import quiet
import slim
import swap
from components import project


def main() -> int:
    """Serves until it is told to end; the exit code."""
    named = os.environ.get("NLU_MODEL")
    model = Path(named) if named else in_service.served()
    if model is None:
        print("There is no trained classifier yet: run `make model`.", file=sys.stderr)
        return 1
    if not named and not _is_up_to_date(model):
        print("The classifier is older than its data or code: run `make model`.", file=sys.stderr)
    quiet.begin()
    if slim.is_enough(project.CONFIG):
        slim.begin()
    from rasa.core.run import serve_application

    quiet.silence_rasa()
    parallel.begin(parallel.cores())
    swap.begin()
    print(f"Serving {model.name}.", flush=True)
    serve_application(
        model_path=str(model),
        channel="rest",
        interface=os.environ.get("NLU_HOST", "127.0.0.1"),
        port=int(os.environ.get("NLU_PORT", "5005")),
        enable_api=True,
        auth_token=os.environ.get("NLU_TOKEN") or None,
        server_listeners=[(_require_model, "after_server_start")],
    )
    return 0 if _loaded else 1


def _is_up_to_date(model: Path) -> bool:
    """Whether it is of the present data and code, or was chosen with them in the console."""
    present = project.model_path(project.fingerprint())
    return model == present or in_service.counting_choice() is not None


_loaded: list[str] = []
"""Not empty once the model was loaded."""


async def _require_model(app: Any, _: object) -> None:
    """Without a model Rasa would serve nothing but errors: better to end, and be seen to."""
    agent = getattr(app.ctx, "agent", None)
    if agent is not None and agent.is_ready():
        _loaded.append(agent.model_id)
    else:
        print("The trained classifier cannot be loaded: run `make model`.", file=sys.stderr)
        app.stop()


if __name__ == "__main__":
    sys.exit(main())
