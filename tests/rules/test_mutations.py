"""One change to a real-shaped return: exactly that code, at exactly that cell.

Consequences that the engine links to the change are told apart: only findings without a cause
count. Two lists say the same twice on purpose: what is changed, and what is found of it.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from perfxl.engine.selection import select_rules
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.rules.registry import all_rules
from tests.forms import generic
from tests.forms.figures import Leaf
from tests.forms.good import good_forms
from tests.forms.grid import Grid
from tests.forms.mutate import Draft
from tests.rules.mutations import (
    CITY,
    DISTRICT,
    FUNDED,
    LEAF,
    MUTATIONS,
    NATIONAL,
    ON_TRIAL,
    OPTIONS,
    Mutation,
)


def check(draft: Draft, path: Path, options: Options = OPTIONS) -> Entry:
    draft.build(path)
    checked = check_file(path, options)
    assert checked.failures == ()
    (entry,) = checked.entries
    return entry


def where(mutation: Mutation) -> list[tuple[str, str]]:
    """Codes and cells that are expected; without a field the key is the cell itself."""
    return [
        (code, mutation.draft.cell(key, at) if at else str(key))
        for code, key, at in mutation.expect
    ]


@pytest.mark.parametrize("draft", [CITY, DISTRICT, NATIONAL, FUNDED])
def test_form_before_any_change__has_no_finding(draft: Draft, tmp_path: Path) -> None:
    assert check(draft, tmp_path / "a.xlsx").findings == ()


@pytest.mark.parametrize("draft", [pytest.param(draft, id=draft.variant) for draft in good_forms()])
def test_good_form__has_no_finding(draft: Draft, tmp_path: Path) -> None:
    """Where it has no column for reasons, only that remains to be verified."""
    has_reasons = draft.scheme != "shenzhen-2023" and "no_reasons" not in draft.variant
    allowed = set() if has_reasons else {"NR103"}
    assert {f.code for f in check(draft, tmp_path / "a.xlsx").findings} <= allowed


@pytest.mark.parametrize("mutation", [pytest.param(m, id=name) for name, m in MUTATIONS.items()])
def test_one_change__is_exactly_that_finding(mutation: Mutation, tmp_path: Path) -> None:
    entry = check(mutation.draft, tmp_path / "a.xlsx")
    roots = [(f.code, f.place.cell) for f in entry.findings if f.caused_by is None]
    assert roots == where(mutation)


@pytest.mark.parametrize("mutation", [pytest.param(m, id=name) for name, m in ON_TRIAL.items()])
def test_rule_on_trial__finds_only_where_it_is_named(mutation: Mutation, tmp_path: Path) -> None:
    code = mutation.expect[0][0]
    by_default = check(mutation.draft, tmp_path / "a.xlsx").findings
    assert code not in {finding.code for finding in by_default}
    named = check(mutation.draft, tmp_path / "b.xlsx", Options(select_rules([code]))).findings
    assert [(f.code, f.place.cell) for f in named] == where(mutation)


def test_indicator_pasted_twice__is_told_once(tmp_path: Path) -> None:
    draft = generic.form("weights")
    again = draft.with_added("绩效目标合理性", Leaf("绩效目标合理性", Decimal(0), Decimal(0)))
    below = draft.cell("绩效指标明确性", "name")
    findings = check(again, tmp_path / "a.xlsx").findings
    assert [(f.code, f.place.cell) for f in findings] == [("ST108", below)]


SUBTOTALS = generic.form("subtotals")
# Changes whose finding stands at a cell that no key names, or that bring a second one with them.
AT_CELLS = {
    "AR103": (CITY.with_score(LEAF, Decimal(4)).with_right_total(), {"AR102", "AR103"}),
    "AR105": (SUBTOTALS.with_subtotal("投入", Decimal("0.5")), {"AR105"}),
    "AR109": (CITY.with_total(Decimal(101)), {"AR104", "AR109"}),
    "CS104": (DISTRICT.with_task("安全生产工作", 2, Decimal("7564433.51")), {"CS102", "CS104"}),
    "NR103": (
        DISTRICT.with_score("重点工作完成情况", Decimal(4)).with_right_total(), {"NR103"},
    ),
    "RQ104": (CITY.with_cap(LEAF, None), {"RQ104"}),
    "ST102": (CITY.without(LEAF).with_right_total(), {"AR101", "ST102"}),
    "ST107": (CITY.with_options(dropped=("reason",)), {"ST107"}),
}  # fmt: skip


@pytest.mark.parametrize("code", AT_CELLS)
def test_other_change__gives_these_codes_alone(code: str, tmp_path: Path) -> None:
    draft, codes = AT_CELLS[code]
    assert {finding.code for finding in check(draft, tmp_path / "a.xlsx").findings} == codes


def test_every_rule_about_a_table__has_its_change() -> None:
    """ST101 needs no table, ST108 a row pasted twice, CS117 two tables: they have tests here.

    What needs a standard, or our template, is in `tests/unit/rules/test_scored_forms.py`; a scheme
    with indicators that need not apply (NR109) in `tests/unit/writer/template/`; ST110 needs a copy
    sent out with approved targets, see `tests/unit/batch/test_approved.py`.
    """
    changed = {code for m in {**MUTATIONS, **ON_TRIAL}.values() for code, _, _ in m.expect}
    wanted = {rule.code for rule in all_rules() if rule.family != "FL"}
    assert wanted - changed - set(AT_CELLS) == {
        *("CS117", "NR109", "ST101", "ST108", "ST110"),
        *("SC101", "SC105", "SC106", "SC107", "VL105"),
    }


@pytest.mark.parametrize(("amount", "codes"), [(35_000, []), (45_000, ["CS117"])])
def test_tasks_beyond_the_budget__are_told(amount: int, codes: list[str], tmp_path: Path) -> None:
    """The city's budget of some 39 000 万元, and a table of tasks on a sheet of its own."""

    def with_tasks(draft: Draft) -> list[Grid]:
        grid = Grid("任务")
        grid.put_row(1, {1: "任务名称", 2: "预算数（万元）", 3: "执行数（万元）"})
        grid.put_row(2, {1: "日常运转", 2: Decimal(amount), 3: Decimal(amount)})
        return [*CITY.layout(draft), grid]

    findings = check(replace(CITY, layout=with_tasks), tmp_path / "a.xlsx").findings
    assert [f.code for f in findings] == codes
    assert {(f.place.sheet, f.place.cell) for f in findings} <= {("任务", "B2")}


def test_book_without_a_table__is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("名单").write_row("B2", ["序号", "科室"])
    (entry,) = check_file(path, OPTIONS).entries
    assert [(f.code, f.place.cell) for f in entry.findings] == [("ST101", "B2")]
