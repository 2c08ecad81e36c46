#!/bin/sh
# Pins every package with its hashes. Run by `make lock` after a change of a pyproject.toml.
# usage: lock.sh UV
set -eu
uv=$1
cd "$(dirname "$0")/.."
common="--quiet --universal --generate-hashes --no-emit-index-url --no-header"
$uv pip compile $common --python-version 3.11 requirements-bootstrap.in -o requirements-bootstrap.txt
$uv pip compile $common --python-version 3.11 pyproject.toml -o requirements.txt
$uv pip compile $common --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
$uv pip compile $common --python nlu/.venv/bin/python --extra dev nlu/pyproject.toml -o nlu/requirements.txt
$uv pip compile $common --python-version 3.11 tests/fidelity/requirements.in -o tests/fidelity/requirements.txt
