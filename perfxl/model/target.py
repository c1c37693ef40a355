"""Targets against actual values, where the two texts can be compared at all."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_PREFIXES = {
    "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥",
    "大于等于": "≥", "大于或等于": "≥", "至少": "≥", "达到": "≥",
    ">": ">", "大于": ">", "高于": ">", "超过": ">", "多于": ">",
    "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤", "不超过": "≤", "不高于": "≤", "不多于": "≤",
    "不大于": "≤", "小于等于": "≤", "小于或等于": "≤", "至多": "≤", "控制在": "≤",
    "<": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "等于": "=",
}  # fmt: skip
_SUFFIXES = {
    "及以上": "≥", "以上": "≥", "及以内": "≤", "以内": "≤", "之内": "≤", "内": "≤",
    "及以下": "≤", "以下": "≤",
}  # fmt: skip
_TEXT = re.compile(
    "(?P<prefix>{})?(?P<number>[+-]?(?:\\d{{1,3}}(?:,\\d{{3}})+|\\d+)(?:\\.\\d+)?)"
    "(?P<unit>[^\\d+\\-~—–至≥≤<>=]{{0,8}}?)(?P<suffix>{})?".format(
        *(
            "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
            for words in (_PREFIXES, _SUFFIXES)
        )
    ),
    re.ASCII,
)
# A unit with one of these is a date, an estimate or a sentence, not a quantity to compare.
_VAGUE = re.compile("[前后底初余约号。，；、:]|左右|多")
_CALENDAR = ("年", "月", "日", "季度", "月份")
_DURATION = ("天", "日", "小时", "分钟", "个月", "工作日", "个工作日", "周", "秒")
_SMALLER_IS_BETTER = re.compile(
    "控制率|变动率|结转|结余|调整率|事故|[伤死]亡|投诉|信访|违规|违法|成本|费用|经费|超支|差错|"
    "时间|天数|周期|能耗|排放|下降|减少|降低"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a target asks: one of ≥ > ≤ < = or "" (a bare number), value as printed, and unit.

    `decimals` is the number of decimals that the text prints.
    """

    comparator: str
    value: Decimal
    unit: str
    decimals: int


def parse_target(text: str) -> Bound | None:
    """The bound that a target (or an actual value) states; None for anything but one number.

    95%以上 → ≥ 95 %; 不超过10天 → ≤ 10 天; 72家 → a bare 72 家. Ranges, growth rates, dates and
    words give None.
    """
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("(含)", "")
    match = _TEXT.fullmatch(folded) if len(folded) <= 40 else None
    if not match or _VAGUE.search(match["unit"]):
        return None
    before, after = _PREFIXES.get(match["prefix"] or ""), _SUFFIXES.get(match["suffix"] or "")
    if before and after and before != after:
        return None
    number = match["number"].replace(",", "")
    comparator = before or after or ""
    if not comparator and match["unit"] in _CALENDAR:
        return None
    return Bound(comparator, Decimal(number), match["unit"], len(number.partition(".")[2]))


def misses(target: str, actual: str, name: str = "") -> bool | None:
    """Whether an actual value misses its target; None when the two do not compare.

    A bare target is taken as a floor, unless the indicator's `name` or the unit says that
    smaller is better: then only equality is certain.
    """
    bound, reached = parse_target(target), parse_target(actual)
    if bound is None or reached is None or reached.comparator:
        return None
    if bound.unit == "%" and not reached.unit:
        return _misses_unmarked_rate(bound, reached.value, name)
    if not _is_one_unit(bound.unit, reached.unit):
        return None
    return _misses_by(bound, reached.value, name)


def _misses_by(bound: Bound, got: Decimal, name: str) -> bool | None:
    wanted = bound.value
    match bound.comparator:
        case "≥":
            return got < wanted
        case ">":
            return got <= wanted
        case "≤":
            return got > wanted
        case "<":
            return got >= wanted
        case "=":
            return got != wanted
    return _misses_bare(wanted, got, bound.unit, name)


def exceeds_by(target: str, actual: str, name: str = "") -> Decimal | None:
    """By what share an actual value exceeds its target, negative below it: 60 → 80 gives 1/3.

    None where the two do not compare, where more is not better (≤, =, a bare duration, a name
    that says so) and for a target of zero or less.
    """
    bound, reached = parse_target(target), parse_target(actual)
    if bound is None or reached is None or reached.comparator:
        return None
    if bound.comparator not in ("≥", ">", ""):
        return None
    if not bound.comparator and (bound.unit in _DURATION or _SMALLER_IS_BETTER.search(name)):
        return None
    if not _is_one_unit(bound.unit, reached.unit) or bound.value <= 0:
        return None
    return (reached.value - bound.value) / bound.value


def _misses_bare(wanted: Decimal, got: Decimal, unit: str, name: str) -> bool | None:
    if got == wanted:
        return False
    if unit in _DURATION or not wanted or _SMALLER_IS_BETTER.search(name):
        return None
    return got < wanted


def _misses_unmarked_rate(bound: Bound, got: Decimal, name: str) -> bool | None:
    """A percentage against a bare number, which up to 1 may be the fraction behind a 0.0% cell.

    A fraction that meets the target meets it; a miss is certain only if 0.945 misses as 94.5%
    and as 0.945%.
    """
    as_points = _misses_by(bound, got, name)
    if abs(got) > 1:
        return as_points
    as_fraction = _misses_by(bound, got * 100, name)
    return as_fraction if as_fraction is not True or as_points is True else None


def _is_one_unit(ours: str, theirs: str) -> bool:
    """Whether two units are one; a bare count never compares with a percentage (≥1 and 1%)."""
    if "%" in (ours, theirs):
        return ours == theirs
    return not (ours and theirs) or ours.startswith(theirs) or theirs.startswith(ours)
