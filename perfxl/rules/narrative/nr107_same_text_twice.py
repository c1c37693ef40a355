"""不同指标写了同样的话

检查什么
    同一张表里，两个指标的原因或措施一字不差，且不短。多半是复制粘贴；也可能确是同一件事。

依据
    各项指标的原因应各写各的。

示例：有误
    | 三级指标 | 未达标原因 |
    | 合同备案时效性 | 因供应商确认较慢，个别合同办理超过了规定时限 |
    | 采购合同签订时效性 | 因供应商确认较慢，个别合同办理超过了规定时限 |

示例：正确
    | 三级指标 | 未达标原因 |
    | 合同备案时效性 | 2份合同备案晚了3天，供应商确认慢 |
    | 采购合同签订时效性 | 2个项目中标后30天内没有签合同 |

如何修改
    按各项的实际情况分别写。
"""

from collections.abc import Iterator

from perfxl.model.finding import Severity
from perfxl.rules.base import Hit, Subject, at, rule
from perfxl.rules.basis import PRACTICE


@rule(
    code="NR107",
    slug="same-text-twice",
    severity=Severity.NOTICE,
    basis=(PRACTICE,),
    message="“{name}”的{label}与{other}的一字不差",
    fix="请按各项的实际情况分别写",
    status="preview",
)
def same_text_twice(subject: Subject) -> Iterator[Hit]:
    """Yield each long reason or action that another indicator has had word for word."""
    assert subject.form
    for label, texts in (
        ("原因", [(x.path, x.shortfall_reason) for x in subject.form.leaves()]),
        ("措施", [(x.path, x.improvement_measures) for x in subject.form.leaves()]),
    ):
        first: dict[str, tuple[str, str]] = {}
        for path, text in texts:
            said = "".join(text.value.split()) if text is not None else ""
            if text is None or len(said) < _LONG:
                continue
            cell, name = first.setdefault(said, (text.place.cell, path[-1]))
            if cell != text.place.cell:
                other = f"{cell}“{name}”"
                yield at(text.place, path=path, provided=text.value, label=label, other=other)


_LONG = 15
