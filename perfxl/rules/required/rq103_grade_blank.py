"""评价等级未填

检查什么
    评价等级要勾选或写明一个。打印了四个方框而一个都没有勾的，也算未填。

依据
    报送系统把评价等级列为必填项。

示例：有误
    | 评价等级 | □优 □良 □中 □差 |

示例：正确
    | 评价等级 | ☑优 □良 □中 □差 |

如何修改
    按总分勾选对应的等级。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import PRACTICE

_EMPTY_BOXES = ("□", "☐", "◻", "○", "〇")


@rule(
    code="RQ103",
    slug="grade-blank",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.GRADE),
    basis=(PRACTICE,),
    message="评价等级没有填",
    fix="请按总分选一个等级：优、良、中或差",
)
def grade_blank(subject: Subject) -> Iterator[Hit]:
    """Yield the grade's cell when no grade can be read in it."""
    assert subject.form
    assert subject.form.grade
    grade = subject.form.grade
    if grade.stated:
        return
    raw = grade.raw.strip()
    if any(box in raw for box in _EMPTY_BOXES):
        yield at(grade.place, message="评价等级一个都没有勾选", fix="请按总分勾选一个等级")
    elif raw:
        yield at(
            grade.place,
            provided=raw,
            message="评价等级“{provided}”不是优、良、中、差之一",
        )
    else:
        yield at(grade.place)
