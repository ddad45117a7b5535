# Two commands are enough on a fresh machine: `make demo` runs one whole cycle, `make test` proves the house. A third, `make install`,
# installs mailbot to stay.
# Every target makes what it needs. Python 3.11 or newer, git and make must be there; `make help` lists the targets.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PREFIX := $(HOME)/mailbot
PIP := -m pip --disable-pip-version-check --no-input
# The locks are complete, so nothing may be resolved: some pips would resolve an extra anew, past the lock.
AS_LOCKED := -qq --no-deps --use-pep517 --no-build-isolation
INSTALL := $(BIN)/python $(PIP) install $(AS_LOCKED)
# Where nothing but the tests will run, what they import is compiled when they do: --no-compile leaves the rest as it is.
COMPILED ?=
WHEEL := $(BIN)/python $(PIP) wheel $(AS_LOCKED) -w build/wheels
# Two more than a small machine has cores: while some tests wait for servers, others compute.
JOBS ?= 4
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test install vacant sweep cover mutants lint format bench pictures lock clean

help: ## Show the targets.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/runtime.stamp ## Run one whole cycle on the sample office, over real SMTP and IMAP on this machine.
	@$(BIN)/python -m mailbot demo $(ARGS)

# Where Python is told to keep nothing compiled, every worker would compile every test, and every daemon all of mailbot.
test sweep cover: export PYTHONDONTWRITEBYTECODE =

test: $(VENV)/dev.stamp ## Install what the tests need and run them (ARGS="-k reading" for some of them).
	@bash .ci/packages
	$(BIN)/python -m pytest -n $(JOBS) --randomly-dont-reorganize -m "not sweep" $(ARGS)

# Everything is fetched and built before a former installation is touched; what else lies in its folder stays.
install: vacant $(VENV)/build.stamp ## Install mailbot as it was tested into PREFIX=DIR (else ~/mailbot), or renew it there.
	@echo "Fetching and building what mailbot runs on ..."
	@rm -rf build/wheels
	@$(WHEEL) --require-hashes -r requirements.lock
	@$(WHEEL) .
	@echo "Installing it into $(INTO) ..."
	@touch "$(INTO)/mailbot.stamp"
	@rm -rf "$(INTO)/bin" "$(INTO)/include" "$(INTO)/lib" "$(INTO)/lib64" "$(INTO)/share"
	@$(BIN)/python -m venv "$(INTO)"
	@"$(INTO)/bin/python" $(PIP) install -qq --no-deps --no-index build/wheels/*.whl
	@"$(INTO)/bin/python" $(PIP) check
	@rm -rf build/wheels
	@echo "Done. The next step, an office's configuration to begin with: $(INTO)/bin/mailbot init DIR"

vacant:
	@test -n "$(INTO)" && { test -e "$(INTO)/mailbot.stamp" || test -z "$$(ls -A "$(INTO)" 2>/dev/null)"; } || { \
		echo "PREFIX=$(INTO) is refused: it wants a folder that is empty, not there yet, or made by make install, as PREFIX=$(HOME)/mailbot-app."; exit 1; }
	@mkdir -p "$(INTO)"

INTO = $(patsubst ~/%,$(HOME)/%,$(PREFIX))# not every shell says where ~ is behind PREFIX=

sweep: $(VENV)/dev.stamp ## Die at every seam and system call, cut every byte, simulate many more seeds: hours.
	@bash .ci/packages
	$(BIN)/python -m pytest -n $(JOBS) --hypothesis-profile=searching -m sweep $(ARGS)

cover: $(VENV)/dev.stamp ## Say which branches of the core no test takes.
	$(BIN)/python -m pytest -n $(JOBS) --cov=mailbot.core --cov-branch --cov-report=term-missing tests/core tests/stories

mutants: $(VENV)/dev.stamp ## Plant small bugs in what decides, say which no test finds: half an hour (ARGS="'mailbot.core.orders*'").
	@rm -rf "$(COPY)" && mkdir -p "$(COPY)"
	@git ls-files -z | tar --null -T - -c | tar -x -C "$(COPY)"
	cd "$(COPY)" && nice $(MUTMUT) run --max-children $(JOBS) $(ARGS)
	@cd "$(COPY)" && $(MUTMUT) results | grep -v "not checked" || echo "Every one was found."
	@cd "$(COPY)" && $(MUTMUT) results --all true | awk -F '[.:] *' \
		'!/not checked/ { of[$$3]++; found[$$3] += /: (killed|timeout)/ } \
		END { for (room in of) printf "%s: %d of %d found\n", room, found[room], of[room] }'
	@echo "To see one: cd $(COPY) && $(MUTMUT) show NAME"

# Never in the checkout: thousands of changed files, and a copy of every test.
MUTANTS ?= $(or $(TMPDIR),/tmp)
COPY = $(MUTANTS)/mailbot-mutants
MUTMUT = $(abspath $(BIN))/python -m mutmut

lint: $(VENV)/dev.stamp ## Hold the rules: ruff, its formatter, mypy, the floors.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/dev.stamp ## Put the source in ruff's form.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp $(VENV)/bench.stamp ## Measure beside the plain way and peers, and write docs/figures.md (ARGS=mail for one).
	@bash .ci/packages
	@bash .ci/packages isync fetchmail getmail6 libmagic1
	$(BIN)/python -m bench --write $(ARGS)

pictures: $(VENV)/dev.stamp ## Make the pictures of docs/ anew (ARGS=form.png for one); wants LibreOffice, Poppler, Chromium. Then look at them.
	$(BIN)/python -m tests.docs.pictures $(ARGS)

lock: $(VENV)/dev.stamp ## Choose the dependencies' versions anew within the bounds of pyproject.toml.
	$(COMPILE) --upgrade --group build -o requirements-build.lock
	$(COMPILE) --upgrade -c requirements-build.lock --extra postgres --extra board -o requirements.lock pyproject.toml
	$(COMPILE) --upgrade -c requirements-build.lock -c requirements.lock --extra postgres --extra board --extra dev \
		-o requirements-dev.lock pyproject.toml
	$(COMPILE) --upgrade -c requirements-dev.lock -o bench/requirements.lock bench/requirements.in

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

clean: ## Remove everything these targets made, the virtual environment included.
	rm -rf $(VENV) build dist demo htmlcov .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is older than its lock when the lock has changed; only then is anything installed again.

$(VENV)/build.stamp: requirements-build.lock | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/runtime.stamp: requirements.lock pyproject.toml $(VENV)/build.stamp
	@echo "Installing what mailbot runs on into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --editable .
	@$(CHECK)
	@touch $@

# What is only compared with lies in a folder of its own, where nothing that is tested or measured sees it.
$(VENV)/bench.stamp: bench/requirements.lock $(VENV)/dev.stamp
	@rm -rf $(VENV)/bench
	@$(BIN)/python $(PIP) install -qq --no-deps --only-binary :all: --no-binary django-mailbox --use-pep517 --no-build-isolation \
		--require-hashes --target $(VENV)/bench -r bench/requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock requirements.lock pyproject.toml $(VENV)/build.stamp
	@echo "Installing what mailbot runs on and is tested with into $(VENV) ..."
	@$(INSTALL) $(COMPILED) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --editable .
	@$(CHECK)
	@touch $(VENV)/runtime.stamp $@

CHECK := $(BIN)/python $(PIP) check || { echo "If $(VENV) is older than this checkout: make clean, and once more."; exit 1; }

# Debian keeps venv in a package of its own, which root gets without asking.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "mailbot needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(HAS_VENV) || { test "$$(id -u)" -ne 0 || ! command -v apt-get >/dev/null || bash .ci/packages $(notdir $(PYTHON))-venv; }
	@$(HAS_VENV) || { echo "$(PYTHON) has no venv. On Debian or Ubuntu: sudo apt-get install $(notdir $(PYTHON))-venv"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

HAS_VENV = $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null
