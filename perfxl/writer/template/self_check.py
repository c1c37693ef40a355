"""自检: what is still missing or wrong, live, with a link to each place."""

from collections.abc import Iterator

from perfxl.formula.excel_text import reference_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.number import plain
from perfxl.writer.template.grid import Formula, Grid, Highlight, Link, Look, Tone, height_of
from perfxl.writer.template.plan import SELF_CHECK, Plan

_WIDTHS = (7, 44, 60, 30)
_LAST = len(_WIDTHS)


def draw_self_check(plan: Plan) -> Grid:
    """The sheet with one line a check; above all whether the form is complete."""
    grid = Grid(SELF_CHECK, tab_color="#70AD47")
    grid.set_widths(dict(enumerate(_WIDTHS, start=1)))
    lines = list(_lines(plan))
    first = 4
    last = first + len(lines) - 1
    results = f"$C${first}:$C${last}"
    done = f'IF(COUNTIF({results},"✓")={len(lines)},"已填完整，可以报送","未填完整，见下")'
    grid.put_area(Area(1, 1, 1, _LAST), Formula(done), Look.VERDICT)
    grid.set_height(1, 34)
    grid.put_area(Area(2, 1, 2, _LAST), "点右边的链接直接到要改的地方。", Look.NOTE)
    for column, head in enumerate(("序号", "检查什么", "结果", "到哪里改"), start=1):
        grid.put(3, column, head, Look.HEAD)
    grid.set_height(3, 24)
    for number, (what, text, target) in enumerate(lines, start=1):
        row = first + number - 1
        grid.put(row, 1, number, Look.CENTER)
        grid.put(row, 2, what, Look.NAME)
        grid.put(row, 3, Formula(text), Look.NAME)
        grid.put(row, 4, Link(f"“{target.sheet}”", target), Look.LINK)
        grid.set_height(row, height_of(1, least=20))
    words = Area(first, 3, last, 3)
    grid.highlights.append(Highlight(words, f'$C{first}="✓"', Tone.DONE))
    grid.highlights.append(Highlight(words, f'$C{first}<>"✓"', Tone.REQUIRED))
    grid.frames = [Area(3, 1, last, _LAST)]
    grid.print_area = Area(1, 1, last, _LAST)
    grid.frozen = (4, 1)
    return grid


def _lines(plan: Plan) -> Iterator[tuple[str, str, Reference]]:
    """What is checked: words, formula and place."""
    score = plan.score
    unit = reference_text(plan.unit_cell)
    yield "单位全称", f'IF({unit}="","没有填单位全称","✓")', plan.unit_cell
    for group in score.groups:
        if group.cap is None:
            continue
        area = score.caps.area
        own = reference_text(
            Reference(score.sheet, Area(group.first, area.left, group.last, area.right))
        )
        cap = reference_text(group.cap)
        text = f'IF(ROUND(SUM({own})-{cap},6)=0,"✓","各项合计"&SUM({own})&"分，应为"&{cap}&"分")'
        yield f"“{group.group.name}”的分值加总", text, group.cap
    total = plain(plan.scheme.total_score)
    cap = reference_text(score.total_cap)
    yield "分值总计", f'IF({cap}={total},"✓","合计"&{cap}&"分，应为{total}分")', score.total_cap
    words = Reference(
        score.sheet,
        Area(score.leaves[0].row, score.side.word, score.leaves[-1].row, score.side.word),
    )
    column = reference_text(words)
    for word, what in (
        ("未填", "得分都填了"),
        ("缺数据", "自动计算的得分都有数据"),
        ("不是数", "得分都是数"),
        ("超分值", "得分不超过分值"),
        ("负分", "得分不小于0"),
        ("必填原因", "失分的都写了原因和措施"),
    ):
        text = f'IF(COUNTIF({column},"{word}")=0,"✓","有"&COUNTIF({column},"{word}")&"项{word}")'
        yield what, text, score.leaves[0].score
    if score.grade is not None:
        grade = reference_text(score.grade)
        yield "评价等级", f'IF({grade}="","填完得分后自动出等级","✓")', score.grade
