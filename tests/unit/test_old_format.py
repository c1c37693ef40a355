"""Returns in the old format get the findings of the .xlsx that they were saved from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.address import Place
from perfxl.model.report import Entry
from perfxl.pipeline import Options, annotate_file, check_file
from tests.forms import guangzhou, shenzhen
from tests.office.session import Office

OPTIONS = Options(select_rules())
VARIANTS = [
    *((guangzhou.build, variant) for variant in guangzhou.VARIANTS),
    *((shenzhen.build, variant) for variant in shenzhen.VARIANTS),
]
Build = Callable[[str, Path], object]


def _findings(entries: tuple[Entry, ...]) -> list[tuple[str, str, Place, str]]:
    return [
        (f.code, f.severity.value, f.place, f.message)
        for entry in entries
        for f in entry.findings
        if f.code != "FL210"
    ]


@pytest.mark.parametrize(
    ("build", "variant"), VARIANTS, ids=lambda one: one if isinstance(one, str) else one.__module__
)
def test_old_format_is_judged_like_the_new__in_every_layout(
    build: Build, variant: str, office: Office, tmp_path: Path
) -> None:
    new = tmp_path / "自评 表.xlsx"
    build(variant, new)
    old = office.resave(new, tmp_path / "旧 表.xls")
    expected, found = check_file(new, OPTIONS), check_file(old, OPTIONS)
    assert found.failures == ()
    assert _findings(found.entries) == _findings(expected.entries)
    for one, other in zip(found.entries, expected.entries, strict=True):
        assert (one.outcome, one.unit, one.year, one.scheme) == (
            other.outcome, other.unit, other.year, other.scheme,
        )  # fmt: skip
        assert (one.total, one.grade, one.shortfalls) == (
            other.total,
            other.grade,
            other.shortfalls,
        )
    assert [f.code for f in found.entries[0].findings].count("FL210") == 1


def test_wps_name_is_read_too(office: Office, tmp_path: Path) -> None:
    new = tmp_path / "a.xlsx"
    guangzhou.clean().build(new)
    old = office.resave(new, tmp_path / "a.xls").rename(tmp_path / "a.et")
    assert [f.code for f in check_file(old, OPTIONS).entries[0].findings] == ["FL210"]


def test_annotated_copy_in_the_old_format_is_read_without_our_sheet(
    office: Office, tmp_path: Path
) -> None:
    new = tmp_path / "a.xlsx"
    shenzhen.build("as_meant", new)
    annotated = annotate_file(new, OPTIONS).written
    old = check_file(office.resave(annotated, tmp_path / "b.xls"), OPTIONS)
    expected = check_file(annotated, OPTIONS)
    assert _findings(old.entries) == _findings(expected.entries)
    assert "FL206" in {f.code for f in old.entries[0].findings}


def test_annotate_refuses_the_old_format__findings_in_a_workbook_of_their_own(
    office: Office, tmp_path: Path
) -> None:
    new = tmp_path / "a.xlsx"
    shenzhen.build("as_meant", new)
    old = office.resave(new, tmp_path / "旧.xls")
    before = old.read_bytes()
    done = annotate_file(old, OPTIONS)
    assert "另存为 .xlsx" in done.refusal
    assert done.written.name == "旧.findings.xlsx"
    assert old.read_bytes() == before
