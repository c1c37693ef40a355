"""The package for computers without a network: wheels for Windows, add-in, scripts, manual.

    python -m workbook.bundle.build_offline -o dist

needs pip, hatchling and the network; what it makes needs a Python on the officer's computer only.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from perfxl import __version__
from workbook.bundle.contents import ROOT
from workbook.bundle.layout import common_items, folder_items, missing_workbooks, write_package

PYTHONS = ("3.11", "3.12", "3.13")
# pip judges conditions such as `platform_system == "Windows"` by the computer it runs on.
WINDOWS_ONLY = ("colorama", "pywin32", "tzdata")


def download_words(python: str, wheel: Path, folder: Path) -> list[str]:
    """What is asked of pip: every wheel that 64-bit Windows needs for one version of Python."""
    abi = f"cp{python.replace('.', '')}"
    return [
        "download", "--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp",
        "--python-version", python, "--abi", abi, "--abi", "abi3", "--abi", "none",
        "--dest", str(folder), str(wheel), *WINDOWS_ONLY,
    ]  # fmt: skip


def build(target: Path, pythons: tuple[str, ...] = PYTHONS) -> int:
    """Fetch the wheels and zip the package; its size in bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        own, wheels = Path(scratch, "own"), Path(scratch, "wheels")
        _pip("wheel", str(ROOT), "--no-deps", "--wheel-dir", str(own))
        [wheel] = own.glob("perfxl-*.whl")
        for python in pythons:
            _pip(*download_words(python, wheel, wheels))
        return write_package(target, [*common_items(), *folder_items(wheels, "wheels")])


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *words], cwd=ROOT, check=True)


def main() -> None:
    """Build the package that the arguments ask for, and say its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    parser.add_argument("--python", action="append", dest="pythons", metavar="3.11")
    typed = parser.parse_args()
    typed.output.mkdir(parents=True, exist_ok=True)
    target = typed.output / f"perfxl-{__version__}-windows-wheels.zip"
    size = build(target, tuple(typed.pythons or PYTHONS))
    print(f"{target}: {size / 1e6:.1f} MB")
    for name in missing_workbooks():
        print(f"without {name}: build it first with workbook/build.py", file=sys.stderr)


if __name__ == "__main__":
    main()
