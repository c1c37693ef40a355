"""One term, one identifier: docs/glossary.md is the table, its last column what is not said."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.repo import PACKAGE, ROOT, package_modules

GLOSSARY = ROOT / "docs" / "glossary.md"
# The writer measures type and rows in points.
MEANT_OTHERWISE = {"writer": {"points"}}


@cache
def _rows() -> list[list[str]]:
    """The glossary's rows: 中文, English, identifier, not."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in rows if row[0] != "中文" and not set(row[0]) <= set("-: ")]


def _codes(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def _forbidden() -> set[str]:
    return set().union(*(_codes(row[3]) for row in _rows()))


def _defined(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Names that a module itself gives: functions, classes, arguments, variables."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


def test_glossary__has_four_columns_and_no_term_twice() -> None:
    rows = _rows()
    assert {len(row) for row in rows} == {4}
    terms = [row[0] for row in rows]
    assert len(terms) == len(set(terms)) > 40


def test_glossary__forbids_no_identifier_that_it_prescribes() -> None:
    prescribed = set().union(*(_codes(row[2]) for row in _rows()))
    assert {"points", "mark_score"} <= _forbidden()
    assert _forbidden() & prescribed == set()


@pytest.mark.parametrize("path", package_modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_identifiers__are_the_glossarys(path: Path) -> None:
    folder = path.relative_to(PACKAGE).parts[0]
    forbidden = _forbidden() - MEANT_OTHERWISE.get(folder, set())
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [(line, name) for line, name in _defined(tree) if _snake(name) in forbidden] == []
