PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint deploy/constraints.txt

.PHONY: demo test serve bench format clean

demo: $(VENV)/installed
	@$(BIN)/python -m deploy.demo

test: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

serve: $(VENV)/installed
	$(BIN)/moodseum serve

bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.benchmarks

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/installed: pyproject.toml deploy/constraints.txt
	@echo "Installing the pinned dependencies into $(VENV) (one to two minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --editable ".[all]"
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) --editable ".[all,dev]"
	@$(PIP) --no-deps iiif-prezi3  # which forbids the present Pillow without need
	@touch $@
