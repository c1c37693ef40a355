"""基础数据: what scores are computed from, the department's and each subordinate unit's."""

from collections.abc import Iterator, Mapping

from perfxl.formula.excel_text import excel_text, reference_text
from perfxl.formula.sentence import sentence
from perfxl.formula.shapes import operands
from perfxl.formula.terms import percent
from perfxl.formula.tree import Name, inputs
from perfxl.model.address import Area, to_a1
from perfxl.model.number import plain
from perfxl.scheme.model import Scheme, SchemeInput
from perfxl.writer.template.grid import (
    Formula,
    Grid,
    Highlight,
    Limit,
    Look,
    Tone,
    height_of,
    lines_of,
    local,
)
from perfxl.writer.template.pages import Edges, break_rows
from perfxl.writer.template.places import InputPlace, MeasurePlace
from perfxl.writer.template.plan import FIGURES, FIGURES_TOP, UNIT_COLUMNS, Plan

_UNITS_LEFT = 5
_UNITS_RIGHT = _UNITS_LEFT + UNIT_COLUMNS - 1
_NOTE = _UNITS_RIGHT + 1
_WORD = _NOTE + 2
_WIDTHS = {1: 5, 2: 26, 3: 6, 4: 14, **dict.fromkeys(range(_UNITS_LEFT, _NOTE), 9), _NOTE: 34}
_MONEY = ("万元", "元")
_FEW = 3  # rows that are not left alone on a page


def draw_figures(plan: Plan) -> Grid:
    """The sheet of inputs, and below them the quantities computed from these."""
    grid = Grid(FIGURES, tab_color="#FFD98F")
    grid.set_widths({**_WIDTHS, _NOTE + 1: 2, _WORD: 9})
    last = _NOTE
    grid.put_area(Area(1, 1, 1, last), "基础数据", Look.TITLE)
    hint = (
        "只填浅黄色的格。有下属单位的分单位填，合计自动相加；没有的填在“本级”一栏。"
        "百分数按95%这样填。没有发生的填0，不要留空。"
    )
    grid.put_area(Area(2, 1, 2, last), hint, Look.NOTE)
    grid.set_height(1, 36)
    grid.set_height(2, 20)
    _draw_heads(plan, grid)
    uses = _uses(plan.scheme)
    for number, place in enumerate(plan.inputs, start=1):
        _draw_input(grid, place, number, uses.get(place.input.key, ()))
    bottom = FIGURES_TOP + len(plan.inputs) - 1
    grid.frames = [Area(FIGURES_TOP - 1, 1, max(bottom, FIGURES_TOP - 1), last)]
    if plan.measures:
        bottom = _draw_measures(plan, grid, uses)
    grid.print_area = Area(1, 1, bottom, last)
    _set_pages(plan, grid, bottom)
    grid.frozen = (FIGURES_TOP, 5)
    if plan.inputs:
        words = Area(FIGURES_TOP, _WORD, FIGURES_TOP + len(plan.inputs) - 1, _WORD)
        first = local(plan.inputs[0].whole).replace("$D$", "$D")
        grid.highlights.append(Highlight(words, f'{first}=""', Tone.REQUIRED))
    return grid


def _set_pages(plan: Plan, grid: Grid, bottom: int) -> None:
    """Pages end between inputs, no few of them alone, best before what is computed.

    What is computed has headings of its own.
    """
    above = FIGURES_TOP + len(plan.inputs) - 1
    heading = (FIGURES_TOP - 1, FIGURES_TOP - 1)
    grid.breaks = break_rows(
        grid, Edges(range(FIGURES_TOP + _FEW, above - _FEW), [above]), heading, bottom, _NOTE
    )
    if not grid.breaks or grid.breaks[0] < above:
        grid.repeated_rows = heading


def _draw_heads(plan: Plan, grid: Grid) -> None:
    row = FIGURES_TOP - 1
    heads = {1: "序号", 2: "项目", 3: "单位", 4: "全部门", _UNITS_LEFT: "本级", _NOTE: "说明、来源"}
    for column, head in heads.items():
        grid.put(row, column, head, Look.HEAD)
    for number, cell in enumerate(plan.unit_names, start=1):
        name = reference_text(cell)
        text = f'IF({name}="","下属\n单位{number}",{name})'
        grid.put(row, _UNITS_LEFT + number, Formula(text), Look.HEAD)
    grid.put(row, _WORD, "提示", Look.SIDE_HEAD)
    grid.set_height(row, 32)


def _draw_input(grid: Grid, place: InputPlace, number: int, uses: tuple[str, ...]) -> None:
    row, one = place.row, place.input
    look = _look_of(one)
    grid.put(row, 1, number, Look.CENTER)
    grid.put(row, 2, one.name, Look.NAME)
    grid.put(row, 3, "选择" if one.options else one.unit, Look.CENTER)
    if place.units is None:
        grid.put(row, 4, None, look, is_input=True)
        beside = Area(row, _UNITS_LEFT, row, _UNITS_RIGHT)
        grid.put_area(beside, "填在左边，不分单位", Look.CENTER)
        typed = Area(row, 4, row, 4)
    else:
        area = local(place.units)
        grid.put(row, 4, Formula(f'IF(COUNT({area})=0,"",SUM({area}))'), look)
        for column in range(_UNITS_LEFT, _UNITS_RIGHT + 1):
            grid.put(row, column, None, look, is_input=True)
        typed = place.units.area
    said = [one.help, f"来源：{one.source}" if one.source else ""]
    said.append("用于：" + "、".join(uses) if uses else "")
    note = "；".join(filter(None, said))
    grid.put(row, _NOTE, note or None, Look.TEXT)
    lines = max(
        lines_of(one.name, _WIDTHS[2]),
        lines_of(note, _WIDTHS[_NOTE]),
        *(lines_of(answer, _WIDTHS[4]) for answer in one.options),
    )
    grid.set_height(row, height_of(lines, least=22))
    grid.put(row, _WORD, Formula(f'IF({local(place.whole)}="","未填","")'), Look.SIDE_WORD)
    grid.limits.append(_limit(one, typed))


def _look_of(one: SchemeInput) -> Look:
    if one.options:
        return Look.CENTER
    if one.unit == "%":
        return Look.RATE
    if one.unit in _MONEY:
        return Look.MONEY
    return Look.INTEGER if one.is_integer else Look.NUMBER


def _limit(one: SchemeInput, area: Area) -> Limit:
    title = one.name
    if one.options:
        answers = "、".join(one.options)
        return Limit(area, title, f"请选：{answers}", f"只能选：{answers}", choices=one.options)
    cell = to_a1(area.top, area.left)
    tests = [f"ISNUMBER({cell})"]
    said = []
    for bound, sign, word in ((one.minimum, ">=", "不小于"), (one.maximum, "<=", "不大于")):
        if bound is not None:
            tests.append(f"{cell}{sign}{plain(bound)}")
            said.append(word + (percent(bound) if one.unit == "%" else plain(bound)))
    if one.is_integer:
        tests.append(f"INT({cell})={cell}")
        said.append("整数")
    unit = "百分数，如95%" if one.unit == "%" else f"单位：{one.unit}" if one.unit else "数"
    rule = "，".join([unit, *said])
    return Limit(
        area, title, f"填{rule}。" if one.unit in ("%", "") else f"{rule}。", f"应填数，{rule}。",
        formula=f"AND({','.join(tests)})",
    )  # fmt: skip


def _draw_measures(plan: Plan, grid: Grid, uses: Mapping[str, tuple[str, ...]]) -> int:
    """The rows of computed quantities; returns the last one."""
    top = plan.measures[0].row - 2
    grid.put_area(Area(top, 1, top, _NOTE), "由上面的数据算出（不用填）", Look.CAPTION)
    grid.set_height(top, 26)
    head = top + 1
    for column, text in {1: "序号", 2: "项目", 3: "单位", 4: "结果"}.items():
        grid.put(head, column, text, Look.HEAD)
    grid.put_area(Area(head, _UNITS_LEFT, head, _UNITS_RIGHT), "怎么算", Look.HEAD)
    grid.put(head, _NOTE, "用于", Look.HEAD)
    grid.set_height(head, 22)
    for number, place in enumerate(plan.measures, start=1):
        _draw_measure(plan, grid, place, number, uses.get(place.measure.key, ()))
    bottom = plan.measures[-1].row
    grid.frames.append(Area(head, 1, bottom, _NOTE))
    return bottom


def _draw_measure(
    plan: Plan, grid: Grid, place: MeasurePlace, number: int, uses: tuple[str, ...]
) -> None:
    row, one = place.row, place.measure
    look = Look.RATE if one.unit == "%" else Look.MONEY if one.unit in _MONEY else Look.NUMBER
    grid.put(row, 1, number, Look.CENTER)
    grid.put(row, 2, one.name, Look.NAME)
    grid.put(row, 3, one.unit, Look.CENTER)
    grid.put(row, 4, Formula(excel_text(one.expression, plan.names)), look)
    said = sentence(one.expression, plan.terms)
    grid.put_area(Area(row, _UNITS_LEFT, row, _UNITS_RIGHT), said, Look.NAME)
    grid.put(row, _NOTE, "、".join(uses) or None, Look.TEXT)
    room = sum(_WIDTHS[c] for c in range(_UNITS_LEFT, _UNITS_RIGHT + 1))
    lines = max(lines_of(said, room), lines_of("、".join(uses), _WIDTHS[_NOTE]))
    grid.set_height(row, height_of(lines, least=22))


def _uses(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Which indicators (or computed quantities) read each key, by name, each once."""
    found: dict[str, list[str]] = {}
    for name, keys in _readers(scheme):
        for key in keys:
            found.setdefault(key, []).append(name)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def _readers(scheme: Scheme) -> Iterator[tuple[str, list[str]]]:
    for leaf in scheme.leaves():
        if leaf.scoring is not None:
            yield leaf.name, list(operands(leaf.scoring.shape))
    for measure in scheme.measures:
        names = [node.name for node in inputs(measure.expression) if isinstance(node, Name)]
        yield measure.name, names
    for ceiling in scheme.ceilings:
        yield "评价等级", [ceiling.key]
