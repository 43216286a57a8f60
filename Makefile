# The commands of this repository; `make help` lists them.
# `git describe` is asked in each recipe, so that any make will do.

GO      = go
DATA    = data
VERSION = `git describe --tags --always --dirty 2>/dev/null || echo dev`
LDFLAGS = -X datacharter/version.Version=$(VERSION)
TOOLS   = bin/tools/golangci-lint
# All modules of the workspace; ./... stops at a nested one.
ALL     = ./... ./standalone/... ./bench/...

# A list of all files with their sums, to see whether a command changed any.
SUMS = git ls-files --cached --others --exclude-standard -z | xargs -0 cksum 2>/dev/null

.PHONY: help run assets build dist screenshots demo demo-years bench test check fmt modules lint determinism vulnerabilities fresh compose generate tools clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-24s %s\n", $$1, $$2}'

run: build ## build and start everything in one process with demo people, data in ./data
	bin/standalone --demo --data $(DATA)

# What browsers load, from the npm registry by lockfile. Made when a source is newer.
ASSETS = web/assets/dist/manifest.json

assets: $(ASSETS) ## build the style and scripts of the pages

$(ASSETS): web/assets/package-lock.json web/assets/build.mjs $(wildcard web/assets/src/*/*) web/assets/src/icon.svg
	cd web/assets && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	node web/assets/build.mjs

build: assets ## build the two programs into bin/
	$(GO) build -ldflags "$(LDFLAGS)" -o bin/datacharter ./cmd/datacharter
	$(GO) build -ldflags "$(LDFLAGS)" -o bin/standalone ./standalone

# -trimpath makes the result the same on every machine, and the compiler's cache
# useless for all else: releases only.
dist: assets ## build release binaries into dist/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w $(LDFLAGS)" -o dist/datacharter ./cmd/datacharter
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w $(LDFLAGS)" -o dist/datacharter-standalone ./standalone
	cd dist && sha256sum datacharter datacharter-standalone > SHA256SUMS

screenshots: assets ## write a picture of every page, in both languages and three widths, into ./screenshots
	$(GO) test -tags screenshots -count=1 -timeout 1h -run TestScreenshots ./web -pictures $(CURDIR)/screenshots

demo: build ## drive thirty authorisations, registrations, plans and complaints through the API to every end there is
	demo/run.sh

demo-years: build ## drive one authorisation through three years of yearly duties, about six minutes
	DAY_LENGTH=300ms demo/run.sh --years --within 20m

bench: build ## measure commands against bare Temporal and against no workflow engine, reports of use, and pages (filling their databases takes half an hour, once)
	$(GO) run ./bench
	$(GO) test ./api -run '^$$' -bench ReportUse -benchtime 10s
	$(GO) run ./bench --pages --page-cases 1000,10000,100000

# The race detector is for the packages in which several goroutines meet; elsewhere
# it would multiply the time of exhaustive tests and find nothing. What it would
# check of unsafe pointers besides is the database's, and a third of the time.
RACY = activities|api|store|workflows
RACE = -race -gcflags=all=-d=checkptr=0

test: assets ## run all tests
	$(GO) build -o /dev/null ./bench
	$(GO) test -timeout 45m `$(GO) list ./... | grep -Ev '/($(RACY))(/|$$)'`
	$(GO) test -timeout 30m ./api # with the matrix of its commands, which the race detector leaves out
	$(GO) test -timeout 30m $(RACE) `$(GO) list ./... | grep -E '/($(RACY))(/|$$)'`
	cd standalone && $(GO) test -p 1 -parallel 4 -timeout 45m ./... # its journeys mostly wait for business time

check: assets tools modules lint determinism vulnerabilities fresh compose ## run every linter and check

fmt: tools ## format the source
	bin/tools/golangci-lint fmt $(ALL)

# The image is built without the workspace, so each module must stand alone.
modules:
	@echo "== go mod tidy"
	@for m in . standalone bench tools; do \
	(cd $$m && GOWORK=off $(GO) mod tidy -diff >/dev/null) || { echo "$$m/go.mod is not tidy: run go mod tidy there"; exit 1; }; \
	done

# Among its linters are go vet with all its analysers and gofumpt.
lint:
	@echo "== golangci-lint"
	@bin/tools/golangci-lint run $(ALL)

determinism:
	@echo "== workflowcheck"
	@bin/tools/workflowcheck -config workflowcheck.config.yaml ./workflows/...

# govulncheck ends with 1 when it could not work and with 3 when it found something.
vulnerabilities:
	@echo "== govulncheck"
	@out=`bin/tools/govulncheck $(ALL) 2>&1`; code=$$?; \
	case "$$code $$out" in \
	"0 "*) ;; \
	"1 "*"fetching vulnerabilities"*) echo "SKIPPED: the vulnerability database is not reachable" ;; \
	*) echo "$$out"; exit 1 ;; \
	esac

fresh:
	@echo "== generated files"
	@mkdir -p bin
	@$(SUMS) > bin/before; $(MAKE) -s generate || exit 1; $(SUMS) > bin/after; \
	diff bin/before bin/after || { echo "generated files are out of date: run make generate and commit"; exit 1; }

compose:
	@echo "== docker compose config"
	@if docker compose version >/dev/null 2>&1; then docker compose config --quiet; \
	else echo "SKIPPED: docker compose is not installed"; fi

generate: tools ## make generated files anew
	$(GO) generate ./...

tools: $(TOOLS) ## build the development tools into bin/tools

# The tools have a module of their own, so that their dependencies never raise
# the product's.
$(TOOLS): tools/go.mod tools/go.sum
	cd tools && GOWORK=off $(GO) build -o ../bin/tools/ tool
	@touch $(TOOLS)

clean: ## remove what was built; data stays
	rm -rf bin dist
