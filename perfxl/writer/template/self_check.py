"""自检: what is still missing or wrong, live, with a link to each place; no macro is needed.

A line for each check. Right of the print area stand the columns that the lines are worked out
from: for each cell that may be wrong, its address and name while it is. So no formula needs to be
entered as an array, which old programs would ask for.
"""

from collections.abc import Iterator

from perfxl.model.address import Area, to_a1
from perfxl.writer.template.checks import Check, Scratch, Weight, mark, ref
from perfxl.writer.template.checks_data import (
    input_checks,
    particulars_checks,
    result_checks,
    task_checks,
)
from perfxl.writer.template.checks_print import print_checks
from perfxl.writer.template.checks_score import score_checks
from perfxl.writer.template.checks_sums import cap_checks, total_checks
from perfxl.writer.template.grid import Formula, Grid, Highlight, Look, Tone
from perfxl.writer.template.plan import SELF_CHECK, Plan
from perfxl.writer.template.sheets import draw_layout_sheets

_HEADS = (
    ("序号", 6), ("检查什么", 34), ("性质", 9), ("处数", 7), ("结果", 96), ("转到", 10),
)  # fmt: skip
_WHAT, _WEIGHT, _COUNT, _RESULT, _LINK = range(2, 7)
_LAST = len(_HEADS)
FIRST_LINE = 5
_SCRATCH_LEFT = _LAST + 3
_ROW = 27.0  # room for two lines
_OK = "✓"
_TONES = {Weight.MUST: Tone.ERROR, Weight.VERIFY: Tone.REQUIRED}


def draw_self_check(plan: Plan) -> Grid:
    """The sheet with one line a check; above all whether the form is complete."""
    grid = Grid(SELF_CHECK, tab_color="#70AD47")
    grid.set_widths({column: width for column, (_, width) in enumerate(_HEADS, start=1)})
    scratch = Scratch(SELF_CHECK, FIRST_LINE, _SCRATCH_LEFT)
    lines = list(all_checks(plan, scratch))
    last = FIRST_LINE + len(lines) - 1
    _draw_head(grid, last)
    for row, line in enumerate(lines, start=FIRST_LINE):
        _draw_line(grid, row, line, scratch)
    _draw_scratch(grid, scratch)
    _add_highlights(grid, last)
    grid.frames = [Area(FIRST_LINE - 1, 1, last, _LAST)]
    grid.print_area = Area(1, 1, last, _LAST)
    grid.repeated_rows = (FIRST_LINE - 1, FIRST_LINE - 1)
    grid.frozen = (FIRST_LINE, 1)
    return grid


def all_checks(plan: Plan, scratch: Scratch) -> Iterator[Check]:
    """Every line, in the order in which a form is filled."""
    sheets = draw_layout_sheets(plan)
    drawn = {grid.name: grid for grid in sheets}
    yield from particulars_checks(plan)
    yield from input_checks(plan, scratch)
    yield from result_checks(plan)
    yield from task_checks(plan, drawn)
    yield from cap_checks(plan)
    yield from score_checks(plan, drawn[plan.score.sheet], scratch)
    yield from total_checks(plan, scratch)
    yield from print_checks(plan, sheets)


def _draw_head(grid: Grid, last: int) -> None:
    must, verify = (_sum_of(weight, last) for weight in Weight)
    verdict = (
        f'IF({must}>0,"还不完整，不能报送：必改"&{must}&"处","已填完整，可以报送")'
        f'&IF({verify}>0,"，请核实"&{verify}&"处","")'
    )
    grid.put_area(Area(1, 1, 1, _LAST), "自检", Look.TITLE)
    grid.set_height(1, 36)
    grid.put_area(Area(2, 1, 2, _LAST), Formula(verdict), Look.VERDICT)
    grid.set_height(2, 34)
    hint = (
        "✓是没有问题。必改的全部改好才能报送；请核实的看一眼，确实如此的不用改。"
        "点“转到”直接到第一处要改的格。本页自动更新，不用填。"
    )
    grid.put_area(Area(3, 1, 3, _LAST), hint, Look.NOTE)
    grid.set_height(3, 20)
    for column, (head, _) in enumerate(_HEADS, start=1):
        grid.put(FIRST_LINE - 1, column, head, Look.HEAD)
    grid.set_height(FIRST_LINE - 1, 24)


def _sum_of(weight: Weight, last: int) -> str:
    weights, counts = (
        f"${letter}${FIRST_LINE}:${letter}${last}" for letter in (_letter(_WEIGHT), _letter(_COUNT))
    )
    return f'SUMIF({weights},"{weight.value}",{counts})'


def _letter(column: int) -> str:
    return to_a1(1, column).removesuffix("1")


def _draw_line(grid: Grid, row: int, line: Check, scratch: Scratch) -> None:
    formulas = []
    for fault in line.faults:
        live, fixed = mark(fault)
        formulas.append(f'IFERROR(IF({fault.test},{live},""),{fixed})')
    area = ref(scratch.column(formulas)).removeprefix(f"'{SELF_CHECK}'!")
    count = f"${to_a1(row, _COUNT)}"
    first = f'INDEX({area},MATCH("?*",{area},0))'
    more = f'IF({count}>1,"；这样的共"&{count}&"处","")'
    said = f'IF({count}=0,"{_OK}",{first}&"{line.said}"&{more})'
    sheet = line.faults[0].cell.sheet
    place = f'LEFT({first},FIND("“",{first})-1)'
    link = f"""IF({count}=0,"",HYPERLINK("#'{sheet}'!"&{place},"转到"))"""
    grid.put(row, 1, row - FIRST_LINE + 1, Look.CENTER)
    grid.put(row, _WHAT, line.what, Look.NAME)
    grid.put(row, _WEIGHT, line.weight.value, Look.CENTER)
    grid.put(row, _COUNT, Formula(f'COUNTIF({area},"?*")'), Look.CENTER)
    grid.put(row, _RESULT, Formula(said), Look.NAME)
    grid.put(row, _LINK, Formula(link), Look.LINK)
    grid.set_height(row, _ROW)


def _draw_scratch(grid: Grid, scratch: Scratch) -> None:
    for column, formulas in enumerate(scratch.columns, start=scratch.left):
        for row, text in enumerate(formulas, start=scratch.top):
            grid.put(row, column, Formula(text), Look.SIDE_WORD)
    if scratch.columns:
        grid.put(FIRST_LINE - 1, scratch.left, "右边各栏供本页计算", Look.SIDE_WORD)


def _add_highlights(grid: Grid, last: int) -> None:
    results = Area(FIRST_LINE, _RESULT, last, _RESULT)
    result, weight = (f"${to_a1(FIRST_LINE, column)}" for column in (_RESULT, _WEIGHT))
    grid.highlights.append(Highlight(results, f'{result}="{_OK}"', Tone.DONE))
    for one, tone in _TONES.items():
        grid.highlights.append(Highlight(results, f'{weight}="{one.value}"', tone))
    done = 'LEFT($A$2,2)="已填"'
    grid.highlights.append(Highlight(Area(2, 1, 2, _LAST), done, Tone.DONE))
    grid.highlights.append(Highlight(Area(2, 1, 2, _LAST), f"NOT({done})", Tone.ERROR))
