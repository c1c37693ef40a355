"""评价等级与总分不符

检查什么
    按各项得分之和查等级，与填写的等级对照。各项先取到规定的小数再相加，合计不再舍入。区间
    左闭右开：90分及以上为优，不足90分为良。填写的等级与填写的总分相符、只是总分本身算错的，根子在总分。

依据
    等级区间见评分方案或表上所印；财预〔2020〕10号分优、良、中、差四级。

示例：有误
    | 总分 | 94.49 |
    | 评价等级 | 良 |

示例：正确
    | 总分 | 94.49 |
    | 评价等级 | 优 |

如何修改
    按总分改等级；另有限级或一票否决规定的，在说明栏写文号。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.grade import Grade, GradeBand, grade_for
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE


@rule(
    code="GR101",
    slug="grade-differs",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.GRADE, Need.BANDS),
    basis=(EVALUATION_MEASURES, PRACTICE),
    message="评价等级填“{provided}”，总分{total}应为“{expected}”（{band}）",
    fix="请改等级；如另有限级规定，请在说明栏写文号",
)
def grade_differs(subject: Subject) -> Iterator[Hit]:
    """Yield the grade when neither the leaves' sum nor the stated total earns it."""
    assert subject.form
    form, bands = subject.form, subject.bands
    if form.grade is None or len(form.grade.stated) != 1:
        return
    stated_total = form.total.score.value if form.total else None
    counting = subject.counting
    total = counting.total
    if stated_total is not None and (total is None or counting.may_be(stated_total)):
        total = stated_total  # how bonuses count is not known: the grade goes by what is stated
    if total is None:
        return
    stated, earned = form.grade.stated[0], grade_for(total, bands)
    if stated is earned:
        return
    cause: Place | None = None
    if stated_total is not None and form.total and grade_for(stated_total, bands) is stated:
        cause = form.total.score.place
    yield at(
        form.grade.place,
        provided=stated.value,
        expected=earned.value,
        cause=cause,
        total=total,
        band=_band_text(earned, bands),
    )


def _band_text(grade: Grade, bands: tuple[GradeBand, ...]) -> str:
    """90分及以上, 80分至不足90分, 不足60分."""
    index = next(i for i, band in enumerate(bands) if band.grade is grade)
    lower = plain(bands[index].lower)
    if index == 0:
        return f"{lower}分及以上"
    upper = plain(bands[index - 1].lower)
    return f"不足{upper}分" if index == len(bands) - 1 else f"{lower}分至不足{upper}分"
