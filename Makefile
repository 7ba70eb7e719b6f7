# Two commands on a fresh machine: `make run` and `make test`. Python 3.11 and make are all that is needed.
PYTHON ?= python3.11
VENV   ?= .venv
BIN    := $(VENV)/bin
PAGES  ?= examples
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench train lock clean

help:            ## what there is
	@grep -E '^[a-z]+: .*##' Makefile | sed 's/: .*## /\t/' | expand -t 10

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(VENV)/ready  ## set up and read pages (the examples, or PAGES="…")
	$(BIN)/musnad read $(PAGES)

test: $(VENV)/ready ## set up and pass every test
	$(BIN)/python -m pytest -n auto

check: $(VENV)/ready ## lint, types, layers: fast
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:           ## forget what was set up
	rm -rf $(VENV)
