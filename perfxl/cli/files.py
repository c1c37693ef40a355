"""Which files are meant by the paths typed: files as they are, folders searched for workbooks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from perfxl.errors import UsageError

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv"}


def workbooks_in(paths: Iterable[Path]) -> list[Path]:
    """Files named one by one, and every workbook below the folders, in a stable order.

    Lock files (~$…), Mac leftovers (._…) and our own annotated copies' originals aside, nothing
    is left out: a file of another kind that was named itself is checked, and refused by the gate.

    Raises:
        UsageError: a path that does not exist, or a folder without any workbook.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"找不到：{path}")
        if not path.is_dir():
            found[path] = None
            continue
        below = list(_below(path))
        if not below:
            raise UsageError(f"文件夹里没有电子表格：{path}")
        found.update(dict.fromkeys(below))
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(("~$", "._")) or path.is_dir():
            continue
        if path.suffix.lower() in WORKBOOKS:
            yield path
