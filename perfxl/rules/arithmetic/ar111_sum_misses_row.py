"""求和公式漏了行

检查什么
    总分、小计是公式的，看它是否加进了下面每一项得分。用小计相加的，小计再往下看。引用了表外的格、
    用了看不懂的写法的，不下结论。

依据
    总分等于各项得分之和。

示例：有误
    | 单元格 | 公式 | 漏掉的 |
    | H40 | =SUM(H5:H38) | H39“公用经费控制率” |

示例：正确
    | 单元格 | 公式 |
    | H40 | =SUM(H5:H39) |

如何修改
    把求和的范围补全，不要直接改数。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.fields import whose
from perfxl.rules.formulas import cells_read, is_read, known_scores


@rule(
    code="AR111",
    slug="sum-misses-row",
    severity=Severity.ERROR,
    basis=(PRACTICE,),
    message="{what}的公式“{provided}”漏了{missed}",
    fix="请把求和的范围补全，不要直接改数",
)
def sum_misses_row(subject: Subject) -> Iterator[Hit]:
    """Yield each stated sum whose formula certainly leaves out a score below it."""
    assert subject.form
    form = subject.form
    known = known_scores(form)
    sums = [(g.path, "小计", g.subtotal, list(g.leaves())) for g in form.groups()]
    if form.total is not None:
        sums.append(((), "总分", form.total.score, list(form.leaves())))
    for path, label, number, leaves in sums:
        if number is None or number.formula is None:
            continue
        areas = cells_read(number, known)
        missed = [
            leaf
            for leaf in leaves
            if areas and not is_read(leaf.score.place, areas) and _counts(leaf)
        ]
        if missed and len(missed) < len(leaves):
            yield at(
                number,
                path=path,
                provided=f"={number.formula}",
                severity=Severity.VERIFY if all(x.adjustment for x in missed) else None,
                cause=number.place,
                what=whose(path, label),
                missed="、".join(f"{x.score.place.cell}“{x.path[-1]}”" for x in missed),
            )


def _counts(leaf: Indicator) -> bool:
    """Whether a row adds anything: a bonus or deduction that did not come about does not."""
    return leaf.adjustment is None or bool(leaf.score.value)
