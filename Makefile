# What people do with this project. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
MANAGE := $(VENV)/bin/python manage.py
PYTEST := $(VENV)/bin/python -m pytest
TEMPLATES = $(shell find templates -name '*.html')
COMPILE = uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q
SHELL := /bin/sh
.DEFAULT_GOAL := help

.PHONY: help demo dev stop test journeys rehearse lint check coverage bench audit messages outline shots lock clean setup setup-dev

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: setup ## Run a filled newspaper on this machine and print its addresses and log-ins
	@PYTHONUNBUFFERED=1 $(MANAGE) demo --port $(PORT)

dev: setup ## Run the development server on your own data
	@DEBUG=true $(MANAGE) migrate --verbosity 0
	@export DEBUG=true SITE_URL=http://localhost:$(PORT); $(MANAGE) worker --beside $$$$ & \
		DEBUG=true SITE_URL=http://localhost:$(PORT) exec $(MANAGE) runserver $(PORT)

stop: ## Stop the project's own database (the next command starts it again)
	@$(MANAGE) database stop

test: setup-dev ## Run the tests, in a few minutes; check runs the long walks and the browser too
	@$(PYTEST) -n 2

journeys: setup-dev ## Click through the site in Chromium (CHROMIUM names another one)
	@$(PYTEST) -m journey -n 2 -rs

rehearse: setup-dev ## Run what takes minutes: a thousand wounded pictures, workers killed, the second by wrong clocks
	@$(PYTEST) -m rehearsal -n 2 -rs

# A journey leans on a browser's timing: one that fails is run again, and named as RERUN. A fault fails twice.
check: lint ## Check everything that must hold: style, contracts, migrations, translations, tests
	@$(PYTEST) -n 2
	@$(PYTEST) -m exhaustive -n 2
	@$(PYTEST) -m journey -n 2 -rsR --reruns 1

coverage: setup-dev ## Tell which lines and branches the tests run, and fail below the bound
	@$(VENV)/bin/python -m coverage run -m pytest -n 2
	@$(VENV)/bin/python -m coverage combine --quiet
	@$(VENV)/bin/python -m coverage report

lint: setup-dev ## Check what needs no running application, in seconds
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djade --target-version 5.2 --check $(TEMPLATES)
	@$(VENV)/bin/python -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo
	@$(MANAGE) makemigrations --check --dry-run
	@DATABASE_URL=postgres://checked@127.0.0.1/never-opened ALLOWED_HOSTS=paper.example \
		SECRET_KEY="$$($(VENV)/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(MANAGE) check --deploy --fail-level WARNING

bench: setup-dev ## Measure the public pages, the desk with 10,000 pieces, an issue, and photographs
	@$(MANAGE) demo --fill-only
	@$(MANAGE) bench
	@$(VENV)/bin/python -m tests.bench_desk
	@$(VENV)/bin/python -m tests.bench_dryrun
	@$(VENV)/bin/python -m tests.bench_newsletter
	@$(VENV)/bin/python -m tests.bench_search
	@$(VENV)/bin/python -m tests.bench_pictures "JPEG, 24 megapixels"
	@$(PYTEST) -n 0 -s -p no:randomly -m rehearsal tests/bench_issues.py
	@$(PYTEST) -n 0 -s -p no:randomly -m journey tests/bench_photos.py

audit: setup-dev ## Have judges from outside look at the public pages: weight, HTML, a phone (needs npm, Java, nginx)
	@$(VENV)/bin/python -m tests.audits $(AT)

messages: setup ## Collect the texts to translate (needs gettext) and compile the translations
	@$(MANAGE) makemessages --locale zh_Hans --no-location --no-obsolete --ignore '.venv/*' --ignore 'var/*'
	@$(VENV)/bin/python -m newsroom.translations

outline: setup ## Write the list of modules in docs/architecture.md anew
	@$(VENV)/bin/python -m tests.outline

shots: setup-dev ## Take the handbook's screenshots anew, from a demo of their own (CHROMIUM names another one)
	@$(VENV)/bin/python -m tests.shots $(AT)

lock: ## Write the requirement files anew from pyproject.toml (needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv on the PATH."; exit 1; }
	$(COMPILE) --extra dev -o requirements-dev.txt
	$(COMPILE) --constraint requirements-dev.txt -o requirements.txt
	$(COMPILE) --constraint requirements-dev.txt --extra s3 -o requirements-s3.txt
	$(COMPILE) --constraint requirements-dev.txt --extra heic -o requirements-heic.txt

clean: ## Stop the database and remove everything that was made, its data too
	@if [ -x $(VENV)/bin/python ]; then $(VENV)/bin/python -m newsroom.embedded remove var/postgres var/postgres-test; fi
	@rm -rf var $(VENV) .coverage .coverage.* htmlcov
	@rm -rf .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find locale -name '*.mo' -exec rm -f {} + 2> /dev/null || true

# The script leaves an environment alone that is what the requirement file asks for.

setup:
	@PYTHON="$(PYTHON)" .ci/install requirements.txt $(VENV)
	@$(VENV)/bin/python -m newsroom.translations

setup-dev:
	@PYTHON="$(PYTHON)" .ci/install requirements-dev.txt $(VENV)
	@$(VENV)/bin/python -m newsroom.translations
