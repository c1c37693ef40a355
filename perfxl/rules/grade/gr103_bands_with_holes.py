"""等级划分有空档

检查什么
    表上印的等级分段用整数首尾不相接（如80－89、90－100），89.5分不在任何一段。方案另有划分的以
    方案为准，不提。这是表的问题，不是填报的问题。

依据
    等级应按90分及以上、80分至不足90分这样首尾相接来分。

示例：有误
    | 评价等级 |
    | □优（90-100）□良（80-89）□中（60-79）□差（0-59） |

示例：正确
    | 评价等级 |
    | □优（90-100）□良（80-不足90）□中（60-不足80）□差（不足60） |

如何修改
    填报单位不必改；请下发表格的部门把分段改成首尾相接。
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perfxl.model.finding import Severity
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE


@rule(
    code="GR103",
    slug="bands-with-holes",
    severity=Severity.VERIFY,
    needs=(Need.FORM, Need.GRADE),
    basis=(EVALUATION_MEASURES, PRACTICE),
    message="等级分段有空档：{gaps}之间不属于任何一级{inside}",
    fix="填报单位不必改；请下发表格的部门把分段改成首尾相接",
)
def bands_with_holes(subject: Subject) -> Iterator[Hit]:
    """Yield the grade's cell when the printed bands leave scores without a grade."""
    assert subject.form
    grade = subject.form.grade
    if grade is None or subject.scheme is not None:
        return
    gaps = _gaps(grade.raw)
    if not gaps:
        return
    total = subject.counting.total
    is_inside = total is not None and any(low < total < high for low, high in gaps)
    yield at(
        grade.place,
        provided=grade.raw,
        gaps="、".join(f"{plain(low)}分与{plain(high)}分" for low, high in gaps),
        inside=f"，总分{plain(total)}正在其中" if is_inside and total is not None else "",
    )


_BAND = re.compile(r"[优良中差][^\d优良中差]{0,4}(\d+(?:\.\d+)?)分?[-–—~至](\d+(?:\.\d+)?)(?!\d)")


def _gaps(raw: str) -> list[tuple[Decimal, Decimal]]:
    """Upper end and next lower end of printed bands that do not meet, lowest first."""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    bands = sorted((Decimal(low), Decimal(high)) for low, high in _BAND.findall(text))
    return [(below[1], above[0]) for below, above in pairwise(bands) if below[1] < above[0]]
