"""指标重复

检查什么
    同一组里有两个同名的指标，多半是复制了一行，得分会算两遍。分成几项、后几项不写名称的不算。

依据
    同一组的指标各不相同。

示例：有误
    | 二级指标 | 三级指标 | 得分 |
    | 资产管理 | 数据质量 | 2 |
    |  | 数据质量 | 2 |

示例：正确
    | 二级指标 | 三级指标 | 得分 |
    | 资产管理 | 数据质量 | 2 |
    |  | 资产盘点情况 | 1 |

如何修改
    多余的一行请删除；确是两项的，请写出区别。
"""

from collections import Counter
from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="ST108",
    slug="indicator-duplicated",
    severity=Severity.VERIFY,
    basis=(PRACTICE,),
    message="“{name}”在同一组里出现了{count}次，另一处在{other}",
    fix="多余的请删除；确是两项的请写出区别",
)
def indicator_duplicated(subject: Subject) -> Iterator[Hit]:
    """Yield each leaf whose name another leaf of its group has had before."""
    assert subject.form
    for group in subject.form.groups():
        named = [
            leaf for leaf in group.children if isinstance(leaf, Indicator) and not leaf.is_nameless
        ]
        counts = Counter(leaf.path for leaf in named)
        first: dict[tuple[str, ...], str] = {}
        for leaf in named:
            if leaf.path in first and leaf.path[-1]:
                yield at(
                    leaf.name.place,
                    path=leaf.path,
                    provided=leaf.path[-1],
                    cause=leaf.name.place,
                    count=str(counts[leaf.path]),
                    other=first[leaf.path],
                )
            first.setdefault(leaf.path, leaf.name.place.cell)
