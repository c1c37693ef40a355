"""Results of a part of the returns as a Parquet file, written by one machine, read by another.

A row a file: 文件, 包内路径 (null outside zips), sha256 ("" where it could not be read), 结果 (the
check as JSON; null where it cannot be written so).
"""

import io
from collections.abc import Sequence
from pathlib import Path

from perfxl.batch.pool import Seen
from perfxl.batch.returned_json import from_json, to_json
from perfxl.batch.sources import Source
from perfxl.writer.output import write_file

_COLUMNS = ("文件", "包内路径", "sha256", "结果")


def part_file(folder: Path, number: int) -> Path:
    """Where a part stands."""
    return folder / f"{number:06}.parquet"


def write_part(target: Path, sources: Sequence[Source], found: Sequence[Seen]) -> dict[int, Seen]:
    """Write the results of some files; returns those that no JSON holds, by position.

    The same results give the same bytes, so that a part written twice does no harm. The folder
    must be there.

    Raises:
        OutputError: nothing was written; names the path and the reason.
    """
    import pyarrow
    from pyarrow import parquet

    rows, others = [], {}
    for at, (source, one) in enumerate(zip(sources, found, strict=True)):
        result: str | None = None
        try:
            result = to_json(one.returned).decode()
        except ValueError:  # letters that no encoding holds
            others[at] = one
        rows.append((_shown(str(source.path)), _shown(source.member), one.sha256, result))
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _COLUMNS])
    columns = [pyarrow.array([row[i] for row in rows], pyarrow.string()) for i in range(4)]
    buffer = io.BytesIO()
    table = pyarrow.Table.from_arrays(columns, schema=schema)
    # No statistics and dictionaries: of texts that differ in every row they are no help.
    parquet.write_table(
        table, buffer, compression="zstd", use_dictionary=False, write_statistics=False
    )
    write_file(target, buffer.getvalue())
    return others


def read_part(
    target: Path, sources: Sequence[Source], others: dict[int, Seen] | None = None
) -> list[Seen]:
    """The results of the files that a part was written of.

    Args:
        target: the part.
        sources: the files, in the order in which they were written.
        others: the results that `write_part` returned.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is not the part of these files.
    """
    from pyarrow import parquet

    others = others or {}
    # The bytes first: reading them closes the file, on Windows too.
    columns = parquet.read_table(io.BytesIO(target.read_bytes())).to_pydict()
    if list(columns) != list(_COLUMNS) or len(columns["结果"]) != len(sources):
        raise ValueError(f"{target}: not the part of {len(sources)} files")
    found = []
    for at, (source, sha256, result) in enumerate(
        zip(sources, columns["sha256"], columns["结果"], strict=True)
    ):
        if result is None and at not in others:
            raise ValueError(f"{target}: no result in row {at}")
        found.append(others[at] if result is None else Seen(sha256, from_json(result, source)))
    return found


def _shown(text: str | None) -> str | None:
    """A name that UTF-8 holds: names of files can be any bytes."""
    return text if text is None else text.encode(errors="replace").decode()
