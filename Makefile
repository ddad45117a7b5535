# Two commands are enough on a fresh machine: `make demo` runs one whole cycle, `make test` proves the house.
# Every target makes what it needs. Python 3.11 or newer, git and make must be there; `make help` lists the targets.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The locks are complete, so nothing may be resolved: some pips would resolve an extra anew, past the lock.
INSTALL := $(PIP) install -qq --no-deps --use-pep517 --no-build-isolation
JOBS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test sweep cover lint format bench lock clean

help: ## Show the targets.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/runtime.stamp ## Run one whole cycle on the sample office, over real SMTP and IMAP on this machine.
	@$(BIN)/python -m mailbot demo $(ARGS)

test: $(VENV)/dev.stamp ## Install what the tests need and run them (ARGS="-k reading" for some of them).
	@bash .ci/packages
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --randomly-dont-reorganize -m "not sweep" $(ARGS)

sweep: $(VENV)/dev.stamp ## Die at every seam and system call, cut every byte, simulate many more seeds: hours.
	@bash .ci/packages
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --hypothesis-profile=searching -m sweep $(ARGS)

cover: $(VENV)/dev.stamp ## Say which branches of the core no test takes.
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --cov=mailbot.core --cov-branch --cov-report=term-missing tests/core tests/stories

lint: $(VENV)/dev.stamp ## Hold the rules: ruff, its formatter, mypy, the floors.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/dev.stamp ## Put the source in ruff's form.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## Measure, side by side with the plain way.
	$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/dev.stamp ## Choose the dependencies' versions anew within the bounds of pyproject.toml.
	$(COMPILE) --upgrade --group build -o requirements-build.lock
	$(COMPILE) --upgrade -c requirements-build.lock --extra postgres -o requirements.lock pyproject.toml
	$(COMPILE) --upgrade -c requirements-build.lock -c requirements.lock --extra postgres --extra dev \
		-o requirements-dev.lock pyproject.toml

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

clean: ## Remove everything these targets made, the virtual environment included.
	rm -rf $(VENV) build dist demo htmlcov .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is older than its lock when the lock has changed; only then is anything installed again.

$(VENV)/runtime.stamp: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing what mailbot runs on into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements-build.lock
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --editable .
	@$(PIP) check
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing what mailbot runs on and is tested with into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements-build.lock
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --editable .
	@$(PIP) check
	@touch $(VENV)/runtime.stamp $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "mailbot needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bash .ci/packages $(PYTHON)-venv
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) has no venv. On Debian or Ubuntu: apt-get install $(PYTHON)-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
