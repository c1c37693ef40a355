"""The summary's tables as pandas frames, and as CSV or Parquet beside the workbook."""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfxl.batch.summary.table import Kind, Table, Value
from perfxl.errors import UsageError
from perfxl.model.number import plain
from perfxl.render.legal_text import legal_text
from perfxl.writer.output import write_file

if TYPE_CHECKING:
    from pandas import DataFrame

# What a spreadsheet takes for a formula, full-width forms too, and what would hide it.
_LIVE = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_COUNTS = {Kind.COUNT}
_USUAL = range(-4, 1)  # exponents of scores and rates
_EXACT = {Kind.SCORE, Kind.RATE, Kind.DIFFERENCE}


def frame(table: Table) -> "DataFrame":
    """The table as a frame: counts Int64, scores and rates exact Decimals, blanks missing."""
    import pandas

    columns = {}
    for index, column in enumerate(table.columns):
        values = [_plain(row[index], column.kind) for row in table.rows]
        kind = "Int64" if column.kind in _COUNTS else object
        columns[column.name] = pandas.Series(values, dtype=kind)
    return pandas.DataFrame(columns)


def _plain(value: Value, kind: Kind) -> Value:
    if isinstance(value, str):
        return legal_text(value)
    if isinstance(value, Decimal):
        # 93.400000000000006 is kept as 93.4000000000000.
        return value if value.as_tuple().exponent in _USUAL else Decimal(plain(value))
    return Decimal(value) if isinstance(value, int) and kind in _EXACT else value


def write_frames(
    tables: Sequence[Table], folder: Path, kind: Literal["csv", "parquet"]
) -> list[Path]:
    """A file a table in the folder, made if need be; returns where they stand.

    CSV is UTF-8 with a BOM and keeps texts that a spreadsheet would compute as texts, by an
    apostrophe; Parquet keeps texts as they are.

    Raises:
        UsageError: Parquet without its library.
        OutputError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables:
        target = folder / f"{table.name}.{kind}"
        write_file(target, _csv(table) if kind == "csv" else _parquet(table))
        written.append(target)
    return written


def _csv(table: Table) -> bytes:
    one = frame(table)
    for name in one.columns:
        one[name] = one[name].map(_kept_text, na_action="ignore")
    heads = [_kept_text(name) for name in one.columns]  # a form's own words are among them
    text: str = one.to_csv(index=False, header=heads, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode()


def _kept_text(value: object) -> object:
    """A text that no spreadsheet will compute; numbers as digits without exponent."""
    if isinstance(value, str):
        return f"'{value}" if _LIVE.match(value) else value
    return format(value, "f") if isinstance(value, Decimal) else value


def _parquet(table: Table) -> bytes:
    import io

    buffer = io.BytesIO()
    one = frame(table)
    for column in table.columns:
        if column.kind in (Kind.TEXT, Kind.CENTER, Kind.INPUT_SCORE, Kind.INPUT_TEXT):
            one[column.name] = one[column.name].map(str, na_action="ignore").astype("string")
    try:
        one.to_parquet(buffer, index=False)
    except ImportError:
        raise UsageError(
            '写Parquet需要pyarrow：pip install "perfxl[cluster]"；也可以改用CSV'
        ) from None
    return buffer.getvalue()
