# Two commands on a fresh machine: make report, make test. Python 3.11 to 3.13 and make are assumed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.installed

.PHONY: report test soak bench coverage lint reference example lock clean

report: $(READY)  ## The whole report of the worked example, ending with its path.
	$(BIN)/wfw-eval run params/example.yaml

test: $(READY) lint  ## Every test, and the reference run, cell by cell.
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope
	$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout 120 \
	  --override-ini addopts= outputs/reference

soak: $(READY)  ## The long runs: thousands of mutated workbooks.
	WFW_EVAL_SOAK=1 $(BIN)/python -m pytest --numprocesses auto tests/records/intake

bench: $(READY)  ## Time the package beside its peers; writes docs/performance.md.
	$(BIN)/python -m benchmarks.performance

coverage: $(READY)  ## Try the intervals on simulated data; writes docs/coverage.md.
	$(BIN)/python -m benchmarks.coverage

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

reference: $(READY)  ## Renew the committed reference run; look at what changed before committing.
	rm -rf outputs/example outputs/ledger.jsonl
	$(BIN)/wfw-eval run params/example.yaml
	rm -rf outputs/reference && mkdir -p outputs/reference
	cp outputs/example/restricted/*.ipynb outputs/example/restricted/results.json outputs/reference/

example: $(READY)  ## Write the simulated records again.
	$(BIN)/wfw-eval simulate --seed 2023 --to data_raw/example

lock:  ## Resolve the dependencies again (needs uv).
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) outputs/example outputs/ledger.jsonl .pytest_cache .mypy_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
