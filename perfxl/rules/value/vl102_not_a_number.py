"""应填数字的地方不是数字

检查什么
    分值、得分、小计和总分要填数字。写成文字、斜杠、日期、是否，或者公式出错的，都不能参加计算。
    填“不适用”或斜杠的：按满分计、按所属二级指标其余各项折算、按其余各项折算成满分，有一种与总分
    相符就按它读取，不再提；都不相符的只请核实。斜杠当0分用的，请改填0。加分项、扣分项没有发生的，
    不填或填“无”都可以。

依据
    报送系统要求这些栏为数值。

示例：有误
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 20 | 十八点五 |

示例：正确
    | 三级指标 | 分值 | 得分 |
    | 数据质量 | 20 | 18.5 |

如何修改
    用阿拉伯数字重新输入；公式出错的，先修好公式引用的单元格；没有得分的写0。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.counting import (
    DASHES,
    NOT_APPLICABLE,
    counts_as_zero,
    is_not_applicable,
    says_not_applicable,
    says_nothing,
)
from perfxl.model.finding import Severity
from perfxl.model.form import SelfEvaluationForm
from perfxl.model.number import Number, NumberKind
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import Field, numeric_fields, whose

_ERRORS = {
    "#REF!": "公式引用的单元格已被删除",
    "#DIV/0!": "公式里除数是零或空白",
    "#VALUE!": "公式里有文字参加了计算",
    "#NAME?": "公式里有认不出的名字",
    "#N/A": "公式没有查到值",
    "#NUM!": "公式算出的数超出范围",
    "#NULL!": "公式里的区域没有交集",
}


@rule(
    code="VL102",
    slug="not-a-number",
    severity=Severity.ERROR,
    basis=(PRACTICE,),
    message="{what}“{provided}”是文字，不能参加计算",
    fix="请改填阿拉伯数字，不带别的字",
)
def not_a_number(subject: Subject) -> Iterator[Hit]:
    """Yield each cap, score, subtotal and total that holds something else than a number."""
    assert subject.form
    is_counted = bool(subject.counting.modes)
    is_zero = not is_counted and counts_as_zero(subject.form, subject.score_decimals)
    for field in numeric_fields(subject.form):
        if is_counted and _is_of_inapplicable(field):
            continue
        wording = _wording(field, is_zero=is_zero)
        if wording is None:
            continue
        message, fix, severity = wording
        yield at(
            field.number,
            path=field.path,
            provided=field.number.raw.strip(),
            message=message,
            fix=fix,
            severity=severity,
            cause=_source_of(field.number, subject.form),
            what=whose(field.path, field.label),
            why=_ERRORS.get(field.number.raw.strip(), "公式出错"),
        )


def _is_of_inapplicable(field: Field) -> bool:
    """Whether a cell says that its row does not apply, as the row's score does too."""
    return (
        field.leaf is not None
        and is_not_applicable(field.leaf)
        and says_not_applicable(field.number)
    )


def _wording(field: Field, *, is_zero: bool) -> tuple[str, str, Severity | None] | None:
    """Message, fix and severity ("" and None: the rule's own), or None when nothing is wrong."""
    match field.number.kind:
        case NumberKind.ERROR:
            return "{what}显示{provided}：{why}", "请修好公式，或直接输入数字", None
        case NumberKind.DATE:
            return (
                "{what}是日期格式（内部数值{provided}），多半是输入小数时被当成了日期",
                "请把单元格格式改为数值，再重新输入数字",
                None,
            )
        case NumberKind.BOOLEAN:
            return "{what}是逻辑值{provided}，不是数字", "请改填数字", None
        case NumberKind.MERGED if field.number.raw:
            return (
                "{what}的单元格和别的指标合并了，只有一个数{provided}",
                "请拆分单元格，各填各的得分",
                None,
            )
        case NumberKind.TEXT:
            if field.is_adjustment:
                return _adjustment_wording(field)
            return _text_wording(field, is_zero=is_zero)
    return None


def _adjustment_wording(field: Field) -> tuple[str, str, Severity | None] | None:
    """A limit may be put in words; points should be a number, or nothing where there are none."""
    if not field.is_score or says_nothing(field.number):
        return None
    return "{what}“{provided}”不是数字，总分无法核对", "请改填数字，没有的不填", Severity.VERIFY


def _text_wording(field: Field, *, is_zero: bool) -> tuple[str, str, Severity | None]:
    """`is_zero`: the total is what adds up when the row counts nothing."""
    raw = field.number.raw.strip()
    if raw in NOT_APPLICABLE:
        return (
            "{what}填“{provided}”" + ("，总分里按0分计" if is_zero else "，要看方案是否允许"),
            "方案允许的请写明理由；不允许的请填数字",
            Severity.VERIFY,
        )
    if raw in DASHES:
        return (
            "{what}填的是“{provided}”，不是数字",
            "没有得分请写0；不涉及的指标请写“不适用”并写理由" if field.is_score else "",
            None if field.is_score and is_zero else Severity.VERIFY,
        )
    return "", "", None


def _source_of(number: Number, form: SelfEvaluationForm) -> Place | None:
    """The leaf whose error value a formula merely passes on."""
    if number.kind is not NumberKind.ERROR or not number.formula:
        return None
    return next(
        (
            leaf.score.place
            for leaf in form.leaves()
            if leaf.score.kind is NumberKind.ERROR and leaf.score.place != number.place
        ),
        None,
    )
