# Everything that is done with this repository has a target here; `make` alone lists them.
# Works with GNU make 3.81 and later. Made things live in .venv and var, which git ignores.

.DEFAULT_GOAL := help

HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST ?=

python := .venv/bin/python
manage := $(python) manage.py
# A source mark stands before a comma or a full stop, so its file ends without a line break, which djade wants.
templates = find templates -name '*.html' ! -name _source_mark.html -print0 | xargs -0

# PostgreSQL and Redis bring packages of their own, installed when the environment asks for them.
locks := base $(if $(filter postgres%,$(DATABASE_URL)),postgres) $(if $(filter redis%,$(CACHE_URL)),redis)

# The address of the running site, unless the environment names the public one.
site_url = $${SITE_URL:-http://$(HOST):$(PORT)}

static_files := $(shell find static -type f 2>/dev/null)

.PHONY: help serve dev test hostile check fmt lock bench backup restore test-postgres test-nodes clean environment tools

help: ## List the targets
	@echo "Careerpaths: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "PORT=8001 serves on another port, HOST=0.0.0.0 to other machines (name them in ALLOWED_HOSTS)."

serve: environment var/secret-key ## Set up what is missing and serve the site at http://127.0.0.1:8000
	@$(python) -m careerpaths.port "$(HOST)" "$(PORT)"
	@$(manage) migrate --verbosity 0
	@$(manage) load_content
	@$(MAKE) --silent --no-print-directory var/static/staticfiles.json
	@echo
	@echo "Careerpaths is at $(site_url)/ (Ctrl+C stops it)"
	@echo
	@SITE_URL="$(site_url)" exec $(python) -m gunicorn --config gunicorn.conf.py --bind "$(HOST):$(PORT)" careerpaths.wsgi

dev: tools ## Serve while you write: content, templates and code reload by themselves
	@$(python) -m careerpaths.port "$(HOST)" "$(PORT)"
	@DEBUG=1 $(manage) migrate --verbosity 0
	@DEBUG=1 $(manage) load_content || echo "Serving without the files above; correct them and they load by themselves."
	@DEBUG=1 LIVE_CONTENT=1 SITE_URL="$(site_url)" $(manage) runserver "$(HOST):$(PORT)"

test: tools ## Run all tests; PYTEST="-k name" chooses some, PYTEST="--cov" measures coverage
	@if found="$$(.ci/browser)"; then CHROMIUM="$$found"; export CHROMIUM; \
	elif [ "$${REQUIRE_BROWSER:-0}" != 0 ]; then exit 1; fi; \
	$(python) -m pytest -n 2 $(PYTEST)

test-postgres: tools ## Run the tests that ask a database on PostgreSQL, found here or installed
	@.ci/environment postgres
	@$(python) -m deploy.servers || .ci/environment postgres-test
	@$(python) -m tests.postgres -n 2 $(PYTEST)

test-nodes: tools ## Test two nodes behind nginx on one PostgreSQL and one Redis
	@.ci/environment postgres redis
	@$(python) -m deploy.servers || .ci/environment postgres-test
	@.ci/servers
	@REQUIRE_SERVERS=1 $(python) -m pytest tests/nodes $(PYTEST)

hostile: tools ## Attack the site with everything there is (half an hour; needs nginx, and root for a full disk)
	@.ci/environment postgres
	@$(python) -m deploy.servers || .ci/environment postgres-test
	@CHROMIUM="$$(.ci/browser)" WAPITI="$$(.ci/scanner)" HOSTILE=1 REQUIRE_BROWSER=1 $(python) -m pytest -n 2 -m "hostile or long" $(PYTEST)

check: tools ## Check style, types, imports, templates, content and migrations
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(templates) .venv/bin/djade --target-version 5.2 --check
	$(python) -m djlint templates --lint --quiet
	$(python) -m mypy
	.venv/bin/lint-imports
	$(python) -m deptry . --no-ansi
	DEBUG=1 $(manage) makemigrations --check --dry-run
	DEBUG=1 $(manage) load_content --check

fmt: tools ## Put Python and templates into the one style
	$(python) -m ruff check --fix .
	$(python) -m ruff format .
	$(templates) .venv/bin/djade --target-version 5.2

lock: ## Write the locks in requirements/ anew (needs uv; UPGRADE=1 takes newer versions)
	@.ci/lock

bench: tools ## Measure the site
	@$(python) -m tests.bench

backup: environment ## Save the database while the site runs (FILE=... names the file)
	@$(python) -m careerpaths.backup save $(FILE)

restore: environment ## Put a backup back, FILE=... (what is there now is saved first)
	@$(python) -m careerpaths.backup restore $(FILE)

clean: ## Remove what was made here, the database included
	rm -rf .venv var

environment:
	@.ci/environment $(locks)

tools:
	@.ci/environment $(locks) dev
	@$(python) -m careerpaths.secret_key var/secret-key >/dev/null

var/secret-key: | environment
	@$(python) -m careerpaths.secret_key $@

# The last file that collectstatic writes.
var/static/staticfiles.json: $(static_files) requirements/base.txt
	@$(manage) collectstatic --noinput --clear --verbosity 0
