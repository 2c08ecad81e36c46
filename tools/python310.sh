#!/bin/sh
# Makes the classifier's environment. Rasa Open Source ends at 3.6.21, which needs Python 3.10:
# the one on PATH, one that pyenv keeps, or one that uv fetches.
# usage: python310.sh UV FOLDER
set -u
uv=$1
folder=$2

works() { [ -n "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; }

for candidate in "${PYTHON310:-}" "$(command -v python3.10 2>/dev/null)" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10; do
    if works "$candidate"; then python=$candidate; break; fi
done
if [ -z "${python:-}" ]; then
    echo "→ fetching Python 3.10 for the classifier"
    "$uv" python install --quiet 3.10 2>/dev/null || {
        echo "No Python 3.10 is to be had: install it (for instance with pyenv), or say where it is: make PYTHON310=/path/to/python3.10"
        exit 1
    }
    python=$("$uv" python find --no-project 3.10)
fi
echo "→ Python 3.10 environment of the classifier"
rm -rf "$folder"
"$uv" venv --quiet --no-project --python "$python" "$folder"
