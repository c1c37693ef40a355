"""perfxl.xlsm and perfxl.xlam are what the text in workbook/ makes, and hang together."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from perfxl.reader.workbook import read_book
from tests.workbook.package import ADDIN, BOOK, BOTH, FOLDER, MODULES, extracted, part, public
from workbook.build import BUTTONS, LAST_NAME, OWN_SHEET, build

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
ACTIONS = {"check", "next", "fill", "why", "clean", "export", "doctor"}


def test_build__gives_the_bytes_that_are_checked_in() -> None:
    for name, data in build().items():
        assert data == (FOLDER / name).read_bytes(), f"python workbook/build.py: {name} is stale"


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
def test_macros__are_the_text_in_the_folder(path: Path) -> None:
    found = extracted(path)
    told = {one.stem: one.read_bytes().decode("ascii") for one in MODULES}
    assert {name: found[name] for name in told} == told
    assert found.keys() - told.keys() == {"ThisWorkbook", "Sheet1"}


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
def test_code_names__are_those_of_the_project(path: Path) -> None:
    assert '<workbookPr codeName="ThisWorkbook"' in part(path, "xl/workbook.xml")
    assert '<sheetPr codeName="Sheet1"' in part(path, "xl/worksheets/sheet1.xml")
    for name in ("ThisWorkbook", "Sheet1"):
        assert f'Attribute VB_Name = "{name}"' in extracted(path)[name]


@pytest.mark.parametrize(
    ("path", "kind"), [(BOOK, "sheet"), (ADDIN, "addin")], ids=["xlsm", "xlam"]
)
def test_content_types__say_what_each_is(path: Path, kind: str) -> None:
    types = part(path, "[Content_Types].xml")
    assert f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml" in types
    assert 'Extension="bin" ContentType="application/vnd.ms-office.vbaProject"' in types
    assert 'Extension="xml"' in types


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
def test_relations__lead_to_the_macros_and_the_ribbon(path: Path) -> None:
    root = part(path, "_rels/.rels")
    assert "office/2007/relationships/ui/extensibility" in root
    assert 'Target="customUI/customUI14.xml"' in root
    assert "relationships/vbaProject" in part(path, "xl/_rels/workbook.xml.rels")
    ribbon = (FOLDER / "ribbon" / "customUI14.xml").read_text(encoding="utf-8")
    assert part(path, "customUI/customUI14.xml") == ribbon


def test_ribbon__calls_a_procedure_that_takes_a_control_for_each_button() -> None:
    ribbon = ElementTree.fromstring(part(BOOK, "customUI/customUI14.xml"))
    buttons = list(ribbon.iter(f"{UI}button"))
    assert {button.get("onAction") for button in buttons} == {
        f"PerfxlButtons.Ribbon{action.capitalize()}" for action in ACTIONS
    }
    assert {button.get("label") for button in buttons} == {one.caption for one in BUTTONS}
    assert len({button.get("id") for button in buttons}) == len(ACTIONS)
    for button in buttons:
        assert public()[button.get("onAction", "")] == "control As Object"
        assert button.get("screentip")
        assert button.get("imageMso")


def test_sheet__has_a_button_for_each_macro() -> None:
    drawing = part(BOOK, "xl/drawings/vmlDrawing1.vml")
    called = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    assert called == [one.macro for one in BUTTONS]
    assert {f"Perfxl{action.capitalize()}" for action in ACTIONS} == set(called)
    assert all(public()[macro] == "" for macro in called)


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
def test_last_message__has_a_named_cell(path: Path) -> None:
    workbook = part(path, "xl/workbook.xml")
    assert re.findall(r'<sheet name="([^"]+)"', workbook) == [OWN_SHEET]
    assert f"<definedName name=\"{LAST_NAME}\">'{OWN_SHEET}'!$B$" in workbook
    source = (FOLDER / "vba" / "PerfxlTalk.bas").read_text(encoding="ascii")
    assert f'"{LAST_NAME}"' in source


def test_book__is_told_from_a_return() -> None:
    assert [sheet.name for sheet in read_book(BOOK).sheets] == [OWN_SHEET]
