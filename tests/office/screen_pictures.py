"""The pictures of the manual for reviewers that only a screen shows: the buttons, a note."""

import tempfile
import time
from pathlib import Path

from tests.office.buttons import OWN_SHEET
from tests.office.desk import Desk, area_box, show
from tests.office.pictures import FOLDER, hint_fonts
from tests.office.screen import Box
from tests.office.windows import cell_box

PICTURES = ("buttons.png", "marked.png")
_PERCENT = 130
_PAINT_SECONDS = 3


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write the pictures; returns their paths."""
    buttons, marked = (folder / name for name in PICTURES)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        hint_fonts(scratch)
        with Desk(scratch) as desk:
            desk.press("校验")
            book = desk.buttons.document
            show(book, OWN_SHEET, percent=_PERCENT)
            desk.screen.point(Box(1400, 1000, 10, 10))
            time.sleep(_PAINT_SECONDS)
            desk.screen.picture(area_box(book, "A1", "D18"), buttons)
            show(desk.form, "自评表", 15, 83)
            time.sleep(_PAINT_SECONDS)
            desk.screen.point(cell_box(desk.form, 21, 8))
            time.sleep(_PAINT_SECONDS)  # a note shows some time after the mouse came
            desk.screen.picture(area_box(desk.form, "A15", "J26"), marked)
    return [buttons, marked]
