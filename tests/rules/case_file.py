"""Cases of rules as Markdown: small tables that become sheets, and what must be found in them.

A file holds `## pass: …` and `## fail: …` sections. A section holds one or more tables, each
written to a sheet from A1 on, below the table before it. Lines before a table may say
`sheet: 名称`, `at: B3`; anywhere in a section `scheme: id` and `with: clean form`. A template of
ours is told by its named cells: `input: key = 表!B2`, `measure: key = …`, `list: key = 表!B2:B9`;
what it carries as approved by `approved: 一级 | 二级 | 三级 | 性质 | 目标 | 单位`, a line each.
What must be found stands in a block

    ```expect
    AR103 @ D2 error < AR102 @ G3
    ```

one finding a line: code, cell (`表!D2` on another sheet than the first, `-` for the file), then
its severity and the finding that caused it, where these are to be held to as well. A passing
section may expect findings of other rules.

Cells: `12.5` a number, `"12.5"` or anything else a text, `=SUM(A1:A3) -> 6` a formula with its
cached value, `=SUM(A1:A3)` one without, `#REF!` an error, `date:45000` a date, TRUE a boolean.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.model.address import from_a1
from perfxl.model.approved import ApprovedTarget
from perfxl.model.cells import Book, Cell, CellType, Sheet, Style
from perfxl.model.names import INPUT_NAME, LIST_NAME, MEASURE_NAME
from perfxl.scheme.approved import approved_constants
from perfxl.scheme.stamp import Stamp, stamp_constants
from tests.rules.small_schemes import CLEAN_FORM

FOLDER = Path(__file__).parent
_DATE_STYLE = 1
_NAMED = {"input": INPUT_NAME, "measure": MEASURE_NAME, "list": LIST_NAME}
_STAMP = stamp_constants(Stamp("small", "1"))
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")
_EXPECTED = re.compile(
    r"(?P<code>[A-Z]{2}\d{3}) @ (?P<cell>\S+)(?: (?P<severity>error|verify|notice))?"
    r"(?: < (?P<cause>[A-Z]{2}\d{3} @ \S+))?\Z"
)


@dataclass(frozen=True)
class Expected:
    """A line of an expect block; cells are as written, severity and cause "" when not said."""

    code: str
    cell: str
    severity: str
    cause: str


@dataclass
class Case:
    """A section of a case file."""

    code: str
    title: str
    is_pass: bool
    book: Book
    scheme: str = ""
    expected: list[Expected] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.code}::{'pass' if self.is_pass else 'fail'} {self.title}"


def case_files() -> list[Path]:
    """The files of cases of rules over one return; those over a round have a form of their own."""
    return sorted(set(FOLDER.glob("*.md")) - set(FOLDER.glob("bt*.md")))


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, in order."""
    code = path.stem.partition("_")[0].upper()
    sections = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_read_case(code, section) for section in sections]


def _read_case(code: str, section: str) -> Case:
    heading, _, body = section.partition("\n")
    kind, _, title = heading.partition(": ")
    assert kind in ("pass", "fail"), heading
    body, expect = _split_expect(body)
    case = Case(code, title.strip(), kind == "pass", Book(styles=[Style(), Style(is_date=True)]))
    builder = _BookBuilder(case.book)
    for line in body.splitlines():
        key, _, value = line.partition(": ")
        if line.startswith("|"):
            builder.add_row(line)
            continue
        builder.end_table()
        if key == "scheme":
            case.scheme = value.strip()
        elif key == "sheet":
            builder.turn_to(value.strip())
        elif key == "at":
            builder.move_to(value.strip())
        elif key in _NAMED:
            name, _, cells = value.partition(" = ")
            case.book.names |= {_NAMED[key] + name: cells.strip(), **_STAMP}
        elif key == "approved":
            builder.approve(value)
        elif line == "with: clean form":
            builder.add_clean_form()
        else:
            assert not line.strip(), f"{heading}: {line}"
    for line in expect:
        match = _EXPECTED.match(line)
        assert match, f"{heading}: {line}"
        words = match.groupdict("")
        case.expected.append(
            Expected(words["code"], words["cell"], words["severity"], words["cause"])
        )
    return case


def _split_expect(body: str) -> tuple[str, list[str]]:
    text, _, block = body.partition("```expect\n")
    lines, _, after = block.partition("```")
    assert not after.strip(), after
    return text, [line for line in lines.splitlines() if line.strip()]


class _BookBuilder:
    """Writes tables of Markdown into sheets."""

    def __init__(self, book: Book) -> None:
        self._approved: list[ApprovedTarget] = []
        self._book = book
        self._row, self._column = 1, 1
        self._lines = 0

    def turn_to(self, name: str) -> None:
        self._book.sheets.append(Sheet(name))
        self._row, self._column = 1, 1

    def move_to(self, address: str) -> None:
        self._row, self._column = from_a1(address)

    def add_clean_form(self) -> None:
        self.turn_to("自评表")
        for line in CLEAN_FORM.strip().splitlines():
            self.add_row(line)
        self.end_table()

    def end_table(self) -> None:
        if self._lines:
            self._row += 1  # a blank row between two tables
        self._lines = 0

    def approve(self, text: str) -> None:
        level1, level2, level3, sign, target, unit = (part.strip() for part in text.split("|"))
        self._approved.append(ApprovedTarget((level1, level2, level3), sign, target, unit))
        self._book.names |= approved_constants(self._approved)

    def add_row(self, line: str) -> None:
        self._lines += 1
        if self._lines == 2:
            assert set(line) <= set("|-: "), line
            return
        if not self._book.sheets:
            self.turn_to("自评表")
        sheet = self._book.sheets[-1]
        for offset, text in enumerate(line.strip().strip("|").split("|")):
            if text.strip():
                spot = (self._row, self._column + offset)
                sheet.cells[spot] = _cell(*spot, text.strip())
        self._row += 1


def _cell(row: int, column: int, text: str) -> Cell:
    if text.startswith("="):
        formula, arrow, cached = text[1:].partition(" -> ")
        kind, raw, _ = _value(cached) if arrow else (CellType.BLANK, "", 0)
        return Cell(row, column, kind, raw, formula)
    kind, raw, style = _value(text)
    return Cell(row, column, kind, raw, style=style)


def _value(text: str) -> tuple[CellType, str, int]:
    if text.startswith("date:"):
        return CellType.NUMBER, text.removeprefix("date:"), _DATE_STYLE
    if text.startswith("#") and text.isascii():
        return CellType.ERROR, text, 0
    if text in ("TRUE", "FALSE"):
        return CellType.BOOLEAN, text, 0
    if _NUMBER.match(text):
        return CellType.NUMBER, text, 0
    return CellType.TEXT, text.strip('"'), 0
