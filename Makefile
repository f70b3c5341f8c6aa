# Everything runs inside .venv; the stamp files there make repeated calls fast.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501
SITE_APP ?=
SITE_OUT ?= _site
CODE := $(wildcard model charts ui pages gallery tests benchmarks workshop app.py serve.py)
TYPED := $(wildcard model charts ui pages gallery workshop app.py serve.py tests)
PIN := $(BIN)/uv pip compile --quiet --python-version 3.11 --no-header --no-annotate \
       --no-emit-index-url --no-emit-find-links

.PHONY: app test check bench newcomer soak audit site docs validation baselines expected lock clean
.DEFAULT_GOAL := app

.venv/.app: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m model.warm
	touch $@

.venv/.dev: requirements-dev.txt .venv/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

app: .venv/.app  ## serve the app
	@echo "Ballast: http://localhost:$(PORT)"
	$(BIN)/streamlit run serve.py --server.port $(PORT)

check: .venv/.dev  ## the fast part of the tests
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(TYPED)
	$(BIN)/pytest -q -m "not slow and not browser"

test: .venv/.dev .venv/.browser .venv/.postgres  ## everything
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(TYPED)
	$(BIN)/pytest

.venv/.browser: .venv/.app
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then AS=; else AS=sudo; fi; \
	  $$AS apt-get update -q && \
	  $$AS env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; }
	touch $@

# The workshop's store is tested on PostgreSQL too; without it the tests say so and run on SQLite alone.
.venv/.postgres: .venv/.app
	@{ command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ]; then AS=; else AS=sudo; fi; \
	  $$AS apt-get update -q && \
	  $$AS env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql; } \
	&& touch $@ || echo "warning: PostgreSQL could not be installed; the workshop is tested on SQLite only"

bench: .venv/.dev .venv/.browser  ## speed of the model, beside its peers
	$(BIN)/python -m benchmarks

newcomer: .venv/.dev  ## the tutorial in a fresh clone, command by command, with the seconds of each
	$(BIN)/python -m benchmarks newcomer

soak: .venv/.dev .venv/.postgres  ## ten minutes of thirty visitors, ten of random corners, killed servers, mistaken files
	$(BIN)/python -m benchmarks.load 10
	$(BIN)/python -m benchmarks.soak 10
	$(BIN)/python -m tests.workshop.kills 20
	$(BIN)/pytest -q tests/fuzz --hypothesis-profile=soak

audit: .venv/.dev  ## ask the public database for known weaknesses of the pinned packages
	$(BIN)/python -m tests.audit

site: .venv/.app  ## every network, proposal and stress as web pages; SITE_APP=https://... links them into an app
	$(BIN)/python -m gallery --out "$(SITE_OUT)" --app "$(SITE_APP)"

docs: .venv/.dev  ## regenerate the generated documents
	$(BIN)/python -m model.reports.reference
	$(BIN)/python -m model.reports.backcast
	$(BIN)/python -m model.reports.calibration_report
	$(BIN)/python -m model.reports.chosen
	$(BIN)/python -m model.reports.trust
	$(BIN)/python -m model.reports.baselines
	$(BIN)/python -m workshop.kit
	$(BIN)/python -m gallery.explanation

validation: .venv/.dev  ## run the tests that measure the model and write their figures to docs/
	$(BIN)/pytest -q --write-validation

baselines: .venv/.dev  ## key figures of every network's baseline, beside those of earlier versions
	$(BIN)/python -m model.reports.baselines

expected: .venv/.dev  ## write the expected results of proposals and stresses anew
	$(BIN)/python -m model.proposals.expected

lock: .venv/.dev  ## resolve the pins again
	$(PIN) --upgrade requirements.in -o requirements.txt
	$(PIN) --upgrade requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf _site .venv .venv-bench .pytest_cache .mypy_cache .ruff_cache .hypothesis
