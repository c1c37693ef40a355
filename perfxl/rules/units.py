"""Units of a target and of its result that cannot both be right."""

import re
from decimal import Decimal

from perfxl.model.target import Bound, parse_target
from perfxl.rules.quantities import YUAN

# How often the figure is counted, before it: 每季度平均16家次.
_PACE = re.compile("^(?:每(?:个)?(?:季度|半年|[年月周])(?:平均)?|全年(?:共)?|累计|平均每[年月])")
_KINDS = {
    "money": ("元", "千元", "万元", "百万元", "亿元"),
    "rate": ("%", "‰", "个百分点", "百分点"),
    "people": ("人", "名", "位", "人员"),
    "firms": ("家", "户", "家企业", "户企业", "个企业"),
    "time": ("天", "日", "小时", "分钟", "个月", "工作日", "个工作日", "周"),
    "area": ("平方米", "㎡", "m2", "亩", "公顷", "平方公里"),
    "length": ("米", "公里", "千米", "km"),
    "mass": ("吨", "公斤", "千克"),
}
_KIND_OF = {unit: kind for kind, units in _KINDS.items() for unit in units}
# Visits beside heads: the same firm visited twice is 1家, 2家次.
_HEADS_AND_VISITS = ({"家", "家次"}, {"户", "户次"}, {"人", "人次"}, {"名", "人次"})
_COUNTED_IN_PEOPLE_AND_THINGS = ("people", "firms", "mass", "area", "length", "money")
# 率 that is no share of anything.
_NO_SHARE = re.compile("(?:频|效|速|功|汇|分辨|倍|心|概)率$")
# Beyond this factor one of two amounts has the wrong unit.
_FAR = Decimal(100)


def unit_conflict(target: str, actual: str, name: str) -> str:
    """Why the units of a target and its result cannot both be right, in Chinese; "" if they can.

    Units that are merely other words (场 and 次, 个 and 项), and amounts that come near one
    another once converted, are no conflict.
    """
    wanted, got = _bound(target), _bound(actual)
    if wanted is None or got is None or not wanted.unit or not got.unit:
        return ""
    ours, theirs = _bare(wanted.unit), _bare(got.unit)
    if ours == theirs:
        return _share_conflict(ours, name)
    if {ours, theirs} in _HEADS_AND_VISITS:
        return f"{ours}和{theirs}不是一回事"
    kinds = _KIND_OF.get(ours), _KIND_OF.get(theirs)
    if None in kinds:
        return ""
    if kinds == ("money", "money"):
        return _money_conflict(wanted.value * YUAN[ours], got.value * YUAN[theirs])
    return "" if kinds[0] == kinds[1] else f"一个是{ours}，一个是{theirs}"


def _bound(text: str) -> Bound | None:
    return parse_target(_PACE.sub("", "".join(text.split())))


def _bare(unit: str) -> str:
    """A unit without what it counts: 家企业 → 家, 家次企业 → 家次."""
    for plain in ("家次", "户次", "人次", "家", "户"):
        if unit.startswith(plain) and not unit.startswith("户外"):
            return plain
    return unit


def _share_conflict(unit: str, name: str) -> str:
    is_share = name.strip().endswith("率") and not _NO_SHARE.search(name.strip())
    if is_share and _KIND_OF.get(unit) in _COUNTED_IN_PEOPLE_AND_THINGS:
        return f"比率不应以{unit}计"
    return ""


def _money_conflict(wanted: Decimal, got: Decimal) -> str:
    if not wanted or not got:
        return ""
    times = max(abs(wanted / got), abs(got / wanted))
    return "换算成同一单位后相差百倍以上" if times >= _FAR else ""
