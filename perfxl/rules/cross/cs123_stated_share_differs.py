"""文字里的占比与前面的数对不上

检查什么
    “本年支出T，其中基本支出A，占33.15%”：占比应等于A÷T。同一句前面的每个总数都试，有一个对得上
    就不报；末位差一个单位（四舍五入或截断）不报；有增减、同比、调整字样的不比。

依据
    比率等于部分除以总数。

示例：有误
    | 整体绩效目标完成情况 |
    | 本年支出4610.04万元，其中基本支出1528.44万元，占36.15% |

示例：正确
    | 整体绩效目标完成情况 |
    | 本年支出4610.04万元，其中基本支出1528.44万元，占33.15% |

如何修改
    核对两个数，重算占比。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import plain, round_half_up
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.said import own_words
from perfxl.rules.shares import shares


@rule(
    code="CS123",
    slug="stated-share-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TEXTS,),
    basis=(PRACTICE,),
    message="写占{provided}，按{part}÷{whole}是{expected}",
    fix="请核对这两个数，重算占比",
)
def stated_share_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each share that no earlier amount of its sentence gives."""
    for text in own_words(subject.returned):
        if "占" not in text.value:
            continue
        for share in shares(text.value):
            if any(share.fits(whole) for whole in share.wholes):
                continue
            nearest = min(
                share.wholes, key=lambda whole: abs(share.computed(whole) - share.stated.value)
            )
            decimals = -int(share.stated.place.as_tuple().exponent)
            computed = round_half_up(share.computed(nearest), decimals)
            yield at(
                text.place,
                provided=share.stated.quote,
                expected=f"{plain(computed)}%",
                difference=f"{plain(abs(computed - share.stated.value))}%",
                part=share.part.quote,
                whole=nearest.quote,
            )
