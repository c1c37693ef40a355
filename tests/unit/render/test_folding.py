"""Consequences under their causes."""

from dataclasses import replace

from perfxl.model.address import Place
from perfxl.model.finding import Cause, Finding, Severity
from perfxl.render.folding import fold
from tests.unit.render.reports import SHEET, finding


def caused(code: str, cell: str, by: tuple[str, str] | None) -> Finding:
    cause = Cause(by[0], Place(SHEET, by[1])) if by else None
    return finding(code, cell, f"{code}在{cell}", cause=cause)


def shape(*findings: Finding) -> list[tuple[str, list[str]]]:
    return [(f.finding.place.cell, [c.place.cell for c in f.consequences]) for f in fold(findings)]


def test_chain_folds_under_its_start__given_in_any_order() -> None:
    last = caused("GR101", "C3", ("AR105", "B2"))
    middle = caused("AR105", "B2", ("VL102", "A1"))

    assert shape(last, middle, caused("VL102", "A1", None)) == [("A1", ["C3", "B2"])]


def test_total_is_never_folded__but_carries_its_own_consequences() -> None:
    total = caused("AR104", "B2", ("VL102", "A1"))

    assert shape(caused("VL102", "A1", None), total, caused("GR101", "C3", ("AR104", "B2"))) == [
        ("A1", []),
        ("B2", ["C3"]),
    ]


def test_nothing_is_lost__causes_in_a_circle() -> None:
    one, two = caused("AR101", "A1", ("AR103", "B2")), caused("AR103", "B2", ("AR101", "A1"))

    assert shape(one, two, caused("GR101", "C3", ("AR101", "A1"))) == [
        ("A1", []),
        ("B2", []),
        ("C3", []),
    ]


def test_worst_comes_first__given_order_within_a_severity() -> None:
    notice = replace(caused("VL103", "A1", None), severity=Severity.NOTICE)

    first, second = caused("AR102", "B2", None), caused("AR102", "B3", None)

    assert shape(notice, first, second) == [("B2", []), ("B3", []), ("A1", [])]
