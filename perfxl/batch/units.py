"""The list of a round's units, read by its headings; every fault of it is told at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from perfxl.batch.model import Unit, UnitState
from perfxl.batch.names import is_formula_like, safe_name
from perfxl.errors import UsageError
from perfxl.reader.grids import Row, TextGrid, read_grids
from perfxl.scheme.vocabulary import fold

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
_STATES: dict[str, UnitState] = {
    "": UnitState.DUE, "应报": UnitState.DUE, "是": UnitState.DUE, "报送": UnitState.DUE,
    "免报": UnitState.EXEMPT, "不报": UnitState.EXEMPT, "否": UnitState.EXEMPT,
    "豁免": UnitState.EXEMPT,
    "合并上报": UnitState.MERGED, "合并": UnitState.MERGED, "合并报送": UnitState.MERGED,
    "更名撤并": UnitState.RENAMED, "更名": UnitState.RENAMED, "撤并": UnitState.RENAMED,
    "撤销": UnitState.RENAMED, "已更名": UnitState.RENAMED,
}  # fmt: skip
_LONGEST_NAME = 100  # characters; the stamp of a copy holds 255
_LONGEST_CODE = 40
_HEADING_WITHIN = 20  # rows: above it stand titles and notes
_SEPARATORS = "、;；,，/"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a row of the list: where, what, and what to do (or what was done)."""

    row: int
    unit: str
    what: str
    fix: str

    def __str__(self) -> str:
        who = f"“{self.unit}”" if self.unit else ""
        return f"第{self.row}行{who}：{self.what}；{self.fix}"


@dataclass(frozen=True, slots=True)
class UnitList:
    """What was read: `problems` have to be mended before anything is sent, `remarks` need not."""

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def load_units(path: Path) -> UnitList:
    """The units of a list without faults.

    Raises:
        UsageError: the file cannot be read, has no list, or has faults; all of them are told.
    """
    read = read_units(path)
    if read.problems:
        told = "\n".join(f"  {problem}" for problem in read.problems)
        raise UsageError(f"{path}：有{len(read.problems)}处要先改正\n{told}")
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
        found = list(_faults(row.number, texts, has_codes="code" in heading.fields))
        problems += found
        if not found:
            unit = _unit(row, texts, heading)
            units.append((row.number, unit))
            remarks += _remarks(row.number, unit)
    problems += _duplicates(units)
    problems += _lost(units)
    remarks += _same_names(units)
    problems.sort(key=lambda problem: problem.row)
    if not units and not problems:
        raise UsageError("单位名单只有表头，没有单位")
    return UnitList(tuple(unit for _, unit in units), tuple(problems), tuple(remarks))


def _is_closing(texts: dict[Field, str], row: Row) -> bool:
    """A row below the list: 合计, 注：…; a row with a code is never one."""
    first = fold(next(iter(texts[f] for f in ("code", "name") if texts.get(f)), ""))
    words = first or fold(next(iter(row.texts.values()), ""))
    return words in ("合计", "总计", "小计") or words.startswith(
        ("注:", "说明:", "备注:", "填表人")
    )


def _unit(row: Row, texts: dict[Field, str], heading: _Heading) -> Unit:
    name = _one_line(texts["name"])
    aliases = texts.get("aliases", "")
    for mark in _SEPARATORS:
        aliases = aliases.replace(mark, "\n")
    return Unit(
        code=_code(texts) or name,
        name=name,
        district=_one_line(texts.get("district", "")),
        state=_STATES[fold(texts.get("state", ""))],
        into=texts.get("into", "").strip(),
        aliases=tuple(dict.fromkeys(a.strip() for a in aliases.splitlines() if a.strip())),
        contact=texts.get("contact", ""),
        phone=texts.get("phone", ""),
        particulars={
            head: row.texts[column]
            for column, head in heading.others.items()
            if column in row.texts
        },
    )


def _code(texts: dict[Field, str]) -> str:
    return "".join(texts.get("code", "").split())


def _one_line(text: str) -> str:
    """The text without the line breaks that a narrow cell was given."""
    return "".join(text.split("\n")).strip()


def _faults(row: int, texts: dict[Field, str], *, has_codes: bool) -> Iterator[Problem]:
    name, code = _one_line(texts["name"]), _code(texts)
    if not name:
        yield Problem(row, code, "没有写单位名称", "请补上")
    elif len(name) > _LONGEST_NAME:
        what = f"单位名称有{len(name)}个字，超过{_LONGEST_NAME}个"
        yield Problem(row, name[:20] + "…", what, "请改用规范全称")
    if has_codes and not code:
        yield Problem(row, name, "没有写单位代码", "请补上，每个单位一个，不能重复")
    elif len(code) > _LONGEST_CODE:
        yield Problem(row, name, f"单位代码有{len(code)}个字符，超过{_LONGEST_CODE}个", "请核对")
    state = texts.get("state", "")
    known = _STATES.get(fold(state))
    if known is None:
        choices = "、".join(one.value for one in UnitState)
        yield Problem(row, name, f"状态写的是“{state}”", f"应为{choices}之一，不写即应报")
    elif known in (UnitState.MERGED, UnitState.RENAMED) and not texts.get("into", "").strip():
        yield Problem(
            row, name, f"状态是{known.value}，没有写并入哪个单位", "请在“并入单位代码”写代码"
        )


def _duplicates(units: Sequence[tuple[int, Unit]]) -> Iterator[Problem]:
    """Rows whose code was there before; codes that a file name cannot tell apart are one."""
    first: dict[str, int] = {}
    for row, unit in units:
        before = first.setdefault(fold(unit.code).casefold(), row)
        if before != row:
            what = f"单位代码{unit.code}与第{before}行重复"
            yield Problem(row, unit.name, what, "同一单位请删去一行，不同单位请改代码")


def _lost(units: Sequence[tuple[int, Unit]]) -> Iterator[Problem]:
    """Rows that file with a unit which is not there, or that lead round in a circle."""
    by_code = {unit.code: unit for _, unit in units}
    for row, unit in units:
        if unit.state not in (UnitState.MERGED, UnitState.RENAMED):
            continue
        seen, here = {unit.code}, unit
        while here.state in (UnitState.MERGED, UnitState.RENAMED):
            there = by_code.get(here.into)
            if there is None:
                if here is unit:
                    what = f"并入的单位代码{unit.into}不在名单里"
                    yield Problem(row, unit.name, what, "请核对代码，或在名单里加上这个单位")
                break
            if there.code in seen:
                yield Problem(
                    row, unit.name, "并入关系绕了一圈，没有单位报送", "请改正并入单位代码"
                )
                break
            seen.add(there.code)
            here = there


def _remarks(row: int, unit: Unit) -> Iterator[Problem]:
    """What is odd about a unit, and what was made of it."""
    for label, text in (
        ("单位代码", unit.code),
        ("单位名称", unit.name),
        ("主管区县", unit.district),
    ):
        if label == "单位代码" and unit.code == unit.name:
            continue
        if is_formula_like(text):
            what = f"{label}以“{text.strip()[0]}”开头，会被当成公式"
            yield Problem(row, unit.name, what, "在表里一律写成文本，文件名里换成下划线")
        elif text and safe_name(text) != text:
            what = f"{label}有文件名不能用的字，或与系统保留名相同，或太长"
            yield Problem(row, unit.name, what, f"文件名里写成“{_short(safe_name(text))}”")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _same_names(units: Iterable[tuple[int, Unit]]) -> Iterator[Problem]:
    """Rows with a name that was there before; other codes make them other units."""
    first: dict[str, tuple[int, Unit]] = {}
    for row, unit in units:
        before, other = first.setdefault(fold(unit.name), (row, unit))
        if before != row and unit.code != other.code:
            what = f"与第{before}行同名，代码不同"
            yield Problem(row, unit.name, what, "按两个单位处理；是同一单位的请删去一行")
