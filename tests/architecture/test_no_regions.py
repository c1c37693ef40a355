"""Regions are data: no region's name stands in the package."""

import re

import pytest

from tests.architecture.repo import PACKAGE, schemes

NATIONWIDE = {"全国", "通用"}


def _bare(region: str) -> str:
    return re.sub(r"(省|市|区|县|自治区)$", "", region)


def _names() -> set[str]:
    """Chinese region names and the Latin ones that begin the folders' names."""
    chinese = {
        _bare(part)
        for scheme in schemes().values()
        for part in re.split(r"[\s/·、-]+", str(scheme.get("region", "")))
    }
    latin = {folder.partition("-")[0] for folder in schemes()}
    return (chinese | latin) - NATIONWIDE - {"", "national"}


@pytest.mark.parametrize("folder", sorted(schemes()))
def test_scheme__names_its_region(folder: str) -> None:
    assert schemes()[folder]["region"].strip()


def test_package__names_no_region() -> None:
    names = _names()
    assert {"guangzhou", "广州"} <= names
    pattern = re.compile("|".join(sorted(names)), re.IGNORECASE)
    sources = [path for end in ("py", "toml") for path in sorted(PACKAGE.rglob(f"*.{end}"))]
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for path in sources
        if "_templates" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
