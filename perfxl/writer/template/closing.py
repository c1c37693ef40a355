"""What closes the score table: 加分/扣分项, total, grade, signatures, notes."""

from decimal import Decimal

from perfxl.formula.excel_text import reference_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.form import AdjustmentKind
from perfxl.model.number import plain
from perfxl.scheme.model import Scheme
from perfxl.scheme.scoring import YES
from perfxl.writer.template.grid import (
    Formula,
    Grid,
    Limit,
    Look,
    cell_at,
    local,
    spot_of,
)
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.signatures import draw_signatures
from perfxl.writer.template.sums import WORD, has_exempt, total_text

_KINDS = {AdjustmentKind.BONUS: "加分项", AdjustmentKind.DEDUCTION: "扣分项"}


def draw_closing(plan: Plan, grid: Grid) -> None:
    """Everything below the indicators."""
    if plan.score.sum_row is not None:
        _draw_adjustments(plan, grid)
    _draw_total(plan, grid)
    if plan.score.grade is not None:
        _draw_grade(plan, grid)
    file, right = plan.score.file, plan.score.last_column
    draw_signatures(grid, file, plan.score.foot_row, right, notes_of(plan.scheme))


def _draw_adjustments(plan: Plan, grid: Grid) -> None:
    score = plan.score
    assert score.sum_row is not None
    column = spot_of(score.total)[1]
    _draw_row(plan, grid, score.sum_row, "合计", None)
    grid.put(score.sum_row, column, Formula(total_text(plan, local)), Look.SCORE)
    for one, cell in zip(plan.scheme.adjustments, score.adjustments, strict=True):
        row = spot_of(cell)[0]
        most = plain(one.limit)
        label = f"{_KINDS[one.kind]}：{one.name}（不超过{most}分）"
        _draw_row(plan, grid, row, label, one.limit)
        grid.put(row, column, None, Look.SCORE, is_input=True)
        here = local(cell)
        grid.limits.append(
            Limit(
                Area(row, column, row, column),
                _KINDS[one.kind],
                f"填0至{most}之间的数，扣分也填正数。{one.help}",
                f"应是0至{most}之间的数，扣分也填正数。",
                formula=f"AND(ISNUMBER({here}),{here}>=0,{here}<={most})",
            )
        )


def _draw_row(plan: Plan, grid: Grid, row: int, label: str, limit: Decimal | None) -> None:
    """A row of one label with its limit under the leaves' caps; units write right of the score."""
    column, cap = spot_of(plan.score.total)[1], plan.score.caps.area.left
    grid.put_area(Area(row, 1, row, cap - 1), label, Look.LABEL)
    grid.put(row, cap, limit, Look.CAP)
    if column - cap > 1:
        grid.put_area(Area(row, cap + 1, row, column - 1), None, Look.TEXT)
    for right in range(column + 1, plan.score.last_column + 1):
        grid.put(row, right, None, Look.TEXT, is_input=True)
    grid.set_height(row, 24)


def _draw_total(plan: Plan, grid: Grid) -> None:
    score = plan.score
    row, column = spot_of(score.total)
    cap_column = spot_of(score.total_cap)[1]
    grid.put_area(Area(row, 1, row, cap_column - 1), score.file.total_label or "总分", Look.HEAD)
    grid.put(row, cap_column, _cap(plan, cap_column), Look.CAP)
    if column - cap_column > 1:
        grid.put_area(Area(row, cap_column + 1, row, column - 1), None, Look.TEXT)
    grid.put(row, column, Formula(_total_text(plan)), Look.TOTAL)
    if score.last_column > column:
        grid.put_area(Area(row, column + 1, row, score.last_column), None, Look.TEXT)
    grid.set_height(row, 24)
    side = score.side.subtotals[1][1]
    total, cap = local(score.total), local(score.total_cap)
    rate = f'IF(COUNT({total},{cap})=2,IF({cap}>0,ROUND({total}/{cap},4),""),"")'
    grid.put(row, side, Formula(rate), Look.SIDE_RATE)


def _cap(plan: Plan, column: int) -> Formula | Decimal:
    """The sum of the first-level caps; the scheme's full marks where no column has those."""
    if plan.score.column("max_score", 1) != column:
        return plan.scheme.total_score
    first, last = plan.score.caps.area.top, plan.score.caps.area.bottom
    return Formula(f"SUM({local(Reference(None, Area(first, column, last, column)))})")


def _total_text(plan: Plan) -> str:
    """The sum with its adjustments, within [0, full marks]."""
    score, scheme = plan.score, plan.scheme
    if score.sum_row is None:
        return total_text(plan, local)
    own = local(cell_at("", score.sum_row, spot_of(score.total)[1]))
    terms = own
    for one, cell in zip(scheme.adjustments, score.adjustments, strict=True):
        sign = "+" if one.kind is AdjustmentKind.BONUS else "-"
        terms += f"{sign}MIN({plain(one.limit)},MAX(0,SUM({local(cell)})))"
    most = plain(scheme.total_score)
    return f'IF({own}="","",MAX(0,MIN({most},ROUND({terms},{scheme.score_decimals}))))'


def _draw_grade(plan: Plan, grid: Grid) -> None:
    score = plan.score
    assert score.grade is not None
    row, column = spot_of(score.grade)
    grid.put_area(Area(row, 1, row, column - 1), score.file.grade_label, Look.HEAD)
    area = Area(row, column, row, score.last_column)
    grid.put_area(area, Formula(_grade_text(plan)), Look.LABEL)
    grid.set_height(row, 24)


def _grade_text(plan: Plan) -> str:
    """The grade of the total once every indicator has its score; ceilings bound it."""
    score, scheme = plan.score, plan.scheme
    if not scheme.bands:
        return '""'
    total = local(score.total)
    grades = [band.grade for band in scheme.bands]
    text = f'"{grades[-1].value}"'
    for band in reversed(scheme.bands[:-1]):
        test = f"{total}>={plain(band.lower)}"
        barred = [
            reference_text(plan.names[ceiling.key])
            for ceiling in scheme.ceilings
            if grades.index(ceiling.grade) > grades.index(band.grade)
        ]
        if barred:
            test = f"AND({test}," + ",".join(f'{cell}<>"{YES}"' for cell in barred) + ")"
        text = f'IF({test},"{band.grade.value}",{text})'
    scores = local(score.scores)
    exempt = f'+COUNTIF({scores},"{WORD}")' if has_exempt(plan) else ""
    tests = [f"COUNT({total})=1", f"COUNT({scores}){exempt}=COUNT({local(score.caps)})"]
    if any(leaf.indicator is None or leaf.indicator.max_score is None for leaf in score.leaves):
        # Rows not yet begun have neither cap nor score: only the sum tells that they are to come.
        tests.append(f"ROUND(SUM({local(score.caps)}),6)>={plain(scheme.total_score)}")
    return f'IF(AND({",".join(tests)}),{text},"")'


def notes_of(scheme: Scheme) -> list[str]:
    """The bands of the grades, as printed below the table."""
    notes = []
    if scheme.bands:
        parts, upper = [], f"{plain(scheme.total_score)}分"
        for band in scheme.bands:
            parts.append(f"{band.grade.value}：{plain(band.lower)}分（含）至{upper}")
            upper = f"{plain(band.lower)}分"
        assumed = "（暂按通行划分）" if scheme.bands_assumed else ""
        notes.append(f"注：等级{assumed}按总分划分，" + "；".join(parts) + "。")
    return notes
