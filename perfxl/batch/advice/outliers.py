"""BT105: a return whose share of points lies far from those of its peers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.batch.advice.model import Advice
from perfxl.batch.summary.counted import Counted
from perfxl.model.number import plain, round_half_up

_FEWEST_PEERS = 8
_LEAST_GAP = Decimal("0.05")  # a share of the points
_FAR = Decimal("3.5")  # median deviations, the customary bound of the modified z-score
_TO_SIGMA = Decimal("1.4826")  # a median deviation of normal figures as a standard deviation


def outliers(tables: Sequence[Counted]) -> Iterator[Advice]:
    """BT105: far above or below the median of the returns by the same scheme."""
    peers: dict[str, list[tuple[Counted, Decimal]]] = {}
    for one in tables:
        scheme = one.entry.scheme
        if one.rate is not None:
            peers.setdefault(scheme.id if scheme else "", []).append((one, one.rate))
    for group in peers.values():
        if len(group) >= _FEWEST_PEERS:
            yield from _far(group)


def _far(group: Sequence[tuple[Counted, Decimal]]) -> Iterator[Advice]:
    middle = _median([rate for _, rate in group])
    spread = _median([abs(rate - middle) for _, rate in group]) * _TO_SIGMA
    bound = max(spread * _FAR, _LEAST_GAP)
    for one, rate in group:
        gap = rate - middle
        if abs(gap) <= bound:
            continue
        way = "高" if gap > 0 else "低"
        yield Advice(
            "BT105",
            "far-from-peers",
            "与同类差距大",
            (one.unit.code,),
            (one.unit.name,),
            (one.source(one.entry.total.place),),
            Decimal(4) + abs(gap) * 20,
            f"得分率{_percent(rate)}，比{len(group)}张同类表的中位数{_percent(middle)}"
            f"{way}{_percent(abs(gap))[:-1]}个百分点",
        )


def _median(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _percent(rate: Decimal) -> str:
    return f"{plain(round_half_up(rate * 100, 2))}%"
