# What a player, a developer and a build machine do here. `make` alone lists it. Any make will do, BSD's included.

PYTHON ?= python3
VENV ?= .venv
# What pytest is given besides: make test ARGS="tests/test_cli.py -x"
ARGS ?=
# How many processes share the tests: WORKERS=0 is one that prints and stops where you look.
WORKERS ?= 2
# What `make latest` and `make lowest` run: SUITE=quick leaves the slow tests out.
SUITE ?= test
# Which releases are installed: `locked` by requirements.txt, the `newest`, or the `lowest` that pyproject.toml allows.
RELEASES ?= locked

BIN = $(VENV)/bin
STAMP = $(VENV)/.installed
HEADLESS = SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
# Tests start many a Python: none of them compiles again what another has compiled, whatever the machine's setting is.
COMPILED = PYTHONDONTWRITEBYTECODE=
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST = $(HEADLESS) $(COMPILED) $(BIN)/python -m pytest

INSTALL_locked = $(PIP) install --requirement requirements.txt \
	&& $(PIP) install --no-deps --no-build-isolation --editable .
INSTALL_newest = $(PIP) install --upgrade pip \
	&& $(PIP) install --upgrade --upgrade-strategy eager --editable ".[authors,demo]" --group dev
INSTALL_lowest = $(PIP) install --upgrade uv \
	&& $(BIN)/uv pip install --quiet --python $(BIN)/python --upgrade --resolution lowest-direct --editable ".[authors,demo]" --group dev

help:
	@echo "make play     get what the game needs, the language model included, and open it"
	@echo "make setup    only get what is needed, into $(VENV)"
	@echo "make test     the test suite, without a window (a quarter of an hour)"
	@echo "make quick    the same in three minutes: without the slow tests, and with a sample of what is tried many times"
	@echo "make latest   the whole suite with the newest releases of what we use, in .venv-latest"
	@echo "make lowest   the same with the oldest that pyproject.toml allows, on Python 3.11, in .venv-lowest"
	@echo "make docs     regenerate the tables of docs/writing.md from the schema"
	@echo "make site     build the documentation into site/, its links checked"
	@echo "make lock     write requirements.txt from pyproject.toml, with the newest releases"
	@echo "make long     what takes many minutes: a thousand kills, every graph server, all examples of the properties"
	@echo "make check    lint, types and imports (each is a target), then the tests"
	@echo "make voice    retrain the model's voice (two hours on two processors; see training/README.md)"
	@echo "make voice-zh train the Chinese voice of the second model (an hour; the same)"
	@echo "make ear      teach the ear the labelled lines (minutes; see training/understanding/README.md)"
	@echo "make ear-base make what the ear begins as (an hour; the same)"
	@echo "make finding  teach what finds an author's texts (a minute; see training/finding/README.md)"
	@echo "make model    get the language model the game speaks with"
	@echo "make clean    remove the environments and whatever was built; saved games and the model stay"
	@echo
	@echo "PYTHON=python3.13 picks the Python (3.11 or newer), ARGS=... goes to pytest."

play: $(STAMP)
	@$(BIN)/npc models pull || echo "The villagers will do without a model: code words what they say."
	@echo "For a model that talks by itself, with four cores: $(BIN)/npc models pull qwen3-4b (2.5 GB), then NPC_MODEL=auto make play"
	@$(BIN)/python -m demo_game

setup: $(STAMP)
	@echo "Now: . $(BIN)/activate && npc new mine/"

# Debian's Python may lack what puts pip into a virtual environment: then its own pip installs one there.
$(BIN)/python:
	@for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "npc-engine needs Python 3.11 or newer, and there is none: install it, or name one with make PYTHON=..." >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version) ..."; \
	"$$found" -m venv --clear $(VENV) >/dev/null 2>&1 \
	  || { "$$found" -m venv --clear --without-pip $(VENV) \
	       && "$$found" -m pip --python $(BIN)/python --quiet install pip; } \
	  || { echo "$$found can't make a virtual environment: on Debian, sudo apt install python3-venv" >&2; exit 1; }

# Remade only when what we need has changed.
$(STAMP): $(BIN)/python pyproject.toml requirements.txt
	@$(PIP) --version >/dev/null 2>&1 \
	  || { rm -rf $(VENV); echo "$(VENV) was only half made, so it is removed: run make again" >&2; exit 1; }
	@echo "Installing what npc-engine needs into $(VENV) ..."
	@$(INSTALL_$(RELEASES))
	@touch $(STAMP)

model: $(STAMP)
	@$(BIN)/npc models pull

test: model
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "not long" --hypothesis-profile some $(ARGS)

long: model
	$(PYTEST) -m "long or hypothesis" $(ARGS)

quick: model
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "not slow and not long" --hypothesis-profile quick $(ARGS)

latest:
	@rm -f .venv-latest/.installed
	@$(MAKE) VENV=.venv-latest RELEASES=newest $(SUITE)

# The oldest releases have wheels for the oldest Python; for later ones some would have to be compiled.
lowest:
	@rm -f .venv-lowest/.installed
	@$(MAKE) VENV=.venv-lowest RELEASES=lowest PYTHON=python3.11 $(SUITE)

lock: $(STAMP)
	@$(PIP) install --upgrade uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
		--extra authors --extra demo --group dev --custom-compile-command "make lock" --output-file requirements.txt pyproject.toml

docs: $(STAMP)
	$(BIN)/python -m npc_engine.content.reference docs/writing.md

site: $(STAMP)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

check: lint types imports test

# PyTorch and its like stay in an environment of their own.
training/.venv/bin/npc: training/requirements.txt
	"$(PYTHON)" -m venv --clear training/.venv
	training/.venv/bin/python -m pip --disable-pip-version-check --quiet install --requirement training/requirements.txt
	training/.venv/bin/python -m pip --disable-pip-version-check --quiet install --editable .

voice: training/.venv/bin/npc
	training/.venv/bin/npc models pull
	training/.venv/bin/npc voice train training/ --out training/voice.gguf

voice-zh: training/.venv/bin/npc
	training/.venv/bin/npc models pull qwen2.5-coder-0.5b
	training/.venv/bin/npc voice train training/zh/ --base qwen2.5-coder-0.5b --out training/voice-zh.gguf \
		--rank 8 --rate 5e-4 --epochs 2 --last 0

training/.venv/.ear: training/.venv/bin/npc training/understanding/requirements.txt
	training/.venv/bin/python -m pip --disable-pip-version-check --quiet install --no-deps \
		--requirement training/understanding/requirements.txt
	@touch $@

ear: training/.venv/bin/npc
	training/.venv/bin/npc ear train training/understanding/ --out npc_engine/dialogue/understand/ear.bin

ear-base: training/.venv/.ear
	training/.venv/bin/npc ear distil training/understanding/ --material training/

finding: $(STAMP)
	$(BIN)/npc ear find training/finding/ --lines training/understanding/ --out npc_engine/dialogue/understand/finding.npz

clean:
	rm -rf $(VENV) .venv-latest .venv-lowest build dist site *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help play setup docs site model test quick latest lowest lock long lint types imports check voice voice-zh ear ear-base clean
