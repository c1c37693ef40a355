"""说的项数与列出的项数不同

检查什么
    “共9项：（1）…（6）…”：文字说了几项，紧接着编号列出的却不是几项。编号认（1）、1.、①、一是、
    （一）；没有编号的不数。

依据
    列举应与所说的项数一致。

示例：有误
    | 整体绩效目标完成情况 |
    | 完成3项任务：（1）修订预案；（2）组织演练 |

示例：正确
    | 整体绩效目标完成情况 |
    | 完成2项任务：（1）修订预案；（2）组织演练 |

如何修改
    核对是漏列了，还是项数写错。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.enumerations import enumerations
from perfxl.rules.said import own_words


@rule(
    code="CS124",
    slug="item-count-differs",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.TEXTS,),
    basis=(PRACTICE,),
    message="说“{provided}”，后面编号列出的是{expected}项",
    fix="请核对是漏列还是项数写错",
)
def item_count_differs(subject: Subject) -> Iterator[Hit]:
    """Yield each announced number that is not that of the numbered items behind it."""
    for text in own_words(subject.returned):
        for each in enumerations(text.value):
            if each.announced != each.listed:
                yield at(
                    text.place,
                    provided=each.quote,
                    expected=str(each.listed),
                    difference=str(abs(each.announced - each.listed)),
                )
