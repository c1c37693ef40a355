"""几家单位的原因或措施一字不差

检查什么
    不同单位的表里，失分指标的未达标原因或改进措施除本单位名称、指标名称、标点外一字不差，
    且有15个字以上。多半是照抄范本或互相抄；也可能同一件事牵涉几家。

依据
    各单位的原因应按本单位的情况写。

示例：有误
    | 单位 | 三级指标 | 未达标原因 |
    | 甲区财政局 | 合同备案时效性 | 项目招标两次流标，致使合同推迟到次年签订 |
    | 乙区财政局 | 合同备案时效性 | 项目招标两次流标，致使合同推迟到次年签订 |

示例：正确
    | 单位 | 三级指标 | 未达标原因 |
    | 甲区财政局 | 合同备案时效性 | 2份合同备案晚了3天，供应商盖章慢 |
    | 乙区财政局 | 合同备案时效性 | 1份合同12月30日签订，次年1月才备案 |

如何修改
    抽查时对照佐证材料，看各家是否真是这个原因；照抄的退回重写。涉及单位越多越靠前。
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.rules.basis import PRACTICE
from perfxl.rules.sighting import Filed, RoundNeed, Sighting, round_rule

_SHORTEST = 15  # letters of a text that two people would hardly write alike
_QUOTED = 40
_FOLDED_AWAY = re.compile(r"[\W_]+")


@round_rule(
    code="BT101",
    slug="reason-copied",
    title="原因或措施雷同",
    basis=(PRACTICE,),
    needs=(RoundNeed.TWO_UNITS,),
    message="{count}家单位写的一字不差：“{quote}”",
    fix="请对照佐证材料，看是否各写各的",
)
def reason_copied(tables: Sequence[Filed]) -> Iterator[Sighting]:
    """Yield each long reason or measure that stands word for word in several units' returns."""
    found: dict[str, dict[str, tuple[Filed, Place]]] = {}
    quotes: dict[str, str] = {}
    for one in tables:
        for each in one.entry.shortfalls:
            for text in (each.reason, each.action):
                key = _key(text or "", (one.unit, one.entry.unit, each.path[-1]))
                if len(key) >= _SHORTEST:
                    quotes.setdefault(key, " ".join((text or "").split()))
                    found.setdefault(key, {}).setdefault(one.code, (one, each.place))
    for key, by_unit in found.items():
        if len(by_unit) > 1:
            quote = quotes[key]
            yield Sighting(
                tuple(one for one, _ in by_unit.values()),
                tuple(place for _, place in by_unit.values()),
                Decimal(len(by_unit) * 10 + min(len(key), 100)) / 10,
                {
                    "count": str(len(by_unit)),
                    "quote": quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…",
                },
            )


def _key(text: str, names: Sequence[str]) -> str:
    """A text without punctuation and without the names that are the unit's own."""
    folded = unicodedata.normalize("NFKC", text)
    for name in names:
        if name:
            folded = folded.replace(unicodedata.normalize("NFKC", name), "")
    return _FOLDED_AWAY.sub("", folded)
