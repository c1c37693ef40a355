"""自检 of what scores rest on: particulars, inputs, own results, tasks."""

from collections.abc import Iterator, Mapping

from perfxl.formula.excel_text import excel_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.number import plain
from perfxl.writer.template.checks import (
    Check,
    Fault,
    Scratch,
    Weight,
    both,
    cells_of,
    check,
    differ,
    is_among,
    is_blank,
    named,
    numbers,
    quoted,
    ref,
    trimmed,
)
from perfxl.writer.template.checks_score import label
from perfxl.writer.template.grid import Formula, Grid, cell_at
from perfxl.writer.template.places import InputPlace, TablePlace
from perfxl.writer.template.plan import Plan

_RATE_STEP = "0.00005"  # half of the last place that 0.00% shows


def particulars_checks(plan: Plan) -> Iterator[Check]:
    """The lines on unit and year."""
    unit, year = ref(plan.unit_cell), ref(plan.year_cell)
    yield from check(
        "单位全称已填", Weight.VERIFY, "没有填",
        [Fault(quoted("单位全称"), plan.unit_cell, is_blank(unit))],
    )  # fmt: skip
    wrong = f"IF(ISNUMBER({year}),{year}<>{plan.year},TRUE)"
    yield from check(
        f"评价年度为{plan.year}年", Weight.VERIFY, f"不是{plan.year}年，或没有填",
        [Fault(quoted("评价年度"), plan.year_cell, wrong)],
    )  # fmt: skip


def input_checks(plan: Plan, scratch: Scratch) -> Iterator[Check]:
    """The lines on 基础数据."""
    missing, outside, overtyped = [], [], []
    for place in plan.inputs:
        name, whole = quoted(place.input.name), ref(place.whole)
        missing.append(Fault(name, place.whole, is_blank(whole)))
        outside.append(Fault(name, place.units or place.whole, _outside(place)))
        if place.units is not None:
            units = ref(place.units)
            sum_ = both(
                f"COUNT({units})>0", f"IF(ISNUMBER({whole}),{differ(whole, f'SUM({units})')},TRUE)"
            )
            overtyped.append(Fault(name, place.whole, sum_))
    verify = Weight.VERIFY
    yield from check("基础数据都填了", verify, "没有填；没有发生的填0", missing)
    yield from check("基础数据在限定范围内", verify, "不是数，或超出右边说明的范围", outside)
    yield from check("全部门数等于各单位之和", verify, "的全部门数与各单位相加不同", overtyped)
    if plan.measures:
        yield from _measures(plan, scratch)


def _outside(place: InputPlace) -> str:
    """True of figures beyond their limits, and of texts where numbers are due."""
    one = place.input
    if one.options:
        cell = ref(place.whole)
        return f"IF({is_blank(cell)},FALSE,NOT({is_among(trimmed(cell), one.options)}))"
    typed = ref(place.units or place.whole)
    tests = [f"COUNTA({typed})>COUNT({typed})"]
    if one.minimum is not None:
        tests.append(f'COUNTIF({typed},"<{plain(one.minimum)}")>0')
    if one.maximum is not None:
        tests.append(f'COUNTIF({typed},">{plain(one.maximum)}")>0')
    if one.is_integer:
        tests.append(f"ROUND(SUM({typed}),6)<>ROUND(SUM({typed}),0)")
    return f"OR({','.join(tests)})"


def _measures(plan: Plan, scratch: Scratch) -> Iterator[Check]:
    """Computed quantities against what the inputs give, written again beside."""
    again = scratch.column([excel_text(m.measure.expression, plan.names) for m in plan.measures])
    changed, baseless = [], []
    for place, expected in zip(plan.measures, cells_of(again), strict=True):
        name, cell, wanted = quoted(place.measure.name), ref(place.cell), ref(expected)
        differs = f"ROUND(ABS({cell}-{wanted}),9)>{_RATE_STEP}"
        changed.append(Fault(name, place.cell, both(numbers(cell, wanted), differs)))
        typed = f"AND(ISNUMBER({cell}),NOT(ISNUMBER({wanted})))"
        baseless.append(Fault(name, place.cell, typed))
    told = "的公式被改成了数，与按数据算出的不同；请恢复公式"
    yield from check("自动计算的比率没有改动", Weight.MUST, told, changed)
    told = "是手填的，按数据算不出来；请恢复公式，填全数据"
    yield from check("自动计算的比率有数据", Weight.VERIFY, told, baseless)


def result_checks(plan: Plan) -> Iterator[Check]:
    """The lines on targets and actual values."""
    tables = dict.fromkeys(block.table.title_row for block in plan.results)
    for title_row in tables:
        blocks = [block for block in plan.results if block.table.title_row == title_row]
        table = blocks[0].table
        rows = [row for block in blocks for row in range(block.first, block.last + 1)]
        yield from _results(table, rows)
    leaves = [x for x in plan.score.leaves if {"target_value", "actual_value"} <= set(x.texts)]
    faults = (
        Fault(label(plan, x), x.texts["actual_value"],
              _no_actual(ref(x.texts["target_value"]), ref(x.texts["actual_value"])))
        for x in leaves
    )  # fmt: skip
    yield from check(
        "有目标值的都填了实际完成值", Weight.MUST, "有目标值，没有填实际完成值", faults
    )


def _no_actual(target: str, actual: str) -> str:
    return f"IF({is_blank(target)},FALSE,{is_blank(actual)})"


def _results(table: TablePlace, rows: list[int]) -> Iterator[Check]:
    lacking, partial, unexplained = [], [], []
    for row in rows:
        cells = _cells(table, row)
        if not {"level3", "target_value", "actual_value"} <= set(cells):
            continue
        texts = {role: ref(cell) for role, cell in cells.items()}
        name = named(cells["level3"])
        target, actual = texts["target_value"], texts["actual_value"]
        lacking.append(Fault(name, cells["actual_value"], _no_actual(target, actual)))
        begun = f"IF({is_blank(actual)},NOT({is_blank(texts['level3'])}),TRUE)"
        blank = is_blank(target)
        if "target_sign" in cells:
            blank = f"OR({blank},{is_blank(texts['target_sign'])})"
            begun = f"OR({begun},NOT({is_blank(target)}))"
        blank = f"OR({blank},{is_blank(texts['level3'])})"
        partial.append(Fault(name, cells["level3"], both(begun, blank)))
        if {"completion_rate", "deviation_analysis"} <= set(cells):
            rate, said = texts["completion_rate"], texts["deviation_analysis"]
            short = both(numbers(rate), f"{rate}<1", is_blank(said))
            unexplained.append(Fault(name, cells["deviation_analysis"], short))
    yield from check(
        "有目标值的都填了实际完成值", Weight.MUST, "有目标值，没有填实际完成值", lacking
    )
    told = "没有填全：名称、目标值等缺一不可"
    yield from check("完成情况各行都填全了", Weight.VERIFY, told, partial)
    yield from check("没有完成的写了偏差说明", Weight.VERIFY, "没有完成，没有写说明", unexplained)


def _cells(table: TablePlace, row: int) -> dict[str, Reference]:
    columns = zip(table.file.column, table.spans, strict=True)
    return {file.role: cell_at(table.file.name, row, left) for file, (left, _) in columns}


def task_checks(plan: Plan, grids: Mapping[str, Grid]) -> Iterator[Check]:
    """The lines on the year's tasks; `grids` are the layout's sheets as drawn."""
    for table in plan.tables:
        if table.file.kind != "tasks" or table.total_row is None:
            continue
        drawn = grids[table.file.name].cells
        sums, texts = [], []
        for file, (left, _) in zip(table.file.column, table.spans, strict=True):
            total = cell_at(table.file.name, table.total_row, left)
            cell = drawn.get((table.total_row, left))
            if cell is None or not isinstance(cell.content, Formula):
                continue
            name = quoted("".join((*file.above, file.heading)))
            column = Reference(table.file.name, Area(table.first, left, table.last, left))
            own = ref(column)
            texts.append(Fault(name, column, f"COUNTA({own})>COUNT({own})"))
            sums.append(
                Fault(name, total, both(numbers(ref(total)), differ(ref(total), f"SUM({own})")))
            )
        yield from check("金额合计等于各项之和", Weight.MUST, "的合计与各项相加不同", sums)
        yield from check("金额都是数", Weight.VERIFY, "一栏有的不是数", texts)
