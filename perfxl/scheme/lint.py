"""What is wrong in a scheme that can be read: sums, bands, names, standards."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from perfxl.formula.shapes import operands
from perfxl.model.counting import NotApplicable
from perfxl.model.grade import Grade
from perfxl.model.number import plain
from perfxl.scheme.lint_standards import lint_standards
from perfxl.scheme.model import Scheme, SchemeGroup, SchemeIndicator
from perfxl.scheme.pairing import name_key
from perfxl.scheme.references import wrong_references

if TYPE_CHECKING:
    from perfxl.scheme.files import GroupFile, IndicatorFile, SchemeFile

_SHOWN = 5  # names listed in one sentence; the rest is counted


def lint_scheme(scheme: Scheme) -> list[str]:
    """The scheme's faults as Chinese sentences; an empty list when it is sound."""
    return [
        *_sums(scheme),
        *_decimals(scheme),
        *_bands(scheme),
        *_beyond(scheme),
        *_not_applicable(scheme),
        *_names(scheme),
        *wrong_references(scheme),
        *lint_standards(scheme),
    ]


def doubts(scheme: Scheme, file: "SchemeFile") -> list[str]:
    """What is not wrong but wants a person's look; says nothing of what is known to be unknown.

    Args:
        scheme: the scheme.
        file: the same as its file has it.
    """
    return [*_silent(file), *_unread(scheme), *_never_used(scheme)]


def _silent(file: "SchemeFile") -> Iterator[str]:
    """Indicators of which nobody learns how they are scored."""
    silent = [
        leaf.name
        for leaf in _leaf_files(file.group)
        if leaf.scoring.shape == "manual" and not leaf.criteria and not leaf.scoring.levels
    ]
    if silent:
        listed = "、".join(f"“{name}”" for name in silent[:_SHOWN])
        rest = f"等{len(silent)}项" if len(silent) > _SHOWN else ""
        yield f"{listed}{rest}由人评分，没有写评分标准（criteria）；未取得的请写明"
        if not file.unknowns:
            yield "有由人评分的指标，但 unknowns 是空的；评分标准未取得的请写明"


def _leaf_files(groups: "list[GroupFile]") -> "Iterator[IndicatorFile]":
    for group in groups:
        yield from _leaf_files(group.group)
        yield from group.indicator


def _unread(scheme: Scheme) -> Iterator[str]:
    """Lists of completion rates that no standard reads."""
    used = {key for leaf in scheme.leaves() if leaf.scoring for key in operands(leaf.scoring.shape)}
    for one in scheme.lists:
        if one.key not in used:
            yield f"[[results]] {one.key} 没有哪个标准用到"


def _sums(scheme: Scheme) -> Iterator[str]:
    whole = sum((root.max_score for root in scheme.roots), Decimal(0))
    if whole != scheme.total_score:
        yield (
            f"一级指标分值合计{plain(whole)}，总分写的是{plain(scheme.total_score)}，"
            f"差{plain(abs(whole - scheme.total_score))}"
        )
    for group in scheme.groups():
        caps = [child.max_score for child in group.children if child.max_score is not None]
        below = sum(caps, Decimal(0))
        if group.custom:
            continue  # units set the caps
        if len(caps) < len(group.children):
            if below >= group.max_score:
                yield (
                    f"“{_shown(group)}”分值{plain(group.max_score)}，已定的下级合计{plain(below)}，"
                    "没有留给未定分值的指标"
                )
        elif below != group.max_score:
            yield (
                f"“{_shown(group)}”分值{plain(group.max_score)}，下级合计{plain(below)}，"
                f"差{plain(abs(below - group.max_score))}"
            )


def _decimals(scheme: Scheme) -> Iterator[str]:
    step = Decimal(1).scaleb(-scheme.score_decimals)
    for leaf in scheme.leaves():
        if leaf.max_score is not None and leaf.max_score % step:
            yield (
                f"“{' › '.join(leaf.path)}”分值{plain(leaf.max_score)}"
                f"多于{scheme.score_decimals}位小数"
            )


def _bands(scheme: Scheme) -> Iterator[str]:
    if not scheme.bands:
        if not any("等级" in unknown for unknown in scheme.unknowns):
            yield "没有等级划分；确实未知的，请在 unknowns 里写明"
        return
    best_first = list(Grade)
    ranks = [best_first.index(band.grade) for band in scheme.bands]
    if ranks != sorted(set(ranks)):
        yield "等级应从优到差排列，各写一次"
    lowers = [band.lower for band in scheme.bands]
    if any(upper <= lower for upper, lower in pairwise(lowers)):
        yield "等级的最低分应逐级降低"
    if lowers[-1] != 0:
        yield f"最低一级从{plain(lowers[-1])}分起，0至{plain(lowers[-1])}分没有等级"
    if lowers[0] > scheme.total_score:
        yield f"最高一级从{plain(lowers[0])}分起，超过总分{plain(scheme.total_score)}"


def _beyond(scheme: Scheme) -> Iterator[str]:
    """加分/扣分项 and ceilings."""
    for one in scheme.adjustments:
        if one.limit > scheme.total_score:
            yield f"“{one.name}”最多{plain(one.limit)}分，超过总分{plain(scheme.total_score)}"
    grades = [band.grade for band in scheme.bands]
    for ceiling in scheme.ceilings:
        if ceiling.grade not in grades:
            yield f"“{ceiling.name}”限到{ceiling.grade.value}，等级划分里没有这一级"
        elif ceiling.grade is grades[0]:
            yield f"“{ceiling.name}”限到{ceiling.grade.value}，是最高一级，等于没有限制"


def _not_applicable(scheme: Scheme) -> Iterator[str]:
    """Indicators that need not apply: how they count, by what, and what is left without them."""
    may = [leaf for leaf in scheme.leaves() if leaf.may_be_not_applicable]
    if may and scheme.not_applicable is None:
        yield f"“{may[0].name}”可以不适用，没有写 not_applicable（不适用的怎么计分）"
    for leaf in may:
        if leaf.max_score is None:
            yield f"“{leaf.name}”的分值由单位定，不能再设为可以不适用"
    if scheme.not_applicable is not NotApplicable.WITHIN_LEVEL2:
        return
    for group in scheme.groups():
        below = [child for child in group.children if isinstance(child, SchemeIndicator)]
        if below and all(child.may_be_not_applicable for child in below):
            yield f"“{_shown(group)}”各项都可以不适用，都不适用时没有其余各项可以折算"


def _never_used(scheme: Scheme) -> Iterator[str]:
    """A way of counting for indicators that nothing exempts."""
    if scheme.not_applicable and not any(x.may_be_not_applicable for x in scheme.leaves()):
        yield "写了 not_applicable，没有指标写 may_be_not_applicable；单位填不适用的都要核实"


def _names(scheme: Scheme) -> Iterator[str]:
    leaves = Counter((_keys(leaf.path), leaf.part) for leaf in scheme.leaves())
    groups = Counter((_keys(group.path), "") for group in scheme.groups())
    shown = {(_keys(leaf.path), leaf.part): leaf.path for leaf in scheme.leaves()}
    shown |= {(_keys(group.path), ""): group.path for group in scheme.groups()}
    for key, times in (leaves + groups).items():
        if times > 1:
            part = f"（{key[1]}）" if key[1] else ""
            yield f"“{' › '.join(shown[key])}”{part}写了{times}次；同名的请用 part 区分"


def _keys(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(name_key, path))


def _shown(group: SchemeGroup) -> str:
    return " › ".join(group.path)
