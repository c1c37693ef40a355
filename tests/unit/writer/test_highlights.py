import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfxl.model.address import Area, parse_area
from perfxl.model.annotation import is_our_format
from perfxl.model.page import Mark, MarkKind
from perfxl.writer.annotate import annotate
from perfxl.writer.highlights import areas_of, joined, strongest
from tests.forms.rich import write_rich
from tests.roundtrip.samples import MARKS, mark, page, parts, replaced

SHEET = "xl/worksheets/sheet2.xml"
OWN = '<conditionalFormatting sqref="H4:H23">'


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    return write_rich(tmp_path / "a.xlsx").read_bytes()


def _rules(data: bytes) -> list[tuple[str, Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["自评表"]
    return [(str(one.sqref), rule) for one in sheet.conditional_formatting for rule in one.rules]


def _ours(data: bytes) -> dict[str, str]:
    return {
        rule.formula[0]: ranges
        for ranges, rule in _rules(data)
        if rule.formula and is_our_format(rule.formula[0])
    }


def test_each_kind_has_one_format__whatever_the_number_of_cells(rich: bytes) -> None:
    assert _ours(annotate(rich, MARKS, page())) == {
        'LEN("perfxl:error")>0': "H5:H6",
        'LEN("perfxl:verify")>0': "H9",
        'LEN("perfxl:notice")>0': "A4:A13",
        'LEN("perfxl:short-3")>0': "H7",
        'LEN("perfxl:short-2")>0': "H8",
        'LEN("perfxl:short-1")>0': "H10",
    }


def test_numbers_are_all_different_and_positive__beside_own_formats(rich: bytes) -> None:
    numbers = [rule.priority for _, rule in _rules(annotate(rich, MARKS, page()))]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0


def test_ours_come_first__where_there_is_room(rich: bytes) -> None:
    roomy = rich
    for number in (1, 2, 3):
        roomy = replaced(roomy, SHEET, f'priority="{number}"', f'priority="{number + 50}"')
    ours = [
        rule.priority
        for _, rule in _rules(annotate(roomy, MARKS, page()))
        if rule.formula and is_our_format(rule.formula[0])
    ]
    assert sorted(ours) == [1, 2, 3, 4, 5, 6]


def test_own_formats_stay_as_written__after_annotate(rich: bytes) -> None:
    before, after = (parts(data)[SHEET] for data in (rich, annotate(rich, MARKS, page())))
    start = before.index(b"<conditionalFormatting")
    own = before[start : before.index(b"<dataValidations")]
    assert own in after
    assert after.index(b'"perfxl:') < after.index(own)


def test_cell_keeps_the_most_pressing_kind__of_several() -> None:
    marks = [mark("A1", kind) for kind in (MarkKind.SHORT_3, MarkKind.NOTICE, MarkKind.VERIFY)]
    assert strongest(marks) is MarkKind.VERIFY
    assert strongest([*marks, mark("A1")]) is MarkKind.ERROR


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        ("A1", "A1"),
        ("A1 A2 A3", "A1:A3"),
        ("A1 B1", "A1:B1"),
        ("A1 A2 B1 B2", "A1:B2"),
        ("A1 A3", "A1 A3"),
        ("A1 B2", "A1 B2"),
        ("A1:B3 A4:B4", "A1:B4"),
        ("A1:B3 A4", "A1:B3 A4"),
    ],
)
def test_neighbours_join__without_adding_cells(cells: str, ranges: str) -> None:
    areas = [parse_area(text) for text in reversed(cells.split())]
    assert " ".join(area.a1 for area in joined(areas)) == ranges


def test_mark_covers_the_whole_merged_range__wherever_in_it() -> None:
    merges = [Area(4, 1, 13, 1), Area(4, 2, 13, 3)]
    marks = [mark("A8"), mark("C13"), mark("D4")]
    areas: dict[Area, list[Mark]] = areas_of(marks, merges)
    assert list(areas) == [Area(4, 1, 13, 1), Area(4, 2, 13, 3), Area(4, 4, 4, 4)]
