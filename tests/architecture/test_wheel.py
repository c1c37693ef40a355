"""The built wheel works away from the repository: nothing it needs is left behind."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.repo import ROOT, run_python, schemes
from workbook.bundle.contents import data_files


def _pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network by the environment's own hatchling."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", ".", "--no-deps", "--no-build-isolation", "-w", str(folder))
    [built] = folder.glob("perfxl-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents and its script, found before the checkout."""
    target = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--no-index", "--no-compile", "--target", str(target), str(wheel))
    return target


def _run(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "bin" / "perfxl", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_wheel__holds_the_package_the_schemes_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"perfxl/py.typed", "perfxl/scheme/vocabulary.toml"} <= names
    assert {f"perfxl/render/assets/report.{end}" for end in ("html", "css", "js")} <= names
    assert {f"perfxl/_templates/{scheme}/scheme.toml" for scheme in schemes()} <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"perfxl"}


def test_frozen_program__is_given_the_data_that_the_wheel_carries(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("perfxl/")}
    data = {f"{folder}/{path.name}" for path, folder in data_files()}
    assert {name for name in names if not name.endswith(".py")} == data


def test_installed__is_what_runs(installed: Path, tmp_path: Path) -> None:
    done = run_python("import perfxl; print(perfxl.__file__)", cwd=tmp_path, path=installed)
    assert done.stdout.strip() == str(installed / "perfxl" / "__init__.py")


def test_installed__lists_its_schemes(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "scheme", "list", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {one["id"] for one in json.loads(done.stdout)["schemes"]} == set(schemes())


def test_installed__runs_the_demo(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("*.annotated.xlsx"))
