"""A button pressed by a mouse on a screen, and what the screen then shows."""

from pathlib import Path

from perfxl.model.annotation import NOTE_MARK, RESULT_SHEET
from perfxl.model.page import MarkKind
from perfxl.model.palette import TONES
from tests.office.desk import Desk, show
from tests.office.marks import formats, notes, sheets

SHEET = "自评表"
_INPUT = 0xFFFDE7  # the form's own colour where scores are entered


def test_click_on_check__colours_the_open_form_on_the_screen(folder: Path) -> None:
    plain = dict.fromkeys(("H17", "H16", "H18", "H21"), _INPUT)
    kinds = {"H16": MarkKind.SHORT_1, "H18": MarkKind.SHORT_2, "H21": MarkKind.SHORT_3}
    marked = plain | {cell: int(TONES[kind].fill, 16) for cell, kind in kinds.items()}
    with Desk(folder) as desk:
        show(desk.form, SHEET, 11)
        assert desk.colours(desk.form, plain) == plain
        said = desk.press("校验")
        assert "失分7项" in said
        assert "详见“校验结果”页" in said
        assert sheets(desk.form) == (SHEET, RESULT_SHEET)
        assert desk.form.getCurrentController().getActiveSheet().getName() == RESULT_SHEET
        assert len(formats(desk.form)) == 5
        assert notes(desk.form)
        assert all(text.startswith(NOTE_MARK) for text in notes(desk.form).values())
        show(desk.form, SHEET, 11)
        assert desk.colours(desk.form, marked) == marked
        assert "已清除" in desk.press("清除标记")
        show(desk.form, SHEET, 11)
        assert desk.colours(desk.form, plain) == plain
