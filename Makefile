# Everything one does here. On a fresh machine each target first makes what it needs.
.PHONY: run test check fix docs bench lock help
.DEFAULT_GOAL := help

PREPARE = python=$$(PYTHON="$(PYTHON)" sh scripts/find-python.sh) && $$python scripts/prepare.py
BIN = .venv/bin

# start Foundation with a database and a sign-in of its own, and print the address
run:
	@$(PREPARE) run
	@exec $(BIN)/foundation dev $(ARGS)

# run all tests: the web's, then the Python ones; ARGS goes to pytest
test:
	@$(PREPARE) dev
	@$(BIN)/python scripts/test.py $(ARGS)

# look at everything without running it: style, types, layers, dependencies, spelling, web
check:
	@$(PREPARE) dev
	@$(BIN)/python scripts/check.py

# mend what a tool can mend: order of imports, layout, simple faults
fix:
	@$(PREPARE) dev
	@$(BIN)/ruff check --fix --exit-zero . && $(BIN)/ruff format .

# write the reference pages from the code
docs:
	@$(PREPARE) dev
	@$(BIN)/python scripts/reference.py

# measure the picture against the reference stack, on a quiet machine; ARGS="--rounds 1" for a look
bench:
	@$(PREPARE) bench
	@$(BIN)/python -m bench.run $(ARGS)

# write requirements/*.txt anew from the .in files; ARGS=--upgrade takes newer versions
lock:
	@$(PREPARE) dev
	@$(BIN)/python scripts/lock.py $(ARGS)

# say what there is
help:
	@awk '/^# /{why=substr($$0,3)} /^[a-z]+:/{sub(":.*",""); printf "  make %-6s %s\n", $$0, why}' Makefile
