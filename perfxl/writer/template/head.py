"""What stands above the data of a table: title, head cells, headings of one to three rows."""

from collections.abc import Sequence

from perfxl.errors import SchemeError
from perfxl.formula.excel_text import reference_text
from perfxl.model.address import Area
from perfxl.scheme.files import ColumnFile, SheetFile
from perfxl.writer.template.grid import (
    Formula,
    Grid,
    Limit,
    Look,
    height_of,
    lines_of,
)
from perfxl.writer.template.lines import balanced
from perfxl.writer.template.places import HeadPlace, TablePlace
from perfxl.writer.template.plan import Plan

_MONEY = ("万元", "元")


def title_of(plan: Plan, title: str) -> Formula:
    """A title with year and unit in it, as 填报信息 has them; 年度 is said once."""
    title = title.removeprefix("年度")
    year, unit = reference_text(plan.year_cell), reference_text(plan.unit_cell)
    return Formula(f'{year}&"年度"&{unit}&"{title}"')


def draw_head(plan: Plan, grid: Grid, table: TablePlace) -> None:
    """Title, head cells and headings of a table."""
    area = Area(table.title_row, 1, table.title_row, table.right)
    grid.put_area(area, title_of(plan, table.file.title), Look.TITLE)
    grid.set_height(table.title_row, 36)
    for row, line in enumerate(table.file.head, start=table.title_row + 1):
        grid.set_height(row, line.height)
    for place in table.head:
        _draw_cell(plan, grid, table.file, place)
    if table.head:
        top = table.title_row + 1
        grid.frames.append(Area(top, 1, table.heading[0] - 1, table.right))
    draw_headings(grid, table)


def _draw_cell(plan: Plan, grid: Grid, table: SheetFile, place: HeadPlace) -> None:
    cell, area = place.file, place.area
    match cell.holds:
        case "":
            width = _width(grid, area.left, area.right)
            text = balanced(cell.text, width)
            grid.put_area(area, text, Look.HEAD)
            if area.top == area.bottom:
                needed = height_of(lines_of(text, width))
                grid.set_height(area.top, max(grid.heights.get(area.top, 0), needed))
            return
        case "unit" | "year":
            source = plan.unit_cell if cell.holds == "unit" else plan.year_cell
            grid.put_area(area, Formula(f'{reference_text(source)}&""'), Look.NAME)
            return
        case "input":
            if cell.input not in plan.names:
                raise SchemeError(f"{plan.scheme.id} 的 layout.toml：没有基础数据“{cell.input}”")
            source = plan.names[cell.input]
            text = reference_text(source)
            units = {one.key: one.unit for one in plan.scheme.inputs}
            units |= {one.key: one.unit for one in plan.scheme.measures}
            grid.put_area(
                area, Formula(f'IF({text}="","",{text})'), _look_of_unit(units[cell.input])
            )
            return
        case "amount":
            look = Look.MONEY
        case "number":
            look = Look.CENTER
        case _:
            look = Look.TEXT
    grid.put_area(area, None, look, is_input=True)
    said = cell.help or (f"单位：{table.unit}" if cell.holds == "amount" and table.unit else "")
    anchor = Area(area.top, area.left, area.top, area.left)
    if cell.holds == "text":
        if said:
            grid.limits.append(Limit(anchor, "怎么填", f"{said}。", ""))
        return
    from perfxl.model.address import to_a1

    here = to_a1(area.top, area.left)
    said = said or "填数"
    grid.limits.append(
        Limit(anchor, "怎么填", f"{said}。", f"应填数。{said}。", formula=f"ISNUMBER({here})")
    )


def _look_of_unit(unit: str) -> Look:
    if unit == "%":
        return Look.RATE
    return Look.MONEY if unit in _MONEY else Look.NUMBER


def draw_headings(grid: Grid, table: TablePlace) -> None:
    """The headings; what stands over several columns is merged."""
    top, bottom = table.heading
    columns = list(zip(table.spans, table.file.column, strict=True))
    for line in range(top, bottom):
        for (left, right), text in _over(columns, line - top):
            grid.put_area(Area(line, left, line, right), text, Look.HEAD)
    lines = 1
    for (left, right), file in columns:
        text = balanced(file.heading, _width(grid, left, right))
        lines = max(lines, text.count("\n") + 1)
        grid.put_area(Area(top + len(file.above), left, bottom, right), text, Look.HEAD)
    for line in range(top, bottom):
        grid.set_height(line, height_of(1, least=20, line=14.5))
    grid.set_height(bottom, height_of(lines, least=28, line=14.5))


def _width(grid: Grid, left: int, right: int) -> float:
    return sum(grid.widths.get(column, 9) for column in range(left, right + 1))


def _over(
    columns: Sequence[tuple[tuple[int, int], ColumnFile]], depth: int
) -> list[tuple[tuple[int, int], str]]:
    """The headings of a line above the last, each with the sheet columns it stands over."""
    found: list[tuple[tuple[int, int], str]] = []
    before: tuple[str, ...] = ()
    for (left, right), file in columns:
        chain = tuple(file.above[: depth + 1])
        if len(chain) <= depth:
            before = ()
        elif chain == before:
            (start, _), text = found[-1]
            found[-1] = ((start, right), text)
        else:
            found.append(((left, right), chain[-1]))
            before = chain
    return found
