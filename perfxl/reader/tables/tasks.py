"""年度主要任务完成情况: what was budgeted for each task and what was spent."""

import re

from perfxl.model.address import Area
from perfxl.model.form import Task, TaskTable
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary, fold

_UNIT = re.compile(r"[(（](万元|元)[)）]")
_AMOUNTS = {"initial_budget": "budget", "budget": "budget", "executed": "executed"}


def read_task_tables(view: SheetView, vocabulary: Vocabulary) -> list[TaskTable]:
    """Every table of a sheet that has a 任务名称 column and amounts of budget and execution."""
    tables: list[TaskTable] = []
    for row, columns in view.rows.items():
        named = next(
            (c for c in columns if vocabulary.role_of(view.text((row, c))) == "task_name"), None
        )
        if named is None:
            continue
        amounts, unit, bottom = _amount_columns(view, row, vocabulary)
        if amounts:
            table = _read(view, named, row, bottom, amounts, unit, vocabulary)
            if table is not None:
                tables.append(table)
    return tables


def _amount_columns(
    view: SheetView, row: int, vocabulary: Vocabulary
) -> tuple[dict[str, int], str, int]:
    """Columns by key (budget_total, executed_fiscal, …), their unit, and the last header row."""
    roles = ((c, vocabulary.role_of(view.text((row, c)))) for c in view.rows[row])
    heads = {c: _AMOUNTS[role] for c, role in roles if role in _AMOUNTS}
    texts = "".join(view.text((row, c)) for c in heads)
    unit = match[1] if (match := _UNIT.search(texts)) else "元"
    below = {
        c: role
        for c in view.rows.get(row + 1, ())
        if (role := vocabulary.role_of(view.text((row + 1, c)))) in ("total", "fiscal")
    }
    amounts: dict[str, int] = {}
    if not below:
        return {f"{role}_total": c for c, role in heads.items()}, unit, row
    for column, part in below.items():
        over = [c for c in heads if c <= column]
        if over:
            amounts.setdefault(f"{heads[max(over)]}_{part}", column)
    return amounts, unit, row + 1


def _read(
    view: SheetView,
    named: int,
    top: int,
    bottom: int,
    amounts: dict[str, int],
    unit: str,
    vocabulary: Vocabulary,
) -> TaskTable | None:
    tasks: list[Task] = []
    total: Task | None = None
    last = bottom
    for row in view.rows:
        if row <= bottom:
            continue
        label = next((c for c in view.rows[row] if c >= named), None)
        figures = {key: view.number((row, column)) for key, column in amounts.items()}
        if label is None or not any(figure.raw or figure.formula for figure in figures.values()):
            break
        task = Task(view.field((row, label)), figures)
        last = row
        if vocabulary.is_total(task.name.value) or fold(task.name.value).endswith("合计"):
            total = task
            break
        tasks.append(task)
    if not tasks:
        return None
    area = Area(top, named, last, max(amounts.values()))
    return TaskTable(view.sheet.name, area, tuple(amounts), tasks, total, unit)
