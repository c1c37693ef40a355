"""目标与批复的不同

检查什么
    下发时预填了批复目标的表，三级指标、指标性质、年度指标值、计量单位都不能改，也不能删去。

依据
    批复的绩效目标，下发的表里记着。

示例：有误
    | 三级指标 | 批复的目标 | 年度指标值 |
    | 应急演练场次 | 80 | 60 |

示例：正确
    | 三级指标 | 批复的目标 | 年度指标值 |
    | 应急演练场次 | 80 | 80 |

如何修改
    恢复批复的目标；年中确已调整的，在偏差说明里写调整批复的文号。
"""

from collections.abc import Iterator

from perfxl.model.address import Place
from perfxl.model.approved import ApprovedTarget
from perfxl.model.finding import Severity
from perfxl.model.form import Target
from perfxl.model.number import parse_stored
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import APPROVED_TARGETS
from perfxl.rules.results import fold

_GONE = "批复的指标“{name}”（目标{expected}）不见了"
_FIX_GONE = "请照批复补回这一行，不要改名或删去"


@rule(
    code="ST110",
    slug="target-changed",
    severity=Severity.ERROR,
    scope=Scope.BOOK,
    needs=(Need.APPROVED,),
    basis=(APPROVED_TARGETS,),
    message="“{name}”{what}是{provided}，批复为{expected}",
    fix="请恢复{expected}；确已调整的，填调整批复文号",
)
def target_changed(subject: Subject) -> Iterator[Hit]:
    """Yield each approved indicator that is gone, or whose nature, target or unit is another."""
    tables = subject.returned.target_tables
    left = [target for table in tables for target in table.targets if target.indicator is None]
    corner = Place(tables[0].sheet, tables[0].area.a1.partition(":")[0]) if tables else None
    for approved in subject.returned.approved:
        found = _find(approved, left)
        if found is None:
            place = corner or Place("", "")
            yield at(
                place, path=approved.path, expected=approved.shown, message=_GONE, fix=_FIX_GONE
            )
            continue
        left.remove(found)
        yield from _differences(approved, found)


def _find(approved: ApprovedTarget, left: list[Target]) -> Target | None:
    """The row of an indicator: of its group first, since names may stand in several."""
    named = [target for target in left if target.path and _is(target.path[-1], approved.name)]
    own = [target for target in named if [fold(n) for n in target.path] == _folded(approved)]
    return next(iter(own or named), None)


def _folded(approved: ApprovedTarget) -> list[str]:
    return [fold(name) for name in approved.path if name]


def _is(text: str, name: str) -> bool:
    return fold(text) == fold(name)


def _differences(approved: ApprovedTarget, found: Target) -> Iterator[Hit]:
    pairs = (
        ("目标值", found.target_value, approved.target),
        ("指标性质", found.sign, approved.sign),
        ("计量单位", found.unit, approved.unit),
    )
    for what, text, wanted in pairs:
        if text is None or not wanted or _is_same(text.value, wanted):
            continue
        unit = approved.unit if what == "目标值" else ""
        yield at(
            text.place,
            path=approved.path,
            provided=_with_unit(text.value, unit) or "空白",
            expected=_with_unit(wanted, unit),
            what=what,
        )


def _is_same(text: str, wanted: str) -> bool:
    """Whether two texts say the same, numbers by their value."""
    if fold(text) == fold(wanted):
        return True
    one, other = parse_stored(fold(text)), parse_stored(fold(wanted))
    return one is not None and one == other


def _with_unit(text: str, unit: str) -> str:
    return text if not text or text.endswith(unit) else text + unit
