# Aliases only: what they call works without just.

# All checks; arguments go to pytest
test *ARGS:
    bash tests/run {{ARGS}}

lint:
    .venv-test/bin/ruff check .
    .venv-test/bin/ruff format --check .
    .venv-test/bin/mypy
    PYTHONPATH=. .venv-test/bin/lint-imports --no-cache

fmt:
    .venv-test/bin/ruff check --fix .
    .venv-test/bin/ruff format .

bench *ARGS:
    .venv-test/bin/python benchmarks/run.py {{ARGS}}

# The pages of the rules, after a change to one
docs:
    .venv-test/bin/python -m tests.docs_rules

demo:
    .venv-test/bin/perfxl demo
