"""An officer's desk: a filled form and the workbook with the buttons on a screen, and a mouse."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from perfxl.model.address import from_a1
from tests.architecture.repo import ROOT
from tests.office.buttons import OWN_SHEET, Buttons, program
from tests.office.screen import Box, Screen
from tests.office.session import Office
from tests.office.windows import box_of, cell_box, click_until, message_button, settled, until

EXAMPLE = next((ROOT / "templates" / "guangzhou-2022" / "examples").glob("*.xlsx"))
_ANSWER_SECONDS = 60
_PAINT_SECONDS = 10
_BY_VALUE = 3  # com.sun.star.view.DocumentZoomType


class Desk:
    """The form is open behind the workbook with the buttons; use it with `with`."""

    def __init__(self, folder: Path) -> None:
        self._started = folder / "started"
        self.screen = Screen()
        try:
            self._office = Office(self.screen.display)
        except BaseException:
            self.screen.close()
            raise
        path = folder / "某局 自评表.xlsx"
        path.write_bytes(EXAMPLE.read_bytes())
        self.form = self._office.open(path)
        own = program(folder, before=f'echo >"{self._started}"')
        self.buttons = Buttons(self._office, folder, own)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._office.close()
        self.screen.close()

    def press(self, caption: str) -> str:
        """Click a button, wait for its answer, click its message away; what it said."""
        book = self.buttons.document
        before = self.buttons.last()
        self._started.unlink(missing_ok=True)
        show(book, OWN_SHEET)
        click_until(
            self.screen,
            lambda: box_of(self.buttons.context(caption)),
            lambda: self._started.exists() or self.buttons.last() != before,
        )
        answered = until(_ANSWER_SECONDS, lambda: message_button(book))
        assert answered, f"“{caption}”没有回应：{self.buttons.last()}"
        click_until(
            self.screen,
            lambda: box_of(message_button(book)),
            lambda: message_button(book) is None,
        )
        return self.buttons.last()

    def colours(self, document: Any, expected: dict[str, int]) -> dict[str, int]:
        """The colours as 0xRRGGBB that cells are shown in, these as soon as they are painted."""
        shown: dict[str, int] = {}

        def painted() -> bool:
            for cell in expected:
                shown[cell] = self.screen.colour(cell_box(document, *from_a1(cell)))
            return shown == expected

        until(_PAINT_SECONDS, painted)
        return shown


def show(document: Any, sheet: str, first_row: int = 1, percent: int = 100) -> None:
    """Bring a document's window to the front, with this sheet from this row on."""
    controller = document.getCurrentController()
    window = controller.getFrame().getContainerWindow()
    window.toFront()
    window.setFocus()
    controller.setActiveSheet(document.getSheets().getByName(sheet))
    controller.ZoomType, controller.ZoomValue = _BY_VALUE, percent
    controller.setFirstVisibleColumn(0)
    controller.setFirstVisibleRow(first_row - 1)


def area_box(document: Any, first: str, last: str) -> Box:
    """Where the cells from one to another are on the screen."""
    begin = settled(lambda: cell_box(document, *from_a1(first)))
    end = settled(lambda: cell_box(document, *from_a1(last)))
    width, height = end.left + end.width - begin.left, end.top + end.height - begin.top
    return Box(begin.left, begin.top, width, height)
