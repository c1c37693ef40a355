"""The layers contract of pyproject.toml speaks of every part of the package.

That the imports keep the contract is import-linter's own run, in tests/run.
"""

import re
from typing import Any

from tests.architecture.repo import PACKAGE, pyproject


def _contracts(kind: str) -> list[dict[str, Any]]:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    return [contract for contract in contracts if contract["type"] == kind]


def _layers() -> list[set[str]]:
    [contract] = _contracts("layers")
    return [set(re.findall(r"\w+", line)) for line in contract["layers"]]


def _parts() -> set[str]:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    return (folders | modules) - {"__init__", "__main__"}


def test_layers__list_every_part_of_the_package() -> None:
    assert _parts() - set().union(*_layers()) == set()


def test_layers__stand_in_the_agreed_order() -> None:
    assert _layers() == [
        {"cli"},
        {"addin"},
        {"batch"},
        {"pipeline"},
        {"render", "document", "writer", "salvage", "reader"},
        {"engine", "waivers"},
        {"rules"},
        {"scheme"},
        {"formula"},
        {"model"},
        {"tomlfile"},
        {"errors"},
    ]


def test_meaning__may_import_no_file_format() -> None:
    contracts = _contracts("forbidden")
    [contract] = [one for one in contracts if "openpyxl" in one["forbidden_modules"]]
    sources = {name.removeprefix("perfxl.") for name in contract["source_modules"]}
    assert sources == {"errors", "model", "formula", "scheme", "rules"}
    assert {"openpyxl", "xlsxwriter", "xlwings", "pandas", "dask", "docx", "xml"} <= set(
        contract["forbidden_modules"]
    )


def test_every_folder__is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
