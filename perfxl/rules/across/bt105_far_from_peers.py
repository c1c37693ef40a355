"""得分率与同类单位差得远

检查什么
    同一方案有8张以上算得出得分率的表时，得分率（各项相加÷满分）与中位数相差超过5个百分点，
    而且超过3.5倍的常见偏离（绝对偏离的中位数×1.4826）。高的低的都列。

依据
    同类单位的得分率通常相近；差得远的可能是打分尺度不同，也可能漏了项或重复计分。

示例：有误
    | 甲局 | 乙局 | 丙局 | 丁局 | 戊局 | 己局 | 庚局 | 辛局 |
    | 90% | 91% | 91% | 92% | 92% | 93% | 93% | 70% |

示例：正确
    | 甲局 | 乙局 | 丙局 | 丁局 | 戊局 | 己局 | 庚局 | 辛局 |
    | 90% | 91% | 91% | 92% | 92% | 93% | 93% | 88% |

如何修改
    抽查这家的表：偏高的看佐证材料，偏低的看有没有漏填、是否扣得过严；属实的不用改。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.number import plain, round_half_up
from perfxl.rules.basis import PRACTICE
from perfxl.rules.sighting import (
    FEWEST_PEERS,
    Filed,
    RoundNeed,
    Sighting,
    peers_of,
    round_rule,
)

_LEAST_GAP = Decimal("0.05")  # a share of the points
_FAR = Decimal("3.5")  # median deviations, the customary bound of the modified z-score
_TO_SIGMA = Decimal("1.4826")  # a median deviation of normal figures as a standard deviation


@round_rule(
    code="BT105",
    slug="far-from-peers",
    title="与同类差距大",
    basis=(PRACTICE,),
    needs=(RoundNeed.PEERS,),
    message="得分率{rate}，比{count}张同类表的中位数{median}{way}{gap}个百分点",
    fix="偏高的可看佐证材料，偏低的可看有没有漏填",
)
def far_from_peers(tables: Sequence[Filed]) -> Iterator[Sighting]:
    """Yield each return far above or below the median of those by the same scheme."""
    for group in peers_of(tables):
        if len(group) >= FEWEST_PEERS:
            yield from _far(group)


def _far(group: Sequence[tuple[Filed, Decimal]]) -> Iterator[Sighting]:
    middle = _median([rate for _, rate in group])
    spread = _median([abs(rate - middle) for _, rate in group]) * _TO_SIGMA
    bound = max(spread * _FAR, _LEAST_GAP)
    for one, rate in group:
        gap = rate - middle
        if abs(gap) > bound:
            yield Sighting(
                (one,),
                (one.total_place,),
                Decimal(4) + abs(gap) * 20,
                {
                    "rate": f"{_percent(rate)}%",
                    "count": str(len(group)),
                    "median": f"{_percent(middle)}%",
                    "way": "高" if gap > 0 else "低",
                    "gap": _percent(abs(gap)),
                },
            )


def _median(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _percent(rate: Decimal) -> str:
    return plain(round_half_up(rate * 100, 2))
