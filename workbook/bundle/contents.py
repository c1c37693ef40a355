"""What the program needs beside its code: the same files as the wheel carries."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODE = {".py", ".pyc"}
_ELSEWHERE = {"templates": "perfxl/_templates", "workbook": "perfxl/_workbook"}
_WORKBOOKS = ("perfxl.xlam", "perfxl.xlsm")


def data_files(root: Path = ROOT) -> list[tuple[Path, str]]:
    """Each data file and the folder it belongs in, below the program's own.

    Args:
        root: a checkout.
    """
    found = [
        (path, path.parent.relative_to(root).as_posix())
        for path in _below(root / "perfxl")
        if path.suffix not in _CODE
    ]
    schemes = root / "templates"
    for path in _below(schemes):
        inner = path.parent.relative_to(schemes)
        found.append((path, (Path(_ELSEWHERE["templates"]) / inner).as_posix()))
    books = (root / "workbook" / name for name in _WORKBOOKS)
    return found + [(book, _ELSEWHERE["workbook"]) for book in books if book.is_file()]


def _below(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]
