# 入户通 (Ruhu): `make run` and `make test` need nothing but Python 3.11 or newer, make and git.
SHELL := bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PHONE := frontend/field
BUILT := frontend/static/field/.built
# npm's own scripts look for `node` on the PATH.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
PHONE_FILES := $(shell find $(PHONE) -type f -not -path '*/node_modules/*' -not -path '*/tests/*' 2>/dev/null)

.PHONY: help run dev test faults bench-sync bench-phone bench-desk check lint format contract screenshots looks lock setup clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run $(BUILT) ## set everything up and serve the demo county on http://127.0.0.1:8000
	@deploy/run.sh

dev: $(VENV)/.dev $(BUILT) ## the same, with Flask reloading changed Python and templates
	@deploy/run.sh --reload

test: $(VENV)/.dev $(BUILT) ## every test, browser tests included
	@deploy/test.sh all

faults: $(VENV)/.dev $(BUILT) ## the fault tests at length: ten thousand of each kind, hours
	@deploy/test.sh faults

bench-sync: $(VENV)/.dev $(BUILT) ## deposits, pulls and photos a second, beside Kinto and PouchDB's server
	@deploy/bench.sh sync

bench-phone: $(VENV)/.dev $(BUILT) ## what the phone app weighs, and how long a person waits on a slow phone and line
	@deploy/bench.sh phone

bench-desk: $(VENV)/.dev $(BUILT) ## how long the desk's lists and boards take with 10⁴, 10⁵ and 10⁶ households; SIZES=2000 tries it
	@deploy/bench.sh desk $(if $(SIZES),--sizes $(SIZES)) $(if $(DATABASES),--databases $(DATABASES)) $(if $(KEEP),--keep $(KEEP))

check: $(VENV)/.dev $(BUILT) lint ## lint and the quick tests: no browser, no PostgreSQL, nothing marked slow
	@deploy/test.sh quick

# At the end two compilers that use one core each.
lint: $(VENV)/.dev $(PHONE)/node_modules/.ready ## ruff, mypy (strict on backend/domain), vue-tsc
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy & types=$$!; (cd $(PHONE) && $(WITH_NODE) npm run --silent check); said=$$?; wait $$types && exit $$said

format: $(VENV)/.dev ## let ruff lay out the Python
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

contract: $(VENV)/.dev ## write the TypeScript that follows from codebook, form and schemas
	$(BIN)/python -m backend.contract

screenshots: $(VENV)/.dev $(BUILT) ## the pictures in docs/screenshots, from a demo county of their own
	@deploy/test.sh screenshots

looks: $(VENV)/.dev $(BUILT) ## every screen of the phone and page of the desk in each size and dress, as pictures in test-results/looks
	@deploy/test.sh looks

setup: $(VENV)/.dev $(BUILT) ## only the set-up: virtual environment, Node, the phone's pages

lock: $(VENV)/.dev ## resolve the requirements anew
	@deploy/lock.sh

clean: ## remove what `make` built; the data folder stays
	rm -rf $(VENV) $(PHONE)/node_modules frontend/static/field

$(VENV)/.run: requirements.lock
	@deploy/setup.sh $< $@

$(VENV)/.dev: requirements-dev.lock
	@deploy/setup.sh $< $@
	@touch $(VENV)/.run

$(PHONE)/node_modules/.ready: $(PHONE)/package-lock.json $(PHONE)/package.json | $(VENV)/.run
	cd $(PHONE) && $(WITH_NODE) npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): $(PHONE)/node_modules/.ready $(PHONE_FILES)
	cd $(PHONE) && $(WITH_NODE) npm run --silent build
	@touch $@
