"""A button carried out on the open book, from attaching to the message at the end.

The macro that starts us does not wait in a call: Excel rejects ours while its macro runs. It looks
into the job's folder from time to time: `attached.txt` says that the book is held, `done.txt` that
all is over. Without the first within some seconds it may fall back to file mode; how it is made
sure that nothing is changed then, however late we are, stands in `perfxl.addin.live.handover`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from perfxl.addin.actions import Request, perform
from perfxl.addin.changes import Action, Changes, Message, Tone, refusal
from perfxl.addin.job import write_done
from perfxl.addin.live.apply import apply_changes
from perfxl.addin.live.attach import Attached, attach, attach_to_caller
from perfxl.addin.live.errors import LiveError
from perfxl.addin.live.handover import say_applying, say_attached
from perfxl.addin.live.read import read_open_book
from perfxl.addin.live.steady import Patience
from perfxl.errors import PerfxlError
from perfxl.model.cells import Book
from perfxl.pipeline import Options

_DONE, _LEFT, _FAILED = 0, 1, 3
_WITHOUT_BOOK = frozenset({Action.DOCTOR})


def run_live(
    request: Request,
    folder: Path,
    options: Callable[[], Options],
    *,
    window: int = 0,
    patience: Patience | None = None,
) -> int:
    """Carry out a button on the open book; every failure ends as a message in `done.txt`.

    Args:
        request: the button; `path` is the open book's full name.
        folder: the job's folder, with `waiting.txt` in it.
        options: what forms are judged by; called once, may raise.
        window: the handle of the Excel whose button was pressed, 0 when not known.
        patience: how long a busy Excel is waited for.

    Returns:
        0 done; 1 something is left to do, or nothing could be done; 3 the tool itself failed.
    """
    status = _DONE
    try:
        changes = _carry_out(
            request, folder, options, lambda: attach(str(request.path), window, patience)
        )
        status = _DONE if changes.message.tone is Tone.INFO else _LEFT
    except LiveError as error:
        changes, status = refusal(str(error)), _LEFT
    except PerfxlError as error:
        changes, status = refusal(f"没有做成：{error}"), _LEFT
    except Exception as error:  # the last door: somebody waits for an answer
        told = f"校验程序出错（{type(error).__name__}: {error}）。\n请告诉维护者。"
        changes, status = refusal(told), _FAILED
    try:
        write_done(folder, changes)
    except OSError:  # nobody waits any more: the folder is gone
        return _FAILED
    return status


def run_for_caller(
    action: Action, options: Callable[[Path], Options], *, sheet: str = "", cell: str = ""
) -> Message:
    """Carry out a button for the macro that runs us by RunPython; the message is for its user.

    `options` is asked with the book's path.

    Raises:
        LiveError: nothing runs us that way, or the book cannot be read or changed.
    """
    attached = attach_to_caller()
    path = Path(str(attached.workbook.FullName))
    request = Request(action, path, sheet, cell)
    return _perform(request, lambda: options(path), attached).message


def _carry_out(
    request: Request,
    folder: Path,
    options: Callable[[], Options],
    find: Callable[[], Attached],
) -> Changes:
    if request.action in _WITHOUT_BOOK:
        return perform(request, _no_book, options())
    attached = find()
    say_attached(folder)
    return _perform(request, options, attached, lambda: say_applying(folder))


def _perform(
    request: Request,
    options: Callable[[], Options],
    attached: Attached,
    begin: Callable[[], None] = lambda: None,
) -> Changes:
    try:
        if request.action is Action.EXPORT:
            _refuse_without_folder(attached)
        changes = perform(
            request,
            lambda: read_open_book(attached.application, attached.workbook),
            options(),
        )
        begin()
        more = "" if changes.message.tone is Tone.ERROR else apply_changes(attached, changes)
        if changes.opens:
            _open(attached, changes.opens)
    except PerfxlError:
        raise
    except Exception as error:
        if _is_gone(attached):
            raise LiveError(f"“{request.path.name}”已经关闭，没有做完。请打开它再点一次") from error
        raise
    return replace(changes, message=_with(changes.message, more))


def _refuse_without_folder(attached: Attached) -> None:
    """A report goes beside the book, which must be somewhere."""
    folder = str(attached.workbook.Path)
    if not folder:
        raise LiveError("这个表还没有存过盘，报告没有地方放。请先保存，再点一次“导出结果”")
    if "://" in folder:
        raise LiveError("这个表存在网上，报告没有地方放。请另存到本机，再点一次“导出结果”")


def _with(message: Message, more: str) -> Message:
    return Message(Tone.MIND, f"{message.text}\n{more}") if more else message


def _open(attached: Attached, path: Path) -> None:
    """Show a file as Excel shows links; where that fails, the message has told its path."""
    try:
        attached.workbook.FollowHyperlink(str(path))
    except Exception:  # a policy may forbid it; the message says where the file is
        return


def _is_gone(attached: Attached) -> bool:
    """Whether the book no longer answers to its name."""
    try:
        return not str(attached.workbook.FullName)
    except Exception:  # whatever is left of a closed book raises kinds of its own
        return True


def _no_book() -> Book:
    raise LiveError("没有说明是哪个工作簿")
