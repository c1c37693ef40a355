"""缺少必填的栏

检查什么
    方案要求有“未达标原因”“改进措施”栏，而表上没有。

依据
    评分方案所附表式。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 2 | 2 |

示例：正确
    | 三级指标 | 分值 | 得分 | 未达标原因 | 改进措施 |
    | 数据质量 | 2 | 2 | | |

如何修改
    用下发的表填写，不要删栏；删掉的照原样补上。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import LOCAL_SCHEME
from perfxl.rules.fields import corner


@rule(
    code="ST107",
    slug="column-missing",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME),
    basis=(LOCAL_SCHEME,),
    message="表上没有{expected}栏，下发表有",
    fix="请用下发的表填写，或照原样补上{expected}栏",
)
def column_missing(subject: Subject) -> Iterator[Hit]:
    """Yield one hit that names all required columns that the form lacks."""
    assert subject.form
    assert subject.scheme
    present = {
        "shortfall_reason": ("未达标原因", subject.form.has_reason_column),
        "improvement_measures": ("改进措施", subject.form.has_measures_column),
    }
    lacking = [
        title
        for key, (title, is_there) in present.items()
        if key in subject.scheme.required_columns and not is_there
    ]
    if lacking:
        yield at(corner(subject.form), expected="、".join(f"“{title}”" for title in lacking))
