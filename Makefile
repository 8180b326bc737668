# make demo   builds the bundled sample articles and says what to open
# make test   runs every test
# make check  ruff, mypy and oxlint
# make bench  every benchmark that is run by hand
# make lock   requirements.lock anew, from setup.cfg and PyPI
# make audit  known weaknesses of what the lock names (asks PyPI)
# make man    manual pages, in man/
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test check golden bench lock audit man clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,dev]"
	touch $(STAMP)

demo: $(STAMP)
	mkdir -p demo
	$(BIN)/newsloom build "$$($(BIN)/newsloom samples)" -o demo/graph.html -o demo/graph.trig -o demo/graph.json
	@echo "Open demo/graph.html in a browser; demo/graph.trig and demo/graph.json hold the same graph."

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	sh tests/types.sh $(BIN)
	$(BIN)/oxlint

golden: $(STAMP)
	$(BIN)/python -m pytest tests/test_exports_golden.py tests/test_rdf_docs.py --regenerate
	$(BIN)/python tests/readme_queries.py

# What `pip install --require-hashes -r requirements.lock` installs: newsloom's needs with its extras for users, for every
# platform, with the digests of PyPI's files.
lock: $(STAMP)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile setup.cfg --no-config --universal --python-version 3.11 \
		--extra dask --extra parquet --extra serve --extra validate --extra watch --generate-hashes \
		--default-index https://pypi.org/simple --no-emit-index-url --system-certs --quiet --upgrade --output-file requirements.lock

audit: $(STAMP)
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

man: $(STAMP)
	mkdir -p man
	$(BIN)/click-man newsloom --target man
	@echo "man man/newsloom.1, man man/newsloom-why.1; copy them to a folder of MANPATH's to have them always"

# The labelled data of others: not part of the project.
DATA ?= ../shared/data

bench: $(STAMP)
	$(BIN)/python tests/benchmarks/speed.py
	$(BIN)/python tests/benchmarks/scale.py
	$(BIN)/python tests/benchmarks/engine.py
	$(BIN)/python tests/benchmarks/time_speed.py
	$(BIN)/python tests/benchmarks/causal_queries.py
	$(BIN)/python tests/benchmarks/sparql_chains.py
	$(BIN)/python tests/benchmarks/rdf_export.py
	$(BIN)/python tests/benchmarks/explorer_page.py
	$(BIN)/python tests/benchmarks/timeline.py
	$(BIN)/python tests/benchmarks/causes.py
	$(BIN)/python tests/benchmarks/factuality.py
	$(BIN)/python tests/benchmarks/quantities.py
	$(BIN)/python tests/benchmarks/event_types.py
	$(BIN)/python tests/benchmarks/event_mentions.py $(DATA)/tempeval3 --held-out
	$(BIN)/python tests/benchmarks/plover_types.py $(DATA)/plover/gold.jsonl
	$(BIN)/python tests/benchmarks/timex.py $(DATA)/tempeval3
	$(BIN)/python tests/benchmarks/event_dates.py $(DATA)/tempeval3
	$(BIN)/python tests/benchmarks/order.py $(DATA)
	$(BIN)/python tests/benchmarks/places.py $(DATA)/geo/geowebnews.jsonl
	$(BIN)/python tests/benchmarks/plover_actors.py $(DATA)/plover/gold.jsonl
	$(BIN)/python tests/benchmarks/plover_roles.py $(DATA)/plover/gold.jsonl
	$(BIN)/python tests/benchmarks/roles.py
	$(BIN)/python tests/benchmarks/coreference.py $(DATA)/ecbplus/train_dev.jsonl
	$(BIN)/python tests/benchmarks/event_coreference.py $(DATA)/ecbplus/train_dev.jsonl
	$(BIN)/python tests/benchmarks/event_pairs.py $(DATA)/reuters/docs.jsonl.gz
	$(BIN)/python tests/benchmarks/event_places.py $(DATA)/ecbplus/train_dev.jsonl
	$(BIN)/python tests/benchmarks/matres.py $(DATA) --held-out

clean:
	rm -rf $(VENV) demo build dist man *.egg-info .types
