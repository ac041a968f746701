# Every target sets up what it needs: a virtual environment in .venv, builds in target/.

# cargo is no part of make: it takes cores as it finds them.
unexport MAKEFLAGS MFLAGS

PYTHON ?= python3
CARGO ?= cargo
VENV := .venv
WHEELS := target/wheels
STORY := tests/scenarios/lease.jsonl
EXPECTED := tests/scenarios/lease.expected.jsonl

RUST_SOURCES := $(shell find core host python ffi -name '*.rs' -o -name 'Cargo.toml' | grep -v target/) Cargo.toml Cargo.lock
# Python beside the package: programs that tests and benches run.
SCRIPTS := tests/bench tests/bench/python tests/board/run tests/counts tests/faults tests/mutants/run tests/scale
# The lock files of what is outside the workspace, of which some are built only by targets that nobody runs every day.
LOCKS := $(filter-out target/%,$(wildcard */Cargo.lock */*/Cargo.lock))
PYTHON_SOURCES := $(shell find python/strongroom -type f -not -path '*/__pycache__/*') python/pyproject.toml

BENCHES := $(or $(CARGO_TARGET_DIR),target)/bench
SCALE := $(or $(CARGO_TARGET_DIR),target)/scale
C_PACKAGE := $(or $(CARGO_TARGET_DIR),target)/c

CARGO_MUTANTS := 27.1.0
FILES :=
STAGE :=

TARGET :=
TRANSITIONS := 800000
SECONDS := 60
EXAMPLES := 3000
RECORDS := 1000000 10000000
ENGINES := 10000

# Every target that is explained is a name and no file.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

run: $(VENV)/.installed ## builds the wheel and replays the story through it
	$(VENV)/bin/strongroom replay $(STORY)

test: lint test-rust test-search test-board test-faults test-storage test-c test-c-memory test-c-package test-python test-python-package test-faces test-fuzz test-counts ## everything: Rust, storage, C, Python, header drift, fuzz targets, instruction counts
	@echo 'all tests passed'

ready: $(VENV)/.installed $(C_PACKAGE)/libs images ## what the tests take and what takes long on one core: wheel, C libraries, images; for make -j2

images: ## the images for a Cortex-M3 that the tests run
	firmware/board.sh >/dev/null
	firmware/replay.sh >/dev/null
	firmware/snapshots.sh >/dev/null
	CARGO="$(CARGO)" firmware/faults.sh >/dev/null
	CARGO="$(CARGO)" firmware/faults.sh unhardened >/dev/null

lint: ## formatting, lock files and lints, warnings as errors
	$(CARGO) fmt --all --check
	@for lock in $(LOCKS); do \
		manifest=$${lock%lock}toml; \
		$(CARGO) fmt --manifest-path $$manifest --check || exit 1; \
		$(CARGO) metadata --quiet --locked --format-version 1 --manifest-path $$manifest >/dev/null || { \
			echo "$$lock is not what its manifests ask for: cargo update --workspace --manifest-path $$manifest" >&2; exit 1; \
		}; \
	done
	$(CARGO) clippy --quiet --workspace --all-targets --locked -- -D warnings

test-rust: ## unit, property and documentation tests
	$(CARGO) test --quiet --locked -p strongroom-core -p strongroom-lanes -p strongroom-host -p strongroom-model -p strongroom-fuzz -p strongroom-simulator -p strongroom-scale

test-search: ## every state that the engine reaches in a few steps, with everything that anybody can try there
	$(CARGO) test --quiet --locked --profile proof -p strongroom-search
	$(CARGO) run --quiet --locked --profile proof -p strongroom-search -- quick

scale: $(VENV)/.installed ## a log of ten million records verified, ten thousand engines in one process, in minutes: RECORDS=10000000 ENGINES=10000
	$(CARGO) build --quiet --locked --release -p strongroom-scale
	@rm -rf $(SCALE) && mkdir -p $(SCALE) && trap 'rm -rf $(SCALE)' EXIT INT TERM && \
		$(or $(CARGO_TARGET_DIR),target)/release/strongroom-scale log $(SCALE) $(RECORDS)
	@echo
	@$(or $(CARGO_TARGET_DIR),target)/release/strongroom-scale engines $(ENGINES)
	@echo
	@$(VENV)/bin/python tests/scale/engines.py $(ENGINES)

prove: ## the same as far as you like, in minutes: TRANSITIONS=800000 in each part, in at most 800 MiB
	$(CARGO) run --quiet --locked --profile proof -p strongroom-search -- $(TRANSITIONS)

test-board: ## the board's application over simulated wires, and its image on QEMU
	$(CARGO) test --quiet --locked -p strongroom-board -- --test-threads 6

test-faults: $(VENV)/.tools ## instructions skipped and bits turned while the board decides: nothing opens, and without the hardening it does
	CARGO="$(CARGO)" $(VENV)/bin/python tests/faults --quick

faults: $(VENV)/.tools ## two million of them, in some forty minutes
	CARGO="$(CARGO)" $(VENV)/bin/python tests/faults

board: $(VENV)/.installed ## runs the board on QEMU with a device to guard, and watches it; what is kept is in target/board
	CARGO="$(CARGO)" $(VENV)/bin/python tests/board/run

mutants: ## thousands of small changes to the core, and which no test notices; in three quarters of an hour: FILES='engine/decide' STAGE=core
	@$(CARGO) mutants --version >/dev/null 2>&1 || { echo 'cargo-mutants is missing: cargo install cargo-mutants --locked --version $(CARGO_MUTANTS)' >&2; exit 2; }
	$(PYTHON) tests/mutants/run --files '$(FILES)' $(addprefix --stage ,$(STAGE)) $(if $(KEEP),--keep)

test-storage: ## power cuts at every position, flipped bits, killed processes; prints how many
	$(CARGO) test --quiet --locked --profile proof -p strongroom-storage -- --nocapture

soak: ## the same with some twenty times as many, in hours: millions of cuts; the board's power cut 200 times
	STRONGROOM_SOAK=1 $(CARGO) test --quiet --locked --profile proof -p strongroom-storage -- --nocapture
	STRONGROOM_SOAK=1 $(CARGO) test --quiet --locked -p strongroom-board --test qemu -- --nocapture kills

test-c: ## header drift, header in every dialect, every function, every error code
	$(CARGO) test --quiet --locked -p strongroom-ffi

test-pam: ## pam_strongroom under the real PAM library; part of test-c
	$(CARGO) test --quiet --locked -p strongroom-ffi --test pam

test-c-memory: $(C_PACKAGE)/libs ## the C tests under sanitizers and valgrind, with the library as it is installed
	tests/c/memory.sh

test-c-package: $(C_PACKAGE)/libs ## the C package installed and used: pkg-config, CMake, SONAME, uninstall
	tests/c/package/test.sh

bench: $(C_PACKAGE)/libs $(VENV)/.peers ## every speed beside its peers and floors, the same answers first; a quiet machine and some ten minutes
	tests/bench/run.sh $(VENV)/bin/python

test-bench: ## the benches' own tests, and each of their rows once, without the engines that take minutes to build
	CARGO_TARGET_DIR=$(BENCHES) $(CARGO) test --quiet --locked --manifest-path tests/bench/Cargo.toml --no-default-features
	CARGO_TARGET_DIR=$(BENCHES) $(CARGO) run --quiet --locked --manifest-path tests/bench/Cargo.toml --no-default-features -- --smoke | $(PYTHON) tests/bench/report.py -

bench-docs: ## writes the figures of docs/SPEED.md and docs/speed.svg anew, from what `make bench` kept
	$(PYTHON) tests/bench/report.py --docs docs $(BENCHES)/*.jsonl

bench-c: $(C_PACKAGE)/libs ## what a decision costs from C, with the static and the shared library
	tests/bench/c/bench.sh | $(PYTHON) tests/bench/report.py -

bench-python: $(VENV)/.peers ## what a decision costs from Python, beside the peers
	$(VENV)/bin/python tests/bench/python | $(VENV)/bin/python tests/bench/report.py -

test-counts: $(C_PACKAGE)/libs ## instructions counted by callgrind, beside the table in tests/counts; fails where one rose by more than 5 %
	tests/counts/run.sh

counts-accept: $(C_PACKAGE)/libs ## writes tests/counts/table.txt anew, instructions and firmware sizes; look at the difference before you commit it
	tests/counts/run.sh --accept
	firmware/size.sh --accept

test-python: $(VENV)/.installed ## the package, its types, the command line, the wheel
	$(VENV)/bin/ruff check --quiet --no-cache python
	$(VENV)/bin/ruff check --quiet --no-cache --config python/pyproject.toml $(SCRIPTS)
	MYPYPATH=python $(VENV)/bin/mypy --config-file python/pyproject.toml --python-executable $(VENV)/bin/python --cache-dir target/mypy python/strongroom python/tests
	for folder in $(SCRIPTS); do \
		(cd $$folder && $(CURDIR)/$(VENV)/bin/mypy --config-file $(CURDIR)/python/pyproject.toml --python-executable $(CURDIR)/$(VENV)/bin/python --cache-dir $(CURDIR)/target/mypy *.py) || exit 1; \
	done
	$(VENV)/bin/pyright -p python/pyproject.toml --pythonpath $(VENV)/bin/python
	$(CARGO) build --quiet --locked -p strongroom-model --example oracle -p strongroom-board --example bench
	$(VENV)/bin/pytest -q -n auto --dist loadfile python/tests --ignore python/tests/package

test-python-package: $(VENV)/.installed ## the stub's drift, wheels and sdist: what is in them, and that they build and install
	$(VENV)/bin/pytest -q -rs python/tests/package

soak-python: $(VENV)/.installed ## engines of Python against the reference model, for as long as you like: EXAMPLES=3000
	$(CARGO) build --quiet --locked -p strongroom-model --example oracle
	STRONGROOM_HYPOTHESIS=soak STRONGROOM_EXAMPLES=$(EXAMPLES) $(VENV)/bin/pytest -q -s python/tests/test_model.py python/tests/test_values.py

test-faces: $(VENV)/.installed ## the same scenarios in Rust, C and Python, to the byte
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" tests/faces.sh

test-fuzz: ## each fuzz target for some seconds, with the same inputs in every run
	tests/fuzz/run.sh --smoke

fuzz: ## looks for inputs that fail: TARGET=wire SECONDS=300; all targets and 60 seconds where not said
	tests/fuzz/run.sh --seconds $(SECONDS) $(TARGET)

wheel: $(VENV)/.installed ## the Python wheel, in target/wheels

wheel-free-threaded: $(VENV)/.tools ## the wheel for a free-threaded Python, in target/wheels-free-threaded: FREE_THREADED=python3.14t
	FREE_THREADED=$(or $(FREE_THREADED),python3.14t) python/free-threaded.sh $(VENV)/bin $(WHEELS)-free-threaded --release
	@ls $(WHEELS)-free-threaded

size: ## the core and the board on a Cortex-M3: flash, RAM, stack, reachable panics, the same bytes elsewhere; thumbv6m
	firmware/size.sh

c-library: $(C_PACKAGE)/libs ## the C libraries as they are installed, in target/c

$(C_PACKAGE)/libs: $(RUST_SOURCES) ffi/install.sh
	ffi/install.sh build

install: c-library ## header, C libraries, pkg-config and CMake files: DESTDIR= PREFIX=/usr/local LIBDIR= INCLUDEDIR=
	ffi/install.sh install

uninstall: ## removes what install brought, from the same places
	ffi/install.sh uninstall

bare-metal: ## the C library for a Cortex-M3 without an operating system, in target/bare-metal
	ffi/bare-metal.sh

test-bare-metal: ## a firmware in C on QEMU's Cortex-M3: flash, RAM, stack, where a panic ends
	tests/c/firmware/test.sh

headers: ## writes c-headers/strongroom.h anew
	$(CARGO) run --quiet --locked -p strongroom-ffi --example header > c-headers/strongroom.h.new
	mv c-headers/strongroom.h.new c-headers/strongroom.h

abi: ## writes tests/c/abi-N.txt anew, of what programs rely on; look at the difference before you commit it
	STRONGROOM_WRITE_ABI=1 $(CARGO) test --quiet --locked -p strongroom-ffi --test abi

python-commands: ## writes python/strongroom/commands.py anew
	$(CARGO) run --quiet --locked -p strongroom-host --example python_commands > python/strongroom/commands.py.new
	mv python/strongroom/commands.py.new python/strongroom/commands.py

python-stubs: $(VENV)/.tools ## writes python/strongroom/_native.pyi anew
	python/stubs.sh $(VENV)/bin > python/strongroom/_native.pyi.new
	mv python/strongroom/_native.pyi.new python/strongroom/_native.pyi

docs: ## writes docs/RULES.md anew
	$(CARGO) run --quiet --locked -p strongroom-host --example rules > docs/RULES.md.new
	mv docs/RULES.md.new docs/RULES.md

docs-python: $(VENV)/.installed ## the reference of the Python package, in target/docs/python
	$(VENV)/bin/pdoc --docformat google --output-directory $(or $(CARGO_TARGET_DIR),target)/docs/python strongroom strongroom.console.events

pictures: $(VENV)/.installed ## writes docs/chart.svg and docs/report.png anew; needs chromium
	$(VENV)/bin/python python/tests/pictures.py

expected: ## writes the scenarios' schema and expected results anew; look at the difference before you commit it
	$(CARGO) run --quiet --locked -p strongroom-host --example schema > tests/scenarios/scenario.schema.json
	$(CARGO) build --quiet --locked -p strongroom-host --example replay
	for scenario in $$(find tests/scenarios -name '*.jsonl' -not -name '*.expected.jsonl'); do \
		$${CARGO_TARGET_DIR:-target}/debug/examples/replay $$scenario > $${scenario%.jsonl}.expected.jsonl 2>/dev/null || exit 1; \
	done
	$(CARGO) build --quiet --locked -p strongroom-host --example log_folder --example activity --example certificate
	for name in activity/log:lockbox/activity-log evidence/verified:lease/zeroize evidence/reported:lease/zeroized-seen \
		evidence/witnessed:lease/failed-unit-shredded; do \
		rm -rf tests/$${name%%:*} && mkdir -p tests/$${name%%:*} || exit 1; \
		$${CARGO_TARGET_DIR:-target}/debug/examples/log_folder tests/scenarios/$${name##*:}.jsonl tests/$${name%%:*} || exit 1; \
	done
	for class in verified reported witnessed; do \
		$${CARGO_TARGET_DIR:-target}/debug/examples/certificate tests/evidence/$$class tests/evidence/details.json tests/evidence/$$class.json || exit 1; \
	done
	for format in jsonl csv azure; do \
		$${CARGO_TARGET_DIR:-target}/debug/examples/activity tests/activity/log $$format > tests/activity/lockbox.$$format || exit 1; \
	done

$(VENV)/.tools: python/requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r python/requirements-dev.txt
	touch $@

$(VENV)/.peers: $(VENV)/.installed tests/bench/requirements.txt
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/bench/requirements.txt
	touch $@

$(VENV)/.installed: $(VENV)/.tools $(RUST_SOURCES) $(PYTHON_SOURCES) python/README.md
	rm -f $(WHEELS)/strongroom-*.whl
	$(VENV)/bin/maturin build --quiet --release --locked -m python/Cargo.toml -i $(VENV)/bin/python --out $(WHEELS)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/strongroom-*.whl
	touch $@

clean: ## removes everything that was built
	rm -rf target firmware/target $(VENV)
