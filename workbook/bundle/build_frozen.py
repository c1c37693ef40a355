"""The program as a folder with a Python of its own, by PyInstaller, tried and zipped.

    python -m workbook.bundle.build_frozen -o dist

needs an environment with perfxl and PyInstaller; it builds for the system it runs on.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from perfxl import __version__
from workbook.bundle.contents import ROOT
from workbook.bundle.layout import (
    common_items,
    folder_items,
    missing_workbooks,
    write_linux_package,
    write_package,
)

SPEC = Path(__file__).with_name("perfxl.spec")
_SECONDS = 180
_SYSTEM = "windows" if sys.platform == "win32" else sys.platform
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def freeze(folder: Path) -> Path:
    """Build the program's folder below `folder`; the program's own file."""
    with tempfile.TemporaryDirectory() as work:
        words = ["--noconfirm", "--log-level=WARN", "--distpath", str(folder), "--workpath", work]
        subprocess.run([sys.executable, "-m", "PyInstaller", *words, str(SPEC)], check=True)
    return folder / "perfxl" / ("perfxl.exe" if sys.platform == "win32" else "perfxl")


def smoke_test(program: Path, folder: Path) -> list[str]:
    """Try what a frozen program is likely to lack; the names of what does not work.

    Args:
        program: the program.
        folder: an empty folder to work in.
    """

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [program, *words], cwd=folder, capture_output=True, encoding="utf-8",
            errors="replace", stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False,
        )  # fmt: skip

    failed = []
    for name, test in _TESTS.items():
        try:
            test(run, folder)
        except Exception as error:
            failed.append(f"{name}: {type(error).__name__}: {error}")
    return failed


def _version(run: Run, folder: Path) -> None:
    assert run("--version").stdout.strip() == f"perfxl {__version__}"


def _schemes(run: Run, folder: Path) -> None:
    said = json.loads(run("scheme", "list", "--format", "json").stdout)
    here = {path.parent.name for path in ROOT.glob("templates/*/scheme.toml")}
    assert {one["id"] for one in said["schemes"]} == here


def _rules(run: Run, folder: Path) -> None:
    here = len(list((ROOT / "perfxl" / "rules").glob("*/[a-z][a-z][0-9]*.py")))
    said = json.loads(run("rules", "--format", "json").stdout)
    assert len(said["rules"]) == here, (len(said["rules"]), here)


def _demo(run: Run, folder: Path) -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr
    assert list((folder / "perfxl-demo").glob("*.annotated.xlsx"))


def _check(run: Run, folder: Path) -> None:
    done = run("check", "perfxl-demo", "-o", "html=a.html", "-o", "xlsx=a.xlsx")
    assert done.returncode == 1, done.stderr
    assert (folder / "a.html").stat().st_size > 10_000
    assert (folder / "a.xlsx").is_file()


def _new_and_old(run: Run, folder: Path) -> None:
    """A standard workbook is built; a file of the old format reaches its own process."""
    assert run("new", "guangzhou-2022", "--year", "2024", "-o", "新.xlsx").returncode == 0
    (folder / "旧.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096)
    said = json.loads(run("check", "旧.xls", "--format", "json").stdout)
    [finding] = said["files"][0]["findings"]
    assert finding["code"].startswith("FL1"), finding
    assert "中途停止" not in finding["message"], finding


def _collect(run: Run, folder: Path) -> None:
    """Two processes, a summary, a dashboard and notices by Word."""
    shutil.copytree(folder / "perfxl-demo", folder / "回收 甲")
    words = ("--jobs", "2", "-o", "汇总.xlsx", "--html", "看板.html", "--notices", "退回单")
    done = run("collect", "回收 甲", "--format", "json", *words)
    assert done.returncode in (0, 1), done.stderr
    assert "failures" not in done.stdout or not json.loads(done.stdout).get("failures")
    assert (folder / "汇总.xlsx").is_file()
    assert (folder / "看板.html").is_file()
    assert list((folder / "退回单").rglob("*.docx")), done.stderr


def _job(run: Run, folder: Path) -> None:
    """A button's work in file mode: the list of changes, then the mark that it is done."""
    [book, *_] = sorted((folder / "回收 甲").glob("*.xlsx"))
    (folder / "job").mkdir()
    run("job", "check", str(book), "--dir", "job")
    assert (folder / "job" / "done.txt").read_text(encoding="ascii").startswith("ok")
    assert (folder / "job" / "changes.tsv").stat().st_size > 1000


def _doctor(run: Run, folder: Path) -> None:
    said = json.loads(run("addin", "doctor", "--format", "json").stdout)
    states = {check["name"]: check["state"] for check in said["checks"]}
    assert states["启动程序"] == "good", said
    assert states["xlwings"] == "good", said


_TESTS: dict[str, Callable[[Run, Path], None]] = {
    "version": _version,
    "scheme list": _schemes,
    "rules": _rules,
    "demo": _demo,
    "check": _check,
    "new, .xls": _new_and_old,
    "collect": _collect,
    "job": _job,
    "addin doctor": _doctor,
}


def start_seconds(program: Path, times: int = 5) -> float:
    """The shortest time that `--version` took."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([program, "--version"], capture_output=True, check=True)
        taken.append(time.perf_counter() - began)
    return min(taken)


def main() -> None:
    """Build, try and zip the program; leave with 1 when something does not work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    typed = parser.parse_args()
    program = freeze(typed.output).resolve()
    files = (path for path in program.parent.rglob("*") if not path.is_symlink())
    size = sum(path.stat().st_size for path in files if path.is_file())
    print(f"{program.parent}: {size / 1e6:.1f} MB, starts in {start_seconds(program):.2f} s")
    with tempfile.TemporaryDirectory(prefix="perfxl 试 ") as folder:
        failed = smoke_test(program, Path(folder))
    print(*(failed or [f"{len(_TESTS)} smoke tests passed"]), sep="\n")
    if failed:
        sys.exit(1)
    target = typed.output / f"perfxl-{__version__}-{_SYSTEM}-program"
    if sys.platform == "win32":
        target = target.with_name(target.name + ".zip")
        packed = write_package(target, [*common_items(), *folder_items(program.parent, "perfxl")])
    else:
        target = target.with_name(target.name + ".tar.gz")
        packed = write_linux_package(target, program.parent)
    print(f"{target}: {packed / 1e6:.1f} MB")
    for name in missing_workbooks():
        print(f"without {name}: build it first with workbook/build.py", file=sys.stderr)


if __name__ == "__main__":
    main()
