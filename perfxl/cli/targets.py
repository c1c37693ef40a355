"""Where results are written besides the console: -o FORMAT=PATH."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from perfxl.batch.sources import WORKBOOKS
from perfxl.cli.console import say
from perfxl.errors import UsageError

_SPREADSHEETS = {"xlsx", "csv"}  # formats that are spreadsheets themselves
_BY_ENDING = {".xlsx": "xlsx", ".json": "json", ".txt": "text", ".html": "html"}
Target = tuple[str, Path]


def target_of(word: str, formats: Sequence[str]) -> Target:
    """The format and the file of a word FORMAT=PATH, or of a file whose ending says the format.

    Raises:
        UsageError: another form, an unknown format, a folder, or a spreadsheet's name for what is
            none.
    """
    ending = _BY_ENDING.get(Path(word).suffix.lower())
    if "=" not in word and ending in formats:
        word = f"{ending}={word}"
    name, sign, path = word.partition("=")
    if not sign or name not in formats or not path:
        raise UsageError(f"-o 要写成“格式=文件”，格式可用：{'、'.join(formats)}；现为“{word}”")
    target = Path(path)
    if name not in _SPREADSHEETS and target.suffix.lower() in WORKBOOKS:
        raise UsageError(f"-o 的“{name}”不能写成电子表格，请换一个扩展名：{path}")
    if target.is_dir():
        raise UsageError(f"-o 要写到文件，这是文件夹：{path}")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"-o 的文件夹不存在：{target.parent}")
    return name, target


def refuse_bytes(format_: str, targets: Iterable[Target], example: str) -> None:
    """A workbook cannot be shown on a console; with `-o xlsx=…` it has where to go.

    Raises:
        UsageError: it would have to be shown there.
    """
    if format_ == "xlsx" and not any(name == "xlsx" for name, _ in targets):
        raise UsageError(f"xlsx 不能印在屏幕上，请写明文件，如 {example}")


def spare_originals(targets: Iterable[Target], files: Iterable[Path]) -> None:
    """Nobody's own workbook is written over.

    Raises:
        UsageError: a target is one of the files that are read.
    """
    read = {file.resolve() for file in files}
    for _, path in targets:
        if path.resolve() in read:
            raise UsageError(f"-o 的文件正是要校验的表，不能覆盖：{path}")


def write_target(path: Path, content: str | bytes) -> None:
    """Write a result to a file and say so."""
    from perfxl.writer.output import write_file

    if isinstance(content, str):
        # A file name may hold bytes that are no letters in this system's encoding.
        content = (content.rstrip("\n") + "\n").encode(errors="replace")
    write_file(path, content)
    say(f"已写入：{path}")
