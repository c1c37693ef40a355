"""勾选了几个等级

检查什么
    评价等级只能有一个。

依据
    一张自评表只有一个评价结论。

示例：有误
    | 评价等级 | ☑优 ☑良 □中 □差 |

示例：正确
    | 评价等级 | ☑优 □良 □中 □差 |

如何修改
    按总分只留一个勾。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.grade import grade_for
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="GR102",
    slug="several-grades-ticked",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.GRADE),
    basis=(PRACTICE,),
    message="同时勾选了{provided}，等级只能有一个",
    fix="请按总分只留一个",
)
def several_grades_ticked(subject: Subject) -> Iterator[Hit]:
    """Yield the grade's cell when more than one grade stands in it."""
    assert subject.form
    assert subject.form.grade
    stated = subject.form.grade.stated
    if len(stated) < 2:
        return
    total = subject.counting.total
    expected = ""
    if total is not None and subject.bands:
        expected = grade_for(total, subject.bands).value
    yield at(
        subject.form.grade.place,
        provided="、".join(f"“{grade.value}”" for grade in stated),
        expected=expected,
        fix=f"请只留一个；按各项得分之和应为“{expected}”" if expected else "",
    )
