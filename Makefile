# Two commands are enough on a fresh machine: `make demo` and `make test`. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRIALS ?= 20
# Of fifty clicks a second; HOURS=1 is the whole, without it a minute.
HOURS ?= 0.0167
# Of the ten thousand files and what else `make trust` tries.
SHARE ?= 1
# The longest files first (tests/conftest.py) and four at a time: much of what they do is to wait for processes.
PYTEST_ARGS ?= -n 4 --dist loadfile --no-loadscope-reorder
# FAST=1 leaves out what starts many processes, plays whole stories or draws lots by the thousand.
LONG := browser crash faults histories journeys load replicas scale trust house/packaging
FAST_ARGS := $(if $(FAST),-m "not long" $(LONG:%=--ignore=tests/%))
# HUNT=1 lets hypothesis draw other lots than every time.
HUNT_ARGS := $(if $(HUNT),--hypothesis-profile=hunt)
# More threads than one only get in each other's way where several processes count.
export OPENBLAS_NUM_THREADS ?= 1
# Three workers collect every test: compiled once and kept, that takes each of them a third less.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo story test test-browser whole check trust histories bench scale load gallery crash fmt pages phrasebook lock clean

# The stamp is older than a lock that changed, so an up-to-date environment costs nothing.
$(VENV)/.installed: requirements-dev.lock pyproject.toml tools/install.py
	$(PYTHON) tools/install.py $(VENV)
	touch $@

install: $(VENV)/.installed

demo: install
	$(BIN)/klynge demo

story: install
	$(BIN)/klynge demo --story

test: install
	$(BIN)/python -m pytest $(PYTEST_ARGS) $(FAST_ARGS) $(HUNT_ARGS)

# What `make test` tries on less, on the whole.
whole: install
	$(BIN)/python -m pytest $(PYTEST_ARGS) --whole --hypothesis-profile=hunt

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# What must never go wrong, tried by the ten thousand; build/trust.json. Fails when a mark is missed.
trust: install
	$(BIN)/python -m tests.trust --share $(SHARE)

# Lives of clusters by lot, six weeks each, and what their members were reminded of; hours for the ten thousand.
LIVES ?= 10000
histories: install
	$(BIN)/python -m tests.histories --histories $(LIVES)

bench: install
	mkdir -p build
	$(BIN)/python -m tests.bench

# The country against Slack's limits, on a clock that leaps over waiting; a million messages in the database.
scale: install
	$(BIN)/python -m tests.scale

load: install
	$(BIN)/python -m tests.load --hours $(HOURS)

# Every sentence in both languages with its places filled, to be read aloud; build/phrasebook.html.
phrasebook: install
	$(BIN)/python -m tools.phrasebook

gallery: install
	$(BIN)/python -m tests.gallery

crash: install
	$(BIN)/python -m tests.crash --trials $(TRIALS)

# The tables of commands in README, the guides and the manifest, as the features say them.
pages: install
	$(BIN)/python -m tools.pages

fmt: install
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

# Resolves anew; names no registry, keeps every hash and every extra that a package asks another for: an older pip takes
# `coverage[toml]` for a requirement without a version when the lock says `coverage` alone.
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-header --annotation-style=line \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: install
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --build-deps-for wheel --only-build-deps -o requirements-build.lock pyproject.toml
	$(COMPILE) --extra dev -o requirements-dev.lock pyproject.toml requirements.lock requirements-build.lock

clean:
	rm -rf $(VENV) build dist klynge-story
