"""perfxl: check, highlight and collect 部门整体支出绩效自评表 workbooks."""

__version__ = "0.1.0"
