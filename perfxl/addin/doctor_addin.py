"""The part of the diagnosis about the add-in itself: is it there, whole, and let run."""

from collections.abc import Sequence
from pathlib import Path

from perfxl.addin.desktop import DESKTOP_FILE
from perfxl.addin.diagnosis import Line, State
from perfxl.addin.macros import macro_policy
from perfxl.addin.office import Office
from perfxl.addin.places import (
    ADDIN_FILE,
    RECORD_FILE,
    applications_folder,
    settings_path,
    user_folder,
)
from perfxl.addin.record import Installed, digest, read_record
from perfxl.addin.settings import read_settings
from perfxl.addin.system import System
from perfxl.errors import OutputError

_NO_MACRO = "不用宏也能用：把表拖到“校验.cmd”上"
_INTERNET = 3  # zone numbers from here on are untrusted
_UNBLOCK_PROGRAM = "在安装包的 zip 上解除锁定，重新解压，再装一次"
_UNBLOCK = "在文件上点右键，选“属性”，勾选“解除锁定”，确定后重新打开"


def installed(system: System) -> list[Path]:
    """Where the add-in was installed, there or not."""
    return [Path(one.path) for one in _recorded(system)]


def addin_lines(system: System, addins: Sequence[Path]) -> list[Line]:
    """Whether what was installed still is what was installed, a line each."""
    try:
        read_record(user_folder(system) / RECORD_FILE)
    except OutputError as error:
        return [Line("加载宏", State.BAD, "不知道装过什么", str(error))]
    if not addins:
        if not system.is_windows:
            return [Line("加载宏", State.GOOD, "本系统不用加载宏，把表拖到“绩效自评表校验”图标上")]
        return [Line("加载宏", State.MIND, "没有安装", "请运行 perfxl addin install")]
    return [_addin_line(one) for one in _recorded(system)]


def _addin_line(one: Installed) -> Line:
    name, path = "加载宏", Path(one.path)
    again = "运行一次 perfxl addin install"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Line(
            name, State.BAD, f"装好以后不见了：{path}",
            f"多半被杀毒软件隔离：请到它的隔离区恢复并加入信任，再{again}",
        )  # fmt: skip
    except OSError as error:
        return Line(
            name, State.BAD, f"读不了：{path}（{error.strerror or error}）",
            "多半被杀毒软件拦住：请把它加入信任，再看一次",
        )  # fmt: skip
    if digest(data) != one.sha256:
        return Line(
            name, State.BAD, f"和装的时候不一样了：{path}",
            f"被杀毒软件清除过宏，或被人另存过：请加入信任，再{again}",
        )  # fmt: skip
    return Line(name, State.GOOD, f"{path} 完好")


def desktop_lines(system: System) -> list[Line]:
    """On Linux: whether the entry that files are dropped on is there and starts something."""
    if system.platform != "linux":
        return []
    name, path = "桌面入口", applications_folder(system) / DESKTOP_FILE
    again = "请运行一次 perfxl addin install"
    if not path.is_file():
        is_known = any(Path(one.path) == path for one in _everything(system))
        state = State.BAD if is_known else State.MIND
        return [Line(name, state, f"装好以后不见了：{path}" if is_known else "没有安装", again)]
    program = read_settings(settings_path(system)).program
    if program and not Path(program).is_file():
        return [Line(name, State.BAD, f"{path} 指的程序不在了：{program}", f"在新位置，{again}")]
    return [Line(name, State.GOOD, str(path))]


def macro_line(system: System, office: Office) -> Line:
    """Whether macros are let run. WPS keeps no such policy where it could be read."""
    name = "宏设置"
    if not system.is_windows:
        return Line(name, State.GOOD, "本系统不用宏")
    policy = macro_policy(system)
    by = "单位的组织策略" if policy.is_by_policy else "Excel 的设置"
    ask = "请联系管理员放行" if policy.is_by_policy else "请在“选项-信任中心-宏设置”里改"
    if policy.is_vba_off:
        return Line(name, State.BAD, f"{by}关掉了 VBA", f"{ask}；{_NO_MACRO}")
    if policy.are_untrusted_off and policy.is_trust_off:
        return Line(name, State.BAD, f"{by}不让宏运行，也不认受信任位置", f"{ask}；{_NO_MACRO}")
    if policy.are_untrusted_off:
        return Line(
            name, State.MIND, f"{by}只让受信任位置的宏运行：加载宏能用，perfxl.xlsm 放在别处不能用",
            "请用加载宏的按钮",
        )  # fmt: skip
    if policy.is_trust_off:
        return Line(
            name, State.MIND, f"{by}不认受信任位置：每次打开 Excel 会问是否启用宏", "请选“启用宏”"
        )
    if office.excel is None and office.wps is not None:
        return Line(
            name, State.MIND, "WPS 要装有 VBA 支持才能用按钮，这里看不出装没装",
            f"看 WPS“工具”里“开发工具-宏”能不能点；没有的，{_NO_MACRO}",
        )  # fmt: skip
    if policy.is_web_blocked:
        return Line(
            name, State.MIND, "单位的组织策略禁止来自网络的文件运行宏",
            "聊天软件收到的表，见下面“网络标记”",
        )  # fmt: skip
    return Line(name, State.GOOD, "没有禁用宏")


def web_mark_lines(system: System, files: Sequence[Path]) -> list[Line]:
    """The files that Windows takes for strangers', a line each; one line when there are none."""
    name = "网络标记"
    if not system.is_windows:
        return []
    marked = [path for path in files if _zone(system.web_mark(path)) >= _INTERNET]
    if not marked:
        return [Line(name, State.GOOD, "看过的文件都没有网络标记" if files else "没有要看的文件")]
    return [
        Line(
            name,
            State.BAD if path.suffix.lower() in {".exe", ".xlam", ".xlsm"} else State.MIND,
            f"{path} 是从网络或聊天软件收到的，{_stopped(path)}",
            _UNBLOCK_PROGRAM if path.suffix.lower() == ".exe" else _UNBLOCK,
        )
        for path in marked
    ]


def _stopped(path: Path) -> str:
    return "系统会拦住它" if path.suffix.lower() == ".exe" else "宏会被拦住"


def _zone(mark: str) -> int:
    for line in mark.splitlines():
        key, _, value = line.partition("=")
        if key.strip().casefold() == "zoneid" and value.strip().isdecimal():
            return int(value)
    return 0


def _recorded(system: System) -> list[Installed]:
    return [one for one in _everything(system) if Path(one.path).name == ADDIN_FILE]


def _everything(system: System) -> tuple[Installed, ...]:
    try:
        return read_record(user_folder(system) / RECORD_FILE)
    except OutputError:
        return ()
