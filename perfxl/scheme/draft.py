"""A first scheme from a form as read: its tree, caps, bands and columns; scoring left to people.

What the form does not say is listed under `unknowns`, never made up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from perfxl.errors import SchemeError
from perfxl.model.address import Place
from perfxl.model.form import AdjustmentKind, Group, Indicator, SelfEvaluationForm, Title
from perfxl.model.grade import USUAL_BANDS
from perfxl.model.number import Number

File = dict[str, Any]

_CAP_HEADING, _CAP_WIDTH = "分值", 6
_LEVELS = 2  # levels of groups a scheme has above its indicators
_YEAR = re.compile(r"20\d\d")
_FILLED_YEAR = re.compile(r"\A[(（]?20\d\d\s*年度?[)）]?")
_TEXT_COLUMNS = ("shortfall_reason", "improvement_measures")
_TYPED = {
    "score": "填0至本项分值之间的数",
    "shortfall_reason": "得分低于分值的必填",
    "improvement_measures": "得分低于分值的必填，写明措施、责任科室和完成时间",
    "deviation_analysis": "未达到指标值的必填",
    "actual_value": "",
}


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column of a printed table: its role, its headings from the top, its width in characters.

    `level` (1–3) says whose name or cap it is, 0 for the rest.
    """

    role: str
    headings: tuple[str, ...]
    level: int
    width: int


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person says of a scheme that its form does not."""

    id: str
    title: str
    region: str
    year: int


def year_of(*texts: str) -> int | None:
    """The first year named in texts such as a title or an id."""
    found = next((match for text in texts for match in _YEAR.findall(text)), None)
    return int(found) if found else None


def title_of(title: Title) -> str:
    """A printed title without the unit and the year it was filled in for."""
    text = title.text.value.replace(title.unit, "") if title.unit else title.text.value
    return _FILLED_YEAR.sub("", text).strip()


def draft_scheme(form: SelfEvaluationForm, particulars: Particulars, roles: Iterable[str]) -> File:
    """The content of a scheme.toml; bonuses and deductions are entries beside the tree.

    Args:
        form: the form as read; scores in it play no part.
        particulars: id, title, region and year.
        roles: the roles of the form's columns.

    Raises:
        SchemeError: an indicator or a group has no 分值 that is a number.
    """
    groups = [_group(root) for root in form.roots if not root.is_adjustment]
    total = sum((group["max_score"] for group in groups), Decimal(0))
    adjustments, unlimited = _adjustments(form, total)
    present = set(roles)
    printed = form.grade.printed_bands if form.grade else ()
    bands = printed or USUAL_BANDS
    unknowns = ["评分标准只有文字，得分由人填写；能计算的请在 scoring 里写明"]
    if not printed:
        unknowns.append("表上未印等级划分，暂按通行的90、80、60分（含）划分")
    unknowns += [f"“{name}”的限额表上未印，暂以满分为限" for name in unlimited]
    content = {
        "schema_version": 1,
        "id": particulars.id,
        "version": "1",
        "kind": "project" if form.fund_block else "dept_overall",
        "title": particulars.title,
        "region": particulars.region,
        "year": particulars.year,
        "total_score": total,
        "caps": "fixed",
        "bands_assumed": not printed,
        "required_columns": [name for name in _TEXT_COLUMNS if name in present],
        "unknowns": unknowns,
        "bands": [{"grade": band.grade.value, "lower": band.lower} for band in bands],
    }
    return content | ({"adjustment": adjustments} if adjustments else {}) | {"group": groups}


def _adjustments(form: SelfEvaluationForm, full: Decimal) -> tuple[list[File], list[str]]:
    """The entries of the rows beyond full marks, and the names of those without a limit.

    Rows under a heading that alone has a limit share it: they are one entry.
    """
    told: list[File] = []
    unlimited: list[str] = []
    for name, kind, limit, help_ in _beyond(form.roots):
        if not limit:
            unlimited.append(name)
        kinds = (
            [AdjustmentKind.BONUS, AdjustmentKind.DEDUCTION]
            if kind is AdjustmentKind.EITHER
            else [kind]
        )
        entry = {"name": name, "limit": abs(limit) if limit else full}
        told += [entry | {"kind": one.value} | ({"help": help_} if help_ else {}) for one in kinds]
    return told, unlimited


def _beyond(
    nodes: Iterable[Group | Indicator],
) -> Iterator[tuple[str, AdjustmentKind, Decimal | None, str]]:
    """Name, kind, limit and standard of each row, or heading with its rows, beyond full marks."""
    for node in nodes:
        if isinstance(node, Indicator):
            if node.adjustment:
                texts = (node.scoring_criteria, node.description)
                help_ = next((text.value for text in texts if text and text.value), "")
                yield node.path[-1], node.adjustment, _value(node.max_score), help_
            continue
        leaves = list(node.leaves())
        kinds = {leaf.adjustment for leaf in leaves}
        shared = _value(node.max_score)
        if node.is_adjustment and shared and not any(_value(leaf.max_score) for leaf in leaves):
            kind = leaves[0].adjustment if len(kinds) == 1 else None
            names = "、".join(leaf.path[-1] for leaf in leaves)
            yield node.path[-1], kind or AdjustmentKind.EITHER, shared, names
        else:
            yield from _beyond(node.children)


def _value(number: Number | None) -> Decimal | None:
    return number.value if number else None


def buildable_columns(
    columns: Sequence[PrintedColumn],
) -> tuple[tuple[PrintedColumn, ...], tuple[str, ...]]:
    """The columns a template can be built of, and the headings of those that had to be added.

    The lowest level holds the indicators, however many there are above it; they need a column of
    their own for 分值, which tables that print it behind the name lack.
    """
    names = {f"level{level}" for level in range(1, _LEVELS + 2)}
    lowest = max((c.level for c in columns if c.role in names), default=0)
    found = [_lowered(column) if column.level == lowest else column for column in columns]
    if any(c.role == "max_score" and c.level == _LEVELS + 1 for c in found):
        return tuple(found), ()
    at = next((i for i, c in enumerate(found) if c.role == f"level{_LEVELS + 1}"), len(found))
    found.insert(at + 1, PrintedColumn("max_score", (_CAP_HEADING,), _LEVELS + 1, _CAP_WIDTH))
    return tuple(found), (_CAP_HEADING,)


def _lowered(column: PrintedColumn) -> PrintedColumn:
    role = f"level{_LEVELS + 1}" if column.role.startswith("level") else column.role
    return replace(column, role=role, level=_LEVELS + 1)


def draft_layout(columns: Sequence[PrintedColumn], sheet: str, title: str) -> File:
    """The content of a layout.toml: one sheet with the form's columns."""
    return {
        "schema_version": 1,
        "sheet": [
            {
                "kind": "score",
                "name": sheet,
                "title": title,
                "unit_label": "部门名称",
                "year_label": "年度",
                "total_label": "总分",
                "grade_label": "评价等级",
                "column": [_column(column) for column in columns],
            }
        ],
    }


def _column(column: PrintedColumn) -> File:
    *above, heading = column.headings
    told: File = {"role": column.role, "heading": heading, "width": column.width}
    if above:
        told["above"] = above
    if column.level:
        told["level"] = column.level
    if column.role in _TYPED:
        told["input"] = True
        told["help"] = _TYPED[column.role]
    return told


def _group(group: Group) -> File:
    told: File = {"name": group.path[-1]}
    leaves = [one for one in group.children if isinstance(one, Indicator) and not one.adjustment]
    deeper = [one for one in group.children if isinstance(one, Group) and not one.is_adjustment]
    if leaves:
        below, children = "indicator", [_indicator(leaf) for leaf in leaves]
        if deeper:
            raise SchemeError(
                f"“{group.path[-1]}”（{_shown(group.name.place)}）下既有指标又有下一级组，请先理顺这张表"
            )
    else:
        below, children = "group", [_group(child) for child in deeper]
        if group.level >= _LEVELS:
            raise SchemeError(f"“{group.path[-1]}”分了三层组，最多两层（一级、二级指标）")
    whole = sum((child["max_score"] for child in children), Decimal(0))
    stated = group.max_score.value if group.max_score else None
    return told | {"max_score": whole if stated is None else stated, below: children}


def _indicator(leaf: Indicator) -> File:
    told: File = {"name": leaf.path[-1], "max_score": _cap(leaf.max_score, leaf)}
    if leaf.part:
        told["part"] = str(leaf.part)
    if leaf.description and leaf.description.value:
        told["description"] = leaf.description.value
    if leaf.scoring_criteria and leaf.scoring_criteria.value:
        told["criteria"] = leaf.scoring_criteria.value
    return told | {"scoring": {"shape": "manual"}}


def _cap(cap: Number | None, leaf: Indicator) -> Decimal:
    if cap is None:
        raise SchemeError(f"指标“{leaf.path[-1]}”（第{leaf.row}行）没有分值栏，无法导入")
    if cap.value is None or cap.value <= 0:
        stands = f"写的是“{cap.raw}”" if cap.raw else "空着"
        raise SchemeError(
            f"指标“{leaf.path[-1]}”的分值（{_shown(cap.place)}）{stands}，应为大于0的数，请改好再导入"
        )
    return cap.value


def _shown(place: Place) -> str:
    return f"{place.sheet}!{place.cell}"
