"""批复目标: the approved targets of all units, from one table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from perfxl.batch.model import Unit, UnitState
from perfxl.batch.units import Problem
from perfxl.errors import UsageError
from perfxl.model.approved import ApprovedTarget
from perfxl.reader.grids import Row, TextGrid, read_grids
from perfxl.scheme.files import LayoutFile
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import fold
from perfxl.writer.template.approved_rows import fitted

_HEADS: dict[str, tuple[str, ...]] = {
    "unit": ("单位代码", "单位编码", "预算单位代码", "单位名称", "预算单位", "部门名称", "单位"),
    "level1": ("一级指标", "一级指标名称"),
    "level2": ("二级指标", "二级指标名称"),
    "level3": ("三级指标", "三级指标名称", "指标名称", "绩效指标"),
    "sign": ("指标性质", "指标方向", "方向", "计算符号", "指标符号", "符号", "性质"),
    "target": ("年度指标值", "指标值", "目标值", "年度目标值", "批复目标", "批复值", "预期指标值"),
    "unit_of": ("计量单位", "度量单位", "指标单位", "指标值单位"),
}
_NEEDED = ("unit", "level3", "target")
_CARRIED = ("unit", "level1", "level2")  # labels that stand once over several rows
_HEADING_WITHIN = 20
_LONGEST = 500  # characters of a cell

Approved = Mapping[str, tuple[ApprovedTarget, ...]]
"""Targets by the unit's code."""


def load_approved(
    path: Path, units: Sequence[Unit], scheme: Scheme, layout: LayoutFile
) -> Approved:
    """The approved targets of a table (.xlsx .xls .csv), each unit's in the table's order.

    A unit is named by its code or its name; labels may stand once over the rows that they are
    for.

    Raises:
        UsageError: the file cannot be read, has no such table, or has faults; all are told.
    """
    rows = _table(path)
    problems: list[Problem] = []
    by_code = _known(units)
    found: dict[str, list[ApprovedTarget]] = {}
    seen: dict[tuple[str, ...], int] = {}
    for number, texts in rows:
        faults = list(_faults(number, texts, by_code))
        unit = by_code.get(fold(texts["unit"]))
        key = (fold(texts["unit"]), *(fold(texts[role]) for role in ("level1", "level2", "level3")))
        before = seen.setdefault(key, number)
        if not faults and before != number:
            what = f"“{texts['level3']}”与第{before}行重复"
            faults.append(Problem(number, texts["unit"], what, "请删去一行"))
        target = _target(texts)
        if not faults and (fault := _misfit(scheme, layout, target)):
            faults.append(Problem(number, texts["unit"], fault, "请改正，或改方案的 layout.toml"))
        problems += faults
        if unit is not None and not faults and unit.state is UnitState.DUE:
            found.setdefault(unit.code, []).append(target)
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems)
        raise UsageError(f"{path}：有{len(problems)}处要先改正\n{told}")
    for targets in found.values():
        fitted(scheme, layout, targets)
    return {code: tuple(targets) for code, targets in found.items()}


def _table(path: Path) -> list[tuple[int, dict[str, str]]]:
    for grid in read_grids(path):
        for index, row in enumerate(grid.rows[:_HEADING_WITHIN]):
            columns = _columns(row)
            if all(role in columns for role in _NEEDED):
                return list(_rows(grid, index, columns))
    raise UsageError(
        f"{path}：没有找到批复目标，表头要有“单位代码”“三级指标”“年度指标值”，"
        "最好还有“一级指标”“二级指标”“指标性质”“计量单位”"
    )


def _columns(row: Row) -> dict[str, int]:
    folded = {fold(text).partition("(")[0]: column for column, text in reversed(row.texts.items())}
    columns: dict[str, int] = {}
    for role, names in _HEADS.items():
        column = next((folded[name] for name in names if name in folded), None)
        if column is not None:
            columns[role] = column
    return columns


def _rows(
    grid: TextGrid, index: int, columns: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, str]]]:
    carried = dict.fromkeys(_CARRIED, "")
    for row in grid.rows[index + 1 :]:
        texts = {role: row.texts.get(columns.get(role, 0), "") for role in _HEADS}
        if not (texts["level3"] or texts["target"]):
            continue
        for position, role in enumerate(_CARRIED):
            if texts[role]:
                # A new unit or group has groups of its own below it.
                for below in _CARRIED[position:]:
                    carried[below] = ""
                carried[role] = texts[role]
            texts[role] = carried[role]
        yield row.number, {role: " ".join(text.split()) for role, text in texts.items()}


def _known(units: Iterable[Unit]) -> dict[str, Unit]:
    """Units by code and, where it is one unit's alone, by name."""
    named: dict[str, list[Unit]] = {}
    for unit in units:
        for name in (unit.name, *unit.aliases):
            named.setdefault(fold(name), []).append(unit)
    known = {name: found[0] for name, found in named.items() if len(found) == 1}
    return known | {fold(unit.code): unit for unit in units}


def _faults(row: int, texts: Mapping[str, str], known: Mapping[str, Unit]) -> Iterator[Problem]:
    unit = texts["unit"]
    if not unit:
        yield Problem(row, "", "没有写单位", "请补上单位代码")
    elif fold(unit) not in known:
        yield Problem(row, unit, "不在单位名单里，或名称不止一个单位用", "请写名单里的单位代码")
    for role, label in (("level3", "三级指标"), ("target", "年度指标值")):
        if not texts[role]:
            yield Problem(row, unit, f"没有写{label}", "请照批复补上")
        elif len(texts[role]) > _LONGEST:
            yield Problem(row, unit, f"{label}超过{_LONGEST}个字", "请照批复的指标表写")


def _misfit(scheme: Scheme, layout: LayoutFile, target: ApprovedTarget) -> str:
    """Why a target finds no place in the form; "" where it does."""
    try:
        fitted(scheme, layout, [target])
    except UsageError as problem:
        return str(problem)
    return ""


def _target(texts: Mapping[str, str]) -> ApprovedTarget:
    path = (texts["level1"], texts["level2"], texts["level3"])
    return ApprovedTarget(path, texts["sign"], texts["target"], texts["unit_of"])
