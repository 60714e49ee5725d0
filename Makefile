# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

# All output goes here; `make clean` removes it.
BUILD := build

# Arguments of the program, for run and bench: make run ARGS="--codec H264"
ARGS ?=

# A macOS SDK, for videotoolbox-syntax.
SDK ?=

# The libwebrtc revision: nothing for Debian's, m150 for the browser's own.
TAGS ?=

GO ?= go
ifneq ($(filter m150,$(TAGS)),)
# One shell expression, so that a missing prefix stops the target that needs it.
WITH_PREFIX = PKG_CONFIG_PATH="$$(tools/setup/prefix.sh)" && export PKG_CONFIG_PATH &&
PREFIX_TOOLS = m150
endif

.DEFAULT_GOAL := help
.PHONY: help setup build run test libwebrtc conformance judge bench generate lint videotoolbox-syntax notices clean

help: ## print this list
	@echo "nativertc: libwebrtc for Go"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Variables: ARGS=\"...\" for run and bench; TAGS=m150 for the other libwebrtc revision;"
	@echo "NATIVERTC_STAGES=\"lint unit\" for single stages of test (tools/testall.sh lists them)."

setup: ## install all packages that building, running and testing need
	tools/setup/setup.sh build run test bazel

build: ## build the program to build/nativertc
	@tools/setup/setup.sh build $(PREFIX_TOOLS)
	$(WITH_PREFIX) $(GO) build -tags "$(TAGS)" -o $(BUILD)/nativertc ./tools/nativertc

run: ## install what is missing, build, and make a complete call between two peers
	@tools/setup/setup.sh build run $(PREFIX_TOOLS)
	$(WITH_PREFIX) $(GO) build -tags "$(TAGS)" -o $(BUILD)/nativertc ./tools/nativertc
	$(BUILD)/nativertc call $(ARGS)

test: ## install what is missing and pass all tests
	@tools/setup/setup.sh build run test bazel
	tools/testall.sh

libwebrtc: ## build the browser's libwebrtc from Debian's sources, for TAGS=m150 (an hour or more)
	@tools/setup/setup.sh libwebrtc
	$(GO) run ./tools/libwebrtc $(ARGS)

conformance: ## the judge and the W3C's Web Platform Tests over m150, with totals
	@tools/setup/setup.sh build test m150 conformance
	NATIVERTC_STAGES=conformance tools/testall.sh

judge: ## play the conformance scenarios in Chromium and here, and compare
	@tools/setup/setup.sh build test $(PREFIX_TOOLS)
	$(WITH_PREFIX) cd tests && $(GO) test -tags "$(TAGS)" -count 1 -timeout 15m ./conformance/browser -v -run TestBrowserIsJudge

bench: ## measure against plain C++ and against pion
	@tools/setup/setup.sh build run
	$(WITH_PREFIX) $(GO) run -tags "$(TAGS)" ./tools/nativertc bench $(ARGS)
	$(GO) run ./tools/bench/encoder

generate: ## write the generated files anew
	$(GO) generate ./...

lint: ## gofmt, go vet and bash -n
	NATIVERTC_STAGES=lint tools/testall.sh

videotoolbox-syntax: ## check the encoder of Macs against Apple's headers: SDK=/path/to/MacOSX.sdk
	@tools/videotoolbox/syntax.sh "$(SDK)"

notices: build ## collect the licences of all that build/nativertc links
	tools/setup/notices.sh $(BUILD)/nativertc $(BUILD)/NOTICES.txt

clean: ## remove all output
	rm -rf $(BUILD)
