"""Looks at everything that the buttons need, and says what to do about what is missing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from perfxl import __version__
from perfxl.addin import doctor_addin
from perfxl.addin.diagnosis import Diagnosis, Line, State
from perfxl.addin.mode import ModeChoice, choose_mode
from perfxl.addin.office import Office, find_office
from perfxl.addin.places import settings_path
from perfxl.addin.settings import AddinSettings, Mode, read_settings
from perfxl.addin.system import System
from perfxl.errors import OutputError
from perfxl.writer.output import write_file

START_SECONDS = 30  # the first start after an update is slow: the virus scanner reads everything
_LONGEST_PATH = 259  # characters, on Windows
_ROOM = 60  # of them, for what the program names below its folders
_PROBE = "perfxl-试写 a.txt"


def diagnose(system: System, workbooks: Sequence[Path] = ()) -> Diagnosis:
    """Look at this computer; nothing is changed on it.

    Args:
        system: the computer.
        workbooks: books with buttons, or returns, whose web mark is to be looked at.
    """
    addins = doctor_addin.installed(system)
    settings_at = settings_path(system, next(iter(addins), None))
    settings = read_settings(settings_at)
    office = find_office(system)
    xlwings_trouble = _xlwings_trouble(system)
    mode = choose_mode(settings, system, office, xlwings_trouble)
    lines = (
        _version(system),
        _place(system, settings),
        _start(system, settings),
        _temp(system),
        _settings(settings, settings_at),
        _office(system, office),
        _xlwings(system, office, xlwings_trouble),
        *doctor_addin.addin_lines(system, addins),
        *doctor_addin.desktop_lines(system),
        doctor_addin.macro_line(system, office),
        *doctor_addin.web_mark_lines(system, [*_programs(system, settings), *addins, *workbooks]),
        _mode(mode, office, xlwings_trouble),
    )
    return Diagnosis(tuple(replace(one, step=typable(one.step, system)) for one in lines), mode)


def typable(step: str, system: System) -> str:
    """A step whose command can be typed as it stands: the packages put nothing on PATH."""
    program = system.program()
    if program is None or system.which("perfxl"):
        return step
    return step.replace("perfxl addin", f'"{program}" addin')


def _programs(system: System, settings: AddinSettings) -> list[Path]:
    """What is started, each once."""
    named = [Path(settings.program)] if settings.program else []
    return list(dict.fromkeys([*named, *filter(None, [system.program()])]))


def _xlwings_trouble(system: System) -> str:
    modules = ("xlwings", "pythoncom") if system.is_windows else ("xlwings",)
    troubles = (system.trouble_importing(module) for module in modules)
    return next(filter(None, troubles), "")


def _version(system: System) -> Line:
    kind = "独立程序，自带 Python" if system.is_frozen else "Python"
    return Line("版本", State.GOOD, f"perfxl {__version__}（{kind} {system.python}）")


def _place(system: System, settings: AddinSettings) -> Line:
    name, program = "程序位置", next(iter(_programs(system, settings)), None)
    if program is None:
        return Line(
            name, State.MIND, "不是安装好的程序，按钮找不到它",
            "请先安装 perfxl，见《安装》",
        )  # fmt: skip
    spare = _LONGEST_PATH - _ROOM - len(str(program))
    if system.is_windows and spare < 0:
        return Line(
            name, State.BAD, f"路径太长（{len(str(program))}个字）：{program}",
            r"请移到短一些的文件夹，如 D:\perfxl，再运行一次 perfxl addin install",
        )  # fmt: skip
    odd = {"中文": not str(program).isascii(), "空格": " " in str(program)}
    told = "和".join(word for word, is_there in odd.items() if is_there)
    return Line(name, State.GOOD, f"{program}（路径里有{told}，可以用）" if told else str(program))


def _start(system: System, settings: AddinSettings) -> Line:
    """Start the program as a button would."""
    name = "启动程序"
    program = settings.program or str(system.program() or "")
    if not program:
        return Line(name, State.MIND, "没有可试的程序文件", "请先安装 perfxl")
    ran = system.run([program, "--version"], START_SECONDS)
    if ran.status == 0:
        return Line(name, State.GOOD, f"{program} 能启动")
    why = ran.said if ran.status is None else f"退出码{ran.status}：{ran.said[-200:]}"
    return Line(
        name, State.BAD, f"{program} 启动不了（{why}）",
        "看杀毒软件的隔离区里有没有 perfxl，恢复并加入信任；再运行一次 perfxl addin install",
    )  # fmt: skip


def _temp(system: System) -> Line:
    name, folder = "临时文件夹", system.temp
    probe = folder / _PROBE
    try:
        write_file(probe, "试".encode())
        probe.unlink()
    except (OutputError, OSError) as error:
        return Line(
            name, State.BAD, f"{folder} 写不进去（{error}）",
            "请清理磁盘，或请管理员检查环境变量 TEMP 指的文件夹",
        )  # fmt: skip
    return Line(name, State.GOOD, f"{folder} 可以写")


def _settings(settings: AddinSettings, path: Path) -> Line:
    name = "设置"
    if settings.wrong:
        return Line(name, State.BAD, f"{path}：{'；'.join(settings.wrong)}", "请改正或删掉这一行")
    if settings.program and not Path(settings.program).is_file():
        return Line(
            name, State.BAD, f"设置的程序不在了：{settings.program}",
            "程序移动过的，请在新位置运行一次 perfxl addin install",
        )  # fmt: skip
    if not path.is_file():
        return Line(name, State.GOOD, "没有设置文件，用默认设置")
    return Line(name, State.GOOD, f"{path}（等待时间{settings.timeout}秒）")


def _office(system: System, office: Office) -> Line:
    named = (("Excel", office.excel), ("WPS", office.wps), ("LibreOffice", office.libreoffice))
    found = "；".join(f"{name}：{path}" for name, path in named if path)
    name = "表格软件"
    if office.excel or office.wps:
        return Line(name, State.GOOD, found)
    if not system.is_windows:
        if found:
            return Line(name, State.GOOD, found)
        step = "能打开表就不要紧；打不开的，请先安装 WPS"
        return Line(name, State.MIND, "没有找到 WPS 或 LibreOffice", step)
    return Line(
        name, State.MIND, found or "没有找到 Excel 或 WPS",
        "装在别处的不要紧，能打开表就行；没有装的，请先安装 Excel 或 WPS",
    )  # fmt: skip


def _xlwings(system: System, office: Office, trouble: str) -> Line:
    name = "xlwings"
    if not trouble:
        return Line(name, State.GOOD, "可用")
    needed = system.is_windows and office.excel is not None
    return Line(
        name, State.MIND, f"不能用（{trouble}）",
        "按钮改用文件方式，功能相同，稍慢；要直接写入，请重装完整的安装包" if needed else "",
    )  # fmt: skip


def _mode(mode: ModeChoice, office: Office, xlwings_trouble: str) -> Line:
    names = {Mode.LIVE: "直接写入打开的表", Mode.FILE: "文件方式"}
    said = f"{names[mode.mode]}（{mode.why}）"
    if mode.mode is Mode.LIVE and (xlwings_trouble or office.excel is None):
        return Line(
            "运行方式", State.BAD, f"{said}，但这台电脑做不到",
            "请把设置文件里的 mode=live 改成 mode=auto",
        )  # fmt: skip
    return Line("运行方式", State.GOOD, said)
