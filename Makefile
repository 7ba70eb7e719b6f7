# Two commands on a fresh machine: `make run` and `make test`. Python 3.11 and make are all that is needed.
PYTHON ?= python3.11
VENV   ?= .venv
BIN    := $(VENV)/bin
PAGES  ?= examples
SHARED ?= ../shared
UV     ?= uv>=0.5
export PYTHONUTF8 = 1

# The marks that the choices are trained on, in the order of training: the model file depends on it.
ANT    := $(SHARED)/corpus/ant.docs.jsonl.gz
STREAM := $(SHARED)/stream/2015-07-25--27.docs.jsonl.gz
MARKS  := $(shell ls training/marks/ant-*.gold.jsonl 2>/dev/null | sort -t- -k2 -n)
PAIRS   = $(SHARED)/gold/train.docs.jsonl=$(SHARED)/gold/train.gold.jsonl $(foreach marks,$(MARKS),$(ANT)=$(marks))

PYTHON_TO_TRAIN = $(BIN)/python
VOCABULARY = src/musnad/lang/ar/vocabulary.tsv.gz
MODEL      = src/musnad/lang/ar/attributions.json.gz

.DEFAULT_GOAL := help
.PHONY: help run follow live test check bench train vocabulary frequencies copies model entities crossvalidate lock clean

help:            ## what there is
	@grep -hE '^[a-z]+: .*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "musnad needs Python 3.11, and there is no $(PYTHON) here: install it, or name yours: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "musnad needs Python 3.11 or newer; $(PYTHON) is older" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "this Python cannot make environments: on Debian, apt-get install python3.11-venv" >&2; exit 1; }
	@echo "setting up in $(VENV) (once; about a minute)" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(VENV)/ready  ## set up and read pages, the examples or PAGES="page.html folder https://…", then the live page of their day (LIVE=0: not)
	@$(BIN)/musnad read $(PAGES)
	@test -z "$(FOLLOW)" || $(MAKE) -s follow
	@if test "$(LIVE)" != 0 && test -t 1 && test "$(PAGES)$(FOLLOW)" = examples; then $(MAKE) -s live OPEN=--open; \
	else echo "The live page of the examples' day, as it comes in: make live" >&2; fi

follow: $(VENV)/ready ## follow the day of the examples for FOLLOW seconds, into a record of its own
	@day=$$(mktemp -d); { $(BIN)/musnad replay examples --seconds $(or $(FOLLOW),20) --write-sources $$day/feeds.tsv >/dev/null & }; \
	replay=$$!; trap 'kill $$replay; rm -rf $$day' EXIT; until test -s $$day/feeds.tsv || ! kill -0 $$replay; do sleep 0.2; done; \
	MUSNAD_FETCH_PAUSE=0.05 $(BIN)/musnad follow --sources $$day/feeds.tsv --record $$day/record.sqlite --every 2s \
	  --for $(or $(FOLLOW),20)s --allow-private

live: $(VENV)/ready ## the live page of the examples' day, as it comes in: http://127.0.0.1:8080/ (PORT=, SECONDS=600)
	@day=$$(mktemp -d); { $(BIN)/musnad replay examples --seconds $(or $(SECONDS),600) --write-sources $$day/feeds.tsv >/dev/null & }; \
	replay=$$!; trap 'kill $$replay 2>/dev/null; rm -rf $$day' EXIT; until test -s $$day/feeds.tsv || ! kill -0 $$replay; do sleep 0.2; done; \
	trap : INT; MUSNAD_FETCH_PAUSE=0.05 $(BIN)/musnad serve --record $$day/record.sqlite --port $(or $(PORT),8080) $(OPEN) \
	  --follow $$day/feeds.tsv --every 2s --allow-private || test $$? = 130

test: $(VENV)/ready ## set up and pass every test
	@$(BIN)/python -m pytest -n auto --maxprocesses 8

check: $(VENV)/ready ## lint, types, layers: fast
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready ## the figures of the README: ONLY="speed quality pages figures record stories batch edit kill scale live" for some
	@$(BIN)/python -m bench $(addprefix --only ,$(ONLY))

train: $(VENV)/ready ## tabulate the words and fit the choices again, from the corpus and the marks
	@$(MAKE) -s vocabulary
	@$(MAKE) -s model

vocabulary:
	$(PYTHON_TO_TRAIN) training/vocabulary.py $(ANT) --output $(VOCABULARY)

frequencies:
	$(PYTHON_TO_TRAIN) -m training.frequencies $(ANT)

copies: $(VENV)/ready ## fit the weights by which copies are told, on the marked pairs
	$(PYTHON_TO_TRAIN) -m training.copies $(STREAM) quality/stories/copies-tune.json

model:
	$(PYTHON_TO_TRAIN) training/train.py $(PAIRS) --output $(MODEL)

entities: $(VENV)/ready ## make the registry of entities anew, from its tables and packages
	$(PYTHON_TO_TRAIN) -m training.entities --output src/musnad/entities/registry.jsonl

crossvalidate: $(VENV)/ready ## how good the finder is on its own marks, each read by what the others taught
	$(PYTHON_TO_TRAIN) -m training.crossvalidate $(PAIRS)

lock: pyproject.toml ## choose the versions of all dependencies anew
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install -q --disable-pip-version-check '$(UV)'
	$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --upgrade \
	  --custom-compile-command 'make lock' --group dev --group bench --group build pyproject.toml -o requirements.lock
	@rm -rf $(VENV)-lock

clean:           ## forget what was set up
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
