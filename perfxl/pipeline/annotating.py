"""Highlighted copies of returns, written beside them."""

from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import RefusedEdit
from perfxl.pipeline.checking import OWN_FINDINGS, Checked, check_file
from perfxl.pipeline.options import Options
from perfxl.pipeline.own import write_beside_original


@dataclass(frozen=True, slots=True)
class Annotated:
    """The outcome of annotating one file.

    `written` is the highlighted copy; where the file cannot be edited safely, the workbook of
    findings that stands in for it, and `refusal` says why.
    """

    checked: Checked
    written: Path
    refusal: str = ""


def annotate_file(path: Path, options: Options, *, in_place: bool = False) -> Annotated:
    """Check a file and write a highlighted copy beside it; the original stays as it is.

    Raises:
        RefusedEdit: the file is a workbook of findings of our own; nothing is written.
        OutputError: the copy cannot be written.
    """
    from perfxl.render.page import marks, result_page
    from perfxl.writer import output
    from perfxl.writer.annotate import annotate

    checked = check_file(path, options)
    if checked.is_findings_list:
        raise RefusedEdit(OWN_FINDINGS.message)
    page = result_page(checked.entries, answers=checked.answers)
    found = [mark for entry in checked.entries for mark in marks(entry)]
    try:
        data = annotate(_bytes_of(path, checked), found, page)
    except RefusedEdit as refusal:
        from perfxl.render.xlsx import findings_workbook

        why = str(refusal)
        page = result_page(checked.entries, answers=checked.answers, refusal=why)
        beside = path.with_suffix(".xlsx")
        return Annotated(
            checked, write_beside_original(beside, "findings", findings_workbook(page)), why
        )
    if in_place:
        output.replace_in_place(path, data)
        return Annotated(checked, path)
    return Annotated(checked, write_beside_original(path, "annotated", data))


def _bytes_of(path: Path, checked: Checked) -> bytes:
    findings = [finding for entry in checked.entries for finding in entry.findings]
    refused = next((f for f in findings if f.code.startswith("FL1")), None)
    if refused:
        raise RefusedEdit(refused.message)
    return path.read_bytes()
