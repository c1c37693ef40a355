import sys
import time
from pathlib import Path

import pytest

from perfxl.addin.desktop import desktop_entry
from perfxl.addin.system import System

SYSTEM = System()


def test_run__tells_the_status_and_what_was_said() -> None:
    ran = SYSTEM.run([sys.executable, "-c", "print('好'); raise SystemExit(3)"], 30)
    assert (ran.status, ran.said) == (3, "好")


def test_run__ends_what_does_not_end() -> None:
    ran = SYSTEM.run([sys.executable, "-c", "import time; time.sleep(60)"], 1)
    assert (ran.status, ran.said) == (None, "1秒没有结束")


def test_run__a_program_that_is_not_there(tmp_path: Path) -> None:
    ran = SYSTEM.run([str(tmp_path / "perfxl.exe"), "--version"], 5)
    assert ran.status is None
    assert ran.said


def test_importing__tells_why_not() -> None:
    assert SYSTEM.trouble_importing("json") == ""
    assert SYSTEM.trouble_importing("no_such_module").startswith("ModuleNotFoundError")


def test_registry_and_web_mark__are_windows_own(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="utf-8")
    assert SYSTEM.registry("HKCU", r"Software\Microsoft") is None
    assert SYSTEM.web_mark(tmp_path / "a.xlsm") == ""


def test_outer_environment__is_free_of_a_frozen_programs_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "ours")
    assert SYSTEM.outer_environment()["LD_LIBRARY_PATH"] == "ours"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "LD_LIBRARY_PATH" not in SYSTEM.outer_environment()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "theirs")
    assert SYSTEM.outer_environment()["LD_LIBRARY_PATH"] == "theirs"


def test_open__starts_the_desktops_own_opener(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, told = tmp_path / "xdg-open", tmp_path / "told 了"
    opener.write_text('#!/bin/sh\n: > "$1"\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert SYSTEM.open(told) == ""
    for _ in range(500):
        if told.exists():
            break
        time.sleep(0.01)
    assert told.exists()
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert SYSTEM.open(told) != ""


def test_desktop_entry__is_offered_for_tables_where_wps_is_installed() -> None:
    [line] = [one for one in desktop_entry("perfxl").splitlines() if one.startswith("MimeType=")]
    types = set(line.removeprefix("MimeType=").split(";"))
    assert {f"application/wps-office.{kind}" for kind in ("xlsx", "xls", "et")} <= types


def test_desktop_entry__quotes_what_a_path_may_hold() -> None:
    assert "Exec=/opt/perfxl-1.0/perfxl %F" in desktop_entry("/opt/perfxl-1.0/perfxl").splitlines()
    text = desktop_entry('/opt/我的 工具/100%$"x\\/perfxl')
    # Quoting of the command, then of the value: a backslash each way, a percent sign twice.
    assert r'Exec="/opt/我的 工具/100%%\\$\\"x\\\\/perfxl" %F' in text.splitlines()
