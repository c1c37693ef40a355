"""Puts the add-in and its settings in place and takes them out again.

Nothing of the user's is lost: a different file of the same name is set aside in our own folder
(not beside it: Excel opens whatever lies in XLSTART) and put back by the removal. What was changed
since it was installed is left where it is, and said; but for the settings, which users are told to
change: what they wrote is carried over, and goes when everything goes.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from perfxl.addin.desktop import DESKTOP_FILE, desktop_entry
from perfxl.addin.places import (
    ADDIN_FILE,
    RECORD_FILE,
    AddinFolder,
    applications_folder,
    excel_folder,
    shipped,
    user_folder,
    wps_folders,
)
from perfxl.addin.record import Installed, digest, read_record, record_text
from perfxl.addin.settings import SETTINGS_FILE, read_settings, settings_text
from perfxl.addin.system import System
from perfxl.errors import OutputError
from perfxl.writer.output import write_file, write_new


class Became(StrEnum):
    """What became of a file."""

    PLACED = "已安装"
    SAME = "已是最新"
    RENEWED = "已更新"
    REMOVED = "已删除"
    RESTORED = "已恢复原来的文件"
    GONE = "已不在"
    CHANGED = "安装后被改过，没有删除"
    NOT_DONE = "没有装成"
    NOT_REMOVED = "没有删掉"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one file.

    Attributes:
        what: the file in the user's words.
        path: where it stands or stood.
        became: what became of it.
        note: what else the user must know; "" when nothing.
    """

    what: str
    path: Path
    became: Became
    note: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it is as was asked."""
        return self.became not in {Became.CHANGED, Became.NOT_DONE, Became.NOT_REMOVED}


@dataclass(frozen=True, slots=True)
class _Wanted:
    what: str
    path: Path
    data: bytes
    note: str = ""


def install(system: System, folder: Path | None = None, addin: Path | None = None) -> list[Step]:
    """Put the add-in, the settings and on Linux the desktop entry in place.

    Installing again renews what has changed. Every file stands whole before it is recorded.

    Args:
        system: the computer.
        folder: where the add-in goes; None for the folders of the programs found.
        addin: the add-in; None for the one that came with perfxl.

    Raises:
        UsageError: perfxl came without an add-in.
        OutputError: the record or the settings cannot be written or read.
    """
    record_path = user_folder(system) / RECORD_FILE
    known = {Path(one.path): one for one in read_record(record_path)}
    steps = []
    everything = list(_wanted(system, folder, addin))  # before anything is written
    for wanted in everything:
        try:
            step, known[wanted.path] = _put(wanted, known.get(wanted.path), record_path.parent)
        except OutputError as error:
            steps.append(Step(wanted.what, wanted.path, Became.NOT_DONE, str(error)))
            continue
        steps.append(step)
        _write(record_path, record_text(tuple(known.values())))
    return steps


def uninstall(system: System) -> list[Step]:
    """Take out exactly what was installed; nothing when nothing was.

    Raises:
        OutputError: the record cannot be read or written.
    """
    record_path = user_folder(system) / RECORD_FILE
    kept: list[Installed] = []
    steps = []
    for one in read_record(record_path):
        step = _take_out(one)
        steps.append(step)
        if step.became is Became.NOT_REMOVED:
            kept.append(one)
    if kept:
        _write(record_path, record_text(tuple(kept)))
    elif steps:
        _remove(record_path)
        for empty in (record_path.parent / "backup", record_path.parent):
            with suppress(OSError):  # not there, not empty, or held open by somebody: it may stay
                empty.rmdir()
    return steps


def _wanted(system: System, folder: Path | None, addin: Path | None) -> Iterator[_Wanted]:
    """Everything to be put in place on this computer, the settings first."""
    program = system.program()
    at = user_folder(system) / SETTINGS_FILE
    settings = replace(read_settings(at), program=str(program) if program else "")
    note = "" if program else "没有找到 perfxl 程序文件，按钮将到 PATH 里找"
    yield _Wanted("设置", at, settings_text(settings).encode("ascii"), note)
    if system.platform == "linux":
        text = desktop_entry(str(program or "perfxl"))
        note = "在应用菜单里找“绩效自评表校验”，可拖到桌面；也可右键表格，选“打开方式”"
        entry = applications_folder(system) / DESKTOP_FILE
        yield _Wanted("桌面入口", entry, text.encode(), note)
    targets = [AddinFolder("指定的文件夹", folder.absolute(), is_trusted=False)] if folder else []
    if not folder and system.is_windows:
        targets = [excel_folder(system), *wps_folders(system)]
    for target in targets:
        data = (addin or shipped(ADDIN_FILE)).read_bytes()
        yield _Wanted(f"{target.program}加载宏", target.path / ADDIN_FILE, data, _trust(target))


def _trust(target: AddinFolder) -> str:
    if target.is_trusted:
        return f"{target.path} 是 Excel 默认的受信任位置，不用再设置"
    return f"如提示宏被禁用，请把 {target.path} 加到“受信任位置”"


def _put(wanted: _Wanted, known: Installed | None, home: Path) -> tuple[Step, Installed]:
    """Write a file that is not there as wanted; what the user had there is set aside first."""
    sha256 = digest(wanted.data)
    there = _content(wanted.path)
    backup = known.backup if known else ""
    if there == wanted.data:
        new = Installed(str(wanted.path), sha256, backup)
        return Step(wanted.what, wanted.path, Became.SAME, wanted.note), new
    note = wanted.note
    if there is not None and not _is_ours(wanted.path, there, known):
        # A record's own backup is the older file; a later change by hand is set aside as well.
        aside = _set_aside(wanted.path, there, home)
        backup = backup or str(aside)
        note = "；".join(filter(None, (f"原来的文件放到了 {aside}", note)))
    _write(wanted.path, wanted.data)
    became = Became.PLACED if there is None else Became.RENEWED
    return Step(wanted.what, wanted.path, became, note), Installed(str(wanted.path), sha256, backup)


def _is_ours(path: Path, there: bytes, known: Installed | None) -> bool:
    """Whether what stands there may be written over or taken out."""
    return known is not None and (path.name == SETTINGS_FILE or digest(there) == known.sha256)


def _set_aside(path: Path, data: bytes, home: Path) -> Path:
    folder = home / "backup"
    make_folder(folder)
    return write_new(folder / path.name, data)


def _take_out(one: Installed) -> Step:
    path, what = Path(one.path), _called(Path(one.path))
    try:
        there = _content(path)
        if there is None:
            return Step(what, path, Became.GONE)
        if not _is_ours(path, there, one):
            kept = f"；装之前的文件在 {one.backup}" if one.backup else ""
            return Step(what, path, Became.CHANGED, f"不再需要请手工删除{kept}")
        if one.backup and (former := _content(Path(one.backup))) is not None:
            write_file(path, former)
            _remove(Path(one.backup))
            return Step(what, path, Became.RESTORED)
        _remove(path)
    except OutputError as error:
        return Step(what, path, Became.NOT_REMOVED, str(error))
    return Step(what, path, Became.REMOVED)


def _called(path: Path) -> str:
    return {SETTINGS_FILE: "设置", DESKTOP_FILE: "桌面入口"}.get(path.name, "加载宏")


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"无法读取 {path}：{error.strerror or error}") from None


def _write(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    write_file(path, data)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"无法建立文件夹 {folder}：{error.strerror or error}") from None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = "文件正被打开，请先关闭 Excel、WPS" if isinstance(error, PermissionError) else ""
        raise OutputError(f"无法删除 {path}：{reason or error.strerror or error}") from None
