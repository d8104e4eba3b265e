# The study's commands. Each makes the environment first if it is missing or the lock has changed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
PARAMS ?= study.yml
# The pinned entry of one package in the lock, with its hashes.
locked = sed -n '/^$(1)==/,/[^\\]$$/p' requirements.lock
export PYTHONHASHSEED := 0
.PHONY: study test test-slow verify fuzz lab lexicon names accuracy measure check bench lock clean help

study: .venv/ready ## run the notebooks on the articles: outputs/ (PARAMS=my.yml: an own study)
	@$(BIN)/python -m reported_speech study "$(PARAMS)"

test: .venv/ready ## run the tests (those that take minutes: make test-slow)
	@$(BIN)/ruff check --quiet src tests
	@$(BIN)/python -m pytest

test-slow: .venv/ready ## run the tests that kill, crowd or watch processes, for minutes
	@$(BIN)/python -m pytest -m slow

verify: .venv/ready ## run the study anew in a temporary folder and compare every file with outputs/ (PARAMS=my.yml)
	@$(BIN)/python -m reported_speech verify --again "$(PARAMS)"

fuzz: .venv/ready ## run the tests on random text with 2,000 cases each
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -m 'hypothesis and not slow'

lab: .venv/ready ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

lexicon: .venv/ready ## count the frames of English cues anew (POLNEAR=train.jsonl: the annotated corpus)
	@test -n "$(POLNEAR)" || { echo "name the corpus: make lexicon POLNEAR=train.jsonl"; exit 1; }
	@$(BIN)/python -m tests.bench.frames "$(POLNEAR)"

names: .venv/ready .bench/ready ## choose the given names anew (POLNEAR=train.jsonl: the corpus that tells names from words)
	@test -n "$(POLNEAR)" || { echo "name the corpus: make names POLNEAR=train.jsonl"; exit 1; }
	@PYTHONPATH=.bench $(BIN)/python -m tests.bench.given "$(POLNEAR)"

measure: .venv/ready .bench/ready ## measure the English extraction on PolNeAR, beside textacy (POLNEAR=folder with dev/)
	@test -n "$(POLNEAR)" || { echo "name the corpus: make measure POLNEAR=folder"; exit 1; }
	@PYTHONPATH=.bench $(BIN)/python -m tests.bench.polnear "$(POLNEAR)"

accuracy: .venv/ready ## score the annotated articles of tests/gold anew and store the figures that the pages show
	@$(BIN)/python -m tests.bench.accuracy

check: .venv/ready ## look over the lexicons: entries that clash, are never used, lack a script (PARAMS=my.yml)
	@$(BIN)/python -m reported_speech check "$(PARAMS)"

bench: .venv/ready .bench/ready ## what the extraction costs, beside the parse and textacy (half an hour, 6 GB; SIZES="100 1000": less)
	@PYTHONPATH=.bench $(BIN)/python -m tests.bench.speed $(SIZES)

lock: .venv/ready ## resolve the dependencies of pyproject.toml anew into requirements.lock
	$(BIN)/uv --system-certs pip compile --quiet --upgrade pyproject.toml --group dev --universal --python-version 3.12 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	$(BIN)/uv --system-certs pip compile --quiet --group measure --constraint requirements.lock --universal --python-version 3.12 \
	  $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o tests/bench/requirements.lock

# What is only measured beside ours lies in a folder of its own: the study's environment stays as the lock has it.
.bench/ready: .venv/ready tests/bench/requirements.lock
	@rm -rf .bench
	@$(BIN)/uv --system-certs pip install --quiet --python .venv --target .bench --no-deps --require-hashes -r tests/bench/requirements.lock
	@touch $@

clean: ## remove the environment and caches (never seeds or outputs)
	rm -rf .venv .uv .bench .cache .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests notebooks -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

help: ## print this
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

.uv/ready: requirements.lock
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || { echo "python3 is older than 3.9, or missing"; exit 1; }
	@rm -rf .uv && python3 -m venv .uv || { echo "python3 cannot make an environment; on Debian: apt-get install python3-venv"; exit 1; }
	@$(call locked,uv) > .uv/uv.lock
	@.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .uv/uv.lock
	@touch $@

# PYENV_VERSION lets uv see a Python 3.12 that pyenv has but has not selected; elsewhere it means nothing.
.venv/ready: .uv/ready requirements.lock pyproject.toml
	@echo "making the environment in .venv (once)"
	@PYENV_VERSION=3.12 .uv/bin/uv --system-certs venv --quiet --clear --python 3.12 .venv || { \
	  echo "Python 3.12 is not on this machine and could not be downloaded: install it (python.org, pyenv install 3.12, apt, brew, conda) and repeat"; exit 1; }
	@$(call locked,setuptools) > .uv/build.lock
	@.uv/bin/uv --system-certs pip sync --quiet --python .venv --require-hashes --build-constraints .uv/build.lock --compile-bytecode requirements.lock
	@.uv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation --offline --editable .
	@touch $@
