"""Which figure of an export belongs to which input of a scheme, in the input's own unit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.figure import Figure
from perfxl.model.number import shown
from perfxl.scheme.model import SchemeInput
from perfxl.scheme.pairing import name_key

_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
_RATE_AT_MOST = Decimal("1.5")  # a rate typed without its % sign is larger


@dataclass(frozen=True, slots=True)
class Mapped:
    """A line of a mapping file: the input (key or name) and the row, column, file of its figure.

    Column, file and unit are "" where they need not be told; unit "%" means that 0.9 is 0.9%.
    """

    input: str
    row: str
    column: str = ""
    file: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureMap:
    """A mapping file: its lines, and the columns that count in tables with several ("()": all)."""

    lines: tuple[Mapped, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """An input with the figure taken for it; `note` says what was converted or assumed, or ""."""

    input: SchemeInput
    value: Decimal | str
    figure: Figure
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """An input for which figures were found and none could be taken; `why` says what to do."""

    input: SchemeInput
    figures: tuple[Figure, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """What the figures give: inputs filled, unclear, without any figure, and figures unused."""

    filled: tuple[Filled, ...]
    unclear: tuple[Unclear, ...]
    missing: tuple[SchemeInput, ...]
    unused: tuple[Figure, ...]


def match_figures(
    inputs: Sequence[SchemeInput],
    figures: Sequence[Figure],
    mapping: Sequence[Mapped] = (),
    unit: str = "",
    columns: Sequence[str] = (),
) -> Matched:
    """Find each input's figure: by the mapping, else by its name or an alias.

    A figure is called by its row, by row and column together, or by its column: of a table with a
    row for each unit the row of `unit`, the form's own. Two figures that say different things for
    one input are unclear, never chosen between. Of tables with several columns of values only
    `columns` count, where they are told; the mapping's own lines may name others.
    """
    wished = {name_key(column) for column in columns}
    offered = [f for f in figures if not wished or not f.column or name_key(f.column) in wished]
    by_input = {one.input: one for one in mapping}
    filled: list[Filled] = []
    unclear: list[Unclear] = []
    missing: list[SchemeInput] = []
    used: set[int] = set()
    for wanted in inputs:
        told = by_input.get(wanted.key) or by_input.get(wanted.name)
        found = (
            [f for f in figures if _is_told(told, f)] if told else _called(wanted, offered, unit)
        )
        used |= {id(figure) for figure in found}
        if told and not found:
            unclear.append(Unclear(wanted, (), f"没有找到对照文件所写的{_told_place(told)}"))
            continue
        if not found:
            missing.append(wanted)
            continue
        outcome = _take(wanted, found, told)
        if isinstance(outcome, Filled):
            filled.append(outcome)
        else:
            unclear.append(outcome)
    unused = tuple(figure for figure in offered if id(figure) not in used)
    return Matched(tuple(filled), tuple(unclear), tuple(missing), unused)


def unknown_inputs(inputs: Iterable[SchemeInput], mapping: Iterable[Mapped]) -> list[str]:
    """What a mapping names that the scheme does not ask for."""
    known = {name for one in inputs for name in (one.key, one.name)}
    return [one.input for one in mapping if one.input not in known]


def twice_mapped(inputs: Iterable[SchemeInput], mapping: Sequence[Mapped]) -> list[str]:
    """Inputs for which a mapping has several lines, by key or by name."""
    lines = Counter(one.input for one in mapping)
    return [one.name for one in inputs if lines[one.key] + lines[one.name] > 1]


def _told_place(told: Mapped) -> str:
    column = f"“{told.column}”栏" if told.column else ""
    return f"{told.file}{column}“{told.row}”一行"


def _is_told(told: Mapped, figure: Figure) -> bool:
    return (
        name_key(figure.row) == name_key(told.row)
        and (not told.column or name_key(figure.column) == name_key(told.column))
        and (not told.file or figure.file == told.file)
    )


def _called(wanted: SchemeInput, figures: Sequence[Figure], unit: str) -> list[Figure]:
    names = {_key(name) for name in (wanted.name, *wanted.aliases)}
    by_row = [f for f in figures if _key(f.row) in names]
    both = [f for f in figures if _key(f.row + f.column) in names]
    if both or by_row:
        return both or by_row
    by_column = [f for f in figures if f.column and _key(f.column) in names]
    own = [f for f in by_column if unit and name_key(f.row) == name_key(unit)]
    return own or by_column


def _key(name: str) -> str:
    """A name as it is compared; 其中 only says that it is a part of the line above."""
    return name_key(name).removeprefix("其中")


def _take(wanted: SchemeInput, found: list[Figure], told: Mapped | None) -> Filled | Unclear:
    outcomes = [_converted(wanted, figure, told.unit if told else "") for figure in found]
    taken = [outcome for outcome in outcomes if isinstance(outcome, Filled)]
    if not taken:
        return next(outcome for outcome in outcomes if isinstance(outcome, Unclear))
    if len({outcome.value for outcome in taken}) > 1:
        places = "、".join(f"{f.file} {f.place}（{_said(f.value)}）" for f in found[:4])
        why = f"找到{len(taken)}个不同的数：{places}；请在对照文件里写明取哪一个"
        return Unclear(wanted, tuple(found), why)
    return taken[0]


def _converted(wanted: SchemeInput, figure: Figure, unit: str) -> Filled | Unclear:
    """The figure in the input's unit, with what was done to it."""
    if wanted.options:
        return _answer(wanted, figure)
    if not isinstance(figure.value, Decimal):
        return Unclear(wanted, (figure,), f"写的是“{figure.value}”，应为数")
    if wanted.unit == "%":
        return _rate(wanted, figure, figure.value, unit)
    unit = unit or figure.unit
    if wanted.unit in _YUAN and unit in _YUAN:
        value = figure.value * _YUAN[unit] / _YUAN[wanted.unit]
        note = (
            ""
            if unit == wanted.unit
            else f"{shown(figure.value)}{unit}换算为{shown(value)}{wanted.unit}"
        )
        return _bounded(wanted, figure, value, note)
    if unit in _YUAN or unit == "%":
        return Unclear(wanted, (figure,), f"单位是{unit}，应为{wanted.unit or '纯数'}")
    note = f"数据未写单位，按{wanted.unit}" if wanted.unit in _YUAN else ""
    return _bounded(wanted, figure, figure.value, note)


def _rate(wanted: SchemeInput, figure: Figure, value: Decimal, told: str) -> Filled | Unclear:
    """The rate as a fraction; `told` is the unit that the mapping gives, or ""."""
    unit = told or figure.unit
    if unit in _YUAN:
        return Unclear(wanted, (figure,), f"单位是{unit}，应为百分比")
    is_signed = figure.unit == "%" and not figure.is_under_percent
    if is_signed or not value:
        return _bounded(wanted, figure, value, "")
    if told == "%" or (figure.is_under_percent and value > _RATE_AT_MOST):
        return _bounded(wanted, figure, value / 100, "")
    if figure.is_under_percent:
        why = f"写的是{shown(value)}，栏目单位是%，看不出是{shown(value)}%还是{shown(value * 100)}%"
        return Unclear(wanted, (figure,), f"{why}；请写成带%的数，或在对照文件里写明 unit")
    if value <= _RATE_AT_MOST:
        return _bounded(wanted, figure, value, f"{shown(value)}按{shown(value * 100)}%")
    return _bounded(wanted, figure, value / 100, f"{shown(value)}按{shown(value)}%")


def _answer(wanted: SchemeInput, figure: Figure) -> Filled | Unclear:
    said = _said(figure.value)
    chosen = next((option for option in wanted.options if name_key(option) == name_key(said)), None)
    if chosen is None:
        return Unclear(wanted, (figure,), f"写的是“{said}”，应为{'、'.join(wanted.options)}之一")
    return Filled(wanted, chosen, figure)


def _bounded(wanted: SchemeInput, figure: Figure, value: Decimal, note: str) -> Filled | Unclear:
    low, high = wanted.minimum, wanted.maximum
    if low is not None and value < low:
        return Unclear(wanted, (figure,), f"{shown(value)}小于下限{shown(low)}")
    if high is not None and value > high:
        return Unclear(wanted, (figure,), f"{shown(value)}大于上限{shown(high)}")
    if wanted.is_integer and value != value.to_integral_value():
        return Unclear(wanted, (figure,), f"{shown(value)}应为整数")
    return Filled(wanted, value, figure, note)


def _said(value: Decimal | str) -> str:
    return shown(value) if isinstance(value, Decimal) else value
