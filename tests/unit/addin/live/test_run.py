import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfxl.addin.actions import Request
from perfxl.addin.changes import Action
from perfxl.addin.escapes import escaped, unescaped
from perfxl.addin.job import DONE_FILE
from perfxl.addin.live import run as live_run
from perfxl.addin.live.run import run_live
from perfxl.cli.main import run
from perfxl.errors import SchemeError
from perfxl.pipeline import Options

ROOT = Path(__file__).resolve().parents[4]


def done(folder: Path) -> list[str]:
    return [unescaped(line) for line in (folder / DONE_FILE).read_text("ascii").splitlines()]


def test_system_without_excel__is_told_what_to_do(tmp_path: Path) -> None:
    # In a process of its own: another test may have shown the library a program.
    path = escaped(str(tmp_path / "自评表.xlsx"))
    command = [sys.executable, "-m", "perfxl", "live", "check", "--book", path, "--hwnd", "5",
               "--dir", str(tmp_path)]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120)
    assert ended.returncode == 1
    line, text = done(tmp_path)
    assert line == "failed"
    assert "没有能直接连接的 Excel" in text
    assert "文件方式" in text
    assert not list(tmp_path.glob("a*.txt"))  # never attached
    assert not ended.stderr


def test_doctor__needs_no_book(tmp_path: Path) -> None:
    assert run(["live", "doctor", "--book", "x", "--dir", str(tmp_path)]) == 0
    assert done(tmp_path)[0] == "ok"


def test_folder_that_is_not_there__is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["live", "check", "--book", "x", "--dir", str(tmp_path / "无")]) == 2
    assert "文件夹不存在" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (SchemeError("方案坏了"), 1, "没有做成：方案坏了"),
        (RuntimeError("boom"), 3, "校验程序出错（RuntimeError: boom）"),
    ],
)
def test_failure__ends_as_a_message(
    error: Exception, status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(live_run, "perform", fail)
    request = Request(Action.DOCTOR, tmp_path / "x.xlsx")
    assert run_live(request, tmp_path, lambda: Options(())) == status
    line, text = done(tmp_path)
    assert line == "failed"
    assert text.startswith(told)
