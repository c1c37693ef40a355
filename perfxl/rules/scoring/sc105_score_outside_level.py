"""定性得分不在档次内

检查什么
    定性指标先定达成的档次，得分应落在这一档的区间内：下限含在内，上限归上一档，最高一档含满分。
    方案给出档次、表上选了档次的才查；文字与档次名称不同的，列在未核对里。

依据
    定性指标按达成、部分达成、未达成分档计分。

示例：有误
    | 三级指标 | 分值 | 完成情况 | 得分 |
    | 长效机制 | 10 | 部分达成（60%至80%） | 9 |

示例：正确
    | 三级指标 | 分值 | 完成情况 | 得分 |
    | 长效机制 | 10 | 部分达成（60%至80%） | 7 |

如何修改
    把得分改到这一档的区间内；档次选错的改档次。
"""

from collections.abc import Iterator, Sequence

from perfxl.formula.shapes import Level
from perfxl.model.finding import Severity
from perfxl.model.form import Indicator
from perfxl.model.number import plain
from perfxl.rules.alignment import alignment_of
from perfxl.rules.base import Hit, Need, Subject, Unchecked, at, levels_of, rule
from perfxl.rules.basis import EVALUATION_MEASURES
from perfxl.rules.fields import cap_of
from perfxl.rules.results import fold, is_quantity
from perfxl.scheme.model import Standard


@rule(
    code="SC105",
    slug="score-outside-level",
    severity=Severity.ERROR,
    needs=(Need.FORM, Need.SCHEME, Need.CAPS, Need.LEVELS),
    basis=(EVALUATION_MEASURES,),
    message="“{name}”达成情况为“{level}”，得分应在{expected}，填了{provided}分",
    fix="请把得分改到{expected}；档次选错的请改档次",
)
def score_outside_level(subject: Subject) -> Iterator[Hit | Unchecked]:
    """Yield each judged score outside the level that was stated for it."""
    for leaf, levels, answer, standard in _judged(subject):
        cap = cap_of(leaf)
        level = next((one for one in levels if fold(one.name) == fold(answer)), None)
        if level is None:
            if fold(answer):
                yield Unchecked(leaf.path[-1], "完成情况没有写成方案的档次")
            continue
        if cap is None or cap.value is None or leaf.score.value is None:
            continue
        full, score = cap.value, leaf.score.value
        low, high = level.lower * full, level.upper * full
        is_top = level.upper == 1
        if low <= score < high or (is_top and score == high) or score > full:
            continue  # above its cap it is another rule's
        yield at(
            leaf.score,
            path=leaf.path,
            provided=score,
            expected=f"{plain(low)}（含）至{plain(high)}{'（含）' if is_top else ''}分",
            severity=None if standard is Standard.PUBLISHED else Severity.VERIFY,
            level=level.name,
        )


def _judged(
    subject: Subject,
) -> Iterator[tuple[Indicator, Sequence[Level], str, Standard]]:
    """Leaves with the levels of their scheme and what is stated as the level reached."""
    alignment = alignment_of(subject)
    for leaf, wanted in (*alignment.leaves, *alignment.renamed):
        levels = levels_of(wanted.scoring.shape) if wanted.scoring else ()
        if wanted.scoring and levels:
            key = getattr(wanted.scoring.shape, "level_key", "")
            chosen = subject.returned.inputs.get(key)
            answer = chosen.raw if chosen else _actual(leaf)
            yield leaf, levels, answer, wanted.scoring.standard
    for leaf, group in alignment.own:
        if group.custom and group.custom.levels and not is_quantity(_actual(leaf)):
            yield leaf, group.custom.levels, _actual(leaf), group.custom.standard


def _actual(leaf: Indicator) -> str:
    return leaf.actual_value.value.strip() if leaf.actual_value else ""
