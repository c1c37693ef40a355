"""填报说明: three steps on one page, then how each indicator gets its score."""

from collections.abc import Iterator, Sequence
from datetime import date

from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.number import plain
from perfxl.scheme.files import IndicatorFile
from perfxl.scheme.model import Standard
from perfxl.writer.template.closing import notes_of
from perfxl.writer.template.grid import Grid, Link, Look, cell_at, height_of, lines_of
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import (
    EVIDENCE,
    FIGURES,
    GUIDE,
    PARTICULARS,
    SELF_CHECK,
    Plan,
)
from perfxl.writer.template.score_sheet import label_of, printed_texts

_WIDTHS = (6, 34, 8, 18, 78)
_LAST = len(_WIDTHS)
_ROOM = sum(_WIDTHS[1:])


def draw_guide(plan: Plan) -> Grid:
    """The sheet that the workbook opens at."""
    grid = Grid(GUIDE, tab_color="#70AD47")
    grid.set_widths(dict(enumerate(_WIDTHS, start=1)))
    grid.put_area(Area(1, 1, 1, _LAST), f"{plan.score.file.title}填报说明", Look.TITLE)
    grid.set_height(1, 40)
    grid.put_area(Area(2, 1, 2, _LAST), plan.scheme.title, Look.SUBTITLE)
    grid.set_height(2, 24)
    row = 3
    for number, (title, target, texts) in enumerate(_steps(plan), start=1):
        grid.put_area(Area(row, 1, row, _LAST), f"第{'一二三'[number - 1]}步　{title}", Look.STEP)
        grid.set_height(row, 28)
        grid.put_area(
            Area(row + 1, 2, row + 1, 4), Link(f"打开“{target.sheet}”", target), Look.BARE_LINK
        )
        grid.set_height(row + 1, 22)
        row += 2
        for text in texts:
            row = _paragraph(grid, row, text)
    row = _draw_known(plan, grid, row)
    first_page = row - 1
    row = _section(grid, row, "尚待确认", plan.scheme.unknowns)
    grid.repeated_rows = (row + 1, row + 1)
    row = _draw_standards(plan, grid, row)
    grid.print_area = Area(1, 1, row - 1, _LAST)
    grid.breaks = [first_page]
    return grid


def _steps(plan: Plan) -> Iterator[tuple[str, Reference, list[str]]]:
    score = plan.score
    yield (
        "填单位信息和基础数据" if plan.has_figures else "填单位信息",
        plan.unit_cell,
        [
            f"在“{PARTICULARS}”填单位全称，各页标题会自动带出"
            + (f"；在“{FIGURES}”填决算、资产、采购等数。" if plan.has_figures else "。"),
            *(
                [f"在“{plan.results[0].table.file.name}”照年初批复的目标逐条填实际完成值。"]
                if plan.results
                else []
            ),
            "只有浅黄色的格要填。没有发生的填0，不要留空"
            + ("；留空的指标算不出得分。" if plan.has_figures else "。"),
        ],
    )
    yield (
        "填得分、原因和措施",
        score.leaves[0].score,
        [
            f"“{score.sheet}”里白色的得分由公式算出，不用填；浅黄色的得分照评分标准自己填，"
            "不能超过分值。" if any(leaf.is_live for leaf in score.leaves) else
            f"“{score.sheet}”里的得分照评分标准自己填，不能超过分值。",
            "得分低于分值的，旁边会变成琥珀色并提示“必填原因”：写明什么事、差多少、为什么；"
            "措施写到责任科室和完成时间。" if _has_reasons(plan) else
            "得分低于分值的会变成琥珀色，提示“失分”，请在自评报告里说明原因。",
            f"在“{EVIDENCE}”登记每项得分的依据材料。",
        ],
    )  # fmt: skip
    yield (
        "看自检，再报送",
        cell_at(SELF_CHECK, 1, 1),
        [
            f"“{SELF_CHECK}”页最上面写着“已填完整”才报送；有问题的点链接直接到那一格改。",
            "打印前看一遍分页预览，文字显示不全的把行拉高。电子表和盖章的扫描件一并报送。",
            *([f"请在{_day(plan.due)}前报送。"] if plan.due else []),
        ],
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _has_reasons(plan: Plan) -> bool:
    return any("reason" in p.file.role or "deviation" in p.file.role for p in plan.score.columns)


def _paragraph(grid: Grid, row: int, text: str) -> int:
    grid.put_area(Area(row, 2, row, _LAST), text, Look.PLAIN)
    grid.set_height(row, height_of(lines_of(text, _ROOM * 0.92), least=22, line=16))
    return row + 1


def _draw_known(plan: Plan, grid: Grid, row: int) -> int:
    """The basis and the grades."""
    scheme = plan.scheme
    basis = [f"{one.doc_no}《{one.title}》{one.article}" for one in scheme.basis]
    row = _section(grid, row, "依据", basis)
    return _section(grid, row, "等级", notes_of(scheme))


def _section(grid: Grid, row: int, title: str, texts: Sequence[str]) -> int:
    if not texts:
        return row
    grid.put_area(Area(row, 1, row, _LAST), title, Look.STEP)
    grid.set_height(row, 26)
    row += 1
    for text in texts:
        row = _paragraph(grid, row, text)
    return row


def _draw_standards(plan: Plan, grid: Grid, row: int) -> int:
    grid.put_area(Area(row, 1, row, _LAST), "各项指标怎么得分", Look.STEP)
    grid.set_height(row, 28)
    row += 1
    top = row
    for column, head in enumerate(("序号", "指标", "分值", "得分来自", "标准"), start=1):
        grid.put(row, column, head, Look.HEAD)
    grid.set_height(row, 24)
    texts = printed_texts(plan.file.group)
    seen: set[tuple[str, ...]] = set()
    number = 0
    for leaf, text in zip(plan.score.leaves, texts, strict=True):
        if leaf.indicator is None and leaf.path in seen:
            continue
        seen.add(leaf.path)
        row, number = row + 1, number + 1
        said = _standard(plan, leaf, text)
        cap = leaf.indicator.max_score if leaf.indicator else None
        grid.put(row, 1, number, Look.CENTER)
        grid.put(row, 2, label_of(leaf) or f"{leaf.path[-1]}：单位自设指标", Look.NAME)
        grid.put(row, 3, "单位定" if cap is None else cap, Look.CAP)
        grid.put(row, 4, _source(leaf), Look.CENTER)
        grid.put(row, 5, said, Look.NAME)
        grid.set_height(row, height_of(lines_of(said, _WIDTHS[4]), least=22))
    grid.frames = [Area(top, 1, row, _LAST)]
    return row + 1


def _source(leaf: LeafRow) -> str:
    if leaf.is_live:
        return "自动计算"
    return "填写，附参考分" if leaf.reference else "单位填写"


def _standard(plan: Plan, leaf: LeafRow, text: IndicatorFile | None) -> str:
    """The standard in a sentence, with how sure it is."""
    if leaf.indicator is None:
        cap = plan.group_of(leaf).max_score
        return f"逐项填指标、分值和得分，各项分值合计应为{plain(cap)}分。"
    scoring = leaf.indicator.scoring
    printed = text.criteria if text else ""
    if scoring is None or leaf.expression is None:
        return printed or "评分标准未取得，请照本地评分标准填写。"
    said = standard_sentence(
        scoring.shape,
        leaf.indicator.max_score,
        plan.terms,
        decimals=plan.scheme.score_decimals,
        year=plan.year,
    )
    if scoring.standard is Standard.PUBLISHED:
        return f"{said}。"
    word = "推得" if scoring.standard is Standard.DERIVED else "借用外地"
    source = f"，{scoring.source}" if scoring.source else ""
    return f"参考（标准未公布，{word}{source}）：{said}。"
