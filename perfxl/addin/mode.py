"""Which way a button's work will reach the open book, and why."""

from dataclasses import dataclass

from perfxl.addin.office import Office
from perfxl.addin.settings import AddinSettings, Mode
from perfxl.addin.system import System


@dataclass(frozen=True, slots=True)
class ModeChoice:
    """The way that is taken (`live` or `file`) and the reason in Chinese."""

    mode: Mode
    why: str


def choose_mode(
    settings: AddinSettings, system: System, office: Office, xlwings_trouble: str
) -> ModeChoice:
    """The way taken in Excel; in WPS and LibreOffice `auto` is always by files.

    With `auto` the add-in falls back from `live` to files by itself when the program does not get
    hold of the book; what is told here is what it tries first.

    Args:
        settings: what the settings file says.
        system: the computer.
        office: the spreadsheet programs on it.
        xlwings_trouble: why xlwings cannot be used; "" when it can.
    """
    if settings.mode is not Mode.AUTO:
        return ModeChoice(settings.mode, f"设置文件里写了 mode={settings.mode}")
    if not system.is_windows:
        return ModeChoice(Mode.FILE, "不是 Windows，只能用文件方式")
    if office.excel is None:
        return ModeChoice(Mode.FILE, "没有找到 Excel；WPS 用文件方式")
    if xlwings_trouble:
        return ModeChoice(Mode.FILE, "xlwings 不能用")
    if office.is_excel_answered_by_wps:
        return ModeChoice(Mode.FILE, "系统把 Excel 的接口交给了 WPS")
    return ModeChoice(Mode.LIVE, "Windows 上有 Excel，xlwings 可用；在 WPS 里按按钮则用文件方式")
