"""Fixtures of the tests with the office program."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as officers name them."""
    made = tmp_path / "绩效 自评"
    made.mkdir()
    return made
