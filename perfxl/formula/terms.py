"""What the keys of an expression are called, and how their numbers are said in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.model.number import plain

RATE = "%"
_AMOUNTS = frozenset((RATE, "元", "万元", "亿元", "平方米", ""))
_DECIMALS = {0: "取整数", 1: "保留一位小数", 2: "保留两位小数", 3: "保留三位小数"}


@dataclass(frozen=True, slots=True)
class Term:
    """A key for people: its name and its unit; "%" is a rate kept as a fraction (0.95)."""

    label: str
    unit: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether its numbers are said as percents."""
        return self.unit == RATE

    @property
    def is_counted(self) -> bool:
        """Whether it comes in whole pieces (个, 项, 次), so that parts of one need no word."""
        return self.unit not in _AMOUNTS


Terms = Mapping[str, Term]
"""By key of an input, a measure or a list; a key that is not there is called by itself."""


def term_of(key: str, terms: Terms) -> Term:
    """The term of a key; 其中： belongs to a list, not to a sentence."""
    term = terms.get(key) or Term(key)
    return replace(term, label=term.label.removeprefix("其中："))


def percent(rate: Decimal) -> str:
    """0.95 → 95%; 0 stays 0."""
    return f"{plain(rate.scaleb(2))}%" if rate else "0"


def quantity(value: Decimal, term: Term) -> str:
    """A value of the term: 95%, 3个, 12.5万元."""
    return percent(value) if term.is_rate else f"{plain(value)}{term.unit}"


def step_of(value: Decimal, term: Term) -> str:
    """A difference of two values of the term: 5个百分点, 1个, 100万元."""
    return f"{plain(value.scaleb(2))}个百分点" if term.is_rate else quantity(value, term)


def score_text(value: Decimal | None) -> str:
    """A number of points; 分值 where the form has it open."""
    return "分值" if value is None else f"{plain(value)}分"


def earned(value: Decimal) -> str:
    """得4分, or 不得分."""
    return f"得{plain(value)}分" if value else "不得分"


def rounding(decimals: int) -> str:
    """保留两位小数 and the like."""
    return _DECIMALS.get(decimals, f"保留{decimals}位小数")
