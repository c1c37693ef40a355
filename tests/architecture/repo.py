"""What the tests of this folder look at: the repository's own files, and perfxl run apart."""

import os
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "perfxl"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def package_modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def own_files() -> tuple[Path, ...]:
    """Files that git tracks or would track; every file when this is no git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file())
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


@cache
def pyproject() -> dict[str, Any]:
    """The project's settings."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def schemes() -> dict[str, dict[str, Any]]:
    """Each scheme.toml by the name of its folder."""
    return {
        path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(ROOT.glob("templates/*/scheme.toml"))
    }


def sample_return() -> Path:
    """A returned workbook that comes with the repository."""
    return sorted(ROOT.glob("templates/*/examples/*.xlsx"))[0]


def run_python(
    code: str, *args: str, cwd: Path, path: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter whose imports come from `path` first."""
    env = os.environ | {"PYTHONPATH": str(path), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
