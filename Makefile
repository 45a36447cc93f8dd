# make demo | test | test-wire | check | fix | torture | fuzz | bench | bench-scale | bench-retrieval DIR | train
# | train-support | train-reader | agreement | model | eval-model | audit | sbom | lock
# ARGS="..." is handed on.
# Every target first brings .venv up to date; when nothing changed, that costs nothing.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/uv pip
INTO := --quiet --python $(BIN)/python

.DELETE_ON_ERROR:
.PHONY: demo test test-wire model eval-model check fix torture fuzz bench bench-scale bench-retrieval train train-support train-reader agreement audit sbom lock

# --- demo: real papers, no model, no network -------------------------------------------------

define ask
@printf '\n$$ assistant --library .demo/library ask --offline "%s"\n' '$(1)'
@$(BIN)/assistant --library .demo/library ask --offline '$(1)' || test $$? -eq $(2)
endef

demo: .venv/.ready
	@echo '# eval/corpus holds digests of 26 real papers, written for this project: the quotes below are'
	@echo "# the digests' words, not the authors'; titles, names and figures are the papers' own."
	@echo '# Two of them are also set as PDFs, in two columns, by the program that measures how PDFs are read.'
	@rm -rf .demo/library .demo/papers && mkdir -p .demo && $(BIN)/python -m eval.press .demo/papers
	@echo '$$ assistant --library .demo/library add eval/corpus .demo/papers'
	@$(BIN)/assistant --library .demo/library add eval/corpus .demo/papers
	$(call ask,How many more features does RouteSAE extract than baseline SAEs?,0)
	$(call ask,Which specification do the flowcharts of PFDial follow?,0)
	$(call ask,Which papers introduce a benchmark?,0)
	$(call ask,How do the savings of LeZO and CogSteer compare?,0)
	$(call ask,What is speech anchor bias?,0)
	@printf '\n# The next one is not in the papers: the answer is to say so (exit code 3).\n'
	$(call ask,How many qubits does the error-corrected processor use?,3)

# --- test: what CI runs ----------------------------------------------------------------------

# A process a core, each with whole files of tests.
test: check
	$(BIN)/pytest -n auto --dist loadfile $(ARGS)
	$(BIN)/python -m eval gate

check: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The door to language models, at a real server: llama.cpp's, with a model of random weights made on the spot.
# It is built, for any processor with AVX2 or of ARM's, from the sources that the pinned llama-cpp-python holds, which takes
# cmake, a C++ compiler, 77 MB of download and five minutes on two cores, once; nothing of it leaves .wire/.
test-wire: .venv/.ready .wire/llama-server .wire/tiny.gguf
	WIRE=.wire $(BIN)/pytest tests/wire $(ARGS)

.wire/tiny.gguf: tests/wire/tiny.py .wire/llama-server
	@PYTHONPATH=.wire/llama.cpp/gguf-py $(BIN)/python tests/wire/tiny.py $@

.wire/llama-server: tests/wire/source.txt
	@command -v cmake >/dev/null && command -v c++ >/dev/null || { \
		echo 'make test-wire builds a server: install cmake and a C++ compiler' >&2; exit 1; }
	@rm -rf .wire/llama.cpp .wire/build && mkdir -p .wire
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
		--require-hashes --dest .wire --requirement $<
	@tar xzf .wire/llama_cpp_python-*.tar.gz --directory .wire --strip-components 2 \
		--exclude .git --wildcards '*/vendor/llama.cpp'
	@rm .wire/llama_cpp_python-*.tar.gz
	@echo 'Building llama-server into .wire (see .wire/build.log)'
	@{ cmake -S .wire/llama.cpp -B .wire/build -DCMAKE_BUILD_TYPE=Release \
		-DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF \
		-DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
		-DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF && \
		cmake --build .wire/build --target llama-server --parallel 2; \
	} >.wire/build.log 2>&1 || { tail .wire/build.log >&2; exit 1; }
	@mv .wire/build/bin/llama-server $@ && rm -rf .wire/build

# A real small language model (1.1 GB, once) behind that server; then 40 questions through the whole path, of each of two
# sets, about ten minutes a set on two cores. A run that was ended goes on. ARGS="--share 0.2 --sets seeds-dev" asks fewer.
model: .venv/.ready .wire/llama-server
	@$(BIN)/python -m eval.model_weights .wire/qwen.gguf

eval-model: model
	$(BIN)/python -m eval model .wire $(ARGS)

fix: .venv/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Hostile files to every reader and draft format: ten minutes of damaged ones, which MINUTES changes; ARGS=--growth
# measures instead how the cost of growing text grows, in about an hour.
MINUTES ?= 10
fuzz: .venv/.ready
	$(BIN)/python -m eval.fuzz --minutes $(MINUTES) $(ARGS)

# kill -9 at a hundred random moments, two hundred flipped bits, four writers; `make test` has a few of each.
torture: .venv/.ready
	KILLS=100 FLIPS=100 $(BIN)/pytest tests/test_kill.py tests/test_flips.py tests/test_processes.py $(ARGS)

# Known holes in what is installed to run, by PyPI's advisories; docs/threats.md says what follows from a finding. Both
# of these fetch their tool, once, and need the network; --strict, as what could not be asked is no "none".
audit: .venv/.uv
	$(BIN)/uv tool run pip-audit@2.10.1 --requirement runtime.lock --require-hashes --disable-pip --strict $(ARGS)

# What is installed to run, as CycloneDX.
sbom: .venv/.uv
	$(BIN)/uv tool run --from cyclonedx-bom@7.5.0 cyclonedx-py requirements --output-format JSON \
		--output-file sbom.json runtime.lock $(ARGS)

# About ten minutes on two cores, with nothing else running; ARGS=--quick tries it in one.
bench: .venv/.ready
	$(BIN)/python -m eval bench $(ARGS)

# The same costs at 1,000, 10,000 and 54,166 abstracts, in about half an hour; LanceDB, which is measured beside it, is
# fetched into a folder of its own. ARGS="1000" measures fewer.
bench-scale: .venv/.ready
	@test -d .lance || $(PIP) install $(INTO) --link-mode copy --no-deps --require-hashes --target .lance \
		--requirement eval/bench/lance.txt
	PYTHONPATH=.lance $(BIN)/python -m eval scale $(ARGS)

# The folder, in BEIR's layout, stands behind the target, or is given as DIR=...
bench-retrieval: DIR ?= $(filter-out $@,$(MAKECMDGOALS))
bench-retrieval: .venv/.ready
	$(BIN)/python -m eval retrieval $(DIR) $(ARGS)

# The weights of the offline engine's small models, from eval/questions; the data folder beside the checkout helps.
train: .venv/.ready
	$(BIN)/python -m eval.train $(ARGS)

# The weights of the support checker, from people's judgements in the data folder; then how well it agrees with them.
train-support: .venv/.ready
	$(BIN)/python -m eval.train_support $(ARGS)

# The reader, from the data folder: pairs, 40 minutes of training on two cores, and the file with its hash.
train-reader: .venv/.ready
	test -x .reader/bin/python || $(BIN)/uv venv --quiet .reader
	$(BIN)/uv pip install --quiet --python .reader/bin/python --requirement eval/reader/requirements.txt
	$(BIN)/python -m eval.reader.corpus .reader/pairs.jsonl
	.reader/bin/python eval/reader/train.py .reader/pairs.jsonl \
		"$$($(BIN)/python -c 'from assistant.embed.weights import WEIGHTS, installed; print(installed(WEIGHTS).parent)')" .reader/trained.npz
	$(BIN)/python -m eval.reader.pack .reader/trained.npz

# How well the checker agrees with people; what it makes of altered sentences; what check finds in drafts.
agreement: .venv/.ready
	$(BIN)/python -m eval.crossvalidate $(ARGS)
	$(BIN)/python -m eval alterations --write
	$(BIN)/python -m eval citing --write

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

# Keeps the versions that are locked where pyproject.toml lets it; ARGS=--upgrade moves them all. runtime.lock holds
# what is needed to run, at the same versions: what pip installs by the README.
lock: | .venv/.uv
	$(PIP) compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' --group dev --output-file requirements.lock pyproject.toml $(ARGS)
	$(PIP) compile --quiet --universal --python-version 3.11 --generate-hashes --constraint requirements.lock \
		--custom-compile-command 'make lock' --output-file runtime.lock pyproject.toml
