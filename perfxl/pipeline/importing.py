"""A scheme folder from any scoring table in Excel."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfxl.errors import SchemeError
from perfxl.reader.gate import fetch
from perfxl.reader.kinds import is_legacy
from perfxl.reader.printed import printed_columns, printed_heading, with_score_columns
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.draft import (
    Particulars,
    buildable_columns,
    draft_layout,
    draft_scheme,
    title_of,
    year_of,
)
from perfxl.scheme.lint import lint_scheme
from perfxl.scheme.load import LAYOUT_FILE, SCHEME_FILE, load_scheme
from perfxl.scheme.validate import layout_file, scheme_file
from perfxl.scheme.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Imported:
    """A scheme folder written from a table, and what a person should look at in it.

    `added`: headings of columns that the table lacks and its template will have. `problems`: what
    `perfxl scheme lint` says of it.
    """

    folder: Path
    indicators: int
    added: tuple[str, ...]
    problems: tuple[str, ...]


def import_scheme(
    path: Path,
    scheme_id: str,
    schemes: Path,
    *,
    title: str = "",
    region: str = "",
    year: int | None = None,
) -> Imported:
    """Make `schemes/<id>/scheme.toml` and `layout.toml` from the score table of a workbook.

    Args:
        path: an .xlsx or .xlsm with a score table, filled in or not, or a table of standards.
        scheme_id: small letters, digits and hyphens, such as `x-2025`.
        schemes: the folder of scheme folders.
        title: the form's title; as printed over the table unless said.
        region: where the form is used.
        year: the evaluation year; from the id or the title unless said.

    Raises:
        RefusedFile: the gate refuses the file.
        SchemeError: no table, no caps, no year, or the folder is there already.
    """
    folder = schemes / scheme_id
    if folder.exists():
        raise SchemeError(f"{folder} 已经存在，没有改动；请换一个 --id，或先移走这个文件夹")
    data = fetch(path)
    if is_legacy(data):
        raise SchemeError(f"{path} 是旧格式（.xls），请在 Excel 或 WPS 里另存为 .xlsx 再导入")
    vocabulary = load_vocabulary()
    found = printed_heading(book := read_book(data), vocabulary)
    if found is None:
        raise SchemeError(f"{path} 里没有找到评分表：要有“一级指标”“二级指标”等表头和“分值”栏")
    sheet, heading = found
    added: tuple[str, ...] = ()
    if not heading.is_score_table:
        data = with_score_columns(data, sheet, heading)
        added = ("得分", "未达标原因", "改进措施")
        found = printed_heading(book := read_book(data), vocabulary)
        assert found
        sheet, heading = found
    returned = read_return(book, vocabulary)
    form = next((form for form in returned.forms if form.sheet == sheet.name), None)
    if form is None:
        raise SchemeError(f"{path} 的工作表“{sheet.name}”有表头，表头下没有读到指标")
    printed = next((t for t in returned.titles if t.text.place.sheet == sheet.name), None)
    title = title or (title_of(printed) if printed else "") or path.stem
    stated = printed.year if printed else returned.year.value if returned.year else ""
    year = year or year_of(scheme_id, stated, title)
    if year is None:
        raise SchemeError("看不出评价年度，请用 --year 写明，如 --year 2025")
    columns, lacking = buildable_columns(printed_columns(data, book, sheet, heading))
    particulars = Particulars(scheme_id, title, region or "（未填）", year)
    scheme = draft_scheme(form, particulars, (column.role for column in columns))
    _write(folder, path.name, scheme, draft_layout(columns, sheet.name, title))
    loaded = load_scheme(folder)
    return Imported(
        folder, sum(1 for _ in loaded.leaves()), lacking + added, tuple(lint_scheme(loaded))
    )


def _write(folder: Path, source: str, scheme: dict[str, Any], layout: dict[str, Any]) -> None:
    import tomli_w

    scheme_file(folder / SCHEME_FILE, scheme)
    layout_file(folder / LAYOUT_FILE, layout)
    folder.mkdir(parents=True)
    for name, content in ((SCHEME_FILE, scheme), (LAYOUT_FILE, layout)):
        text = tomli_w.dumps(_plain(content), multiline_strings=True)
        head = f"# 由 {source} 导入，请逐项核对。\n\n"
        (folder / name).write_text(head + text, encoding="utf-8", newline="\n")


def _plain(content: Any) -> Any:
    """Whole numbers without a decimal point: 20, not 20.0."""
    match content:
        case dict():
            return {key: _plain(value) for key, value in content.items()}
        case list():
            return [_plain(item) for item in content]
        case Decimal() if content == content.to_integral_value():
            return int(content)
        case _:
            return content
