"""What reviewers typed into an earlier summary: 复核得分 and 复核意见, by unit and sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.summary.counted import Counted
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.number import parse_stored, parse_typed, shown

SCORES_SHEET = "得分汇总"
CODE, SHEET, FINGERPRINT = "单位代码", "工作表", "文件指纹"
SCORE, OPINION, DIFFERENCE, STATUS = "复核得分", "复核意见", "复核差异", "复核提示"
_FINGERPRINT_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word on one score table.

    `score` is None when none was typed or it is no number: then `raw` is what stands there.
    `fingerprint` is that of the file that was reviewed.
    """

    code: str
    sheet: str
    score: Decimal | None
    raw: str
    opinion: str
    fingerprint: str


def fingerprint(sha256: str) -> str:
    """A file's hash short enough for a column."""
    return sha256[:_FINGERPRINT_LETTERS]


def read_reviews(book: Book) -> list[Review]:
    """What was typed into 得分汇总, rows without any of it left out."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == SCORES_SHEET), None)
    head = _head(sheet) if sheet else None
    if sheet is None or head is None:
        return []
    at, columns = head
    rows = sorted({row for row, _ in sheet.cells if row > at})
    found = (_review(sheet, row, columns) for row in rows)
    return [review for review in found if review is not None]


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of heads and the columns by name, wherever a sorted or trimmed sheet has them."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.raw.strip() in (CODE, SHEET, SCORE, OPINION, FINGERPRINT):
            rows.setdefault(row, {})[cell.raw.strip()] = column
    full = [row for row, columns in rows.items() if {CODE, SCORE} <= columns.keys()]
    return (min(full), rows[min(full)]) if full else None


def _review(sheet: Sheet, row: int, columns: dict[str, int]) -> Review | None:
    def cell(name: str) -> Cell | None:
        return sheet.cells.get((row, columns[name])) if name in columns else None

    def text(name: str) -> str:
        found = cell(name)
        return found.raw.strip() if found else ""

    code, raw, opinion = text(CODE), text(SCORE), text(OPINION)
    if not code or not (raw or opinion):
        return None
    return Review(code, text(SHEET), _number(cell(SCORE)), raw, opinion, text(FINGERPRINT))


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None:
        return None
    if cell.type is CellType.NUMBER:
        return parse_stored(cell.raw)
    typed = parse_typed(cell.raw) if cell.type is CellType.TEXT else None
    return typed[0] if typed and typed[1] in ("", "分") else None


def review_of(table: Counted, reviews: Sequence[Review]) -> Review | None:
    """The review of a table: of its sheet, else the only one of its unit."""
    of_unit = [review for review in reviews if review.code == table.unit.code]
    for review in of_unit:
        if review.sheet == table.entry.sheet:
            return review
    return of_unit[0] if len(of_unit) == 1 else None


def status_text(table: Counted, review: Review | None) -> str:
    """What to know of a review: it was of another file, its score is no number or too high."""
    if review is None:
        return ""
    told = []
    if not review.fingerprint:
        told.append("复核时还没有这份表，请再核")
    elif review.fingerprint != fingerprint(table.received.sha256):
        told.append("复核的是之前报的表，现已换表，请再核")
    if review.raw and review.score is None:
        told.append(f"复核得分“{review.raw[:20]}”不是数字，没有计入")
    cap = table.entry.total.max_score
    if review.score is not None and (review.score < 0 or (cap is not None and review.score > cap)):
        limit = "" if cap is None else f"0至{shown(cap)}"
        told.append(f"复核得分不在{limit}之间" if limit else "复核得分为负")
    return "；".join(told)
