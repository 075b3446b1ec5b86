# Needs only make and Python 3.11 to 3.13. `make help` lists what can be asked for.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --root-user-action=ignore --require-hashes --no-deps
# Code that is linted; the catalogue and the collected files are not code.
CODE := manage.py companies site_config tests
TEMPLATES = $(shell find templates companies -name '*.html' 2>/dev/null)

# `make PYTHON=/path/to/python3.12 run` overrides the choice.
PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.13 python3.12 python3.11)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ------------------------------------------------------------------------------------ environment

$(VENV)/.python:
	@python=; for candidate in $(CANDIDATES); do \
	  if $$candidate -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Stackfacts needs Python 3.11, 3.12 or 3.13; none was found among: $(CANDIDATES)." >&2; exit 1; \
	fi; \
	if ! $$python -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	  echo "$$($$python --version) has no venv module; install it (on Debian and Ubuntu the package python3-venv) and run make again." >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python --version)"; \
	$$python -m venv --clear $(VENV) && touch $@

# Installs a lock file; pip's own words are shown only when it fails.
define install
	@echo "Installing $(1) (exact versions, checked by hash)"
	@$(PIP) -r $(1) >$(VENV)/install.log 2>&1 || { cat $(VENV)/install.log >&2; exit 1; }
	@touch $@
endef

$(VENV)/.runtime: deploy/requirements.txt | $(VENV)/.python
	$(call install,$<)

$(VENV)/.dev: deploy/requirements-dev.txt | $(VENV)/.runtime
	$(call install,$<)

.PHONY: setup-runtime
setup-runtime: $(VENV)/.runtime ## .venv with what running the site needs, and no more

.PHONY: setup
setup: $(VENV)/.dev ## .venv with everything that running, testing and linting need

# ------------------------------------------------------------------------------------- the site

# Without a SECRET_KEY this is a trial: the site makes its own and listens on loopback only.
# `value`, because a random secret may hold a $ that make would read as a variable of its own.
run admin: export DEMO ?= $(if $(value SECRET_KEY),no,yes)

.PHONY: run
run: $(VENV)/.runtime ## serve the site on http://127.0.0.1:8000/ (HOST=… PORT=…)
	@$(PY) manage.py prepare_site
	@exec $(PY) -m gunicorn -c site_config/gunicorn.conf.py

.PHONY: admin
admin: $(VENV)/.runtime ## create an administrator
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createsuperuser

.PHONY: bench
bench: $(VENV)/.dev ## measure queries, sizes and speed, each speed as a ratio within the run
	@$(PY) -m tests.bench.pages
	@$(PY) -m tests.bench.admin

# make bench-open-data SIZE="100000 1000000" takes the better part of an hour.
SIZE ?= 10000 100000
.PHONY: bench-open-data
bench-open-data: $(VENV)/.dev ## measure search, API and files of SIZE companies and claims, on both databases
	@env -u DATABASE_URL $(PY) -m tests.bench.open_data $(SIZE)
	@$(PY) -m tests.postgres_server $(PY) -m tests.bench.open_data $(SIZE)

# ------------------------------------------------------------------------------------- checking

# ARGS is handed to pytest: make test ARGS="-k compare -x"
ARGS ?=
# Processes that run tests; each also has a Chromium. 0 runs them in the one that shows the output.
JOBS ?= $(shell $(PY) -c 'import os; print(min(4, os.cpu_count() or 1))' 2>/dev/null || echo 2)

.PHONY: test
test: test-sqlite test-postgres ## run all tests, on SQLite and then on PostgreSQL

.PHONY: test-sqlite
test-sqlite: $(VENV)/.dev ## run all tests on SQLite
	@echo "Tests on SQLite"
	@env -u DATABASE_URL $(PY) -m pytest -n $(JOBS) $(ARGS)

.PHONY: test-postgres
test-postgres: $(VENV)/.dev ## run all tests on PostgreSQL (its own, or TEST_DATABASE_URL)
	@echo "Tests on PostgreSQL"
	@$(PY) -m tests.postgres_server $(PY) -m pytest -n $(JOBS) $(ARGS)

.PHONY: messages
messages: $(VENV)/.dev ## bring the translations in companies/locale up to date with the sources
	@$(PY) -m tests.messages

.PHONY: lighthouse
lighthouse: $(VENV)/.dev ## measure home, a profile and a comparison; writes docs/lighthouse.md
	@$(PY) -m tests.lighthouse

.PHONY: pictures
pictures: $(VENV)/.dev ## take the pictures of docs/editing.md and docs/tour.md anew
	@$(PY) -m tests.pictures

.PHONY: lint
lint: export DJANGO_SETTINGS_MODULE := tests.settings
lint: $(VENV)/.dev ## check style, types, templates, import floors and migrations
	@$(VENV)/bin/ruff check $(CODE)
	@$(VENV)/bin/ruff format --check $(CODE)
	@$(if $(TEMPLATES),$(VENV)/bin/djade --target-version 5.2 --check $(TEMPLATES))
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py check

.PHONY: format
format: $(VENV)/.dev ## rewrite code and templates in the house style
	@$(VENV)/bin/ruff check --fix-only $(CODE)
	@$(VENV)/bin/ruff format $(CODE)
	@$(if $(TEMPLATES),$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES) || true)

# --------------------------------------------------------------------------------- housekeeping

# The lowest supported Python decides; markers in the lock serve the others. `make lock UPGRADE=-U`
# takes the newest versions that pyproject.toml allows.
UPGRADE ?=
COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE)

.PHONY: lock
lock: $(VENV)/.dev ## pin all packages again after a change to pyproject.toml
	@$(COMPILE) pyproject.toml -o deploy/requirements.txt >/dev/null
	@$(COMPILE) pyproject.toml --group dev -c deploy/requirements.txt -o deploy/requirements-dev.txt >/dev/null
	@$(COMPILE) --group pyproject.toml:postgres -o deploy/requirements-postgres.txt >/dev/null

.PHONY: clean
clean: ## remove what can be made again; the site's data in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
