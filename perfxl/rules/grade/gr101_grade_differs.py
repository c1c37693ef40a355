"""评价等级与总分不符

检查什么
    按各项得分之和查等级，与填写的等级对照。各项先取到规定的小数再相加，合计不再舍入。区间
    左闭右开：90分及以上为优，不足90分为良。填写的等级与填写的总分相符、只是总分本身算错的，根子在总分。
    自设指标还没有填全的，不查等级。表上未印、方案也没有公布等级区间的，百分制的表按通行的90、80、
    60分（含）对照，只请核实。
    方案有限级规定、基础数据里答“是”的，等级以所限为止。

依据
    等级区间见评分方案或表上所印；财预〔2020〕10号分优、良、中、差四级，一般以90、80、60分为界。

示例：有误
    | 总分 | 94.49 |
    | 评价等级 | 良 |

示例：正确
    | 总分 | 94.49 |
    | 评价等级 | 优 |

如何修改
    按总分改等级；另有限级或一票否决规定的，在说明栏写文号。
"""

from collections.abc import Iterator, Sequence

from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.model.grade import Grade, GradeBand, grade_for
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Subject, at, rule
from perfxl.rules.basis import EVALUATION_MEASURES, PRACTICE
from perfxl.scheme.counted import awaits_rows
from perfxl.scheme.grading import ceilings_met, grade_due
from perfxl.scheme.model import GradeCeiling

_BY_WHAT_IS_USUAL = (
    "评价等级填“{provided}”，总分{total}按通行的划分（{band}，财预〔2020〕10号）为“{expected}”"
)


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
    form, bands = subject.form, subject.bands or subject.usual_bands
    is_assumed = subject.bands_assumed
    if form.grade is None or len(form.grade.stated) != 1 or awaits_rows(form, subject.scheme):
        return
    stated_total = form.total.score.value if form.total else None
    counting = subject.counting
    total = counting.total
    if stated_total is not None and (total is None or counting.may_be(stated_total)):
        total = stated_total  # how bonuses count is not known: the grade goes by what is stated
    if total is None:
        return
    ceilings = ceilings_met(subject.scheme, subject.returned.inputs)
    stated, earned = form.grade.stated[0], grade_due(total, bands, ceilings)
    if stated is earned:
        return
    cause: Place | None = None
    is_of_total = stated_total is not None and grade_due(stated_total, bands, ceilings) is stated
    if is_of_total and form.total:
        cause = form.total.score.place
    yield at(
        form.grade.place,
        provided=stated.value,
        expected=earned.value,
        cause=cause,
        severity=Severity.VERIFY if is_assumed else None,
        message=_BY_WHAT_IS_USUAL if is_assumed else "",
        fix="请对照本地的等级划分，确有不同的请改等级" if is_assumed else "",
        total=total,
        band=_why(earned, grade_for(total, bands), bands, ceilings),
    )


def _why(
    earned: Grade, by_score: Grade, bands: tuple[GradeBand, ...], ceilings: Sequence[GradeCeiling]
) -> str:
    """The band, or the ceiling that keeps the grade below the one of its band."""
    if earned is by_score:
        return _band_text(earned, bands)
    name = next(one.name for one in ceilings if one.grade is earned)
    return f"“{name}”为是，最高为{earned.value}"


def _band_text(grade: Grade, bands: tuple[GradeBand, ...]) -> str:
    """90分及以上, 80分至不足90分, 不足60分."""
    index = next(i for i, band in enumerate(bands) if band.grade is grade)
    lower = plain(bands[index].lower)
    if index == 0:
        return f"{lower}分及以上"
    upper = plain(bands[index - 1].lower)
    return f"不足{upper}分" if index == len(bands) - 1 else f"{lower}分至不足{upper}分"
