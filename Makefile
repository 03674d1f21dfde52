# Everything a bare Debian or Ubuntu needs is behind these names; each says what it does and is quick the second time.
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-languages study check bench setup clean

demo: setup ## the whole loop, offline: write, execute, keep, train, compare
	$(BIN)/codefactory demo

test: setup ## every test, with the sandbox that this machine has
	$(BIN)/python -m pytest

test-languages: setup ## the languages' own tests, with every language's image built first (half an hour the first time)
	CODEFACTORY_TEST_LANGUAGES=all $(BIN)/python -m pytest tests/languages

study: setup ## the full comparison: up to 3,500 verified rows, 3 seeds; about an hour
	$(BIN)/codefactory study codefactory/examples/full-study.yaml

check: setup ## ruff, mypy, tests
	scripts/check

bench: setup ## every claim, quickly
	scripts/bench --quick

setup: ## environment, sandbox, image
	@scripts/setup

clean: ## what was built here; never your runs
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
