"""自检 of sums: caps within groups, subtotals, total, grade."""

from collections.abc import Iterator

from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade
from perfxl.model.number import plain
from perfxl.scheme.model import CapMode
from perfxl.scheme.scoring import YES
from perfxl.writer.template.checks import (
    Check,
    Fault,
    Scratch,
    Weight,
    both,
    check,
    differ,
    is_blank,
    numbers,
    quoted,
    ref,
    trimmed,
)
from perfxl.writer.template.checks_score import kept
from perfxl.writer.template.places import GroupRows
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.sums import whole_sum

_GRADES = {
    Grade.EXCELLENT: ("优", "优秀", "优等"),
    Grade.GOOD: ("良", "良好", "良等"),
    Grade.FAIR: ("中", "中等", "合格", "一般"),
    Grade.POOR: ("差", "较差", "差等", "不合格"),
}
_NOTHING = "0.000001"  # noise of binary fractions


def cap_checks(plan: Plan) -> Iterator[Check]:
    """The lines on sums of caps."""
    is_fixed = plan.scheme.cap_mode is CapMode.FIXED
    is_open = plan.scheme.cap_mode is CapMode.ASSUMED
    faults, bare = [], []
    for group in plan.score.groups:
        name, below = quoted(group.group.name), _sum(_caps_below(plan, group))
        if group.cap is not None:
            faults.append(Fault(name, group.cap, differ(below, ref(group.cap))))
        elif _is_open(group):
            first = plan.score.leaves[group.first - plan.score.leaves[0].row]
            full = plain(group.group.max_score)
            bare.append(Fault(f'{name}&"（{full}分）"', first.cap, differ(below, full)))
    told = "：所属各项分值相加，不等于它的分值"
    yield from check("各级分值加得起来", Weight.MUST, told, faults)
    weight = Weight.MUST if is_fixed else Weight.VERIFY
    yield from check("各组分值与方案相符", weight, "：各项分值相加不等于这个数", bare)
    total, full = plan.score.total_cap, plain(plan.scheme.total_score)
    roots = _sum([cap for group in plan.score.groups if group.level == 1
                  for cap in ([group.cap] if group.cap else _caps_below(plan, group))])  # fmt: skip
    wrong = f"OR(COUNT({ref(total)})=0,{differ(roots, ref(total))})"
    yield from check(
        "分值总计等于各一级指标之和", Weight.MUST, "与各一级指标分值之和不同",
        [Fault(quoted("分值总计"), total, wrong)],
    )  # fmt: skip
    yield from check(
        f"分值总计为{full}分", Weight.VERIFY if is_open else Weight.MUST, f"不是{full}分",
        [Fault(quoted("分值总计"), total, differ(ref(total), full))],
    )  # fmt: skip


def _is_open(group: GroupRows) -> bool:
    """Whether units set the caps below, so that they may not add up."""
    children = group.group.children
    return group.group.custom is not None or any(child.max_score is None for child in children)


def _caps_below(plan: Plan, group: GroupRows) -> list[Reference]:
    """The cells whose caps make a group's own."""
    inner = [
        other
        for other in plan.score.groups
        if other.group.path[:-1] == group.group.path and other is not group
    ]
    if inner:
        return [
            cap
            for child in inner
            for cap in ([child.cap] if child.cap else _caps_below(plan, child))
        ]
    caps = plan.score.caps
    return [Reference(caps.sheet, Area(group.first, caps.area.left, group.last, caps.area.left))]


def _sum(cells: list[Reference]) -> str:
    return f"SUM({','.join(ref(cell) for cell in cells)})"


def total_checks(plan: Plan, scratch: Scratch) -> Iterator[Check]:
    """The lines on subtotals, total and grade."""
    score, scheme = plan.score, plan.scheme
    rounded = scratch.column([kept(plan, leaf) for leaf in score.leaves])
    top = score.leaves[0].row

    def points(area: Area) -> Reference:
        shift, column = rounded.area.top - top, rounded.area.left
        return Reference(rounded.sheet, Area(area.top + shift, column, area.bottom + shift, column))

    sum_kept = whole_sum(plan, ref, points)
    over = []
    for group in score.groups:
        if group.cap is not None:
            area = Area(group.first, 1, group.last, 1)
            excess = f"SUM({ref(points(area))})-{ref(group.cap)}"
            wrong = both(numbers(ref(group.cap)), f"ROUND({excess},6)>0")
            over.append(Fault(quoted(group.group.name), group.cap, wrong))
    yield from check("一组得分不超过本组分值", Weight.MUST, "：各项得分之和超过本组分值", over)
    total = ref(score.total)
    sums = [sum_kept, whole_sum(plan, ref)]
    fits = [
        f"ABS(ROUND({total},{scheme.score_decimals})-{_adjusted(plan, sum_)})<{_NOTHING}"
        for sum_ in sums
    ]
    yield from check(
        "总分等于各项得分之和", Weight.MUST, "与各项得分之和不同",
        [Fault(quoted("总分"), score.total, both(numbers(total), f"NOT(OR({','.join(fits)}))"))],
    )  # fmt: skip
    bounds = f"OR({total}<0,{total}>{ref(score.total_cap)})"
    yield from check(
        "总分在0和满分之间", Weight.MUST, "小于0或超过满分",
        [Fault(quoted("总分"), score.total, both(numbers(total, ref(score.total_cap)), bounds))],
    )  # fmt: skip
    yield from _adjustments(plan)
    if score.grade is not None:
        yield from _grade(plan, score.grade, _adjusted(plan, sum_kept))


def _adjusted(plan: Plan, sum_: str) -> str:
    """A sum of scores with what is added and taken off beyond them."""
    decimals = plan.scheme.score_decimals
    if not plan.scheme.adjustments:
        return f"ROUND({sum_},{decimals})"
    terms = sum_
    for one, cell in zip(plan.scheme.adjustments, plan.score.adjustments, strict=True):
        sign = "+" if one.kind is AdjustmentKind.BONUS else "-"
        terms += f"{sign}MIN({plain(one.limit)},MAX(0,SUM({ref(cell)})))"
    return f"MAX(0,MIN({plain(plan.scheme.total_score)},ROUND({terms},{decimals})))"


def _adjustments(plan: Plan) -> Iterator[Check]:
    faults = []
    for one, cell in zip(plan.scheme.adjustments, plan.score.adjustments, strict=True):
        here = ref(cell)
        outside = (
            f"IF(ISNUMBER({here}),OR({here}<0,{here}>{plain(one.limit)}),NOT({is_blank(here)}))"
        )
        faults.append(Fault(quoted(one.name), cell, outside))
    told = "不在限额内，或不是数；扣分也填正数"
    yield from check("加分、扣分在限额内", Weight.VERIFY, told, faults)


def _grade(plan: Plan, cell: Reference, total: str) -> Iterator[Check]:
    here = ref(cell)
    yield from check(
        "评价等级已定", Weight.MUST, "还没有：各项得分都有了，等级自动出来",
        [Fault(quoted("评价等级"), cell, is_blank(here))],
    )  # fmt: skip
    bands = plan.scheme.bands
    if not bands:
        return
    order = [band.grade for band in bands]
    words = _words(order[-1])
    for band in reversed(bands[:-1]):
        test = f"{total}>={plain(band.lower)}"
        barred = [
            f'{ref(plan.names[one.key])}<>"{YES}"'
            for one in plan.scheme.ceilings
            if order.index(one.grade) > order.index(band.grade)
        ]
        test = f"AND({','.join([test, *barred])})" if barred else test
        words = f"IF({test},{_words(band.grade)},{words})"
    weight = Weight.VERIFY if plan.scheme.bands_assumed else Weight.MUST
    differs = f'ISERROR(FIND("|"&{trimmed(here)}&"|",{words}))'
    yield from check(
        "评价等级与总分相符", weight, "与总分不符",
        [Fault(quoted("评价等级"), cell, f"IF({is_blank(here)},FALSE,{differs})")],
    )  # fmt: skip


def _words(grade: Grade) -> str:
    return quoted("|" + "|".join(_GRADES[grade]) + "|")
