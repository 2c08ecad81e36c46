# Everything starts here. `make help` lists the targets.
# The set-up needs Python >= 3.11, make and a C compiler; the rest it gets by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= tests/understanding/dev
UV := $(BIN)/uv
NLU := nlu/.venv
FIDELITY := .venv-fidelity
# Many of these wait for Redis and timers, so more at a time than there are cores take less long.
FAST := -n 4 --dist worksteal -m "not rasa and not browser and not e2e"
# These start whole helplines and browsers: as many at a time as there are cores, a file on one of them.
WHOLE := -n 2 --dist loadfile -m "rasa or browser or e2e"
# The sandbox against others' code, in an environment of its own: docs/sandbox.md.
AGAINST_OTHERS := $(FIDELITY)/bin/python -m pytest -c tests/fidelity/pytest.ini tests/fidelity
export RASA_TELEMETRY_ENABLED = false
# Where it is set, each of the many processes that are started here would compile all of its code.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help run setup model test test-fast lint format check evaluate compare strings compose-check \
	screenshots answer-sheets answers-picture bench clean dev-setup browser redis lock

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: setup model ## Set up, train and start the helpline; Ctrl-C stops everything
	@$(BIN)/helpline run --with-parent

setup: $(VENV)/.ready $(NLU)/.ready ## Install what running needs

# A sentence instead of a traceback where Python is too old.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed: install it, or say where it is: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "→ Python environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.uv: requirements-bootstrap.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< 2>&1 \
		| grep -v WARNING || true
	@test -x $(UV) || { echo "uv could not be installed: is the package registry reachable?"; exit 1; }
	@touch $@

$(VENV)/.ready: requirements-bootstrap.txt requirements.txt pyproject.toml | $(VENV)/.uv
	@echo "→ packages of the helpline"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bootstrap.txt -r requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-bootstrap.txt requirements-dev.txt | $(VENV)/.ready
	@echo "→ packages of the tests"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bootstrap.txt -r requirements-dev.txt
	@touch $@

$(NLU)/.ready: nlu/requirements.txt | $(VENV)/.uv
	@sh tools/python310.sh $(UV) $(NLU)
	@echo "→ packages of the classifier (Rasa, about half a minute)"
	@$(UV) pip sync --quiet --python $(NLU)/bin/python --require-hashes nlu/requirements.txt
	@touch $@

model: setup ## Train the classifier, if its data or code changed
	@$(BIN)/helpline train

$(FIDELITY)/.ready: tests/fidelity/requirements.txt | $(VENV)/.uv
	@echo "→ packages that the sandbox is checked with"
	@$(UV) venv --quiet --no-project --allow-existing --python $(BIN)/python $(FIDELITY)
	@$(UV) pip sync --quiet --python $(FIDELITY)/bin/python --require-hashes $<
	@touch $@

dev-setup: setup $(VENV)/.dev $(FIDELITY)/.ready redis browser ## Install what the tests need, too

redis: # the suite runs against Debian's Redis as well as the embedded Valkey
	@command -v redis-server >/dev/null || sh tools/apt_install.sh redis-server

browser: # browser tests drive Debian's Chromium
	@command -v chromium >/dev/null || sh tools/apt_install.sh chromium

test: dev-setup model ## Set up and run all tests
	@$(BIN)/python -m pytest $(FAST)
	@$(AGAINST_OTHERS) -m "not e2e"
	@$(BIN)/python -m pytest $(WHOLE)
	@$(AGAINST_OTHERS) -m e2e
	@$(NLU)/bin/python -m pytest -c nlu/pytest.ini nlu/tests tests/language

test-fast: dev-setup ## The tests that need neither the classifier nor a browser
	@$(BIN)/python -m pytest $(FAST)
	@$(AGAINST_OTHERS) -m "not e2e"

lint: $(VENV)/.dev $(NLU)/.ready ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## Let ruff format the code
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

evaluate: model ## Measure understanding: make evaluate DATA=FILE.jsonl [REPORT=FILE.json] [PLOTS=FOLDER]
	@$(BIN)/helpline evaluate $(DATA) $(if $(REPORT),--report $(REPORT)) $(if $(PLOTS),--plots $(PLOTS))

compare: dev-setup model ## Compare the classifier with Rasa's stock pipeline: make compare [EPOCHS=12] (hours with all 100)
	@$(BIN)/python tools/compare.py $(if $(EPOCHS),--epochs $(EPOCHS))

check: setup ## Check the answers: make check [REPORT=FILE.txt|.json|.html]
	@$(BIN)/helpline check $(if $(REPORT),--report $(REPORT))

strings: $(VENV)/.dev ## Bring the catalogs under locales/ up to date with the code
	@sh tools/strings.sh

compose-check: $(VENV)/.dev ## Check docker-compose.yml without a Docker engine
	@$(BIN)/python tools/compose_check.py

screenshots: dev-setup model ## Take the screenshots of the documentation anew
	@fc-list 2>/dev/null | grep -qi "noto.*emoji" || sh tools/apt_install.sh fonts-noto-core fonts-noto-color-emoji
	@$(BIN)/python tools/screenshots.py

answer-sheets: dev-setup model ## Photograph ten answers in each variant into var/answers, to be looked at
	@$(BIN)/python tools/answer_sheets.py

answers-picture: dev-setup ## Draw the picture of the counsellors' guide anew
	@$(BIN)/python tools/answers_picture.py

bench: dev-setup model ## Measure speed; of the staff desk also judge order and loss
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/desk_load.py

lock: $(VENV)/.uv ## Pin all packages anew, with hashes
	@sh tools/lock.sh $(UV)

clean: ## Remove environments, models and data
	@rm -rf $(VENV) $(NLU) $(FIDELITY) nlu/models var .mypy_cache .ruff_cache .pytest_cache
