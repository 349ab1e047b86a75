# Two commands are enough on a fresh machine: `make demo` and `make test`. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRIALS ?= 20
# Of fifty clicks a second; HOURS=1 is the whole, without it a minute.
HOURS ?= 0.0167
PYTEST_ARGS ?= -n 2 --dist loadfile

.PHONY: install demo story test test-browser check bench scale load gallery crash fmt lock clean

# The stamp changes when the lock does, so an up-to-date environment costs nothing.
$(VENV)/.installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

install: $(VENV)/.installed

demo: install
	$(BIN)/klynge demo

story: install
	$(BIN)/klynge demo --story

test: install
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: install
	mkdir -p build
	$(BIN)/python -m tests.bench

# The country against Slack's limits, on a clock that leaps over waiting; a million messages in the database.
scale: install
	$(BIN)/python -m tests.scale

load: install
	$(BIN)/python -m tests.load --hours $(HOURS)

gallery: install
	$(BIN)/python -m tests.gallery

crash: install
	$(BIN)/python -m tests.crash --trials $(TRIALS)

fmt: install
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

# Resolves anew; names no registry, keeps every hash.
lock: install
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --annotation-style=line \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --annotation-style=line \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist klynge-story
