"""Own results of a unit by first-level heading: target, actual value, completion rate."""

from collections.abc import Mapping
from decimal import Decimal

from perfxl.model.address import Area, to_a1
from perfxl.model.approved import ApprovedTarget
from perfxl.model.number import parse_stored
from perfxl.writer.template.grid import (
    Formula,
    Grid,
    Highlight,
    Limit,
    Look,
    Tone,
    height_of,
    lines_of,
)
from perfxl.writer.template.head import draw_head
from perfxl.writer.template.places import ResultBlock, TablePlace
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.signs import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    ERROR,
    JUDGED,
    PROMPT,
    SIGNS,
    TITLE,
)

_LOOKS = {
    "level1": Look.LABEL, "level2": Look.LABEL, "level3": Look.NAME,
    "target_sign": Look.CENTER, "target_value": Look.CENTER, "target_unit": Look.CENTER,
    "actual_value": Look.CENTER, "completion_rate": Look.RATE,
}  # fmt: skip
_ACTUAL_PROMPT = "定量指标只填数；定性指标填达成程度，如100%。"
_TARGET_PROMPT = "照批复的绩效目标填，不要改动；定量指标只填数。"
_ROW = 24.0


_Cells = Mapping[str, str]  # the cells of a row by role, columns absolute: $D12


def draw_results(plan: Plan, grid: Grid, table: TablePlace, word: int) -> None:
    """The table with its blocks; `word` is the column beside the print area for what is missing."""
    draw_head(plan, grid, table)
    has_rates = table.span("completion_rate") is not None
    if has_rates:
        top, bottom = table.heading
        grid.put_area(Area(top, word, bottom, word), "提示", Look.SIDE_HEAD)
    for block in plan.results:
        if block.table is table:
            _draw_block(grid, block, word if has_rates else None, plan.approved)
    grid.frames.append(Area(table.heading[0], 1, table.last, table.right))


def _draw_block(
    grid: Grid, block: ResultBlock, word: int | None, approved: Mapping[int, ApprovedTarget]
) -> None:
    table = block.table
    for (left, right), file in zip(table.spans, table.file.column, strict=True):
        if file.role == "level1":
            area = Area(block.first, left, block.last, right)
            grid.put_area(area, block.level1 or None, Look.LABEL, is_input=not block.level1)
        elif file.role == "level2":
            _draw_second_level(grid, block, (left, right), approved)
        else:
            for row in range(block.first, block.last + 1):
                area = Area(row, left, row, right)
                _draw_cell(grid, table, file.role, area, approved.get(row))
    for row in range(block.first, block.last + 1):
        grid.set_height(row, _height(table, approved.get(row)))
        if word is not None:
            grid.put(row, word, Formula(_word_text(_cells(table, row))), Look.SIDE_WORD)
    _add_limits(grid, block)
    if word is not None:
        _add_highlights(grid, block, word)


def _draw_second_level(
    grid: Grid, block: ResultBlock, span: tuple[int, int], approved: Mapping[int, ApprovedTarget]
) -> None:
    """Labels over the rows prepared for each; without any, units write them."""
    left, right = span
    for part in block.parts:
        if part.level2:
            grid.put_area(Area(part.first, left, part.last, right), part.level2, Look.LABEL)
            continue
        for row in range(part.first, part.last + 1):
            own = approved.get(row)
            name = own.path[1] or None if own else None
            area = Area(row, left, row, right)
            grid.put_area(area, name, Look.NAME, is_input=name is None)


def _draw_cell(
    grid: Grid, table: TablePlace, role: str, area: Area, own: ApprovedTarget | None
) -> None:
    """A cell of a row; what was approved stands there locked, what is only suggested is open."""
    said = _approved_content(role, own) if own else None
    if own and said is not None:
        grid.put_area(area, said, _LOOKS.get(role, Look.TEXT), is_input=not own.target)
        return
    is_rate = role == "completion_rate"
    content = Formula(_rate_text(_cells(table, area.top))) if is_rate else None
    grid.put_area(area, content, _LOOKS.get(role, Look.TEXT), is_input=not is_rate)


def _approved_content(role: str, own: ApprovedTarget) -> Decimal | str | None:
    """What was approved for a cell; None where units still have to write."""
    match role:
        case "level3":
            return own.name
        case "target_sign":
            return own.sign or None
        case "target_unit":
            return own.unit or None
        case "target_value":
            number = parse_stored(own.target) if own.sign in (AT_LEAST, AT_MOST, EQUAL) else None
            return own.target if number is None else number
    return None


def _height(table: TablePlace, own: ApprovedTarget | None) -> float:
    """Points of a row, enough for a long name or target."""
    lines = 1
    for role, text in (("level3", own.name), ("target_value", own.target)) if own else ():
        widths = [c.width for c in table.file.column if c.role == role]
        lines = max(lines, *(lines_of(text, width) for width in widths))
    return height_of(lines, least=_ROW)


def _cells(table: TablePlace, row: int) -> _Cells:
    spans = zip(table.file.column, table.spans, strict=True)
    return {file.role: f"${to_a1(row, left)}" for file, (left, _) in spans}


def _add_limits(grid: Grid, block: ResultBlock) -> None:
    for role, title, prompt, choices in (
        ("target_sign", TITLE, PROMPT, SIGNS),
        ("target_value", "年度指标值", _TARGET_PROMPT, ()),
        ("actual_value", "实际完成值", _ACTUAL_PROMPT, ()),
    ):
        span = block.table.span(role)
        if span:
            area = Area(block.first, span[0], block.last, span[0])
            grid.limits.append(Limit(area, title, prompt, ERROR, choices=choices))


def _add_highlights(grid: Grid, block: ResultBlock, word: int) -> None:
    cells = _cells(block.table, block.first)
    rate = cells["completion_rate"]
    rates = _column(block, "completion_rate")
    for test, tone in (
        (f"{rate}<=0.5", Tone.SHORT_3),
        (f"{rate}>0.5,{rate}<=0.9", Tone.SHORT_2),
        (f"{rate}>0.9,{rate}<1", Tone.SHORT_1),
    ):
        grid.highlights.append(Highlight(rates, f"AND(COUNT({rate})=1,{test})", tone))
    if "deviation_analysis" in cells:
        said = cells["deviation_analysis"]
        due = f'AND(COUNT({rate})=1,{rate}<1,{said}="")'
        grid.highlights.append(Highlight(_column(block, "deviation_analysis"), due, Tone.REQUIRED))
    words = Area(block.first, word, block.last, word)
    grid.highlights.append(Highlight(words, f'${to_a1(block.first, word)}<>""', Tone.REQUIRED))


def _column(block: ResultBlock, role: str) -> Area:
    left, right = block.table.span(role) or (1, 1)
    return Area(block.first, left, block.last, right)


def _rate_text(cells: _Cells) -> str:
    """The completion rate within [0, 1]; "" while nature, target or actual value is missing."""
    target, actual = cells["target_value"], cells["actual_value"]
    kind = cells.get("target_sign", f'"{AT_LEAST}"')
    higher = f"IF({target}=0,IF({actual}>=0,1,0),MAX(0,MIN(1,ROUND({actual}/{target},10))))"
    lower = (
        f"IF({actual}<={target},1,IF({target}=0,0,MAX(0,ROUND(1-({actual}-{target})/{target},10))))"
    )
    judged = f'IF(COUNT({actual})=1,MAX(0,MIN(1,{actual})),"")'
    counted = f'IF(COUNT({target},{actual})=2,IF({kind}="{AT_MOST}",{lower},{higher}),"")'
    return f'IF({kind}="","",IF({kind}="{JUDGED}",{judged},{counted}))'


def _word_text(cells: _Cells) -> str:
    """What is still missing in a row that somebody has begun."""
    rate = cells["completion_rate"]
    blank = ",".join(f'{cells[role]}=""' for role in ("level3", "target_value", "actual_value"))
    due = '""'
    if "deviation_analysis" in cells:
        due = f'IF(AND({rate}<1,{cells["deviation_analysis"]}=""),"写偏差","")'
    return f'IF(AND({blank}),"",IF(COUNT({rate})=0,"未填全",{due}))'
