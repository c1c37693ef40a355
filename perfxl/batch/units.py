"""The list of a round's units, read by its headings; every fault of it is told at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfxl.batch.model import Unit
from perfxl.batch.names import is_formula_like, one_line, safe_name, why_unsafe
from perfxl.errors import UsageError
from perfxl.model.address import to_a1
from perfxl.reader.grids import Row, TextGrid, read_grids
from perfxl.scheme.vocabulary import fold

if TYPE_CHECKING:
    from pydantic import ValidationError

Field = Literal["code", "name", "district", "state", "into", "aliases", "contact", "phone"]
_HEADS: dict[Field, tuple[str, ...]] = {
    "code": ("单位代码", "单位编码", "预算单位代码", "预算单位编码", "预算代码", "代码", "编码"),
    "name": ("单位名称", "预算单位名称", "预算单位", "部门名称", "单位全称", "名称", "单位"),
    "district": ("主管区县", "所属区县", "区县", "所属区", "区划", "主管部门", "归口"),
    "state": ("报送状态", "填报状态", "应报情况", "状态"),
    "into": ("并入单位代码", "合并到", "合并上报单位代码", "更名后代码", "并入", "新单位代码"),
    "aliases": ("曾用名", "原名称", "简称", "别名", "曾用名简称"),
    "contact": ("联系人", "绩效联系人", "经办人"),
    "phone": ("联系电话", "电话", "办公电话", "联系方式"),
}
_HEADING_WITHIN = 20  # rows: above it stand titles and notes
_TOLD_NAME = 20  # letters of a unit's name in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a row of the list: where, what, and what to do (or what was done).

    `cell` is the address of the cell at fault, "" where it is none's in particular.
    """

    row: int
    unit: str
    what: str
    fix: str
    cell: str = ""

    def __str__(self) -> str:
        name = self.unit if len(self.unit) <= _TOLD_NAME else f"{self.unit[:_TOLD_NAME]}…"
        who = (f"“{name}”" if name else "") + (f"（{self.cell}）" if self.cell else "")
        return f"第{self.row}行{who}：{self.what}；{self.fix}"


@dataclass(frozen=True, slots=True)
class UnitList:
    """What was read: `problems` have to be mended before anything is sent, `remarks` need not.

    `sheet` is the one that the list stands in, "" for a CSV.
    """

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    sheet: str = ""


def load_units(path: Path) -> UnitList:
    """The units of a list without faults.

    Raises:
        UsageError: the file cannot be read, has no list, or has faults; all of them are told.
    """
    read = read_units(path)
    if read.problems:
        told = "\n".join(f"  {problem}" for problem in read.problems)
        sheet = f"（工作表“{read.sheet}”）" if read.sheet else ""
        raise UsageError(f"{path}{sheet}：有{len(read.problems)}处要先改正\n{told}")
    return read


def read_units(path: Path) -> UnitList:
    """The units of a list (.xlsx .xls .csv), in its order, and what is wrong with it.

    Columns are known by their headings in any order; those that are not known become
    particulars. A ledger of ours is such a list too. Without a column of codes the names stand
    for them.

    Raises:
        UsageError: the file cannot be read, or no sheet has a heading like 单位名称.
    """
    for grid in read_grids(path):
        for index, row in enumerate(grid.rows[:_HEADING_WITHIN]):
            if heading := _heading(row):
                return _read(grid, index, heading)
    raise UsageError(f"{path}：没有找到单位名单，表头要有“单位名称”，最好还有“单位代码”“主管区县”")


@dataclass(frozen=True, slots=True)
class _Heading:
    """Which column holds what; `others` are the headings of the rest."""

    fields: dict[Field, int]
    others: dict[int, str]

    def cell(self, row: int, field: Field) -> str:
        """The address of a field in a row; "" where the list has no such column."""
        return to_a1(row, self.fields[field]) if field in self.fields else ""


def _heading(row: Row) -> _Heading | None:
    """The columns of a row of headings; None where it names no unit."""
    folded = {column: _bare(text) for column, text in row.texts.items()}
    fields: dict[Field, int] = {}
    for field, names in _HEADS.items():
        # The clearest heading wins: 单位名称 before 单位, whichever stands first.
        for name in names:
            found = [c for c, text in folded.items() if text == name and c not in fields.values()]
            if found:
                fields[field] = found[0]
                break
    # A title of one cell, such as 单位名称汇总, is no heading; nor is a unit's own name.
    if "name" not in fields or (len(row.texts) > 1 and len(fields) < 2):
        return None
    taken = set(fields.values())
    return _Heading(fields, {c: t for c, t in row.texts.items() if c not in taken})


def _bare(text: str) -> str:
    return fold(text).partition("(")[0].strip("*:：")


def _read(grid: TextGrid, index: int, heading: _Heading) -> UnitList:
    units: list[tuple[int, Unit]] = []
    problems: list[Problem] = []
    remarks: list[Problem] = []
    for row in grid.rows[index + 1 :]:
        texts = {field: row.texts.get(c, "") for field, c in heading.fields.items()}
        if _is_closing(texts, row):
            continue
        unit, found = _unit(row, texts, heading)
        problems += found
        if unit:
            units.append((row.number, unit))
            remarks += _remarks(row.number, unit, heading)
    problems += _duplicates(units, heading)
    problems += _lost(units, heading)
    remarks += _same_names(units, heading)
    if not units and not problems:
        raise UsageError("单位名单只有表头，没有单位")
    return UnitList(
        tuple(unit for _, unit in units),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        tuple(sorted(remarks, key=lambda remark: remark.row)),
        grid.name,
    )


def _is_closing(texts: dict[Field, str], row: Row) -> bool:
    """A row below the list: 合计, 注：…; a row with a code is never one."""
    first = fold(next(iter(texts[f] for f in ("code", "name") if texts.get(f)), ""))
    words = first or fold(next(iter(row.texts.values()), ""))
    return words in ("合计", "总计", "小计") or words.startswith(
        ("注:", "说明:", "备注:", "填表人")
    )


def _unit(
    row: Row, texts: dict[Field, str], heading: _Heading
) -> tuple[Unit | None, list[Problem]]:
    """The unit of a row, or what is wrong with it."""
    from pydantic import ValidationError

    from perfxl.batch.units_file import UnitRow

    try:
        read = UnitRow.model_validate(texts, context={"has_codes": "code" in heading.fields})
    except ValidationError as error:
        who = one_line(texts["name"]) or one_line(texts.get("code", ""))
        return None, list(_faults(row.number, who, error, heading))
    others = heading.others.items()
    unit = Unit(
        code=read.code or read.name,
        name=read.name,
        district=read.district,
        state=read.state,
        into=read.into,
        aliases=read.aliases,
        contact=read.contact,
        phone=read.phone,
        particulars={head: row.texts[c] for c, head in others if c in row.texts},
    )
    return unit, []


def _faults(row: int, who: str, error: "ValidationError", heading: _Heading) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        told = one["ctx"]  # every fault is raised by a validator of ours
        yield Problem(row, who, told["what"], told["fix"], heading.cell(row, one["loc"][0]))  # type: ignore[arg-type]


def _duplicates(units: Sequence[tuple[int, Unit]], heading: _Heading) -> Iterator[Problem]:
    """Rows whose code was there before; codes that a file name cannot tell apart are one."""
    first: dict[str, int] = {}
    for row, unit in units:
        before = first.setdefault(fold(unit.code).casefold(), row)
        if before != row:
            has_codes = "code" in heading.fields
            what = f"单位代码{unit.code}" if has_codes else "单位名称"
            fix = "不同单位请改代码" if has_codes else "不同单位请加一栏“单位代码”"
            yield Problem(
                row, unit.name, f"{what}与第{before}行重复", f"同一单位请删去一行，{fix}",
                heading.cell(row, "code" if has_codes else "name"),
            )  # fmt: skip


def _lost(units: Sequence[tuple[int, Unit]], heading: _Heading) -> Iterator[Problem]:
    """Rows that file with a unit which is not there, or that lead round in a circle."""
    by_code = {unit.code: unit for _, unit in units}
    for row, unit in units:
        if not unit.state.goes_elsewhere:
            continue
        cell = heading.cell(row, "into")
        seen, here = {unit.code}, unit
        while here.state.goes_elsewhere:
            there = by_code.get(here.into)
            if there is None:
                if here is unit:
                    what = f"并入的单位代码{unit.into}不在名单里"
                    fix = "请核对代码，或在名单里加上这个单位"
                    yield Problem(row, unit.name, what, fix, cell)
                break
            if there.code in seen:
                what = "并入关系绕了一圈，没有单位报送"
                yield Problem(row, unit.name, what, "请改正并入单位代码", cell)
                break
            seen.add(there.code)
            here = there


def _remarks(row: int, unit: Unit, heading: _Heading) -> Iterator[Problem]:
    """What is odd about a unit, and what was made of it."""
    told: tuple[tuple[Field, str, str], ...] = (
        ("code", "单位代码", unit.code),
        ("name", "单位名称", unit.name),
        ("district", "主管区县", unit.district),
    )
    for field, label, text in told:
        if field == "code" and unit.code == unit.name:
            continue
        cell = heading.cell(row, field)
        if is_formula_like(text):
            what = f"{label}以“{text.strip()[0]}”开头，会被当成公式"
            fix = "在表里一律写成文本，文件名里换成下划线"
            yield Problem(row, unit.name, what, fix, cell)
        elif text and (why := why_unsafe(text)):
            fix = f"文件名里写成“{_short(safe_name(text))}”"
            yield Problem(row, unit.name, f"{label}{why}", fix, cell)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _same_names(units: Iterable[tuple[int, Unit]], heading: _Heading) -> Iterator[Problem]:
    """Rows with a name that was there before; other codes make them other units."""
    first: dict[str, tuple[int, Unit]] = {}
    for row, unit in units:
        before, other = first.setdefault(fold(unit.name), (row, unit))
        if before != row and unit.code != other.code:
            what = f"与第{before}行同名，代码不同"
            fix = "按两个单位处理；是同一单位的请删去一行"
            yield Problem(row, unit.name, what, fix, heading.cell(row, "name"))
