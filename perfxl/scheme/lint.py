"""What is wrong in a scheme that can be read: sums, bands, names."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfxl.model.grade import Grade
from perfxl.model.number import plain
from perfxl.scheme.model import Scheme, SchemeGroup
from perfxl.scheme.pairing import name_key


def lint_scheme(scheme: Scheme) -> list[str]:
    """The scheme's faults as Chinese sentences; an empty list when it is sound."""
    return [*_sums(scheme), *_decimals(scheme), *_bands(scheme), *_names(scheme)]


def _sums(scheme: Scheme) -> Iterator[str]:
    whole = sum((root.max_score for root in scheme.roots), Decimal(0))
    if whole != scheme.total_score:
        yield (
            f"一级指标分值合计{plain(whole)}，总分写的是{plain(scheme.total_score)}，"
            f"差{plain(abs(whole - scheme.total_score))}"
        )
    for group in scheme.groups():
        below = sum((child.max_score for child in group.children), Decimal(0))
        if below != group.max_score:
            yield (
                f"“{_shown(group)}”分值{plain(group.max_score)}，下级合计{plain(below)}，"
                f"差{plain(abs(below - group.max_score))}"
            )


def _decimals(scheme: Scheme) -> Iterator[str]:
    step = Decimal(1).scaleb(-scheme.score_decimals)
    for leaf in scheme.leaves():
        if leaf.max_score % step:
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
