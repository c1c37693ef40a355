"""没有满意度指标

检查什么
    按产出、效益分组的表，一般还应有服务对象满意度指标。按方案核对的，缺不缺以方案为准，这里不提。

依据
    共性指标框架把服务对象满意度列为一项。

示例：有误
    | 一级指标 | 三级指标 |
    | 产出指标 | 检查企业数 |
    | 效益指标 | 事故起数下降率 |

示例：正确
    | 一级指标 | 三级指标 |
    | 产出指标 | 检查企业数 |
    | 效益指标 | 事故起数下降率 |
    | 满意度指标 | 服务对象满意度 |

如何修改
    本年做过满意度调查的请补上；不适用的不必改。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import COMMON_INDICATORS
from perfxl.rules.fields import corner


@rule(
    code="ST109",
    slug="satisfaction-missing",
    severity=Severity.NOTICE,
    basis=(COMMON_INDICATORS,),
    message="有产出和效益指标，没有满意度指标",
    fix="做过调查的请补上；不适用的不必改",
)
def satisfaction_missing(subject: Subject) -> Iterator[Hit]:
    """Yield the form's corner when its groups follow the national frame without satisfaction."""
    assert subject.form
    if subject.scheme is not None:
        return
    groups = "".join(group.path[-1] for group in subject.form.groups() if group.path)
    if "产出" not in groups or not any(word in groups for word in ("效益", "效果")):
        return
    names = [leaf.path for leaf in subject.form.leaves()]
    names += [target.path for table in subject.returned.target_tables for target in table.targets]
    if not any("满意" in name for path in names for name in path):
        yield at(corner(subject.form))
