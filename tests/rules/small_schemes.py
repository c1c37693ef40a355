"""Schemes small enough to print in a case: ten points over five indicators."""

from dataclasses import replace
from decimal import Decimal

from perfxl.model.counting import NotApplicable
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.model import (
    Adjustment,
    CapMode,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
)
from tests.rules.scored_schemes import SCORED_SCHEMES

_ROOT = "管理效率"


_EXEMPT = "资产盘点情况"


def _group(name: str, cap: int, **leaves: int) -> SchemeGroup:
    path = (_ROOT, name)
    children = tuple(
        SchemeIndicator((*path, leaf), Decimal(cap), may_be_not_applicable=leaf == _EXEMPT)
        for leaf, cap in leaves.items()
    )
    return SchemeGroup(path, Decimal(cap), children)


SMALL_FIXED = Scheme(
    id="small-fixed",
    version="1",
    title="小方案",
    roots=(
        SchemeGroup(
            (_ROOT,),
            Decimal(10),
            (
                _group("资产管理", 6, 数据质量=2, 资产盘点情况=1, 固定资产利用率=3),
                _group("信息公开", 4, 预决算公开合规性=2, 绩效信息公开情况=2),
            ),
        ),
    ),
    total_score=Decimal(10),
    cap_mode=CapMode.FIXED,
    bands=(
        GradeBand(Grade.EXCELLENT, Decimal(9)),
        GradeBand(Grade.GOOD, Decimal(8)),
        GradeBand(Grade.FAIR, Decimal(6)),
        GradeBand(Grade.POOR, Decimal(0)),
    ),
    required_columns=("shortfall_reason", "improvement_measures"),
)
SMALL_REFERENCE = replace(
    SMALL_FIXED, id="small-reference", cap_mode=CapMode.REFERENCE, required_columns=()
)
SMALL_ASSUMED = replace(SMALL_FIXED, id="small-assumed", bands_assumed=True)
SMALL_FULL = replace(
    SMALL_FIXED,
    id="small-full",
    not_applicable=NotApplicable.FULL,
    adjustments=(Adjustment("市级表彰", AdjustmentKind.BONUS, Decimal(2)),),
)
SMALL_SCHEMES = {
    scheme.id: scheme
    for scheme in (SMALL_FIXED, SMALL_REFERENCE, SMALL_ASSUMED, SMALL_FULL, *SCORED_SCHEMES)
}

# What `with: clean form` puts on a sheet of its own, for rules about other tables.
CLEAN_FORM = """
| 一级指标 | 分值 | 三级指标 | 分值 | 得分 |
|---|---|---|---|---|
| 管理效率 | 10 | 数据质量 | 4 | 4 |
| | | 固定资产利用率 | 6 | 6 |
| 总分 | 10 | | | 10 |
"""
