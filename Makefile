# A thin alias of the one program, `mamori` (.venv/bin/mamori). Only the set-up below is make's own.
.DEFAULT_GOAL := help
.PHONY: help run test check train widget desk setup clean

PYTHON ?= python3.11
UV := .tools/bin/uv

help:  ## this page
	@echo 'Mamori (まもり): an advisor on information security for owners of small companies'
	@echo
	@sed -n 's/^\([a-z]*\):.*##\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)
	@echo
	@echo '  .venv/bin/mamori --help shows everything else, once `make setup` has run.'

run: setup  ## set up what is missing, start everything, print the address (Ctrl-C ends it)
	@exec .venv/bin/mamori up

test: setup  ## all checks and tests
	@.venv/bin/mamori check
	@.venv/bin/mamori train
	@.venv/bin/pytest -n 2 --dist loadfile

check: setup  ## style, types, room borders, dialogue definitions
	@.venv/bin/mamori check

train: setup  ## train the language understanding if its sources changed
	@.venv/bin/mamori train

widget: api/channels/web/widget/node_modules  ## build the website widget from its source (needs Node)
	@cd api/channels/web/widget && npm run --silent build && npm run --silent check

api/channels/web/widget/node_modules: api/channels/web/widget/package-lock.json
	@cd api/channels/web/widget && npm ci --silent && touch node_modules

desk: api/desk/browser/node_modules  ## build the script of the help desk's pages (needs Node)
	@cd api/desk/browser && npm run --silent build && npm run --silent check

api/desk/browser/node_modules: api/desk/browser/package-lock.json
	@cd api/desk/browser && npm ci --silent && touch node_modules

setup: .venv/.synced bot/.venv/.synced  ## both locked environments

clean:  ## remove environments and everything written at run time
	rm -rf .venv bot/.venv .tools var .rasa

$(UV):
	@test "$$(uname -sm)" = 'Linux x86_64' || { echo 'Only Linux on x86_64 is supported: bot/requirements.lock is made for it (README, "Where it runs").' >&2; exit 1; }
	@echo 'Setting up uv …'
	@$(PYTHON) -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.8

.venv/.synced: requirements.lock pyproject.toml | $(UV)
	@echo 'Setting up the application environment (1 of 2) …'
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --require-hashes --python .venv/bin/python requirements.lock
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

bot/.venv/.synced: bot/requirements.lock | $(UV)
	@echo 'Setting up the Rasa environment (2 of 2, about 2 GB) …'
	@$(UV) venv --quiet --clear --python $(PYTHON) bot/.venv
	@$(UV) pip sync --quiet --require-hashes --python bot/.venv/bin/python bot/requirements.lock
	@touch $@
