"""Finding the workbook that the officer had open when the button was pressed."""

import atexit
import ntpath
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from perfxl.addin.live.errors import ExcelBusyError, LiveError
from perfxl.addin.live.steady import Patience, is_rejection, steady

NO_EXCEL = "这台电脑上没有能直接连接的 Excel。请在设置里把方式改为 file（文件方式）"


@dataclass(frozen=True, slots=True)
class Attached:
    """The open workbook and the program that shows it, as COM objects called with patience."""

    application: Any
    workbook: Any


def attach(fullname: str, window: int = 0, patience: Patience | None = None) -> Attached:
    """The open workbook of a full name, in the Excel of a window handle.

    A window handle that is no longer Excel's front window is passed over: the full name decides
    then, unless two Excels hold it, or one is busy and might.

    Raises:
        LiveError: no Excel, no such workbook, or two of them; says what to do.
    """
    patience = patience or Patience()
    found: list[Attached] = []
    for handle, attached in _open_books(_library(), fullname, patience):
        if window and handle == window:
            return attached
        found.append(attached)
    name = ntpath.basename(fullname.replace("/", "\\"))
    if not found:
        raise LiveError(f"没有找到打开着的“{name}”，可能已经关闭或改名。请打开它再点一次")
    if len(found) > 1:
        raise LiveError(
            f"有{len(found)}个 Excel 都开着“{name}”，分不清是哪一个。请只留一个，关掉其余的再点一次"
        )
    return found[0]


def attach_to_caller(patience: Patience | None = None) -> Attached:
    """The workbook whose macro runs us by RunPython.

    Raises:
        LiveError: nothing was started that way.
    """
    library = _library()
    if not has_caller():
        raise LiveError("没有说明是哪个工作簿")
    # The macro that runs us waits, so its workbook is there and answers.
    book = library.Book.caller()
    return _attached(book, patience or Patience())


def has_caller() -> bool:
    """Whether RunPython started us: it says so in the arguments, or a connection is at hand."""
    library = sys.modules.get("xlwings")
    windows = sys.modules.get("xlwings._xlwindows")
    return (
        any(argument.startswith("--from_xl") for argument in sys.argv)
        or getattr(windows, "BOOK_CALLER", None) is not None
        or hasattr(getattr(library, "Book", None), "_mock_caller")
    )


def _library() -> Any:
    """The library that speaks to Excel, made harmless.

    Raises:
        LiveError: it cannot be loaded, or knows no Excel on this system.
    """
    try:
        import xlwings
    except (ImportError, OSError) as error:
        raise LiveError(NO_EXCEL) from error
    if xlwings.engines.active is None:
        raise LiveError(NO_EXCEL)
    windows: Any = sys.modules.get("xlwings._xlwindows")
    if windows is not None:
        # At exit it would end every Excel in which it saw no window, whatever is open there.
        atexit.unregister(windows.cleanup)
        windows.N_COM_ATTEMPTS = 1  # rejected calls are repeated by us, with an end
    return xlwings


def _open_books(library: Any, fullname: str, patience: Patience) -> Iterator[tuple[int, Attached]]:
    """The open workbooks of a full name, each with the window handle of its Excel."""
    wanted = _folded(fullname)
    busy = False
    for app in _apps(library, patience):
        try:
            handle, books = _window_and_books(app, patience)
            for attached in books:
                if _folded(attached.workbook.FullName) == wanted:
                    yield handle, attached
        except ExcelBusyError:
            busy = True
        except Exception:  # an Excel that is just ending, or shows only a protected view
            continue
    if busy:
        raise ExcelBusyError


def _window_and_books(app: Any, patience: Patience) -> tuple[int, list[Attached]]:
    handle = int(patience.call(lambda: app.hwnd) or 0)
    books = patience.call(lambda: list(app.books))
    return handle, [_attached(book, patience) for book in books]


def _apps(library: Any, patience: Patience) -> list[Any]:
    try:
        return list(patience.call(lambda: list(library.apps)))
    except LiveError:
        raise
    except Exception as error:
        if is_rejection(error):
            raise ExcelBusyError from error
        raise LiveError(NO_EXCEL) from error


def _attached(book: Any, patience: Patience) -> Attached:
    return Attached(steady(book.app.api, patience), steady(book.api, patience))


def _folded(fullname: str) -> str:
    """A full name as Windows compares them; elsewhere the path that it comes to."""
    text = fullname
    with suppress(OSError, ValueError):
        if os.sep == "/" and fullname.startswith("/"):
            text = os.path.realpath(fullname)
    # An address on the web loses one of its two strokes where it is taken for a path.
    return re.sub(r"\\+", r"\\", text.replace("/", "\\")).casefold()
