"""分值加不起来

检查什么
    三级分值之和等于二级，二级之和等于一级，一级之和等于总分的分值。总分的分值以表上所印为准，
    未印的以方案为准；两处都没有的按100对照，只请核实。方案的分值只供参考、单位可以调整的，总分的分值
    仍应是方案的满分。由单位自设指标和分值的组，合计也应等于
    本组的分值；这样的组还是空白的，几个组合在一起提一次。加分项、扣分项的限额不计入。

依据
    报送系统按预置的上级分值校验下级分值之和。

示例：有误
    | 二级指标 | 分值 | 三级指标 | 分值 |
    | 目标设置 | 10 | 绩效目标完整性 | 3 |
    | | | 绩效指标明确性 | 5 |

示例：正确
    | 二级指标 | 分值 | 三级指标 | 分值 |
    | 目标设置 | 10 | 绩效目标完整性 | 3 |
    | | | 绩效指标明确性 | 7 |

如何修改
    对照下发表，找出改动过的分值并恢复。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.form import Group, Indicator
from perfxl.model.number import Number, NumberKind, plain
from perfxl.rules.alignment import alignment_of, faults_told, is_fixed
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import cap_of, corner
from perfxl.scheme.model import CapMode, SchemeGroup

_EMPTY = "“{name}”分值{provided}分，下面一项指标也没有填"
_NONE_YET = "自设指标一项也没有填：{groups}"
_FILL = "请填写自设的指标和分值，合计应等于本组的分值"


@rule(
    code="AR101",
    slug="caps-not-additive",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.CAPS),
    basis=(PRACTICE,),
    message="“{name}”分值{provided}分，所属各项分值相加是{expected}分，差{gap}分",
    fix="请对照下发表恢复改动过的分值",
)
def caps_not_additive(subject: Subject) -> Iterator[Hit]:
    """Yield each group, and the form, whose cap is not the sum of the caps below."""
    assert subject.form
    faults = faults_told(subject)
    blank = _blank_own_groups(subject)
    if blank:
        yield _none_yet(blank)
    for group in subject.form.groups():
        if any(group is each for each, _ in blank):
            continue
        own, below = cap_of(group), _sum_of_caps(group.children)
        if own is None or own.value is None or below is None or group.is_adjustment:
            continue
        if own.value in (below, _sum_of_caps(group.children, with_adjustments=True)):
            continue
        if next(group.leaves(), None) is None:
            yield at(
                own, path=group.path, provided=own.value, message=_EMPTY, fix=_FILL, expected=below
            )
            continue
        yield at(
            own,
            path=group.path,
            provided=own.value,
            expected=below,
            difference=own.value - below,
            cause=faults.get(group.path),
            gap=abs(own.value - below),
        )
    yield from _left_to_units(subject, blank)
    yield from _against_total(subject, faults.get(()))


def _blank_own_groups(subject: Subject) -> list[tuple[Group, SchemeGroup]]:
    """Groups that units fill with their own indicators, and in which nothing is entered yet."""
    if subject.scheme is None:
        return []
    alignment = alignment_of(subject)
    pairs = (*alignment.groups, *alignment.renamed_groups)
    return [(group, own) for group, own in pairs if own.custom and not list(group.leaves())]


def _none_yet(blank: Sequence[tuple[Group, SchemeGroup]]) -> Hit:
    """One hit for all of them: it is one thing that is still to be done."""
    first, _ = blank[0]
    return at(
        cap_of(first) or first.name.place,
        path=first.path if len(blank) == 1 else (),
        expected=sum((own.max_score for _, own in blank), Decimal(0)),
        message=_NONE_YET,
        fix=_FILL,
        groups="、".join(f"“{own.name}”{plain(own.max_score)}分" for _, own in blank),
    )


def _left_to_units(subject: Subject, blank: Sequence[tuple[Group, SchemeGroup]]) -> Iterator[Hit]:
    """Groups that print no cap and whose indicators' caps the scheme leaves to the unit."""
    if not is_fixed(subject):
        return
    alignment = alignment_of(subject)
    for group, wanted in (*alignment.groups, *alignment.renamed_groups):
        is_open = wanted.custom or any(child.max_score is None for child in wanted.children)
        below = _sum_of_caps(group.children)
        if not is_open or cap_of(group) or below is None or below == wanted.max_score:
            continue
        if any(group is each for each, _ in blank):
            continue
        yield at(
            group.name.place,
            path=group.path,
            provided=below,
            expected=wanted.max_score,
            difference=below - wanted.max_score,
            message="“{name}”自设分值相加是{provided}分，本组应为{expected}分，差{gap}分",
            fix=_FILL,
            gap=abs(below - wanted.max_score),
        )


def _against_total(subject: Subject, cause: Place | None) -> Iterator[Hit]:
    """The first-level caps against the total's, as stated, by the scheme, or 100."""
    assert subject.form
    below = _sum_of_caps(subject.form.roots)
    total = subject.form.total
    stated = total.max_score if total else None
    severity: Severity | None = None
    field: Number | Place
    if stated is not None and stated.value is not None:
        field, cap, message = stated, stated.value, "总分的分值是{provided}分"
    else:
        roots = [own for root in subject.form.roots if (own := cap_of(root))]
        field = roots[0] if roots else corner(subject.form)
        if subject.scheme:
            cap, message = subject.scheme.total_score, "方案总分{provided}分"
        else:
            cap, message, severity = Decimal(100), "按满分{provided}分", Severity.VERIFY
    if below is None:
        return
    if cap in (below, _sum_of_caps(subject.form.roots, with_adjustments=True)):
        yield from _retyped(subject, stated)
        return
    yield at(
        field,
        provided=cap,
        expected=below,
        difference=cap - below,
        message=message + "，各一级指标分值相加是{expected}分，差{gap}分",
        severity=severity,
        cause=cause,
        gap=abs(cap - below),
    )


def _retyped(subject: Subject, stated: Number | None) -> Iterator[Hit]:
    """The total's cap where units may set caps, but only within the scheme's full marks.

    Where caps bind, ST105 tells it.
    """
    if subject.scheme is None or subject.scheme.cap_mode is not CapMode.REFERENCE:
        return
    full = subject.scheme.total_score
    if stated is None or stated.value is None or stated.value == full:
        return
    yield at(
        stated,
        provided=stated.value,
        expected=full,
        difference=stated.value - full,
        message="总分的分值是{provided}分，方案的满分是{expected}分，差{gap}分",
        fix="分值可以在各项之间调整，合计仍应是{expected}分",
        gap=abs(stated.value - full),
    )


def _sum_of_caps(
    nodes: Sequence[Group | Indicator], *, with_adjustments: bool = False
) -> Decimal | None:
    """The nodes' caps added; None when one cannot be read.

    Limits of bonuses and deductions count only when asked for: few forms have them in the caps.
    """
    caps = [_cap_or_sum(node) for node in nodes if with_adjustments or not _is_adjustment(node)]
    values = [cap for cap in caps if cap is not None]
    return sum(values, Decimal(0)) if len(values) == len(caps) else None


def _is_adjustment(node: Group | Indicator) -> bool:
    return node.is_adjustment if isinstance(node, Group) else node.adjustment is not None


def _cap_or_sum(node: Group | Indicator) -> Decimal | None:
    """A node's cap; of a group without one, what is below it."""
    if node.max_score is None or node.max_score.kind is NumberKind.BLANK:
        return _sum_of_caps(node.children) if isinstance(node, Group) else None
    return node.max_score.value
