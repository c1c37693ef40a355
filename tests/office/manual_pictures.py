"""The pictures of the manual for units: a standard workbook half filled, as the screen shows it."""

import tempfile
from pathlib import Path
from typing import Any

from perfxl.model.address import Area, to_a1
from perfxl.writer.template.form import draw_form
from perfxl.writer.template.plan import FIGURES, GUIDE, PARTICULARS, SELF_CHECK, UNIT_COLUMNS, Plan
from perfxl.writer.template.self_check import FIRST_LINE
from tests.forms.template import Entries, city_entries, filled, inputs_entered, plan_of, spot
from tests.office.pictures import FOLDER, cut_out, hint_fonts, one_page_a_sheet
from tests.office.session import Office

SCHEME = "guangzhou-2022"
PICTURES = (
    "form-guide.png", "form-particulars.png", "form-figures.png", "form-results.png",
    "form-score.png", "form-check.png",
)  # fmt: skip
_CHECKS = 28  # lines of 自检 that are shown
_FIGURES = {
    "budget_total": 30568.2, "budget_basic": 12035.4, "budget_project": 14210.7,
    "budget_special": 3322.1, "budget_other": 1000, "carried_over": 611.3,
}  # fmt: skip


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write the pictures; returns their paths."""
    plan = plan_of(SCHEME)
    areas = _areas(plan)
    with tempfile.TemporaryDirectory() as scratch:
        hint_fonts(Path(scratch))
        book = filled(SCHEME, _entries(plan), Path(scratch) / "form.xlsx")
        pdf = Path(scratch) / "pages.pdf"
        with Office() as office:
            document = office.open(book)
            names = document.Sheets.getElementNames()
            for name in names:
                _show(document.Sheets.getByName(name), areas.get(name, Area(1, 1, 1, 1)))
            document.calculateAll()
            one_page_a_sheet(document)
            office.save(document, pdf)
            document.close(True)
        for sheet, picture in zip(areas, PICTURES, strict=True):
            cut_out(pdf, names.index(sheet) + 1, folder / picture)
    return [folder / name for name in PICTURES]


def _entries(plan: Plan) -> Entries:
    """Figures, scores and reasons, with some mistakes for the colours to show."""
    known = {place.input.key for place in plan.inputs}
    figures = {key: value for key, value in _FIGURES.items() if key in known}
    entries = city_entries() | inputs_entered(plan, figures)
    leaves = {leaf.indicator.name: leaf for leaf in plan.score.leaves if leaf.indicator}
    entries[spot(leaves["结转结余率"].score)] = 2.5
    for role in ("shortfall_reason", "improvement_measures"):
        entries.pop(spot(leaves["财务管理合规性"].texts[role]), None)
    entries.pop(spot(leaves["绩效信息公开情况"].score), None)
    return entries


def _areas(plan: Plan) -> dict[str, Area]:
    """What is shown of each sheet, by its name, in the order of the pictures."""
    grids = {grid.name: grid for grid in draw_form(plan)}
    results, score = plan.results[0], plan.score
    head = results.table.heading[0]
    eighth = score.leaves[8].row
    check = grids[SELF_CHECK].print_area
    assert check
    return {
        GUIDE: Area(1, 1, grids[GUIDE].breaks[0], 5),
        PARTICULARS: Area(1, 1, plan.year_cell.area.top + 7, 3),
        FIGURES: Area(1, 1, 15, 4 + UNIT_COLUMNS + 3),
        results.table.file.name: Area(head, 1, head + 25, results.table.right + 2),
        score.sheet: Area(score.heading[0], 1, eighth, score.side.last),
        SELF_CHECK: Area(check.top, check.left, FIRST_LINE + _CHECKS - 1, check.right),
    }


def _show(sheet: Any, area: Area) -> None:
    """Print this area alone."""
    sheet.removeAllManualPageBreaks()
    sheet.setPrintTitleRows(False)
    first, last = to_a1(area.top, area.left), to_a1(area.bottom, area.right)
    sheet.setPrintAreas((sheet.getCellRangeByName(f"{first}:{last}").getRangeAddress(),))
