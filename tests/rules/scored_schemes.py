"""Schemes with standards, small enough to print in a case: rates, judged and borrowed, own rows."""

from decimal import Decimal as D

from perfxl.formula.dated import constant
from perfxl.formula.expression import ratio
from perfxl.formula.shapes import (
    DeductPerStep,
    Level,
    Manual,
    MeanCompletion,
    Proportional,
    Shape,
    Tier,
    Tiers,
)
from perfxl.formula.tree import Name
from perfxl.scheme.model import (
    CapMode,
    CustomRows,
    Measure,
    ResultList,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
    SchemeInput,
    Scoring,
    Standard,
)

_LEVELS = (
    Level("达成", D("0.8"), D(1)),
    Level("部分达成", D("0.6"), D("0.8")),
    Level("未达成", D(0), D("0.6")),
)


def _tier(score: str, lower: str | None, upper: str | None = None, *, closed: bool = False) -> Tier:
    return Tier(
        constant(score),
        None if lower is None else constant(lower),
        None if upper is None else constant(upper),
        has_upper=closed,
    )


def _leaf(
    path: tuple[str, ...],
    cap: str | None,
    shape: Shape | None = None,
    standard: Standard = Standard.PUBLISHED,
    source: str = "",
) -> SchemeIndicator:
    scoring = Scoring(shape, standard, source) if shape else None
    return SchemeIndicator(path, None if cap is None else D(cap), scoring=scoring)


def _rate(key: str, name: str, above: str, below: str, *aliases: str) -> Measure:
    nodes = Name(above), Name(below)
    return Measure(key, name, ratio(*nodes, nodes), aliases=aliases)


def _scheme(scheme_id: str, *roots: SchemeGroup, **fields: object) -> Scheme:
    total = sum((root.max_score for root in roots), D(0))
    return Scheme(
        scheme_id, "1", "小方案", roots, total, CapMode.FIXED, (), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


_RESULTS = ("部门绩效", "效率性")
RATES = _scheme(
    "small-rates",
    SchemeGroup(
        ("部门绩效",),
        D(14),
        (
            SchemeGroup(
                _RESULTS,
                D(14),
                (
                    _leaf((*_RESULTS, "项目完成及时性"), "6", Proportional("done", "planned")),
                    _leaf(
                        (*_RESULTS, "公众满意度"),
                        "6",
                        Tiers(
                            "satisfaction",
                            (
                                _tier("6", "0.95"),
                                _tier("4", "0.9", "0.95"),
                                _tier("2", "0.8", "0.9"),
                                _tier("1", None, "0.8"),
                            ),
                        ),
                    ),
                    _leaf(
                        (*_RESULTS, "“三公”经费控制率"),
                        "2",
                        Tiers(
                            "three_public_rate",
                            (_tier("2", None, "1", closed=True), _tier("0", None)),
                        ),
                    ),
                ),
            ),
        ),
    ),
    inputs=(
        SchemeInput("planned", "计划完成数"),
        SchemeInput("done", "实际完成数"),
        SchemeInput("asked", "调查人数", unit="人", is_integer=True),
        SchemeInput("pleased", "满意人数", unit="人", is_integer=True),
        SchemeInput("three_public_budget", "“三公”经费预算", unit="万元"),
        SchemeInput("three_public_spent", "“三公”经费支出", unit="万元"),
    ),
    measures=(
        _rate("satisfaction", "公众满意度", "pleased", "asked", "满意度"),
        _rate("three_public_rate", "“三公”经费控制率", "three_public_spent", "three_public_budget"),
    ),
)
_SPENDING = ("过程", "预算执行")
BORROWED = _scheme(
    "small-borrowed",
    SchemeGroup(
        ("过程",),
        D(20),
        (
            SchemeGroup(
                _SPENDING,
                D(20),
                (
                    _leaf(
                        (*_SPENDING, "预算完成率"),
                        "5",
                        DeductPerStep(
                            "completed", constant(1), constant("0.05"), constant(2), is_over=False
                        ),
                        Standard.BORROWED,
                        "某市某区2022年标准",
                    ),
                    _leaf((*_SPENDING, "制度健全性"), "5", Manual(_LEVELS, "systems_level")),
                    _leaf((*_SPENDING, "合同备案时效性"), "2"),
                    _leaf(
                        (*_SPENDING, "产出完成情况"),
                        "8",
                        MeanCompletion("outputs"),
                        Standard.DERIVED,
                    ),
                ),
            ),
        ),
    ),
    inputs=(
        SchemeInput("available", "可用资金"),
        SchemeInput("spent", "完成数"),
        SchemeInput("systems_level", "制度健全性档次", options=tuple(x.name for x in _LEVELS)),
    ),
    measures=(_rate("completed", "预算完成率", "spent", "available"),),
    lists=(ResultList("outputs", "产出指标完成率", "产出指标"),),
)
_SPENT = ("预算执行率",)
OWN_ROWS = _scheme(
    "small-own",
    SchemeGroup(_SPENT, D(10), (_leaf((*_SPENT, "预算执行率"), "10", Proportional("executed")),)),
    SchemeGroup(
        ("产出指标",), D(20), (), custom=CustomRows(rows=6, by_completion=True, levels=_LEVELS)
    ),
    inputs=(SchemeInput("budget", "全年预算数"), SchemeInput("paid", "全年执行数")),
    measures=(_rate("executed", "预算执行率", "paid", "budget"),),
)
SCORED_SCHEMES = (RATES, BORROWED, OWN_ROWS)
