"""What can go wrong between us and an open workbook."""

from perfxl.errors import PerfxlError


class LiveError(PerfxlError):
    """The open workbook cannot be reached, read or changed; says what to do."""


class ExcelBusyError(LiveError):
    """Excel kept rejecting calls, as it does while a cell is edited or a dialog is open."""

    def __init__(self) -> None:
        super().__init__(
            "Excel 正忙，没有回应：可能正在编辑单元格，或有对话框开着。"
            "请按 Esc 退出编辑、关掉对话框后再点一次"
        )
