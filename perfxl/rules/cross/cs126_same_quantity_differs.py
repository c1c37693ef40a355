"""同一个数前后不一

检查什么
    文字里的总预算、支出总额与表里的总预算、预算数、执行数都对不上；表里没有的，与别处文字对不上。
    按印出的位数比，元、万元先换算。年初、调整、追加、上年、财政拨款等另有口径的不比。试用。

依据
    同一份表里，同一个数应当只有一个值；口径不同的应写明口径。

示例：有误
    | 总预算（万元） | 说明 |
    | 4876.31 | 本年度部门预算4786.31万元 |

示例：正确
    | 总预算（万元） | 说明 |
    | 4876.31 | 本年度部门预算4876.31万元 |

如何修改
    核对后改成一致；确是两个口径的，写明各是什么口径。
"""

import re
from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Return
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.quantities import Quantity
from perfxl.rules.stated_amounts import Amount, amounts_in_tables, amounts_in_texts

_FAMILIES = (
    (
        "总预算",
        re.compile(
            "(?:总预算|预算总额|部门预算|预算总数|预算总计)(?:数|合计)?(?:为|是|共|共计|：)?$"
        ),
        ("total", "budget_total", "budget_fiscal", "budget", "initial_budget"),
    ),
    (
        "支出总额",
        re.compile(
            "(?:支出总额|总支出|支出总计|本年支出|支出决算)(?:数|合计)?(?:为|是|共|共计|：)?$"
        ),
        ("executed_total", "executed_fiscal", "executed"),
    ),
)
_OTHER_BASIS = re.compile("年初|调整|追加|上年|去年|拨款|项目|基本|采购|专项|其中|下属|本级|每|均")
_YEAR = re.compile(r"(20\d\d)年")


@rule(
    code="CS126",
    slug="same-quantity-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TEXTS,),
    basis=(PRACTICE,),
    message="{what}写{provided}，{other}是{expected}",
    fix="请核对后改成一致；确是两个口径的，写明口径",
    status="preview",
)
def same_quantity_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each amount in a text that differs from all of the same name elsewhere."""
    in_tables = list(amounts_in_tables(subject.returned))
    first: dict[str, Amount] = {}
    for family, amount in _named(subject.returned):
        kinds = next(kinds for name, _, kinds in _FAMILIES if name == family)
        known = [each for each in in_tables if each.kind in kinds]
        if not known and family in first:
            known = [first[family]]
        first.setdefault(family, amount)
        if known and not any(_agree(amount.money, each.money) for each in known):
            other = known[0]
            sheet = f"{other.place.sheet}!" if other.place.sheet != amount.place.sheet else ""
            yield at(
                amount.place,
                provided=amount.money.quote,
                expected=other.shown,
                what=family,
                other=f"{sheet}{other.place.cell}{other.title}",
            )


def _named(returned: Return) -> Iterator[tuple[str, Amount]]:
    year = returned.year.value if returned.year else ""
    for amount in amounts_in_texts(returned):
        said = re.split("[，。；！？]", amount.before)[-1]
        other_year = _YEAR.search(said)
        if _OTHER_BASIS.search(said) or (other_year and other_year[1] != year):
            continue
        for family, pattern, _ in _FAMILIES:
            if pattern.search(said):
                yield family, amount


def _agree(ours: Quantity, theirs: Quantity) -> bool:
    gap = abs(ours.to("元") - theirs.to("元"))
    return gap <= ours.place_in("元") + theirs.place_in("元")
