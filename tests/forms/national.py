"""The national form of project self-evaluation, in the wordings of several places.

A block of funds stands above the indicators and earns points of its own; its leaf is the first of
the draft's, 预算执行率.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from perfxl.model.address import Area
from tests.forms import national_data as data
from tests.forms.figures import Group, Leaf, Value
from tests.forms.grid import Grid
from tests.forms.mutate import Draft
from tests.forms.table import Column, Derived, ScoreTable

SHEET = "项目自评表"
UNIT = "某县应急管理局"
RATE = (data.RATE, data.RATE)

_ONE = Column("level1", "一级指标", 12)
_TWO = Column("level2", "二级指标", 14)
_NAME = Column("name", "三级指标", 22)
_CAP = Column("cap", "分值", 8)
_SCORE = Column("score", "得分", 8)
_TARGET = Column("target", "年度指标值", 14)
_ACTUAL = Column("actual", "实际完成值", 14)
_REASON = Column("reason", "偏差原因分析及改进措施", 36)
_BUDGET = Decimal("120.00")
_SPENT = Decimal("114.00")


@dataclass(frozen=True, slots=True)
class Funds:
    """The block's headings by what stands below them, its first label and its rows."""

    label: str
    headings: Mapping[str, str]
    rows: tuple[str, ...] = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a place prints the form. `second` is a second line of headings, by field."""

    title: str
    columns: tuple[Column, ...]
    roots: tuple[Group, ...]
    funds: Funds | None
    second: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    derived: Derived = field(default_factory=lambda: MappingProxyType({}))
    total_label: str = "总分"
    grade: str = ""  # "": none; beside: in the total's row; 自评等级：in a row and cell of its own
    has_total_cap: bool = True
    side: str = ""  # a label down the left side of the indicators
    notes: tuple[str, ...] = ()


def _parts(leaf: Leaf) -> tuple[str, str, str]:
    match = re.fullmatch(r"([≥≤=]?)([\d.]*)(.*)", str(leaf.target))
    assert match
    sign, number, unit = match.groups()
    return (sign, number, unit) if number else ("定性", unit, "/")


def _amount(leaf: Leaf) -> tuple[Value, str]:
    number = _parts(leaf)[1]
    return (Decimal(number) if number.replace(".", "").isdigit() else number), "cap"


_THREE_PARTS: Derived = MappingProxyType(
    {
        "sign": lambda leaf: (_parts(leaf)[0], "label"),
        "amount": _amount,
        "unit": lambda leaf: (_parts(leaf)[2], "label"),
    }
)
_NATIONAL = Funds(
    "项目资金（万元）",
    MappingProxyType(
        {
            "initial": "年初预算数",
            "budget": "全年预算数",
            "executed": "全年执行数",
            "cap": "分值",
            "rate": "执行率",
            "score": "得分",
        }
    ),
)
WORDINGS = MappingProxyType(
    {
        "anhui": Wording(
            "项目支出绩效自评表",
            (_ONE, _TWO, _NAME, _TARGET, _ACTUAL, _CAP, _SCORE, _REASON),
            (data.funds("10"), *data.INDICATORS),
            _NATIONAL,
            side="绩效指标",
        ),
        "tianchang": Wording(
            "项目支出绩效自评表",
            (
                _ONE, _TWO, Column("counter", "三级指标", 6), replace(_NAME, heading=""),
                _TARGET, _ACTUAL, _CAP, _SCORE, _REASON,
            ),
            (data.funds("10"), *data.labelled(data.INDICATORS, "{}\n（{}分）")),
            _NATIONAL,
            derived=MappingProxyType({"counter": lambda leaf: ("指标1：", "label")}),
            side="绩效指标",
            notes=("注：1.权重一般为预算执行率10分、产出50分、效益30分、满意度10分，特殊情况可调整。",),
        ),
        "yunnan": Wording(
            "项目支出绩效自评表",
            (
                _ONE, _TWO, _NAME, Column("sign", "年度指标值", 9), Column("amount", "", 9),
                Column("unit", "", 9), _ACTUAL, _CAP, _SCORE, _REASON,
            ),
            (data.funds("10"), *data.INDICATORS),
            replace(_NATIONAL, label="项目资金（元）"),
            second=MappingProxyType({"sign": "指标性质", "amount": "指标值", "unit": "度量单位"}),
            derived=_THREE_PARTS,
            grade="beside",
        ),
        "chongqing": Wording(
            "部门整体支出绩效自评表",
            (
                Column("name", "指标名称", 26), Column("unit", "计量单位", 9),
                Column("sign", "指标性质", 9), Column("amount", "年初指标值", 10),
                replace(_ACTUAL, heading="全年完成值"), Column("rate", "得分系数（%）", 10),
                replace(_CAP, heading="权重（分）"), replace(_SCORE, heading="指标得分（分）"),
                Column("core", "是否核心指标", 9), replace(_REASON, heading="未完成原因分析"),
            ),
            (
                data.funds("10"),
                Group("", Decimal(90), tuple(
                    leaf for root in data.INDICATORS for group in root.children
                    if isinstance(group, Group) for leaf in group.children
                )),
            ),
            Funds(
                "预算执行情况（万元）",
                MappingProxyType(
                    {
                        "initial": "年初预算数", "budget": "全年（调整）预算数",
                        "executed": "全年执行数", "rate": "执行率（%）",
                        "cap": "执行率权重（分）", "score": "执行率得分（分）",
                    }
                ),
                ("年度总金额", "其中：财政拨款"),
            ),
            derived=MappingProxyType(
                {
                    **_THREE_PARTS,
                    "rate": lambda leaf: (Decimal(100), "cap"),
                    "core": lambda leaf: ("是", "label"),
                }
            ),
            grade="自评等级",
        ),
        "sichuan": Wording(
            "项目支出绩效自评表",
            (
                _ONE, _TWO, _NAME, Column("sign", "绩效指标性质", 9),
                Column("amount", "绩效指标值", 9), Column("unit", "绩效度量单位", 9),
                replace(_CAP, heading="权重"), replace(_ACTUAL, heading="完成值"), _SCORE,
                replace(_REASON, heading="未完成原因分析"),
            ),
            (data.funds("10"), *data.INDICATORS),
            Funds(
                "预算执行情况（10分）",
                MappingProxyType(
                    {
                        "initial": "年初预算", "budget": "预算数（调整后）",
                        "executed": "预算执行数", "rate": "预算执行率", "score": "得分",
                        "reason": "未完成原因分析",
                    }
                ),
                ("资金总额", "财政资金", "单位资金"),
            ),
            derived=_THREE_PARTS,
            total_label="合计",
        ),
        "hubei": Wording(
            "项目自评表",
            (
                _ONE, _TWO, _NAME, replace(_TARGET, heading="年初目标值（A）"),
                replace(_ACTUAL, heading="实际完成值（B）"), _SCORE,
            ),
            (data.funds("20"), *data.labelled(data.EIGHTY, "{}（{}分）")),
            Funds(
                "预算执行情况（万元）",
                MappingProxyType(
                    {
                        "budget": "预算数（A）", "executed": "执行数（B）",
                        "rate": "执行率（B/A）", "score": "得分（20分*执行率）",
                    }
                ),
                ("年度财政资金总额",),
            ),
            has_total_cap=False,
        ),
        "jinan": Wording(
            "项目支出绩效自评表",
            (
                _ONE, _TWO, _NAME, Column("rest", "", 10), replace(_TARGET, heading="年度指标值"),
                replace(_ACTUAL, heading="全年实际值"), _SCORE,
                replace(_CAP, heading="分值"), replace(_REASON, heading="未完成原因和改进措施"),
            ),
            (data.funds("10"), *data.labelled(data.INDICATORS, "{} {}分")),
            replace(
                _NATIONAL,
                headings=MappingProxyType(
                    {**_NATIONAL.headings, "executed": "全年执行数（B）", "rate": "执行率（B/A）"}
                ),
            ),
            derived=MappingProxyType(
                {
                    "name": lambda leaf: (leaf.name[:2], "name"),
                    "rest": lambda leaf: (leaf.name[2:], "name"),
                }
            ),
        ),
        "yinchuan": Wording(
            "项目支出绩效自评评分表",
            (
                _ONE, _TWO, _NAME, _TARGET, _ACTUAL, _CAP, replace(_SCORE, heading="自评得分"),
                _REASON,
            ),
            data.labelled(data.FRAMEWORK, "{}（{}分）"),
            None,
            total_label="合计",
            grade="评价等级",
        ),
        "weighted": Wording(
            "项目支出绩效自评表",
            (_ONE, _TWO, _NAME, replace(_CAP, heading="权重"), _TARGET, _ACTUAL, _SCORE, _REASON),
            data.WEIGHTED,
            None,
            derived=MappingProxyType(
                {"cap": lambda leaf: (Decimal(str(leaf.cap)) / 100, "percent")}
            ),
        ),
    }
)  # fmt: skip


def form(wording: str, *, repeats_parts: bool = False, labels: str = "merged") -> Draft:
    """A draft with full marks but for the execution rate.

    Args:
        wording: one of `WORDINGS`.
        repeats_parts: the funds' parts state cap and score again.
        labels: merged, or first: as in a copy without merges.
    """
    kind = WORDINGS[wording]

    def lay_out_wording(draft: Draft) -> list[Grid]:
        return [_lay_out(kind, draft, repeats_parts=repeats_parts)]

    amounts = _amounts(kind.funds) if kind.funds else {}
    draft = Draft(
        variant=wording,
        sheet=SHEET,
        layout=lay_out_wording,
        roots=kind.roots,
        total_score=None,
        total_label=kind.total_label,
        grade=None,
        tick="、".join,
        head=MappingProxyType(amounts),
    ).with_options(labels="first" if labels == "first" else "merged")
    return draft.with_right_total()


def _amounts(funds: Funds) -> dict[str, Value]:
    """The block's figures by `行名:budget` and so on; everything is spent from the first part."""
    amounts: dict[str, Value] = {}
    for number, name in enumerate(funds.rows):
        share = Decimal(1) if number <= 1 else Decimal(0)
        amounts |= {
            f"{name}:initial": _BUDGET * share,
            f"{name}:budget": _BUDGET * share,
            f"{name}:executed": _SPENT * share,
            f"{name}:rate": _SPENT / _BUDGET if share else "—",
        }
    return {key: amount for key, amount in amounts.items() if key.split(":")[-1] in funds.headings}


def _lay_out(kind: Wording, draft: Draft, *, repeats_parts: bool) -> Grid:
    grid = Grid(
        draft.sheet, left=1 if kind.side else 0, is_merging=draft.options.labels == "merged"
    )
    last = len(kind.columns)
    grid.set_widths(tuple(column.width for column in kind.columns))
    grid.put_area(Area(1, 1, 1, last), f"2023年度{kind.title}", "title")
    grid.put(2, 1, "实施单位", "head")
    grid.put_area(Area(2, 2, 2, last), UNIT, "line")
    row, roots = 3, draft.roots
    if kind.funds:
        fund, *rest = draft.roots
        roots = tuple(rest)
        leaf = fund.children[0] if isinstance(fund, Group) else fund
        assert isinstance(leaf, Leaf)
        row = _put_funds(grid, kind.funds, draft, leaf, row, repeats_parts=repeats_parts)
    grid.put(row, 1, "年度总体目标", "head")
    grid.put_area(Area(row, 2, row, last), "完成年度培训和检查任务，按期整改隐患。", "text")
    top = row = _put_headings(grid, kind, row + 1)
    table = ScoreTable(kind.columns, replace(draft, roots=roots), grid, kind.derived)
    row = table.place(top)
    if kind.side:
        grid.put_area(Area(top - 1, 0, row - 1, 0), kind.side, "head")
    _put_foot(grid, kind, draft, table, row)
    return grid


def _put_funds(
    grid: Grid, funds: Funds, draft: Draft, leaf: Leaf, top: int, *, repeats_parts: bool
) -> int:
    at = {key: column for column, key in enumerate(funds.headings, start=3)}
    grid.put_area(Area(top, 1, top + len(funds.rows), 1), funds.label, "head")
    for key, heading in funds.headings.items():
        grid.put(top, at[key], heading, "head")
    for row, name in enumerate(funds.rows, start=top + 1):
        is_total = row == top + 1
        values: dict[str, Value] = {
            key: draft.head[f"{name}:{key}"]
            for key in ("initial", "budget", "executed", "rate")
            if key in funds.headings
        }
        if is_total or (repeats_parts and row == top + 2):
            values |= {"cap": leaf.cap, "score": leaf.score}
        if is_total:
            values["reason"] = leaf.reason
        grid.put(row, 2, name, "name", (RATE, "name") if is_total else None)
        for key in funds.headings:
            style = {"rate": "percent", "cap": "cap", "score": "score"}.get(key, "money")
            value = values.get(key, None if key in ("cap", "reason") else "—")
            ref = (RATE, key) if is_total else ("@head", f"{name}:{key}")
            grid.put(row, at[key], value, style, ref)
    return top + len(funds.rows) + 1


def _put_headings(grid: Grid, kind: Wording, row: int) -> int:
    """Write one or two lines of headings; one without words is merged into the one before."""
    bottom = row + 1 if kind.second else row
    for number, column in enumerate(kind.columns, start=1):
        right = number
        while right < len(kind.columns) and not kind.columns[right].heading:
            right += 1
        if column.heading:
            below = row if column.field in kind.second else bottom
            grid.put_area(Area(row, number, below, right), column.heading, "head")
        if column.field in kind.second:
            grid.put(bottom, number, kind.second[column.field], "head")
    return bottom + 1


def _put_foot(grid: Grid, kind: Wording, draft: Draft, table: ScoreTable, row: int) -> None:
    grid.put(row, 1, draft.total_label, "head", ("@total", "label"))
    if table.column("cap") and kind.has_total_cap:
        cap = draft.total_cap
        style = "cap"
        if "cap" in kind.derived:
            cap, style = Decimal(1), "percent"
        grid.put(row, table.column("cap"), cap, style, ("@total", "cap"))
    grid.put(row, table.column("score"), draft.total_score, "total", ("@total", "score"))
    if kind.grade == "beside":
        grid.put(row, len(kind.columns), draft.grade, "label", ("@grade", "grade"))
    elif kind.grade:
        row += 1
        grid.put(row, 1, f"{kind.grade}：{draft.grade}", "label", ("@grade", "grade"))
    for note in kind.notes:
        row += 1
        grid.put(row, 1, note, "note")
