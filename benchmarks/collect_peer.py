"""A collection done the usual way: openpyxl and pandas, nothing checked.

Only the total and the unit of each return, found by their words wherever they stand, and a summary.
"""

import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pandas as pd

warnings.filterwarnings("ignore", module="openpyxl")
_TOTALS = ("总分", "合计", "总计", "综合评分", "总得分")
_UNITS = ("单位名称", "预算单位", "部门名称", "填报单位")
Row = dict[str, object]


def values_only(path: Path) -> Row:
    """What a script finds that trusts the stored results: one load."""
    return _found(path, openpyxl.load_workbook(path, data_only=True))


def values_and_formulas(path: Path) -> Row:
    """The same, and how many formulas there are: to see them takes a second load."""
    row = values_only(path)
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    row["公式"] = sum(cell.data_type == "f" for cell in cells)
    return row


def frames(path: Path) -> Row:
    """Every sheet as a frame, values only."""
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    row: Row = {"文件": path.name, "区": path.parent.name}
    for frame in sheets.values():
        for line in frame.itertuples(index=False):
            _look(row, list(line))
    return row


def collect(folder: Path, output: Path, read: Callable[[Path], Row], workers: int) -> int:
    """Read all and write the summary; how many could be read."""
    files = sorted(folder.rglob("*.xlsx"))
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        rows = list(pool.map(partial(_tried, read), files, chunksize=16))
    frame = pd.DataFrame(rows)
    with pd.ExcelWriter(output, engine="xlsxwriter") as writer:
        frame.to_excel(writer, sheet_name="得分", index=False)
        frame.groupby("区")["总分"].agg(["count", "mean", "sum"]).to_excel(
            writer, sheet_name="各区"
        )
    return int(frame["错误"].isna().sum()) if "错误" in frame else len(frame)


def _tried(read: Callable[[Path], Row], path: Path) -> Row:
    try:
        return read(path)
    except Exception as error:
        return {"文件": path.name, "区": path.parent.name, "错误": type(error).__name__}


def _found(path: Path, book: openpyxl.Workbook) -> Row:
    row: Row = {"文件": path.name, "区": path.parent.name}
    for sheet in book.worksheets:
        for line in sheet.iter_rows(values_only=True):
            _look(row, list(line))
    return row


def _look(row: Row, line: list[object]) -> None:
    for at, value in enumerate(line):
        if not isinstance(value, str):
            continue
        label = value.strip().rstrip(":：")
        if label in _TOTALS:
            numbers = [other for other in line[at + 1 :] if isinstance(other, int | float)]
            row["总分"] = numbers[-1] if numbers else None
        elif label in _UNITS:
            row["单位"] = next((other for other in line[at + 1 :] if isinstance(other, str)), "")
