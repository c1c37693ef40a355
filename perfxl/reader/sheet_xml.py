"""One worksheet's part: cells, merges, hidden rows and columns, widths."""

from collections.abc import Callable
from typing import NoReturn

from perfxl.errors import RefusedFile
from perfxl.model.address import MAX_COLUMN, MAX_ROW, from_a1, parse_area, to_a1
from perfxl.model.cells import Cell, CellType, Remark, Sheet
from perfxl.reader.budget import Budget
from perfxl.reader.cell_value import BLANK, Value, number_value, typed_value
from perfxl.reader.columns import ColumnSpan, apply_columns, column_span
from perfxl.reader.shared_formula import SharedFormula
from perfxl.reader.xml_part import Attributes, is_true, parse, unescape, whole

MAX_MERGES = 60_000
_MAX_FORMULA = 32_768
_COLUMNS: dict[str, int] = {}  # by letters, as met so far; at most 16,384


def read_sheet(
    data: bytes, sheet: Sheet, strings: list[str], style_count: int, budget: Budget
) -> list[Remark]:
    """Fill a sheet from its part; what was odd is returned.

    Blank cells without a formula are not kept, whatever their format.

    Raises:
        RefusedFile: malformed XML, impossible cells, or more of them than the budget has left.
    """
    reader = _SheetReader(sheet, strings, style_count, budget)
    parse(data, sheet.part, reader.start, reader.end, reader.text)
    reader.spend_cells()
    apply_columns(sheet, reader.spans, budget)
    return reader.remarks()


class _SheetReader:
    """Handlers for expat; `start` and `end` are called for every element, so they are terse."""

    def __init__(self, sheet: Sheet, strings: list[str], style_count: int, budget: Budget) -> None:
        self.sheet = sheet
        self.cells = sheet.cells
        self.strings = strings
        self.budget = budget
        self.count = 0  # of the cells met since the budget was last charged
        self.spans: list[ColumnSpan] = []
        self.run: list[str] = []  # the text since the last element that may hold some
        self.text = self.run.append
        self.row = 0
        self.row_text = "0"
        self.column = 0
        self.attributes: Attributes = {}
        self.value: str | None = None
        self.inline: list[str] = []
        self.is_phonetic = False
        self.formula: str | None = None
        self.formula_attributes: Attributes = {}
        self.shared: dict[str, SharedFormula] = {}
        # Indexes as spelled; what is not among them is odd and noted once met.
        self.style_ids: dict[str, int] = {str(n): n for n in range(style_count)}
        self.odd_styles: list[str] = []
        self.openers: dict[str, Callable[[Attributes], None]] = {
            "f": self.open_formula,
            "t": self.open_text,
            "row": self.open_row,
            "rPh": self.open_phonetic,
            "mergeCell": self.merge,
            "col": self.define_columns,
        }
        self.closers: dict[str, Callable[[], None]] = {
            "f": self.close_formula,
            "t": self.close_text,
            "rPh": self.close_phonetic,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "v":
            self.run.clear()
        elif name == "c":
            self.open_cell(attributes)
        else:
            opener = self.openers.get(name)
            if opener is not None:
                opener(attributes)

    def end(self, name: str) -> None:
        if name == "v":
            run = self.run
            self.value = run[0] if len(run) == 1 else "".join(run)
        elif name == "c":
            self.close_cell()
        else:
            closer = self.closers.get(name)
            if closer is not None:
                closer()

    def open_row(self, attributes: Attributes) -> None:
        spelled = attributes.get("r")
        row = self.row + 1 if spelled is None else whole(spelled)
        if row is None or not 1 <= row <= MAX_ROW:
            self.refuse(f"行号{(spelled or '')[:20]}超出表格范围")
        if row <= self.row:
            self.refuse(f"第{row}行重复或次序颠倒")
        self.spend_cells()
        self.row = row
        self.row_text = str(row)
        self.column = 0
        if is_true(attributes.get("hidden")) or attributes.get("ht") in ("0", "0.0"):
            self.sheet.hidden_rows.add(row)

    def spend_cells(self) -> None:
        self.budget.cells -= self.count
        self.count = 0
        if self.budget.cells < 0:
            raise RefusedFile("FL110", "单元格总数超过上限", sheet=self.sheet.name)

    def open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            column = self.column + 1
        else:
            row_text = self.row_text
            known = _COLUMNS.get(reference[: -len(row_text)])
            if known is None or not reference.endswith(row_text):
                known = self.column_of(reference)
            column = known
        if column <= self.column or column > MAX_COLUMN or not self.row:
            self.refuse_order(reference or "", column)
        self.column = column
        self.count += 1
        self.attributes = attributes
        self.value = self.formula = None

    def column_of(self, reference: str) -> int:
        try:
            row, column = from_a1(reference)
        except ValueError:
            row = column = 0
        letters = reference.removesuffix(self.row_text)
        if not row or "$" in reference:
            self.refuse(f"单元格地址{reference[:20]!r}不存在")
        if row != self.row:
            self.refuse(f"单元格{reference}写在第{self.row}行里", reference)
        _COLUMNS[letters] = column
        return column

    def refuse_order(self, reference: str, column: int) -> NoReturn:
        if not self.row:
            self.refuse(f"单元格{reference}不在任何一行里")
        if column > MAX_COLUMN:
            self.refuse(f"第{self.row}行超出最后一列")
        if (self.row, column) in self.cells or column == self.column:
            self.refuse(f"单元格{reference}出现了两次", reference)
        self.refuse(f"单元格{reference}次序颠倒", reference)

    def style_of(self, spelled: str) -> int:
        style = self.style_ids.get(spelled)
        if style is None:
            self.odd_styles.append(to_a1(self.row, self.column))
            return 0
        return style

    def close_cell(self) -> None:
        raw = self.value
        formula = self.formula
        if self.inline:
            raw = "".join(self.inline) if raw is None else raw
            self.inline.clear()
        elif raw is None and formula is None:
            return  # blank, as half of all cells are
        value = BLANK if raw is None else self.value_of(raw)
        if not formula and not value[1]:
            if formula is not None:
                self.refuse_lost_formula()
            return
        spelled = self.attributes.get("s")
        style = 0 if spelled is None else self.style_of(spelled)
        key = (self.row, self.column)
        self.cells[key] = Cell(*key, *value, formula or None, style)

    def value_of(self, raw: str) -> Value:
        kind = self.attributes.get("t")
        if kind is None:
            return number_value(raw)
        return self.shared_string(raw) if kind == "s" else typed_value(kind, raw)

    def shared_string(self, raw: str) -> Value:
        index = whole(raw.strip())
        if index is None or index >= len(self.strings):
            cell = to_a1(self.row, self.column)
            self.refuse(f"单元格{cell}引用了不存在的文字（第{raw[:12]}号）", cell)
        return CellType.TEXT, self.strings[index]

    def open_text(self, _attributes: Attributes) -> None:
        self.run.clear()

    def close_text(self) -> None:
        if not self.is_phonetic:
            self.inline.extend(self.run)

    def open_phonetic(self, _attributes: Attributes) -> None:
        self.is_phonetic = True

    def close_phonetic(self) -> None:
        self.is_phonetic = False

    def open_formula(self, attributes: Attributes) -> None:
        self.run.clear()
        self.formula_attributes = attributes

    def close_formula(self) -> None:
        text = unescape("".join(self.run)).removeprefix("=")
        attributes = self.formula_attributes
        kind = attributes.get("t")
        if kind == "shared":
            self.formula = self.shared_formula(text, attributes.get("si", ""))
        elif kind == "dataTable":
            self.formula = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        else:
            self.formula = text or None

    def refuse_lost_formula(self) -> NoReturn:
        cell = to_a1(self.row, self.column)
        self.refuse(f"单元格{cell}的公式和值都丢失了", cell)

    def shared_formula(self, text: str, index: str) -> str:
        """The cell's own text of a shared formula; "" for a follower whose master is lost."""
        if text:
            if len(text) > _MAX_FORMULA:
                self.refuse(f"单元格{to_a1(self.row, self.column)}的公式过长")
            self.shared[index] = SharedFormula(self.row, self.column, text)
            return text
        master = self.shared.get(index)
        if master is None:
            return ""
        copy = master.at(self.row, self.column)
        self.budget.characters -= len(copy)
        if self.budget.characters < 0:
            raise RefusedFile("FL110", "公式总长超过上限", sheet=self.sheet.name)
        return copy

    def merge(self, attributes: Attributes) -> None:
        reference = attributes.get("ref", "")
        try:
            self.sheet.merges.append(parse_area(reference))
        except ValueError:
            self.refuse(f"合并区域{reference[:20]!r}不存在")
        if len(self.sheet.merges) > MAX_MERGES:
            detail = f"合并区域超过上限{MAX_MERGES}处"
            raise RefusedFile("FL110", detail, sheet=self.sheet.name)

    def define_columns(self, attributes: Attributes) -> None:
        span = column_span(attributes)
        if span:
            self.spans.append(span)

    def remarks(self) -> list[Remark]:
        if not self.odd_styles:
            return []
        first, count = self.odd_styles[0], len(self.odd_styles)
        detail = f"{first}等{count}个单元格的格式编号不存在，按默认格式读"
        row, column = from_a1(first)
        return [Remark("FL208", detail, self.sheet.place(row, column))]

    def refuse(self, detail: str, cell: str = "") -> NoReturn:
        sheet = self.sheet
        raise RefusedFile("FL109", detail, part=sheet.part, sheet=sheet.name, cell=cell)
