"""A console in GBK, as Chinese Windows has: nothing crashes, nothing of ours turns into ?."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.repo import ROOT
from tests.forms import guangzhou, shenzhen
from tests.unit.reader.packing import pack


def run_gbk(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """perfxl in a process of its own whose console knows GBK only."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-m", "perfxl", *words],
        cwd=cwd, env=env, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns in a folder whose name holds Chinese and a blank; one of them in a zip."""
    folder = tmp_path / "收到 的表"
    folder.mkdir()
    shenzhen.build("as_meant", folder / "坏 表.xlsx")
    good = guangzhou.form().build(tmp_path / "a.xlsx").read_bytes()
    (folder / "回 收.zip").write_bytes(pack({"某 局/好 表.xlsx": good, "扫描.png": b"x"}))
    return folder


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("check", "收到 的表"), 1),
        (("check", "收到 的表/回 收.zip"), 0),
        (("annotate", "收到 的表/坏 表.xlsx"), 1),
        (("annotate", "收到 的表/回 收.zip"), 2),
        (("check", "没有 的.xlsx"), 2),
        (("rules",), 0),
        (("explain", "AR102"), 0),
        (("explain", "GR102"), 0),
        (("scheme", "list"), 0),
        (("scheme", "show", "shenzhen-2023"), 0),
        (("--help",), 0),
        (("check", "--help"), 0),
        (("demo",), 0),
    ],
)
def test_every_command_prints_on_gbk__without_a_question_mark(
    words: tuple[str, ...], status: int, folder: Path
) -> None:
    done = run_gbk(*words, cwd=folder.parent)
    out, err = done.stdout.decode("gbk"), done.stderr.decode("gbk")
    assert done.returncode == status, err
    assert "Traceback" not in err
    assert "?" not in out + err


def test_json_is_utf8__whatever_the_console(folder: Path) -> None:
    for words in (("check", "收到 的表"), ("rules",), ("scheme", "list")):
        done = run_gbk(*words, "--format", "json", cwd=folder.parent)
        assert json.loads(done.stdout.decode("utf-8"))
    said = json.loads(run_gbk("check", "收到 的表", "--format", "json", cwd=folder.parent).stdout)
    assert [(Path(f["path"]).name, f["member"]) for f in said["files"]] == [
        ("回 收.zip", "某 局/好 表.xlsx"),
        ("坏 表.xlsx", None),
    ]


def test_name_that_gbk_lacks_is_printed__with_something_in_its_place(tmp_path: Path) -> None:
    guangzhou.build("as_meant", tmp_path / "𠮷局 😀.xlsx")
    done = run_gbk("check", "𠮷局 😀.xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert "94.49" in done.stdout.decode("gbk")
