"""The lines that start the program, read as the two systems read them.

cmd is modelled by its documented rules (未实机验证); sh is run.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyopenvba.interpreter import Interpreter

from tests.workbook.package import FOLDER

NAMES = ("自评 表", "a & b", "x^y", "(1)", "50!", "it's", "a;b,c=d", "#1", "-", "a && del b")
ARGUMENTS = ("job", "check", "{folder}\\book.xlsx", "--sheet", "\\u0041 & ^|<>", "--cell", "")


@pytest.fixture(scope="module")
def macros() -> Interpreter:
    vba = Interpreter()
    for name in ("PerfxlText", "PerfxlCommand"):
        vba.add_module((FOLDER / "vba" / f"{name}.bas").read_text(encoding="ascii"), name=name)
    vba.add_module(
        'Attribute VB_Name = "Runner"\r\n'
        "Public Function Windows(c As String, p As String, a As String, f As String) As String\r\n"
        "    Windows = WindowsLine(c, p, Split(a, vbTab), f)\r\nEnd Function\r\n"
        "Public Function Unix(p As String, a As String, f As String) As String\r\n"
        "    Unix = UnixLine(p, Split(a, vbTab), f)\r\nEnd Function\r\n",
        name="Runner",
    )
    return vba


@pytest.mark.parametrize("name", NAMES)
def test_cmd__gets_one_program_with_its_arguments_and_one_echo(
    name: str, macros: Interpreter
) -> None:
    folder = f"C:\\Users\\{name}\\Temp\\perfxl_1"
    program = f"D:\\{name}\\perfxl.exe"
    arguments = [one.format(folder=folder) for one in ARGUMENTS]
    shell = "C:\\WINDOWS\\system32\\cmd.exe"
    line = str(macros.run("Windows", [shell, program, "\t".join(arguments), folder]))
    head, slash_c, rest = line.partition(" /s /c ")
    assert slash_c
    assert _arguments(head) == [shell, "/d", "/v:off"]
    # /s: the first and the last quote go, whatever stands between.
    assert rest[0] == rest[-1] == '"'
    first, second = _commands(rest[1:-1])
    assert _arguments(first) == [program, *arguments]
    assert second.strip() == f'echo x>"{folder}\\ended.txt"'


def test_cmd__is_looked_for_where_the_system_does_not_tell(macros: Interpreter) -> None:
    assert str(macros.run("Windows", ["", "perfxl", "job", "D:\\a"])).startswith('"cmd.exe" /d ')


@pytest.mark.parametrize("name", [*NAMES, "$(touch x)", "`id`", "$HOME", "a\\b", "50%", 'a"b'])
@pytest.mark.parametrize("status", [0, 1])
def test_sh__starts_the_program_and_leaves_its_mark_at_the_end(
    name: str, status: int, macros: Interpreter, tmp_path: Path
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "程序"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{tmp_path}/got"\nexit {status}\n')
    program.chmod(0o755)
    arguments = ["job", f"{folder}/book.xlsx", "--cell", "", "\\u0041 $(id)"]
    line = str(macros.run("Unix", [str(program), "\t".join(arguments), str(folder)]))
    subprocess.run(_words(line), check=False, cwd=tmp_path, timeout=30)
    assert (tmp_path / "got").read_text(encoding="utf-8").splitlines() == arguments
    assert (folder / "ended.txt").is_file()
    assert not (tmp_path / "x").exists()


def test_sh__marks_the_end_of_a_program_that_is_not_there(
    macros: Interpreter, tmp_path: Path
) -> None:
    line = str(macros.run("Unix", [str(tmp_path / "无"), "job", str(tmp_path)]))
    subprocess.run(_words(line), check=False, stderr=subprocess.DEVNULL, timeout=30)
    assert (tmp_path / "ended.txt").is_file()


def _commands(text: str) -> list[str]:
    """What cmd takes for commands of their own: parted at an & outside of quotes."""
    assert "%" not in text
    found, is_quoted = [""], False
    for letter in text:
        is_quoted ^= letter == '"'
        assert is_quoted or letter not in "^|<()"
        if letter == "&" and not is_quoted:
            found.append("")
        else:
            found[-1] += letter
    assert not is_quoted
    return found


def _arguments(text: str) -> Sequence[str]:
    """What a program's start-up code makes of a line without escapes."""
    assert '\\"' not in text
    found, is_quoted, is_in_word = list[str](), False, False
    for letter in text:
        if letter == " " and not is_quoted:
            is_in_word = False
            continue
        if not is_in_word:
            found.append("")
            is_in_word = True
        if letter == '"':
            is_quoted = not is_quoted
        else:
            found[-1] += letter
    return found


def _words(line: str) -> list[str]:
    """What LibreOffice's Shell makes of a line: words, quoted by either quote, without escapes."""
    found, at = list[str](), 0
    while at < len(line):
        if line[at] == " ":
            at += 1
        elif line[at] in "\"'":
            end = line.index(line[at], at + 1)
            found.append(line[at + 1 : end])
            at = end + 1
        else:
            end = line.find(" ", at)
            end = len(line) if end < 0 else end
            found.append(line[at:end])
            at = end
    return found
