"""全表没有一项失分

检查什么
    一张表里每项指标的得分都等于分值，且有5项以上；不适用的指标和加分、扣分项不算。
    空着的、不是数字的不算满分。

依据
    全部满分的表最值得看佐证材料。

示例：有误
    | 单位 | 指标 | 失分的指标 |
    | 甲区财政局 | 28项 | 0项 |

示例：正确
    | 单位 | 指标 | 失分的指标 |
    | 甲区财政局 | 28项 | 1项 |

如何修改
    抽查这家的佐证材料，尤其是满意度、时效、合规这些容易失分的指标；属实的不用改。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.rules.basis import PRACTICE
from perfxl.rules.sighting import Filed, Sighting, round_rule

_FEWEST_ROWS = 5


@round_rule(
    code="BT103",
    slug="all-full-marks",
    title="各项都是满分",
    basis=(PRACTICE,),
    message="{count}项指标都得满分，没有一项失分",
    fix="可抽查佐证材料，属实的不用改",
)
def all_full_marks(tables: Sequence[Filed]) -> Iterator[Sighting]:
    """Yield each return with full marks in every row."""
    for one in tables:
        leaves = [leaf for _, leaf in one.scores() if leaf.is_applicable and not leaf.is_adjustment]
        if len(leaves) >= _FEWEST_ROWS and all(
            leaf.score is not None and leaf.score == leaf.max_score for leaf in leaves
        ):
            weight = Decimal(3) + Decimal(len(leaves)) / 100
            yield Sighting((one,), (one.total_place,), weight, {"count": str(len(leaves))})
