r"""File mode: a saved copy is read, and what is to change is written for the macros to apply.

The folder of a job gets `changes.tsv` and last, by a rename, `done.txt`; both are ASCII with
\\uXXXX escapes and CRLF. `done.txt` holds `ok` or `failed` and, on its second line, the message.
"""

from collections.abc import Callable
from pathlib import Path

from perfxl.addin.actions import Request, perform
from perfxl.addin.changes import Changes, Tone, refusal
from perfxl.addin.escapes import escaped
from perfxl.addin.tsv import changes_text
from perfxl.errors import PerfxlError, RefusedFile
from perfxl.model.cells import Book
from perfxl.pipeline import Options
from perfxl.reader.workbook import read_book

CHANGES_FILE, DONE_FILE = "changes.tsv", "done.txt"
_DONE, _LEFT, _FAILED = 0, 1, 3


def run_job(
    request: Request, copy: Path | None, folder: Path, options: Callable[[], Options]
) -> int:
    """Carry out a button on a saved copy; every failure ends as a message in `done.txt`.

    Args:
        request: the button; `path` is where the officer's own book lies.
        copy: the saved copy; None where the action needs no book.
        folder: the job's folder; nothing else is written but the report of 导出结果.
        options: what forms are judged by; called once, may raise.

    Returns:
        0 done; 1 something is left to do, or nothing could be done; 3 the tool itself failed.
    """
    try:
        changes = perform(request, lambda: _read(copy), options())
        _write(folder / CHANGES_FILE, changes_text(changes))
        status = _DONE if changes.message.tone is Tone.INFO else _LEFT
    except PerfxlError as error:
        changes, status = refusal(f"没有做成：{error}"), _LEFT
    except Exception as error:  # the last door: the macros wait for an answer
        told = f"校验程序出错（{type(error).__name__}: {error}）。\n表没有改动，请告诉维护者。"
        changes, status = refusal(told), _FAILED
    write_done(folder, changes)
    return status


def write_done(folder: Path, changes: Changes) -> None:
    """Say that the program is through; whoever waits sees the file whole or not at all.

    Raises:
        OSError: the folder is gone or cannot be written to.
    """
    status = "failed" if changes.message.tone is Tone.ERROR else "ok"
    part = folder / f"{DONE_FILE}.part"
    _write(part, f"{status}\r\n{escaped(changes.message.text)}\r\n")
    part.replace(folder / DONE_FILE)


def _read(copy: Path | None) -> Book:
    if copy is None:
        raise RefusedFile("FL114", "没有写明文件")
    book = read_book(copy)
    book.sha256 = ""  # the copy's, which nobody will find again; the open book has none
    return book


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("ascii"))
