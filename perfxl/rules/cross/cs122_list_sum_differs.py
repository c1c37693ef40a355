"""文字里列的各部分与总数对不上

检查什么
    一句话里有总数、有分项：“本年支出T，其中基本支出A、项目支出B”，A、B是全部，加起来应等于T；
    “A、B、C，合计T”“共T，三项分别为A、B、C”也一样。“其中”列的不一定齐全，只看各项（三项以上看
    合计）是否超过总数。钱数按印出的位数留舍入的余地，个数要一个不差；约数、增减、占比、人均不算。

依据
    总数等于各部分之和。

示例：有误
    | 整体绩效目标完成情况 |
    | 全年检查164家，其中甲类85家，乙类25家，丙类94家 |

示例：正确
    | 整体绩效目标完成情况 |
    | 全年检查204家，其中甲类85家，乙类25家，丙类94家 |

如何修改
    对照台账核对总数和各项，看是漏了一项、多了一项，还是数写错。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.listings import Listing, listings
from perfxl.rules.said import own_words


@rule(
    code="CS122",
    slug="list-sum-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TEXTS,),
    basis=(PRACTICE,),
    message="总数写{expected}，{said}，对不上，差{difference}",
    fix="请对照台账核对总数和各项",
)
def list_sum_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each list in a text whose parts do not make, or exceed, its total."""
    for text in own_words(subject.returned):
        for listing in listings(text.value):
            said, gap = _fault(listing)
            if said:
                yield at(
                    text.place,
                    provided="、".join(part.quote for part in listing.parts),
                    expected=listing.total.quote,
                    difference=gap,
                    said=said,
                )


def _fault(listing: Listing) -> tuple[str, str]:
    """What is wrong with a list and by how much, or two empty texts."""
    total, slack = listing.total.value, listing.slack
    parts, unit = listing.parts, listing.total.unit
    gap = listing.added - total
    if listing.is_complete and abs(gap) > slack:
        return _sum_of(listing), f"{plain(abs(gap))}{unit}"
    over = listing.largest.to(unit) - total
    if over > slack:
        return f"其中一项是{listing.largest.quote}", f"{plain(over)}{unit}"
    if len(parts) > 1 and not listing.may_overlap and gap > slack:
        return _sum_of(listing), f"{plain(gap)}{unit}"
    return "", ""


def _sum_of(listing: Listing) -> str:
    sum_ = f"{plain(listing.added)}{listing.total.unit}"
    return f"{len(listing.parts)}项（{'、'.join(p.quote for p in listing.parts)}）相加是{sum_}"
