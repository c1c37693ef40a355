"""Waived findings in every format: in sight, and out of the count."""

import json
from dataclasses import replace
from datetime import date

import pytest

from perfxl.model.finding import Finding, Waiver
from perfxl.model.page import Look, MarkKind
from perfxl.model.report import Entry, Report
from perfxl.render.folding import fold
from perfxl.render.json import render_json
from perfxl.render.marks import marks
from perfxl.render.page import result_page
from perfxl.render.schema import CheckReport
from perfxl.render.text import render_text
from perfxl.render.wording import outcome_text
from tests.unit.render.reports import EXCEEDS, FAILED, GROUP, MACRO, RATE, TOTAL

WAIVER = Waiver("批复\n同意", "预算科", date(2024, 12, 31))
SAID = "已豁免：批复 同意（预算科，有效期到2024-12-31）"
PASSED_OVER = replace(EXCEEDS, waived=WAIVER)


def entry_of(*findings: Finding) -> Entry:
    return replace(FAILED, findings=findings)


def test_counts_leave_waived_out__and_tell_them_apart() -> None:
    entry = entry_of(PASSED_OVER, RATE, MACRO)

    assert outcome_text(entry) == "有必改：请核实1处，提示1处，已豁免1处"
    assert (
        render_text(Report("0", "r", (entry,)))
        .splitlines()[-1]
        .endswith("请核实1处，提示1处，已豁免1处")
    )


def test_json_fits_the_schema__waived_with_its_last_day() -> None:
    text = render_json(Report("0", "r", (entry_of(PASSED_OVER, TOTAL),)))
    said = json.loads(text)

    CheckReport.model_validate_json(text)
    assert said["files"][0]["findings"][0]["waived"] == {
        "reason": "批复\n同意", "who": "预算科", "until": "2024-12-31",
    }  # fmt: skip
    assert said["files"][0]["findings"][1]["waived"] is None
    assert (said["summary"]["error"], said["summary"]["waived"]) == (1, 1)


def test_text_puts_waived_last__with_the_reason_for_the_remedy() -> None:
    text = render_text(Report("0", "r", (entry_of(PASSED_OVER, MACRO),)))
    lines = [line.strip() for line in text.splitlines()]

    assert lines.index("提示") < lines.index("已豁免")
    assert f"{SAID}  AR102" in lines
    assert "请把得分改为不超过3的数" not in text


@pytest.mark.parametrize("consequence", [GROUP, replace(GROUP, waived=WAIVER)])
def test_nothing_folds_under_what_is_waived(consequence: Finding) -> None:
    folded = fold([PASSED_OVER, consequence])

    assert [one.consequences for one in folded] == [[], []]
    assert folded[-1].finding.waived


def test_waived_consequence_leaves_its_cause() -> None:
    waived = replace(GROUP, waived=WAIVER)

    assert [(one.finding, one.consequences) for one in fold([EXCEEDS, waived])] == [
        (EXCEEDS, []),
        (waived, []),
    ]


def test_cell_is_not_marked__but_a_shortfall_there_is() -> None:
    shortfall = FAILED.shortfalls[0]
    waived = replace(PASSED_OVER, place=shortfall.place)

    found = {mark.place: mark for mark in marks(entry_of(waived, PASSED_OVER))}
    assert EXCEEDS.place not in found
    assert found[shortfall.place].kind is MarkKind.SHORT_3
    assert "必改" not in found[shortfall.place].note


def test_note_sends_nobody_to_a_waived_cause() -> None:
    noted = {mark.place: mark.note for mark in marks(entry_of(PASSED_OVER, GROUP))}
    before = {mark.place: mark.note for mark in marks(entry_of(EXCEEDS, GROUP))}

    assert "由H8引起" in before[GROUP.place]
    assert "由H8引起" not in noted[GROUP.place]


def test_page_shows_it_grey__below_what_stands() -> None:
    rows = result_page(entry_of(PASSED_OVER, MACRO)).rows
    at = next(i for i, row in enumerate(rows) if row and row[0].value == "序号")
    head, notice, waived = rows[at : at + 3]

    assert notice[1].value == "提示"
    assert [item.value for item in waived] == [
        "2", "已豁免", "H8", EXCEEDS.message, SAID, "", "AR102",
    ]  # fmt: skip
    assert {item.look for item in waived} == {Look.WAIVED, Look.LINK}
    assert sum(item.span for item in waived) == sum(item.span for item in head)
