"""The two workbooks as packages, and their macros as an independent reader sees them."""

import re
import zipfile
from functools import cache
from pathlib import Path

from oletools.olevba import VBA_Parser

from tests.architecture.repo import ROOT

FOLDER = ROOT / "workbook"
BOOK, ADDIN = FOLDER / "perfxl.xlsm", FOLDER / "perfxl.xlam"
BOTH = (BOOK, ADDIN)
MODULES = sorted((FOLDER / "vba").glob("*.bas"))
_PROCEDURE = re.compile(r"^(Public|Private) (?:Sub|Function) (\w+)\((.*)\)(?: As \w+)?$", re.M)


def part(path: Path, name: str) -> str:
    """A part of a package as text."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


@cache
def extracted(path: Path) -> dict[str, str]:
    """The macros' text by module, as olevba takes it out."""
    parser = VBA_Parser(str(path))
    try:
        return {
            name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros() if code
        }
    finally:
        parser.close()


def procedures(text: str) -> dict[str, tuple[str, str]]:
    """Name → scope and parameters."""
    lines = text.replace("\r\n", "\n").replace(" _\n", " ")
    return {name: (scope, told) for scope, name, told in _PROCEDURE.findall(lines)}


def public() -> dict[str, str]:
    """Every public procedure with its parameters; `Module.Name` too."""
    found = {}
    for path in MODULES:
        for name, (scope, told) in procedures(path.read_text(encoding="ascii")).items():
            if scope == "Public":
                assert name not in found, f"{name} stands in two modules"
                found[name] = found[f"{path.stem}.{name}"] = told
    return found
