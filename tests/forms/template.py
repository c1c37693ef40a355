"""The schemes' own workbooks, blank or filled by an independent program."""

import io
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from perfxl.formula.tree import Reference
from perfxl.model.address import to_a1
from perfxl.pipeline.forms import new_form
from perfxl.scheme.find import scheme_folder
from perfxl.scheme.load import load_layout, load_scheme, load_scheme_file
from perfxl.writer.template.plan import Plan, make_plan
from tests.forms import guangzhou_data, shenzhen_data
from tests.forms.figures import Leaf, Value, leaves_of

UNIT = "某市应急管理局"
Entries = dict[tuple[str, str], object]
"""What is typed, by sheet and address."""

_CITY, _DISTRICT = "guangzhou-2022", "shenzhen-2023"


@cache
def plan_of(scheme: str) -> Plan:
    """The plan of a shipped scheme's workbook, for `UNIT`."""
    folder = scheme_folder(scheme)
    return make_plan(load_scheme(folder), load_scheme_file(folder), load_layout(folder), unit=UNIT)


@cache
def form_of(scheme: str) -> bytes:
    """The blank workbook of a shipped scheme, for `UNIT`."""
    return new_form(scheme_folder(scheme), unit=UNIT)


def opened(scheme: str) -> Any:
    """The blank workbook, as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(form_of(scheme)))


def filled(scheme: str, entries: Entries, path: Path) -> Path:
    """Write a copy with these entries; its formulas have no stored results."""
    book = opened(scheme)
    for (sheet, cell), value in entries.items():
        book[sheet][cell] = value
    book.save(path)
    return path


def spot(reference: Reference) -> tuple[str, str]:
    """Sheet and address of a reference's first cell."""
    return reference.sheet or "", to_a1(reference.area.top, reference.area.left)


def inputs_entered(plan: Plan, values: Mapping[str, object]) -> Entries:
    """Values of inputs by key; what adds up is entered for the department itself."""
    places = {place.input.key: place for place in plan.inputs}
    return {spot(places[key].units or places[key].whole): value for key, value in values.items()}


def scores_entered(plan: Plan, leaves: list[Leaf]) -> Entries:
    """The published scores where units type them, with reasons and actions."""
    entries: Entries = {}
    for row, leaf in zip(plan.score.leaves, leaves, strict=True):
        if not row.is_live:
            entries[spot(row.score)] = _typed(leaf.score)
        for role, text in (
            ("shortfall_reason", leaf.reason),
            ("improvement_measures", leaf.action),
        ):
            if text and role in row.texts:
                entries[spot(row.texts[role])] = _typed(text)
    return entries


def city_entries() -> Entries:
    """The published 2022 figures: 94.49, with 19.54 to compare the first score with."""
    plan = plan_of(_CITY)
    leaves = [leaf for _, leaf in leaves_of(guangzhou_data.ROOTS)]
    entries = scores_entered(plan, leaves)
    entries |= inputs_entered(plan, {"mean_execution_rate": 0.8951})
    outputs = [(1, 1)] * 20 + [(6, 3.5), (994, 904)]
    for row, (target, actual) in enumerate(outputs, start=plan.results[0].first):
        entries |= _result(plan, row, f"产出{row}", target, actual)
    return entries


def district_entries() -> Entries:
    """The published 2023 figures with both of the unit's mistakes mended: 91.70."""
    plan = plan_of(_DISTRICT)
    answers = {
        place.input.key: place.input.options[0]
        for place in plan.inputs
        if place.input.options and place.input.key != "misuse"
    }
    values: dict[str, object] = {
        **answers,
        "misuse": "无",
        "clear_tasks": "否",  # 5 of 7
        "breaches_budget": 0, "breaches_goals": 0, "purchase_plan": 100, "purchase_done": 100,
        "purchase_policy": 1, "spending_rules": 1, "bookkeeping": 1, "budget_scale": 1000,
        "budget_adjusted": 100, "assets_total": 100, "assets_in_use": 90, "posts": 55, "staff": 55,
        "dispatched": 6, "hired": 1, "three_budget": 100, "three_spent": 95, "daily_budget": 100,
        "daily_spent": 95, "progress_q1": 0.2085, "progress_q2": 0.3992, "progress_q3": 0.7361,
        "progress_q4": 0.9451, "tasks_undone": 0, "projects_planned": 9, "projects_done": 9,
        "satisfaction_rate": 0.9,
    }  # fmt: skip
    leaves = [leaf for _, leaf in leaves_of(shenzhen_data.ROOTS)]
    return scores_entered(plan, leaves) | inputs_entered(plan, values)


def _result(plan: Plan, row: int, name: str, target: float, actual: float) -> Entries:
    table = plan.results[0].table
    values = {
        "level3": name, "target_sign": "≥", "target_value": target, "actual_value": actual,
        "deviation_analysis": "开工晚" if actual < target else None,
    }  # fmt: skip
    entries: Entries = {}
    for role, value in values.items():
        span = table.span(role)
        if span and value is not None:
            entries[table.file.name, to_a1(row, span[0])] = value
    return entries


def _typed(value: Value) -> object:
    return float(value) if isinstance(value, Decimal) else value
