# make run      environment, then the documents of raw/ to the tables of processed/
# make test     environment, then the tests
# make check    formatting, lint and types
# make install  the environment alone: .venv with .venv/bin/citypacts
# make pins     new requirements.txt and requirements-dev.txt from the .in files (needs uv)
# make train    new weights of all learned parts, from corpus/ (an hour)
# make bench    speed and memory, measured (an hour)
# make docs     docs/codebook.md from pipeline/schema.py
# make clean    removes .venv and the caches of the tools

PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := run
.PHONY: run test check install train bench pins docs clean

run: install
	$(BIN)/citypacts run raw --out processed

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

install: .venv/installed

# Compiled here, once: Prefect's server would else compile what it imports, half of its start.
# The stamp is written last, so that an interrupted installation is taken up again.
.venv/installed: requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "citypacts needs Python 3.11 or later; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@if command -v uv >/dev/null 2>&1; then \
		echo "installing the pinned packages with uv"; \
		uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt \
		&& uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		echo "installing the pinned packages with pip (some minutes)"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt \
		&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	$(BIN)/citypacts prepare
	@touch $@

pins:
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes \
		--custom-compile-command "make pins" requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes \
		--custom-compile-command "make pins" requirements.in requirements-dev.in -o requirements-dev.txt

train: install
	$(BIN)/python -m training.tagger
	$(BIN)/python -m training.toponyms
	$(BIN)/python -m training.partnerships
	$(BIN)/python -m training.works

bench: install
	$(BIN)/python -m bench
	$(BIN)/python -m bench.machines
	$(BIN)/python -m bench.pdfs
	CITYPACTS_TEST_KILLS=30 $(BIN)/python -m pytest tests/test_flow_lost.py

docs: install
	$(BIN)/python -m pipeline.tables.codebook docs/codebook.md

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build citypacts.egg-info
