"""Decisions are kept as half a page each, under fixed headings, numbered without holes."""

import re
from pathlib import Path

import pytest

from tests.architecture.repo import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Status"]
STATUS = re.compile(r"^(Accepted|Proposed|Superseded by \d{4})\.?$")


def test_numbers__have_no_holes() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert len(DECISIONS) >= 8


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision__has_its_headings_and_half_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = path.name.partition("-")[0]
    assert text.startswith(f"# {number} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert STATUS.match(text.rpartition("## Status")[2].strip())
    assert len(text.splitlines()) <= 60
