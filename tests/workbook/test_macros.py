"""The macros' text: fit for Excel 2010 and later, 32 and 64 bit, WPS and LibreOffice."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyopenvba.interpreter import Interpreter

from perfxl.addin.escapes import escaped, unescaped
from perfxl.model.annotation import FORMAT_MARK, NOTE_MARK, RESULT_MARK
from perfxl.writer.note_box import text_units
from tests.workbook.package import FOLDER, MODULES, procedures, public

_NAME = re.compile(r"\b[A-Za-z_]\w*\b")
_DECLARED = re.compile(r"^\s*(?:Dim|Private|Public|Const|Private Const|Public Const)\s+(.+)$")
# What the macros may create from outside, and where.
CREATED = {
    "WScript.Shell": {"PerfxlProgram", "PerfxlApply"},
    "com.sun.star.beans.PropertyValue": {"PerfxlHost", "PerfxlFormats"},
    "com.sun.star.lang.Locale": {"PerfxlFormats"},
}


def text(name: str) -> str:
    return (FOLDER / "vba" / f"{name}.bas").read_text(encoding="ascii")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module__is_ascii_with_the_line_ends_of_its_editor(path: Path) -> None:
    data = path.read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    assert data.startswith(f'Attribute VB_Name = "{path.stem}"\r\nOption Explicit\r\n'.encode())
    assert max(map(len, data.splitlines())) < 1000  # the editor cuts at 1,023


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module__declares_nothing_of_the_system_and_knows_its_helpers(path: Path) -> None:
    source = path.read_text(encoding="ascii")
    code = "\n".join(line.partition("' ")[0] for line in source.splitlines())
    for word in ("Declare", "PtrSafe", "IRibbonControl", "ActiveX", "Kill Environ"):
        assert word not in code
    for created in re.findall(r'CreateObject\("([^"]+)"\)', code):
        assert path.stem in CREATED[created]
    assert code.count("CreateObject(") == len(re.findall(r'CreateObject\("', code))
    assert not re.search(r"\.(Save|SaveAs|Close|Quit)\b", code)
    assert "MsgBox" not in code or path.stem == "PerfxlTalk"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module__compiles(path: Path) -> None:
    Interpreter().add_module(path.read_text(encoding="ascii"), name=path.stem)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module__uses_no_variable_that_it_does_not_declare(path: Path) -> None:
    source = path.read_text(encoding="ascii").replace(" _\n", " ")
    shared = {name.lower() for name in public()}
    own = {name.lower() for name in procedures(source)}
    top = _declared(_outside(source))
    for name, body in _bodies(source).items():
        parameters = _declared([f"Dim {_parameters(body[0])}"])
        known = shared | own | top | parameters | _declared(body) | _WORDS
        used = {word.lower() for line in body[1:] for word in _NAME.findall(_code(line))}
        assert used <= known, f"{name}: {sorted(used - known)}"


def test_escapes__are_read_and_written_as_the_program_does() -> None:
    vba = Interpreter()
    vba.add_module(text("PerfxlText"), name="PerfxlText")
    for one in ("自评表", r"C:\数据\u4e2d.xlsx", 'a"b\tc\nd', "𠮷野", "", "\\u", "得分95.5%"):
        assert _whole(vba.run("Uni", [escaped(one)])) == one
        halves = one.encode("utf-16-le")
        units = [halves[at : at + 2] for at in range(0, len(halves), 2)]
        text_there = "".join(unit.decode("utf-16-le", "surrogatepass") for unit in units)
        assert unescaped(str(vba.run("Esc", [text_there]))) == one


def test_markers__are_those_of_the_program() -> None:
    assert f'"{escaped(NOTE_MARK)}"' in text("PerfxlWords")
    assert f'RESULT_MARK As String = "{RESULT_MARK}"' in text("PerfxlMarks")
    assert f'MARK As String = """{FORMAT_MARK}"' in text("PerfxlFormats")


def test_words__are_short_and_none_is_missing() -> None:
    told = dict(re.findall(r'Case "([\w-]+)": Written = "([^"]*)"', text("PerfxlWords")))
    asked = set()
    for path in MODULES:
        asked |= set(re.findall(r'Words\("([\w-]+)"\)', path.read_text(encoding="ascii")))
    assert asked - {"mode-"} <= told.keys()
    assert told.keys() - {"mode-live", "mode-file", "song"} == asked
    assert all(text_units(unescaped(one)) <= 150 for one in told.values())


def _whole(text_there: object) -> str:
    """A text of VBA, which holds what lies beyond U+FFFF as two halves."""
    return str(text_there).encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _code(line: str) -> str:
    """A line without texts, comments and what follows a dot."""
    bare = re.sub(r'"[^"]*"', '""', line).partition("' ")[0]
    bare = re.sub(r"&H\w+|\d[\w.#]*", "0", bare)
    return re.sub(r"\.\s*\w+", "", bare)


def _outside(source: str) -> list[str]:
    inside, found = False, []
    for line in source.splitlines():
        if re.match(r"(Public|Private) (Sub|Function) ", line):
            inside = True
        if not inside:
            found.append(line)
        if re.match(r"End (Sub|Function)", line):
            inside = False
    return found


def _bodies(source: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in source.splitlines():
        head = re.match(r"(?:Public|Private) (?:Sub|Function) (\w+)\(", line)
        if head:
            name = head[1]
        if name:
            found.setdefault(name, []).append(line)
        if re.match(r"End (Sub|Function)", line):
            name = ""
    return found


def _parameters(head: str) -> str:
    inner = head[head.index("(") + 1 : head.rindex(")")]
    return re.sub(r"\b(ByVal|ByRef|Optional)\b", "", inner)


def _declared(lines: Iterable[str]) -> set[str]:
    names = set()
    for line in lines:
        match = _DECLARED.match(line)
        label = re.match(r"(\w+):$", line)
        if label:
            names.add(label[1].lower())
        if match:
            for piece in match[1].split(","):
                names |= {word.lower() for word in _NAME.findall(piece)[:2]}
    return names


# The language, its library and the program's own names.
_LANGUAGE = """
Abs And As ByVal Case CDbl Chr ChrW CLng Collection CStr CVErr DoEvents Dim Dir Do Each Else ElseIf
End EOF Err Error Exit False FileExists For FreeFile Function Get GoTo Hex If IIf In Input InStr
InStrRev Is IsDate IsEmpty IsError IsNumeric LCase Left Len Let Line Long Loop Mid Mod New Next Not
Nothing Now Object On Open Option Or Private Public Randomize Replace Resume Right Rnd RmDir Select
Set
Shell Split Step String Sub Then To Trim True UBound Until Val Variant While With Append Output
Print Close Kill MkDir Array AscW CreateObject Environ MsgBox VarType vbCr vbLf vbTab Integer Double
Boolean ByRef Timer Application ActiveWorkbook ThisWorkbook Workbooks
"""
_WORDS = set(_LANGUAGE.lower().split())
