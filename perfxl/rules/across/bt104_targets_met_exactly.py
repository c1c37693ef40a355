"""实际值都正好等于目标值

检查什么
    一张表里能读成数的目标值，实际完成值个个正好相等，且除目标100%的以外有5个以上。
    一两个相等很平常；个个相等，多半是照目标倒填。

依据
    实际完成值应按年度终了时的统计数填。

示例：有误
    | 指标 | 目标值 | 实际完成值 |
    | 开展培训 | ≥60场 | 60场 |
    | 走访企业 | 12家 | 12家 |
    | 按时办结率 | 95%以上 | 95% |
    | 平均办结天数 | 30天内 | 30天 |
    | 发布公报 | 8次 | 8次 |

示例：正确
    | 指标 | 目标值 | 实际完成值 |
    | 开展培训 | ≥60场 | 63场 |
    | 走访企业 | 12家 | 12家 |
    | 按时办结率 | 95%以上 | 97.3% |
    | 平均办结天数 | 30天内 | 26天 |
    | 发布公报 | 8次 | 8次 |

如何修改
    抽查这家的台账、签到表、统计报表等原始记录，看实际值从哪里来；属实的不用改。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.number import plain
from perfxl.model.target import parse_target
from perfxl.rules.basis import PRACTICE
from perfxl.rules.sighting import Filed, RoundNeed, Sighting, round_rule

_FEWEST_ROWS = 5
_EXAMPLES = 3


@round_rule(
    code="BT104",
    slug="targets-met-exactly",
    title="实际值都等于目标值",
    basis=(PRACTICE,),
    needs=(RoundNeed.RESULTS,),
    message="{count}个指标的实际完成值都正好等于目标值，如{examples}",
    fix="可抽查原始记录，看实际值从哪里来",
)
def targets_met_exactly(tables: Sequence[Filed]) -> Iterator[Sighting]:
    """Yield each return whose actual values all repeat the targets; full rates tell nothing."""
    for one in tables:
        pairs = [
            (bound, reached, each)
            for each in one.entry.results
            if (bound := parse_target(each.target)) and (reached := parse_target(each.actual))
        ]
        telling = [p for p in pairs if not (p[0].unit == "%" and p[0].value == 100)]
        if len(telling) < _FEWEST_ROWS:
            continue
        if all(bound.value == reached.value for bound, reached, _ in pairs):
            examples = "、".join(
                f"{each.path[-1]}{plain(reached.value)}{reached.unit}"
                for _, reached, each in telling[:_EXAMPLES]
            )
            yield Sighting(
                (one,),
                (telling[0][2].place,),
                Decimal(2) + Decimal(len(telling)) / 10,
                {"count": str(len(pairs)), "examples": examples},
            )
