"""Phrases of a ledger that the console text and the sheet share."""

from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Footing, Kind, walk
from perfxl.engine.ledger.worked import figure
from perfxl.formula.evaluate import Value
from perfxl.model.number import shown
from perfxl.render.terminal import one_line

_LEVELS = {1: "一级指标", 2: "二级指标"}
# Figures whose remark stands for them where they are not stated.
_SAID = (
    Kind.SCORE,
    Kind.ADJUSTMENT,
    Kind.TOTAL,
    Kind.GRADE,
)
_LONGEST_FORMULA = 80  # a longer one says nothing to anybody


def kind_text(entry: Entry) -> str:
    """一级指标, 得分, 填报的数 and the like."""
    if entry.kind is Kind.GROUP:
        return _LEVELS.get(len(entry.path), "上级指标")
    return entry.kind.label


def value_text(value: Value, unit: str) -> str:
    """A figure for people; "" for none."""
    if isinstance(value, Decimal):
        return figure(value, unit)
    return "" if value is None else one_line(str(value))


def stated_text(entry: Entry) -> str:
    """What stands in the cell: 8.95, 89.51%, 是, 未填."""
    if entry.stated is not None:
        return value_text(entry.stated, entry.unit)
    return entry.remark if entry.kind in _SAID else ""


def verdict_text(entry: Entry) -> str:
    """How the stated figure compares with the computed one; "" where there are no two."""
    match entry.kind:
        case Kind.TOTAL | Kind.GROUP:
            return _sum_text(entry)
        case Kind.SCORE:
            return _score_text(entry)
        case Kind.GRADE if entry.computed is not None:
            agrees = entry.stated == entry.computed
            return "与总分相符" if agrees else f"按总分为“{entry.computed}”"
        case Kind.MEASURE if entry.difference is not None:
            stated = value_text(entry.stated, entry.unit)
            return f"表上写{stated}，按数据算得{value_text(entry.computed, entry.unit)}"
    return ""


def is_wrong(entry: Entry) -> bool:
    """Whether the stated figure certainly differs from what it should be."""
    if entry.kind is Kind.GRADE:
        return _has_other_grade(entry) and entry.is_firm
    if entry.difference is None:
        return False
    return entry.kind is not Kind.SCORE or entry.is_firm


def is_doubtful(entry: Entry) -> bool:
    """Whether the stated figure differs from a score that is only a reference."""
    is_apart = entry.difference is not None or _has_other_grade(entry)
    return is_apart and not is_wrong(entry)


def _has_other_grade(entry: Entry) -> bool:
    is_known = entry.stated is not None and entry.computed is not None
    return entry.kind is Kind.GRADE and is_known and entry.stated != entry.computed


def recomputed_text(entry: Entry) -> str:
    """What the sum comes to by the published standards; "" where that says nothing new."""
    if entry.kind is not Kind.TOTAL or entry.recomputed in (None, entry.computed):
        return ""
    scores = [one for _, one in walk(entry) if one.kind is Kind.SCORE]
    if any(one.stated is None for one in scores):
        return ""
    told = [one for one in scores if one.difference is not None and one.due != one.stated]
    names = "、".join(f"“{one.label}”" for one in told[:3])
    more = f"等{len(told)}项" if len(told) > 3 else ""
    value = value_text(entry.recomputed, entry.unit)
    return f"{names}{more}改按已公布的标准，总分为{value}" if told else ""


def standard_text(entry: Entry) -> str:
    """The standard's sentence with what it rests on."""
    reason = entry.reason
    if reason is None:
        return ""
    if reason.footing is Footing.FORMULA:
        return "" if len(reason.sentence) > _LONGEST_FORMULA else reason.sentence
    source = f"；来源：{reason.source}" if reason.source else ""
    return f"{reason.sentence}（{reason.footing.label}{source}）"


def missing_text(entry: Entry, most: int = 99) -> str:
    """What keeps the figure from being computed; "" where nothing does.

    Args:
        entry: the figure.
        most: how many of the figures that lack are named.
    """
    if entry.computed is not None or entry.kind in (Kind.INPUT, Kind.LIST):
        return ""
    if not entry.missing:
        return f"不能复算：{entry.obstacle}" if entry.obstacle else ""
    named = "、".join(f"“{name}”" for name in entry.missing[:most])
    more = f"等{len(entry.missing)}项" if len(entry.missing) > most else ""
    return f"不能复算：缺{named}{more}"


def remark_text(entry: Entry) -> str:
    """What else there is to know, where the figure itself does not say it."""
    is_said = entry.kind in _SAID and entry.stated is None
    return "" if is_said else entry.remark


def _sum_text(entry: Entry) -> str:
    if not isinstance(entry.computed, Decimal):
        return ""
    added = value_text(entry.computed, entry.unit)
    if not isinstance(entry.stated, Decimal):
        return ""
    if entry.difference is None:
        return "与各项相加一致"
    return f"各项相加{added}，相差{shown(abs(entry.difference))}"


def _score_text(entry: Entry) -> str:
    if not isinstance(entry.computed, Decimal):
        return ""
    due = value_text(entry.computed, entry.unit)
    footing = entry.reason.footing if entry.reason else Footing.JUDGED
    word = "按标准" if footing.is_certain else "参考得分"
    if footing is Footing.FORMULA:
        word = "按公式"
    if not isinstance(entry.stated, Decimal):
        return f"{word}为{due}"
    if entry.difference is None:
        same = "与填的一致" if entry.stated == entry.computed else "与填的相差在误差以内"
        return f"{word}为{due}，{same}"
    gap = entry.difference
    more, less = ("多", "少") if entry.is_firm else ("高", "低")
    should = "应为" if entry.is_firm else "为"
    return f"{word}{should}{due}，填的{more if gap > 0 else less}{shown(abs(gap))}分"
