"""A module has one purpose and fits in a reader's head."""

from pathlib import Path

import pytest

from tests.architecture.repo import ROOT, own_files

LIMIT = 400
VAGUE = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}

MODULES = [path for path in own_files() if path.suffix == ".py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module__has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LIMIT


def test_module_names__say_what_is_inside() -> None:
    assert [str(path) for path in MODULES if path.name in VAGUE] == []
