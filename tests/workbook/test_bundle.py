"""What is carried to an officer's computer: what a test can see of it without Windows."""

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest

from perfxl import __version__
from perfxl.addin.desktop import DESKTOP_FILE, desktop_entry
from perfxl.errors import RefusedFile
from perfxl.reader import legacy
from tests.architecture.repo import ROOT, package_modules
from workbook.bundle.build_offline import PYTHONS, download_words
from workbook.bundle.contents import data_files
from workbook.bundle.entry import WORKER
from workbook.bundle.layout import (
    HERE,
    common_items,
    folder_items,
    write_linux_package,
    write_package,
)
from workbook.bundle.manual import MANUALS, manual_page

SCRIPTS = sorted(HERE.glob("*.cmd"))
SCRIPT_NAMES = {path.name for path in SCRIPTS} - {"build_windows.cmd"}
MESSAGES = {path.stem for path in (HERE / "messages").glob("*.txt")}


def _lines(script: Path) -> list[str]:
    return script.read_bytes().decode("ascii").split("\r\n")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script__is_what_every_cmd_reads(script: Path) -> None:
    data = script.read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") > 10  # bare line feeds lose labels
    lines = _lines(script)
    assert lines[0] == "@echo off"
    assert "setlocal DisableDelayedExpansion" in lines  # or a name with ! is lost


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script__jumps_only_where_there_is_a_label(script: Path) -> None:
    lines = _lines(script)
    labels = {line[1:] for line in lines if line.startswith(":")}
    jumps = {found for line in lines for found in re.findall(r"goto (\w+)", line)}
    assert jumps <= labels
    assert labels - jumps <= {"buttons", "run", "tell", "program"}  # reached from above


def test_scripts__say_what_there_is_to_say_and_leave_nothing_unsaid() -> None:
    text = "\n".join(path.read_bytes().decode("ascii") for path in SCRIPTS)
    used = set(re.findall(r'set "MESSAGE=([\w-]+)"', text))
    used |= set(re.findall(r"messages\\([\w-]+)\.txt", text))
    assert used == MESSAGES


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_message__is_short_chinese(name: str) -> None:
    text = (HERE / "messages" / f"{name}.txt").read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert 1 <= len(text.splitlines()) <= 3
    assert not text.isascii()


def test_drop_script__looks_beside_itself_then_where_it_was_installed() -> None:
    looked = re.findall(r'set "PROGRAM=([^"]+)"', "\n".join(_lines(HERE / "校验.cmd")))
    assert looked == [
        r"%~dp0perfxl\perfxl.exe",
        r"%~dp0perfxl.exe",
        r"%LOCALAPPDATA%\perfxl\app\perfxl.exe",
        r"%LOCALAPPDATA%\perfxl\venv\Scripts\perfxl.exe",
        "%%~$PATH:I",
    ]
    installs = (HERE / "install.cmd").read_text(encoding="ascii")
    assert r"%TARGET%\app\perfxl.exe" in installs
    assert r"%TARGET%\venv\Scripts\perfxl.exe" in installs


def test_install_script__passes_a_32_bit_python_over() -> None:
    """Its wheels are for 64 bits: pip would say so in English and stop."""
    tries = [line for line in _lines(HERE / "install.cmd") if "%PYTHON% -c" in line]
    assert len(tries) == 4
    for line in tries:
        [code] = re.findall(r'-c "([^"]+)"', line)
        for size, version, status in (
            (2**63 - 1, (3, 12), 0), (2**31 - 1, (3, 12), 1)
        ):  # fmt: skip
            faked = f"import sys; sys.maxsize = {size}; sys.version_info = {version}; {code}"
            done = subprocess.run([sys.executable, "-c", faked], check=False)
            assert done.returncode == status


def test_desktop_entry__is_what_the_installer_would_write() -> None:
    assert (HERE / DESKTOP_FILE).read_text(encoding="utf-8") == desktop_entry("perfxl")


class _Recipe:
    """What a PyInstaller recipe asks for, caught by names that stand for PyInstaller's own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[str, tuple[Any, dict[str, Any]]] = {}
        hooks = ModuleType("PyInstaller.utils.hooks")
        vars(hooks).update(
            collect_submodules=lambda name: [f"all of {name}"],
            collect_data_files=lambda name: [(f"data of {name}", name)],
        )
        for name in ("PyInstaller", "PyInstaller.utils"):
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
        monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
        monkeypatch.setattr(sys, "path", list(sys.path))
        names = {name: self._catch(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT")}
        spec = HERE / "perfxl.spec"
        code = compile(spec.read_text(encoding="utf-8"), str(spec), "exec")
        exec(code, {"SPECPATH": str(HERE), **names})

    def _catch(self, name: str) -> Any:
        def caught(*args: Any, **named: Any) -> Any:
            self.asked[name] = (args, named)
            return type("Step", (), dict.fromkeys(("pure", "scripts", "binaries", "datas")))

        return caught


def test_recipe__names_every_data_file_and_the_code_that_is_found_by_walking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = _Recipe(monkeypatch).asked
    (scripts,), analysis = asked["Analysis"]
    assert scripts == [str(HERE / "entry.py")]
    assert set(analysis["datas"]) >= {(str(path), folder) for path, folder in data_files()}
    assert ("data of docx", "docx") in analysis["datas"]
    assert "all of perfxl" in analysis["hiddenimports"]
    assert asked["EXE"][1]["exclude_binaries"] is True  # a folder, not one file
    assert (asked["EXE"][1]["upx"], asked["COLLECT"][1]["upx"]) == (False, False)


def test_recipe__names_every_library_that_the_package_imports(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = set(_Recipe(monkeypatch).asked["Analysis"][1]["hiddenimports"])
    text = "\n".join(path.read_text(encoding="utf-8") for path in package_modules())
    inner = set(re.findall(r"^ +(?:from|import) (\w+)", text, re.MULTILINE))
    own = {"perfxl", *sys.stdlib_module_names}
    outer = set(re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE))
    assert inner - own - outer - {"dask", "distributed", "pyarrow"} <= hidden


def test_data_files__leave_no_code_and_name_each_once() -> None:
    placed = [f"{folder}/{path.name}" for path, folder in data_files()]
    assert len(placed) == len(set(placed))
    assert {"perfxl/scheme/vocabulary.toml", "perfxl/document/notice.docx"} <= set(placed)
    assert not [name for name in placed if name.endswith((".py", ".pyc"))]


def test_entry__answers_the_reader_of_old_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(words: list[str], **_: Any) -> Any:
        started.append(words)
        raise subprocess.TimeoutExpired(words, 1)

    monkeypatch.setattr(subprocess, "run", start)
    with pytest.raises(RefusedFile):
        legacy.read_legacy(b"")
    assert started[0][1:] == WORKER
    monkeypatch.undo()
    done = subprocess.run(
        [sys.executable, HERE / "entry.py", *WORKER],
        input=b"no workbook",
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert "refused" in json.loads(done.stdout)


def test_entry__is_the_command_line_otherwise() -> None:
    done = subprocess.run(
        [sys.executable, HERE / "entry.py", "--version"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == f"perfxl {__version__}"


def test_package__holds_scripts_messages_and_the_manual(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "a-1-py3-none-any.whl").write_bytes(b"wheel")
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for target in (first, second):
        size = write_package(target, [*common_items(), *folder_items(wheels, "wheels")])
        assert size == target.stat().st_size
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = {name.removeprefix(f"perfxl-{__version__}/") for name in archive.namelist()}
        assert set(SCRIPT_NAMES) <= names
        assert {f"说明/{name}.html" for name in MANUALS} <= names
        assert {f"messages/{name}.txt" for name in MESSAGES} <= names
        assert "wheels/a-1-py3-none-any.whl" in names
        drop = archive.getinfo(f"perfxl-{__version__}/校验.cmd")
        assert drop.flag_bits & 0x800  # the name is UTF-8, and says so


def test_linux_package__holds_the_program_and_the_manuals(tmp_path: Path) -> None:
    program = tmp_path / "perfxl"
    program.mkdir()
    (program / "perfxl").write_bytes(b"program")
    (program / "perfxl").chmod(0o755)
    write_linux_package(tmp_path / "a.tar.gz", program)
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        top = f"perfxl-{__version__}"
        assert archive.getmember(f"{top}/perfxl/perfxl").mode & 0o100
        for name in MANUALS:
            manual = archive.extractfile(f"{top}/说明/{name}.html")
            assert manual is not None
            assert manual.read().decode() == manual_page(name)


@pytest.mark.parametrize("name", MANUALS)
def test_manual__opens_by_a_double_click_with_pictures_and_no_dead_link(name: str) -> None:
    page = manual_page(name)
    source = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert page.count("<img ") == source.count("](images/") == page.count("data:image/png;base64")
    links = set(map(unquote, re.findall(r'href="([^"]*)"', page)))
    assert links <= {f"{other}.html" for other in MANUALS}
    assert "|" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("python", PYTHONS)
def test_wheels__are_asked_for_windows(python: str, tmp_path: Path) -> None:
    words = download_words(python, tmp_path / "perfxl.whl", tmp_path)
    assert "--only-binary=:all:" in words
    assert words[words.index("--platform") + 1] == "win_amd64"
    assert words[words.index("--abi") + 1] == f"cp{python.replace('.', '')}"
    assert {"pywin32", "colorama"} <= set(words)
    installs = (HERE / "install.cmd").read_text(encoding="ascii")
    assert f"py -{python}" in installs
    assert "pywin32 colorama" in installs
