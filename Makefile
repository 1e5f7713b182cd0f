# make demo   environment, the main job on the sample pairs, what it made and how to load it
# make test   the whole test suite
# make check  ruff, mypy strict, format
# make docs   the documentation as a site in out/docs
# make bench  the benchmarks, as tables (DATA=folder for those that need one; CONTRIBUTING.md says what it holds)
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?=

.PHONY: demo test check docs bench clean

$(BIN)/tithi: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tithi needs Python 3.11 or later; set PYTHON=")'
	@echo "making the environment in $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --upgrade pip
	@$(BIN)/python -m pip install -qq --editable '.[read]'
	@touch $@

$(VENV)/.dev: $(BIN)/tithi
	@echo "adding what the tests need (once) ..."
	@$(BIN)/python -m pip install -qq --group dev --group models
	@touch $@

demo: $(BIN)/tithi
	@$(BIN)/python -m tithi.cli.demo out/demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(VENV)/.dev
	@$(BIN)/python -m sphinx -W -q docs out/docs

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.seed_pair
	@$(BIN)/python -m benchmarks.encode
	@$(BIN)/python -m benchmarks.reading
ifeq ($(DATA),)
	@echo "the others need DATA=folder with development sets that are no part of tithi: see CONTRIBUTING.md" >&2; exit 2
else
	@$(BIN)/python -m benchmarks.align $(DATA)/dev
	@$(BIN)/python -m benchmarks.dates $(DATA)/dev/dates
	@$(BIN)/python -m benchmarks.fidelity $(DATA)/dev
endif

clean:
	rm -rf $(VENV) build dist out *.egg-info .mypy_cache .ruff_cache .hypothesis
