"""`check` starts fast: what it does not need it does not load."""

import json
from pathlib import Path

import pytest

from tests.architecture.repo import run_python, sample_return

HEAVY = {
    "pandas",
    "numpy",
    "openpyxl",
    "xlsxwriter",
    "xlwings",
    "rich",
    "dask",
    "distributed",
    "pyarrow",
    "docx",
    "docxtpl",
    "lxml",
    "xlrd",
    "jinja2",
}

# What is for a round of many returns only.
OF_ROUNDS = ("perfxl.batch.advice", "perfxl.batch.summary", "perfxl.rules.across")

CODE = """
import json, sys
from perfxl.cli.main import run
status = run(sys.argv[1:])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
own = sorted(name for name in sys.modules if name.startswith("perfxl."))
print("\\n" + json.dumps({"status": status, "loaded": loaded, "own": own}))
"""


@pytest.mark.parametrize("format_", ["text", "json"])
def test_check__loads_nothing_heavy(format_: str, tmp_path: Path) -> None:
    done = run_python(
        CODE, "check", str(sample_return()), "--format", format_, "--fail-on", "never", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["status"] == 0, done.stderr
    assert "click" in seen["loaded"]
    assert set(seen["loaded"]) & HEAVY == set()
    assert [name for name in seen["own"] if name.startswith(OF_ROUNDS)] == []
