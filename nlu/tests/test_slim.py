import subprocess
import sys
from pathlib import Path

import pytest

import slim
from components import project


def test_our_pipeline_needs_no_tensorflow() -> None:
    assert slim.is_enough(project.CONFIG)


@pytest.mark.parametrize("component", ["DIETClassifier", "rasa.nlu.DIETClassifier"])
def test_a_pipeline_with_a_component_of_rasa_gets_the_real_one(
    tmp_path: Path, component: str
) -> None:
    config = tmp_path / "config.yml"
    config.write_text(f"pipeline:\n- name: components.tokenizer.X\n- name: {component}\n")

    assert not slim.is_enough(config)


def test_rasa_starts_without_importing_tensorflow() -> None:
    code = (
        "import sys, slim; slim.begin(); import rasa.server, rasa.core.run;"
        "from rasa.engine.recipes import default_components;"
        "import tensorflow; print(hasattr(tensorflow, '__version__'), 'jax' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=project.NLU,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["False", "False"]
