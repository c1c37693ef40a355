"""预算各部分加起来不等于总预算

检查什么
    表头的年度预算：总预算应等于各部分之和。部分怎么分各地不同，逐种口径试：基本＋项目＋专项＋
    其他事业发展支出；专项含在其他之内；或按预算级次分为本级和对下。元、万元先换算一致，末位的
    舍入不计。有一种口径对得上就不报。

依据
    总额等于各部分之和；口径以布置通知为准，故只请核实。

示例：有误
    | 总预算 | 基本支出 | 项目支出 | 专项资金 | 其他事业发展支出 |
    | 1000 | 300 | 400 | 100 | 250 |

示例：正确
    | 总预算 | 基本支出 | 项目支出 | 专项资金 | 其他事业发展支出 |
    | 1000 | 300 | 400 | 100 | 200 |

如何修改
    对照批复的预算核对各数，看是否漏了一部分，或单位写错。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.model.number import plain
from perfxl.rules.base import Hit, Need, Scope, Subject, at, rule
from perfxl.rules.basis import PRACTICE
from perfxl.rules.budget import budget_readings


@rule(
    code="CS105",
    slug="budget-parts-differ",
    severity=Severity.VERIFY,
    scope=Scope.BOOK,
    needs=(Need.BUDGET,),
    basis=(PRACTICE,),
    message="总预算{provided}{unit}，哪种口径都对不上：{readings}",
    fix="请对照预算批复核对各数，看是否漏项或单位写错",
)
def budget_parts_differ(subject: Subject) -> Iterator[Hit]:
    """Yield the total of each budget block that no reading of its parts adds up to."""
    for block in subject.returned.budget_blocks:
        total = block.amounts.get("total")
        if total is None or total.value is None:
            continue
        readings = budget_readings(block)
        if not readings or any(reading.fits for reading in readings):
            continue
        nearest = min(readings, key=lambda reading: abs(reading.gap))
        unit = block.units.get("total", "")
        yield at(
            total,
            provided=total.value,
            expected=nearest.added,
            difference=nearest.gap,
            unit=unit,
            readings="；".join(
                f"按{each.name}是{plain(each.added)}{unit}，差{plain(abs(each.gap))}{unit}"
                for each in readings
            ),
        )
