"""An annotated copy that LibreOffice saved comes clean: as if the original had been saved."""

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.page import MarkKind
from perfxl.writer.annotate import annotate
from perfxl.writer.clean import clean, is_annotated
from tests.forms import shenzhen
from tests.forms.guangzhou import form
from tests.forms.rich import write_rich
from tests.office.session import Office
from tests.roundtrip.samples import MARKS, mark, page, parts


@pytest.fixture(params=["rich", "plain"])
def original(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.xlsx"
    return form().build(path) if request.param == "plain" else write_rich(path)


def _annotated(original: Path) -> Path:
    path = original.with_name("annotated.xlsx")
    path.write_bytes(annotate(original.read_bytes(), MARKS, page()))
    return path


def _cell(cell: Any) -> tuple[object, ...]:
    note = cell.comment.text if cell.comment else None
    # Not the font's name: LibreOffice chooses by script, not the same way in every document.
    looks = (cell.font.b, cell.font.sz, cell.fill.fgColor.rgb, cell.number_format)
    placing = (cell.alignment.wrap_text, cell.alignment.horizontal, cell.protection.locked)
    return (cell.value, note, looks, placing, cell.border.top.style)


def _content(data: bytes) -> dict[str, object]:
    """What a person could see or a reader read of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    content: dict[str, object] = {
        "sheets": [(sheet.title, sheet.sheet_state) for sheet in book.worksheets],
        "active": book.active.title,
        "names": {name: defined.attr_text for name, defined in book.defined_names.items()},
    }
    for sheet in book.worksheets:
        content[sheet.title] = {
            "cells": {c.coordinate: _cell(c) for row in sheet.iter_rows() for c in row},
            "values": [[c.value for c in row] for row in values[sheet.title].iter_rows()],
            "merges": sorted(str(area) for area in sheet.merged_cells.ranges),
            "formats": sorted(
                (str(one.sqref), rule.type, str(rule.formula))
                for one in sheet.conditional_formatting
                for rule in one.rules
            ),
            "names": {name: defined.attr_text for name, defined in sheet.defined_names.items()},
            "validations": sorted(str(v.sqref) for v in sheet.data_validations.dataValidation),
        }
    return content


def test_clean_leaves_what_the_original_would_be__after_a_resave(
    original: Path, office: Office, tmp_path: Path
) -> None:
    resaved = office.resave(_annotated(original), tmp_path / "resaved.xlsx").read_bytes()
    reference = office.resave(original, tmp_path / "reference.xlsx").read_bytes()
    assert is_annotated(resaved)
    cleaned = clean(resaved)
    assert not is_annotated(cleaned)
    assert _content(cleaned) == _content(reference)
    assert len(parts(cleaned)) == len(parts(reference))


def test_marks_survive__a_resave(original: Path, office: Office, tmp_path: Path) -> None:
    resaved = office.resave(_annotated(original), tmp_path / "resaved.xlsx")
    book = openpyxl.load_workbook(resaved)
    formulas = [
        rule.formula[0]
        for one in book["自评表"].conditional_formatting
        for rule in one.rules
        if rule.formula
    ]
    assert 'LEN("perfxl:error")>0' in formulas
    assert book["自评表"]["H5"].comment.text.startswith("【校验】")
    assert book.active.title == RESULT_SHEET


def test_a_second_annotation_replaces_the_first__after_a_resave(
    original: Path, office: Office, tmp_path: Path
) -> None:
    resaved = office.resave(_annotated(original), tmp_path / "resaved.xlsx").read_bytes()
    again = openpyxl.load_workbook(io.BytesIO(annotate(resaved, MARKS[:1], page())))
    assert again.sheetnames.count(RESULT_SHEET) == 1
    ours = [
        one.sqref
        for one in again["自评表"].conditional_formatting
        for rule in one.rules
        if rule.formula and "perfxl:" in rule.formula[0]
    ]
    assert len(ours) == 1


def test_clean_takes_our_marks_off__after_an_xls_round_trip(
    original: Path, office: Office, tmp_path: Path
) -> None:
    old = office.resave(_annotated(original), tmp_path / "old.xls")
    back = office.resave(old, tmp_path / "back.xlsx").read_bytes()
    cleaned = clean(back)
    assert not is_annotated(cleaned)
    assert RESULT_SHEET not in openpyxl.load_workbook(io.BytesIO(cleaned)).sheetnames


def test_copy_opens_on_the_result_sheet__in_libreoffice(original: Path, office: Office) -> None:
    document = office.open(_annotated(original))
    try:
        names = document.Sheets.ElementNames
        assert names[-1] == RESULT_SHEET
        form_sheet = document.Sheets.getByName("自评表")
        notes = [
            form_sheet.Annotations.getByIndex(i).String for i in range(form_sheet.Annotations.Count)
        ]
        assert sum(note.startswith("【校验】") for note in notes) >= 2
    finally:
        document.close(True)


def test_words_are_shown_and_go__in_another_program(office: Office, tmp_path: Path) -> None:
    original = shenzhen.form().build(tmp_path / "a.xlsx")
    marks = [
        mark("I7", MarkKind.ERROR, sheet="评分表"),
        mark("I19", MarkKind.SHORT_2, sheet="评分表"),
        mark("G24", MarkKind.NOTICE, sheet="目标完成情况"),
    ]
    annotated = tmp_path / "annotated.xlsx"
    annotated.write_bytes(annotate(original.read_bytes(), marks, page()))
    cleaned = tmp_path / "cleaned.xlsx"
    resaved = office.resave(annotated, tmp_path / "resaved.xlsx")
    cleaned.write_bytes(clean(resaved.read_bytes()))

    for path in (annotated, resaved):
        words = _printed(office, path)
        assert ("5.00必改" in words, "4.00失分" in words) == (True, True)
        assert "94.5%提示" in words
    plain = _printed(office, original)
    assert not any(word in text for text in plain for word in ("必改", "失分", "提示"))
    assert _printed(office, cleaned) == plain


def _printed(office: Office, path: Path) -> list[str]:
    """The texts of the first two pages of a print, blanks left out."""
    pdf = office.resave(path, path.with_suffix(".pdf"))
    command = ["pdftotext", "-l", "2", "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    lines = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
    return [re.sub(r"\s", "", part) for line in lines for part in line]
