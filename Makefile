# The front door: `make help` lists what there is.
# Everything that builds goes through here, so that a person and CI type the same.

PREFIX ?= /usr/local
SWIFT ?= swift
DEMO_ROOT := .build/demo/projects
RELEASE_FLAGS := -c release --static-swift-stdlib --product flowctl
SYSTEM_PACKAGES := libsqlite3-dev libcurl4-openssl-dev
# The coverage report is a script, the JSON schemas are checked by one, and TLS needs certificates.
TEST_PACKAGES = $(SYSTEM_PACKAGES) $(if $(shell command -v python3),,python3) \
	$(if $(shell python3 -c "import jsonschema" 2>/dev/null && echo here),,python3-jsonschema) \
	$(if $(shell command -v openssl),,openssl)

# A Python of the tests' own with llama.cpp's server; some 200 MB.
LIVE := .build/live
LIVE_PACKAGES := xllamacpp==2026.10.11549 gguf==0.19.0 numpy==2.4.6

.PHONY: help demo test test-live coverage lint format build release install uninstall bench soak clean system-packages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: release ## import the sample transcript and assemble a prompt of 2,000 tokens
	@Scripts/demo.sh "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl" $(DEMO_ROOT)

test: ## run all tests, and show how much of Sources they cover
	@Scripts/system-packages.sh $(TEST_PACKAGES)
	$(SWIFT) test --disable-xctest --enable-code-coverage
	@Scripts/coverage.sh

test-live: $(LIVE)/.installed ## run flowctl against a real llama.cpp server, which pip installs below .build/live
	FLOW_LLAMA_PYTHON="$(abspath $(LIVE))/bin/python3" \
		$(SWIFT) test --disable-xctest --filter 'FlowCommandsTests.*A real server of llama.cpp'

$(LIVE)/.installed: Makefile
	@Scripts/system-packages.sh $(TEST_PACKAGES) \
		$(if $(shell python3 -c "import ensurepip, venv" 2>/dev/null && echo here),,python3-venv)
	python3 -m venv $(LIVE)
	$(LIVE)/bin/python3 -m pip install --quiet $(LIVE_PACKAGES)
	@touch $@

coverage: ## show the coverage of the last `make test`, file by file
	@Scripts/coverage.sh --files

lint: ## check the format and the rules that the compiler does not know
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift
	@Scripts/lint.sh

format: ## bring all Swift files into form
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

build: system-packages ## build everything for debugging
	$(SWIFT) build --build-tests

release: system-packages ## build flowctl for use
	$(SWIFT) build $(RELEASE_FLAGS)

install: release ## install flowctl to $(PREFIX)/bin
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl" "$(DESTDIR)$(PREFIX)/bin/flowctl"
	-strip "$(DESTDIR)$(PREFIX)/bin/flowctl"
	@"$(DESTDIR)$(PREFIX)/bin/flowctl" --version

uninstall: ## remove flowctl from $(PREFIX)/bin
	rm -f "$(DESTDIR)$(PREFIX)/bin/flowctl"

bench: release ## print the benchmarks' tables
	python3 Benchmarks/startup.py --flowctl "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl"
	python3 Benchmarks/plan.py --flowctl "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl"
	python3 Benchmarks/upgrade.py --flowctl "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl"

soak: release ## many processes, kill -9, full disks, torn files, hostile inputs: what is lost or wrong (10 minutes)
	@command -v faketime >/dev/null || Scripts/system-packages.sh faketime || true
	python3 Benchmarks/soak.py --flowctl "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl"
	python3 Benchmarks/hostile.py --flowctl "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/flowctl"

system-packages: ## install the system packages that the build needs (Debian and Ubuntu)
	@Scripts/system-packages.sh $(SYSTEM_PACKAGES)

clean: ## remove what was built
	rm -rf .build
