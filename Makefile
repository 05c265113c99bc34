# Two commands do all on a fresh machine with Python 3.11 or newer: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
ARGS ?=

.PHONY: help setup demo up test check bench pictures eval-hooks eval-inbound pin clean

help:  ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(INSTALLED)  ## install everything into .venv

$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; PYTHON=/path/to/python3.11 make … names one" >&2; exit 1; }
	@echo "Installing into $(VENV): half a minute, once."
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

demo: setup  ## the whole story on embedded services; ARGS=--exit ends by itself
	@$(PY) starter.py demo $(ARGS)

up: setup  ## embedded services and a worker for real use on one machine
	@$(PY) starter.py up $(ARGS)

test: setup  ## all tests, on servers of their own; three at a time, for many wait more than they work
	$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup  ## format, lint, types: what a merge must hold besides the tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: setup  ## figures, each a ratio or a time measured in one run
	$(PY) -m tests.bench $(ARGS)

pictures: setup  ## take the pictures of every page in docs/pictures (wants Chromium)
	@$(PY) -m tests.pictures

eval-hooks: setup  ## hooks against recorded requests; CORPUS=webhooks.jsonl
	$(PY) -m tests.eval_hooks $(CORPUS)

eval-inbound: setup  ## how well mail is understood: CORPUS=folder with an index.jsonl
	@test -n "$(CORPUS)" || { echo "CORPUS=folder names the labelled mail to measure on" >&2; exit 2; }
	@$(PY) -m tests.eval_inbound $(CORPUS) $(ARGS)

pin: setup  ## write requirements.txt anew from pyproject.toml
	CUSTOM_COMPILE_COMMAND='make pin' $(PY) -m piptools compile --quiet --extra dev --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt pyproject.toml

clean:  ## remove what `setup` and the embedded services made here
	rm -rf $(VENV) .outreach .mypy_cache .ruff_cache .pytest_cache .hypothesis
