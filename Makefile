# Two commands: `make demo` and `make test`. Each installs what is missing, then builds.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The one list of Debian packages. Building needs the first line, the tests the second too,
# `make bench` the third and `make test-arm` the fourth. BENCH takes options of Benchmarks/bench.py, such as --works=a,b.
APT_BUILD := libcsv-dev zlib1g-dev libisal-dev libsqlite3-dev libgeos-dev libproj-dev \
             libxlsxwriter-dev
APT_TEST  := python3 python3-venv chromium
APT_BENCH := miller
APT_ARM   := qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross

PREFIX  ?= /usr/local
# Seconds of `make fuzz`.
TIME    ?= 3600
SWIFT   ?= swift
CONFIG  := -c release
BIN      = $(shell $(SWIFT) build $(CONFIG) --show-bin-path)
VENV    := .venv
STATE   := $(CURDIR)/.build/state

.PHONY: help demo test test-asan test-tsan test-arm build sample lint fuzz bench growth install uninstall clean deps deps-test man

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: ## Install the Debian packages that building needs
	@bash .ci/apt $(APT_BUILD)

deps-test: deps ## …and what the tests need
	@bash .ci/apt $(APT_TEST)
	@bash .ci/venv $(VENV) Tests/requirements.txt

build: deps ## Build the release binaries
	$(SWIFT) build $(CONFIG)

demo: build ## Run the shipped pipelines on SampleData
	@OCTROI_STATE="$(STATE)" bash .ci/demo "$(BIN)/octroi"

test: deps-test build ## Run all tests
	@bash .ci/fuzz 60
	OCTROI_PYTHON="$(CURDIR)/$(VENV)/bin/python" $(SWIFT) test $(CONFIG) --disable-testable-imports

sample: build ## Make SampleData again, byte for byte
	"$(BIN)/octroi-sample" --out SampleData --seeds seeds --seed 2019

lint: ## Check the formatting
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

fuzz: deps ## Look for inputs that break what reads them, TIME seconds in all (an hour)
	@bash .ci/fuzz $(TIME)

test-asan: deps-test ## Run the tests under the address sanitizer
	@bash .ci/sanitized address

test-tsan: deps-test ## Run the tests under the thread sanitizer
	@bash .ci/sanitized thread

test-arm: ## Hold the NEON kernels to the plain ones, under qemu if need be
	@[[ $$(uname -m) == aarch64 ]] || bash .ci/apt $(APT_ARM)
	@bash .ci/arm

bench: build ## Time Octroi beside DuckDB, Polars and Miller on a generated gigabyte
	@bash .ci/apt $(APT_TEST) $(APT_BENCH)
	@bash .ci/venv .venv-bench Benchmarks/requirements.txt
	.venv-bench/bin/python Benchmarks/bench.py --octroi "$(BIN)/octroi" \
	  --engine "$(BIN)/octroi-engine" --sample "$(BIN)/octroi-sample" $(BENCH)

growth: bench ## …then measure how time and memory grow
	.venv-bench/bin/python Benchmarks/growth.py --octroi "$(BIN)/octroi"

install: build ## Install the binary, its completions and its man pages under PREFIX
	install -D -m 0755 "$(BIN)/octroi" "$(DESTDIR)$(PREFIX)/bin/octroi"
	@share="$(DESTDIR)$(PREFIX)/share"; \
	mkdir -p "$$share/bash-completion/completions" "$$share/zsh/site-functions" \
	  "$$share/fish/vendor_completions.d" "$$share/man/man1" "$$share/man/fr/man1"; \
	"$(BIN)/octroi" --generate-completion-script bash \
	  > "$$share/bash-completion/completions/octroi"; \
	"$(BIN)/octroi" --generate-completion-script zsh > "$$share/zsh/site-functions/_octroi"; \
	"$(BIN)/octroi" --generate-completion-script fish \
	  > "$$share/fish/vendor_completions.d/octroi.fish"; \
	"$(BIN)/octroi" --lang en man > "$$share/man/man1/octroi.1"; \
	"$(BIN)/octroi" --lang fr man > "$$share/man/fr/man1/octroi.1"; \
	echo "installed $(DESTDIR)$(PREFIX)/bin/octroi, completions and octroi(1)"

uninstall: ## Remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/octroi" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/octroi" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_octroi" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/octroi.fish" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1/octroi.1" \
	  "$(DESTDIR)$(PREFIX)/share/man/fr/man1/octroi.1"

clean: ## Remove what was built
	rm -rf .build .venv .venv-bench out
