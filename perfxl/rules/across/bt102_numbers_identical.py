"""几家单位每项得分都相同

检查什么
    不同单位的表里，每一项指标的得分都相同，而且有3项以上失分。失分一两项可能碰巧，
    失分三项以上还逐项相同，多半是照抄。

依据
    各单位的得分应按本单位的数据计算。

示例：有误
    | 单位 | 合同备案时效性（2分） | 资产配置合规性（2分） | 采购意向公开合规性（2分） |
    | 甲区财政局 | 1.5 | 1.8 | 1.2 |
    | 乙区财政局 | 1.5 | 1.8 | 1.2 |

示例：正确
    | 单位 | 合同备案时效性（2分） | 资产配置合规性（2分） | 采购意向公开合规性（2分） |
    | 甲区财政局 | 1.5 | 1.8 | 1.2 |
    | 乙区财政局 | 1.5 | 2 | 1.6 |

如何修改
    抽查时看这几家的基础数据和佐证材料是否也相同；照抄的退回按本单位数据重填。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.number import shown
from perfxl.rules.basis import PRACTICE
from perfxl.rules.sighting import Filed, RoundNeed, Sighting, round_rule

_FEWEST_LOST = 3  # indicators with points lost before equal scores tell anything


@round_rule(
    code="BT102",
    slug="numbers-identical",
    title="得分逐项相同",
    basis=(PRACTICE,),
    needs=(RoundNeed.TWO_UNITS,),
    message="{count}家单位每项得分都相同，{lost}项失分一致{total}",
    fix="请看这几家的基础数据和佐证材料是否也相同",
)
def numbers_identical(tables: Sequence[Filed]) -> Iterator[Sighting]:
    """Yield the units whose scores are the same in every row, points lost in several of them."""
    found: dict[tuple[object, ...], dict[str, Filed]] = {}
    for one in tables:
        scores = tuple((path, leaf.score) for path, leaf in one.scores())
        if len(one.entry.shortfalls) >= _FEWEST_LOST and all(s is not None for _, s in scores):
            found.setdefault(scores, {}).setdefault(one.code, one)
    for by_unit in found.values():
        holders = tuple(by_unit.values())
        if len(holders) < 2:
            continue
        total = holders[0].entry.total.computed
        lost = len(holders[0].entry.shortfalls)
        yield Sighting(
            holders,
            tuple(one.total_place for one in holders),
            Decimal(len(holders) * 2 + lost),
            {
                "count": str(len(holders)),
                "lost": str(lost),
                "total": "" if total is None else f"，总分都是{shown(total)}",
            },
        )
