"""Annotating changes a closed set of parts; cleaning brings every part back byte for byte."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from perfxl.writer.annotate import annotate
from perfxl.writer.clean import clean, is_annotated
from tests.forms.guangzhou import form
from tests.forms.rich import write_rich
from tests.roundtrip.samples import MARKS, mark, page, parts, prefixed, rebuilt, replaced

MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments\d+\.xml"
    r"|xl/drawings/vmlDrawing\d+\.vml"
)


@pytest.fixture(params=["rich.xlsx", "rich.xlsm", "plain.xlsx"])
def original(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    path = tmp_path / request.param
    return (form().build(path) if "plain" in path.name else write_rich(path)).read_bytes()


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    return write_rich(tmp_path / "rich.xlsx").read_bytes()


def test_parts_outside_the_closed_set_stay__after_annotate(original: bytes) -> None:
    before, after = parts(original), parts(annotate(original, MARKS, page()))
    assert not before.keys() - after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed
    assert [name for name in changed if not MAY_CHANGE.fullmatch(name)] == []
    assert [name for name in after.keys() - before.keys() if not MAY_CHANGE.fullmatch(name)] == []


def test_untouched_sheets_stay__after_annotate(rich: bytes) -> None:
    before, after = parts(rich), parts(annotate(rich, MARKS, page()))
    # The third sheet is neither marked nor selected, the first was selected.
    assert before["xl/worksheets/sheet3.xml"] == after["xl/worksheets/sheet3.xml"]
    assert before["xl/worksheets/sheet1.xml"] != after["xl/worksheets/sheet1.xml"]


def test_cells_stay__after_annotate(rich: bytes) -> None:
    def cells(data: bytes) -> bytes:
        sheet = parts(data)["xl/worksheets/sheet2.xml"]
        return sheet[sheet.index(b"<sheetData>") : sheet.index(b"</sheetData>")]

    assert cells(rich) == cells(annotate(rich, MARKS, page()))


def test_every_part_is_back__after_clean(original: bytes) -> None:
    annotated = annotate(original, MARKS, page())
    assert parts(clean(annotated)) == parts(original)
    assert list(parts(clean(annotated))) == list(parts(original))


def test_every_part_is_back__when_roots_have_prefixes(rich: bytes) -> None:
    odd = prefixed(rich)
    annotated = annotate(odd, MARKS, page())
    sheet = openpyxl.load_workbook(io.BytesIO(annotated))["自评表"]
    assert sheet["H5"].comment.text == "【校验】必改 得分超过分值，请改为不超过5分"
    assert parts(clean(annotated)) == parts(odd)


def test_second_annotation_equals_the_first__on_an_annotated_copy(rich: bytes) -> None:
    once = annotate(rich, MARKS, page())
    assert parts(annotate(once, MARKS, page())) == parts(once)


def test_clean_returns_the_same_bytes__when_nothing_is_ours(original: bytes) -> None:
    assert clean(original) == original
    assert not is_annotated(original)


def test_clean_keeps_a_value_typed_later__by_a_tool_that_keeps_parts(rich: bytes) -> None:
    annotated = annotate(rich, MARKS, page())
    typed = replaced(annotated, "xl/worksheets/sheet2.xml", "<v>3.5</v>", "<v>4.5</v>")
    expected = replaced(rich, "xl/worksheets/sheet2.xml", "<v>3.5</v>", "<v>4.5</v>")
    got, want = parts(clean(typed)), parts(expected)
    assert got.keys() == want.keys()
    different = {name for name in got if got[name] != want[name]}
    # By markers alone the appended formats stay in the styles, unused.
    assert different <= {
        "xl/styles.xml",
        "xl/comments2.xml",
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
    }
    assert b"perfxl" not in b"".join(got.values()).replace(b"<author>perfxl</author>", b"")


def test_clean_takes_our_marks_off__when_the_sheet_was_deleted_by_hand(rich: bytes) -> None:
    annotated = annotate(rich, MARKS, page())

    def change(name: str, content: bytes) -> bytes | None:
        if name == "xl/worksheets/sheet4.xml":
            return None
        if name == "xl/workbook.xml":
            content = re.sub(rb'<sheet name="\xe6\xa0\xa1[^>]*/>', b"", content)
            return content.replace(b'activeTab="3"', b'activeTab="0"')
        if name.endswith("workbook.xml.rels"):
            return re.sub(rb"<Relationship [^>]*sheet4.xml\"/>", b"", content)
        return content

    cleaned = clean(rebuilt(annotated, change))
    assert not is_annotated(cleaned)
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned))["自评表"]
    assert sheet["H5"].comment is None
    assert sheet["H6"].comment.text == "审核意见：请补充佐证材料"


def test_annotate_marks_nothing__for_places_that_do_not_exist(rich: bytes) -> None:
    annotated = annotate(rich, [mark("H5", sheet="没有的表"), mark("", note="整份文件")], page())
    book = openpyxl.load_workbook(io.BytesIO(annotated))
    assert all(
        len(s.conditional_formatting)
        == len(openpyxl.load_workbook(io.BytesIO(rich))[s.title].conditional_formatting)
        for s in book.worksheets[:-1]
    )
