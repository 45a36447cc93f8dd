# make demo | test | check | fix | bench | bench-retrieval DIR | train | lock      (ARGS="..." is handed on)
# Every target first brings .venv up to date; when nothing changed, that costs nothing.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/uv pip
INTO := --quiet --python $(BIN)/python

.DELETE_ON_ERROR:
.PHONY: demo test check fix bench bench-retrieval train lock

# --- demo: real papers, no model, no network -------------------------------------------------

define ask
@printf '\n$$ assistant --library .demo/library ask --offline "%s"\n' '$(1)'
@$(BIN)/assistant --library .demo/library ask --offline '$(1)' || test $$? -eq $(2)
endef

demo: .venv/.ready
	@echo '# eval/corpus holds digests of 26 real papers, written for this project: the quotes below are'
	@echo "# the digests' words, not the authors'; titles, names and figures are the papers' own."
	@rm -rf .demo/library && mkdir -p .demo
	@echo '$$ assistant --library .demo/library add eval/corpus'
	@$(BIN)/assistant --library .demo/library add eval/corpus
	$(call ask,How many more features does RouteSAE extract than baseline SAEs?,0)
	$(call ask,Which papers introduce a benchmark?,0)
	$(call ask,How do the savings of LeZO and CogSteer compare?,0)
	$(call ask,What is speech anchor bias?,0)
	@printf '\n# The next one is not in the papers: the answer is to say so (exit code 3).\n'
	$(call ask,How many qubits does the error-corrected processor use?,3)

# --- test: what CI runs ----------------------------------------------------------------------

test: check
	$(BIN)/pytest $(ARGS)

check: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: .venv/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# About ten minutes on two cores, with nothing else running; ARGS=--quick tries it in one.
bench: .venv/.ready
	$(BIN)/python -m eval bench $(ARGS)

# The folder, in BEIR's layout, stands behind the target, or is given as DIR=...
bench-retrieval: DIR ?= $(filter-out $@,$(MAKECMDGOALS))
bench-retrieval: .venv/.ready
	$(BIN)/python -m eval retrieval $(DIR) $(ARGS)

# The weights of the offline engine's small models, from eval/questions; the data folder beside the checkout helps.
train: .venv/.ready
	$(BIN)/python -m eval.train $(ARGS)

# --- environment -----------------------------------------------------------------------------

# The stamps go first and come back last: an interrupted run leaves neither, and the next one begins anew.
# Copies, not hard links: llama-index refuses its bundled data when it is hard-linked. Compiled at once: where
# Python may not keep what it compiles (PYTHONDONTWRITEBYTECODE), each question would take 0.7 s longer.
.venv/.ready: requirements.lock weights.txt pyproject.toml | .venv/.uv
	@echo 'Installing requirements.lock, weights.txt and the project into .venv'
	@rm -f .venv/.uv $@
	@$(PIP) sync $(INTO) --require-hashes --link-mode copy --compile-bytecode requirements.lock weights.txt
	@$(PIP) install $(INTO) --no-deps --no-build-isolation --editable .
	@touch .venv/.uv $@

# A bare environment with nothing but the locked uv, which installs the rest.
.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or newer is needed, and "$(PYTHON)" is not: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@awk '/^uv==/ {on = 1} on; on && !/\\$$/ {exit}' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.txt
	@touch $@

# Keeps the versions that are locked where pyproject.toml lets it; ARGS=--upgrade moves them all.
lock: | .venv/.uv
	$(PIP) compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' --group dev --output-file requirements.lock pyproject.toml $(ARGS)
