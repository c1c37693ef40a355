import io
import re
from pathlib import Path

import openpyxl
import pytest

from perfxl.errors import RefusedEdit
from perfxl.model.annotation import NOTE_AUTHOR
from perfxl.model.page import MarkKind
from perfxl.writer.annotate import annotate
from perfxl.writer.clean import clean
from perfxl.writer.note_box import Grid, anchor, box_height
from perfxl.writer.note_shapes import note_shapes, shape_count
from perfxl.writer.notes import note_text
from tests.forms.guangzhou import form
from tests.forms.rich import write_rich
from tests.roundtrip.samples import mark, page, parts, rebuilt, replaced

COMMENTS = "xl/comments2.xml"


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    return write_rich(tmp_path / "a.xlsx").read_bytes()


def _notes(data: bytes) -> dict[str, str]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["自评表"]
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def test_note_begins_with_our_mark__on_a_bare_cell(rich: bytes) -> None:
    annotated = annotate(rich, [mark("H5", note="必改 一\n第二行 <&>")], page())
    assert _notes(annotated)["H5"] == "【校验】必改 一\n第二行 <&>"
    sheet = openpyxl.load_workbook(io.BytesIO(annotated))["自评表"]
    assert sheet["H5"].comment.author == NOTE_AUTHOR


def test_own_note_stays_above_ours__on_a_cell_that_has_one(rich: bytes) -> None:
    annotated = annotate(rich, [mark("H6", note="必改 二")], page())
    xml = parts(annotated)[COMMENTS].decode()
    comment = re.search(r'<comment ref="H6".*?</comment>', xml, re.DOTALL)
    assert comment
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", comment[0])
    assert "".join(texts) == "审核意见：请补充佐证材料\n【校验】必改 二"


def test_own_plain_note_becomes_a_run__so_that_ours_can_follow(rich: bytes) -> None:
    xml = parts(rich)[COMMENTS].decode()
    run = re.search(r"<r>(?:(?!</r>).)*请补充佐证材料</t></r>", xml)
    assert run
    plain = replaced(rich, COMMENTS, run[0], "<t>原批注</t>")
    annotated = annotate(plain, [mark("H6", note="必改 二")], page())
    assert "<text><r><t>原批注</t></r><r>" in parts(annotated)[COMMENTS].decode()
    assert parts(clean(annotated)) == parts(plain)


def test_threaded_comment_gets_no_note__only_the_highlight(rich: bytes) -> None:
    annotated = annotate(rich, [mark("H9", note="请核实 三")], page())
    assert parts(annotated)[COMMENTS] == parts(rich)[COMMENTS]
    assert b'sqref="H9"' in parts(annotated)["xl/worksheets/sheet2.xml"]


def test_notes_of_a_cell_are_one__with_one_mark() -> None:
    assert note_text(["【校验】甲", "乙", "乙", ""]) == "【校验】甲\n乙"
    assert note_text(["", "【校验】"]) == ""


def test_note_stands_on_the_top_left_cell__of_a_merged_range(rich: bytes) -> None:
    annotated = annotate(rich, [mark("A8", MarkKind.NOTICE, "甲"), mark("A9", note="乙")], page())
    assert _notes(annotated)["A4"] == "【校验】甲\n乙"


def test_shape_ids_are_unique__beside_buttons_and_boxes(rich: bytes) -> None:
    marks = [mark(f"G{row}", note="注") for row in range(4, 24)]
    annotated = parts(annotate(rich, marks, page()))
    ids = re.findall(rb'<v:shape id="(_x0000_s\d+)"', annotated["xl/drawings/vmlDrawing2.vml"])
    assert len(ids) == len(set(ids)) == 20 + 5
    assert b"\xe5\xb7\xb2\xe5\x85\xac\xe7\xa4\xba<br>" in annotated["xl/drawings/vmlDrawing2.vml"]


def test_sheet_gets_drawing_and_notes__where_it_had_none(tmp_path: Path) -> None:
    plain = form().build(tmp_path / "a.xlsx").read_bytes()
    annotated = parts(annotate(plain, [mark("A3", note="注")], page()))
    sheet = annotated["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r'<legacyDrawing r:id="rId\d+"/></worksheet>', sheet)
    assert b'Extension="vml"' in annotated["[Content_Types].xml"]
    assert annotated["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"') == 1


def prefixed(data: bytes) -> bytes:
    """The package with its notes' drawing as openpyxl without lxml spells it."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/drawings/vmlDrawing2.vml":
            return content
        for ours, theirs in ((b"v", b"ns1"), (b"o", b"ns0"), (b"x", b"ns2")):
            content = content.replace(b"xmlns:%b=" % ours, b"xmlns:%b=" % theirs)
            content = re.sub(rb"(</?|\s)%b:" % ours, rb"\1%b:" % theirs, content)
        return content

    return rebuilt(data, change)


def test_drawing_with_other_prefixes__gets_boxes_in_its_own_spelling(rich: bytes) -> None:
    odd = prefixed(rich)
    annotated = annotate(odd, [mark("G5", note="甲"), mark("G6", note="乙")], page())
    drawing = parts(annotated)["xl/drawings/vmlDrawing2.vml"]
    before = parts(odd)["xl/drawings/vmlDrawing2.vml"]
    assert b"<ns1:shape " in drawing
    assert not re.search(rb"<[vox]:", drawing)
    assert len(note_shapes(drawing)) == len(note_shapes(before)) + 2
    assert parts(clean(annotated)) == parts(odd)


def test_drawing_of_openpyxl_without_lxml__gets_a_box() -> None:
    drawing = (
        b'<xml xmlns:ns0="urn:schemas-microsoft-com:office:office"'
        b' xmlns:ns1="urn:schemas-microsoft-com:vml"'
        b' xmlns:ns2="urn:schemas-microsoft-com:office:excel"><ns0:shapelayout ns1:ext="edit">'
        b'<ns0:idmap ns1:ext="edit" data="1" /></ns0:shapelayout><ns1:shape id="_x0000_s1026">'
        b'<ns2:ClientData ObjectType="Note"><ns2:Row>0</ns2:Row><ns2:Column>0</ns2:Column>'
        b"</ns2:ClientData></ns1:shape></xml>"
    )
    assert [shape.cell for shape in note_shapes(drawing)] == [(1, 1)]
    assert shape_count(drawing) == 1


def test_box_declares_a_prefix__that_the_drawing_binds_further_down(rich: bytes) -> None:
    part, excel = "xl/drawings/vmlDrawing2.vml", ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
    odd = replaced(rich, part, excel, "")
    drawing = parts(annotate(odd, [mark("G5", note="甲")], page()))[part].decode()
    assert drawing.count(f"<v:shape{excel}") == 1


def test_drawing_that_binds_no_prefix__is_refused(rich: bytes) -> None:
    odd = replaced(
        rich, "xl/drawings/vmlDrawing2.vml", "urn:schemas-microsoft-com:vml", "urn:something-else"
    )
    with pytest.raises(RefusedEdit, match="另存"):
        annotate(odd, [mark("G5", note="甲")], page())


def test_box_grows__with_its_text() -> None:
    assert box_height("短") < box_height("很长的说明" * 20) < box_height("很长的说明" * 40)
    assert box_height("一\n二\n三") > box_height("一")
    assert box_height("长" * 30_000) == 480


def test_box_crosses_more_rows__where_they_are_low() -> None:
    low, high = Grid(default_row=10), Grid(default_row=100)
    bottoms = [int(anchor(grid, 5, 2, "说明" * 60).split(", ")[6]) for grid in (low, high)]
    assert bottoms[0] > bottoms[1]
    assert anchor(low, 5, 2, "短").startswith("2, 15, 3, 4")


def test_box_stays_in_the_grid__at_its_last_cell() -> None:
    numbers = [int(text) for text in anchor(Grid(), 1_048_576, 16_384, "说明").split(", ")]
    assert numbers[4] < 16_384
    assert numbers[6] < 1_048_576
