"""Changes applied to an open book: looked over first, taken back when something fails half-way."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from perfxl.addin.changes import Changes
from perfxl.addin.live.attach import Attached
from perfxl.addin.live.errors import LiveError
from perfxl.addin.live.formulas import Former, put_formulas
from perfxl.addin.live.locks import Lock, is_locked, open_lock
from perfxl.addin.live.marks import (
    add_highlights,
    add_notes,
    marked_sheets,
    result_sheets,
    strip_marks,
)
from perfxl.addin.live.page import put_page
from perfxl.addin.live.quiet import quiet
from perfxl.addin.live.read import worksheets
from perfxl.errors import PerfxlError

NOTHING = "什么都没有改"
_TAB = re.compile(r";tab=(\d{1,5})")


@dataclass(slots=True)
class _Plan:
    """What a change will touch.

    Attributes:
        sheets: the unit's sheets that change; of these `marked` carry marks that come off.
        results: result sheets of ours that go.
        former_tab: the tab that the officer was on, from 0.
        locks: how the sheets were protected, while they are not.
    """

    sheets: list[Any]
    marked: list[Any]
    results: list[Any]
    former_tab: int
    locks: list[Lock] = field(default_factory=list)


@dataclass(slots=True)
class _Done:
    """What was done so far, for taking it back."""

    step: str = ""
    is_cleared: bool = False
    formulas: list[Former] = field(default_factory=list)
    page: Any = None


def apply_changes(attached: Attached, changes: Changes) -> str:
    """Apply changes to the open book; returns what else the officer should know, mostly "".

    Raises:
        LiveError: the book or a sheet cannot be changed, then nothing is; or something failed
            half-way, then what was done is taken back or told.
    """
    if not changes.changes_book:
        return ""
    workbook = attached.workbook
    plan = _plan(workbook, changes)
    if not (plan.sheets or plan.results or changes.page):
        return ""
    _refuse_obstacles(workbook, changes, plan)
    active = workbook.ActiveSheet
    with quiet(attached.application):
        try:
            _open_locks(plan)
            told = _carry_out(attached, changes, plan, active)
        except Exception as error:
            left = _close_locks(plan)
            if left:
                raise LiveError(f"{_reason(error)}。{left}") from error
            raise
        return "\n".join(filter(None, (told, _close_locks(plan))))


def _plan(workbook: Any, changes: Changes) -> _Plan:
    by_name = {str(sheet.Name): sheet for sheet in worksheets(workbook)}
    touched = (changes.formulas, changes.highlights, changes.notes)
    named = {one.sheet: None for group in touched for one in group}
    missing = [name for name in named if name not in by_name]
    if missing:
        raise LiveError(f"工作表“{missing[0]}”已删除或改名，请再点一次；{NOTHING}")
    marked: list[Any] = []
    results: list[Any] = []
    if changes.clears:
        marked = marked_sheets(workbook)
        named.update(dict.fromkeys(str(sheet.Name) for sheet in marked))
        results = result_sheets(workbook, is_marked=bool(marked))
    ours = {str(sheet.Name) for sheet in results}
    sheets = [by_name[name] for name in named if name not in ours]
    marked = [sheet for sheet in marked if str(sheet.Name) not in ours]
    return _Plan(sheets, marked, results, _former_tab(workbook, results))


def _former_tab(workbook: Any, results: Sequence[Any]) -> int:
    """The tab that is active, from 0; where that is ours, the one that was active before."""
    active = workbook.ActiveSheet
    for sheet in results:
        if sheet.Name == active.Name:
            told = _TAB.search(str(sheet.Range("A1").Value2))
            return int(told[1]) if told else 0
    return int(active.Index) - 1


def _refuse_obstacles(workbook: Any, changes: Changes, plan: _Plan) -> None:
    """Everything that would stand in the way of one of the steps, before the first of them."""
    name = workbook.Name
    if workbook.ReadOnly:
        raise LiveError(
            f"“{name}”是以只读方式打开的，改了也存不下来。请另存一份，打开它再点；{NOTHING}"
        )
    if workbook.MultiUserEditing:
        raise LiveError(f"“{name}”是共享工作簿，不能标注。请先取消共享再点；{NOTHING}")
    if workbook.ProtectStructure and (changes.page or plan.results):
        raise LiveError(
            f"“{name}”的工作簿结构受保护，加不了“校验结果”页。"
            f"请在“审阅”里撤销工作簿保护再点；{NOTHING}"
        )


def _open_locks(plan: _Plan) -> None:
    for sheet in plan.sheets:
        if not is_locked(sheet):
            continue
        lock = open_lock(sheet)
        if lock is None:
            raise LiveError(
                f"工作表“{sheet.Name}”有密码保护，不能标注。请在“审阅”里撤销工作表保护再点；{NOTHING}"
            )
        plan.locks.append(lock)


def _close_locks(plan: _Plan) -> str:
    """Lock the sheets again; what to tell when one would not."""
    left: list[str] = []
    for lock in plan.locks:
        try:
            lock.close()
        except Exception:  # the others are to be closed all the same
            left.append(str(lock.sheet.Name))
    plan.locks.clear()
    names = "”“".join(left)
    return f"工作表“{names}”的保护没能恢复，请在“审阅”里重新保护" if left else ""


def _carry_out(attached: Attached, changes: Changes, plan: _Plan, active: Any) -> str:
    done = _Done()
    try:
        return _steps(attached, changes, plan, active, done)
    except Exception as error:
        raise LiveError(_taken_back(changes, plan, done, active, error)) from error


def _steps(attached: Attached, changes: Changes, plan: _Plan, active: Any, done: _Done) -> str:
    application, workbook = attached.application, attached.workbook
    if changes.clears:
        done.step = "清除原有标记"
        for sheet in plan.marked:
            strip_marks(sheet)
        former = _tab(workbook, plan)
        for sheet in plan.results:
            sheet.Delete()
        active = former or active
        done.is_cleared = bool(plan.marked or plan.results)
    done.step = "写公式"
    typed = put_formulas(workbook, changes.formulas, done.formulas)
    done.step = "标色"
    add_highlights(application, workbook, changes.highlights)
    done.step = "加批注"
    left_out = add_notes(workbook, changes.notes)
    if changes.page:
        done.step = "加“校验结果”页"
        before = int(workbook.Sheets.Count)
        try:
            put_page(application, workbook, changes.page, plan.former_tab)
        finally:
            if int(workbook.Sheets.Count) > before:
                done.page = workbook.Sheets.Item(before + 1)
    else:
        active.Activate()
    told = [f"有{left_out}格已有新式批注，没有再加批注，只标了色"] if left_out else []
    if typed:
        cells = " ".join(one.cell for one in typed)
        told.append(f"等待时改过的格没有写公式，请再按一次“填充公式”： {cells}")
    return "\n".join(told)


def _tab(workbook: Any, plan: _Plan) -> Any:
    """The sheet to show once ours are gone, where one of ours is shown now."""
    shown = workbook.ActiveSheet.Name
    if not any(sheet.Name == shown for sheet in plan.results):
        return None
    ours = {str(sheet.Name) for sheet in plan.results}
    sheets = workbook.Sheets
    others = [sheets.Item(n) for n in range(1, int(sheets.Count) + 1)]
    others = [sheet for sheet in others if str(sheet.Name) not in ours and sheet.Visible == -1]
    at = [sheet for sheet in others if int(sheet.Index) - 1 == plan.former_tab]
    return next(iter(at or others), None)


def _taken_back(changes: Changes, plan: _Plan, done: _Done, active: Any, error: Exception) -> str:
    """Take back what was done, and the sentence that tells how that went."""
    steps: list[Callable[[], None]] = [former.restore for former in reversed(done.formulas)]
    if changes.highlights or changes.notes:
        steps += [partial(strip_marks, sheet) for sheet in plan.sheets]
    if done.page is not None:
        steps.append(lambda: done.page.Delete())
    failed = 0
    for step in steps:
        try:
            step()
        except Exception:  # the other steps are to be taken back all the same
            failed += 1
    with suppress(Exception):  # it may have been the result sheet that is gone
        active.Activate()
    told = f"{done.step}时出错：{_reason(error)}。"
    if failed:
        told += "已做的没能全部撤回，请点“清除标记”；关闭时不保存也可以回到原样"
    elif done.is_cleared:
        told += "这次写的都已撤回，上一次的标记已清掉"
    elif done.step == "清除原有标记" and (plan.marked or plan.results):
        told += "上一次的标记可能只清了一部分，请再点“清除标记”"
    else:
        told += f"已撤回，{NOTHING}"
    return told


def _reason(error: Exception) -> str:
    if isinstance(error, PerfxlError):
        return str(error)
    details = getattr(error, "excepinfo", None)
    if isinstance(details, tuple) and len(details) > 2 and details[2]:
        return str(details[2])
    return f"{type(error).__name__}: {error}"
