"""The entry on which 麒麟, 统信 and other Linux desktops let files be dropped."""

import re

DESKTOP_FILE = "perfxl-check.desktop"
_PLAIN = re.compile(r"[A-Za-z0-9/_.-]+")
_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel.sheet.macroEnabled.12",
    "application/vnd.ms-excel",
    # Where WPS is installed it gives the same files names of its own.
    "application/wps-office.xlsx",
    "application/wps-office.xls",
    "application/wps-office.et",
    "application/zip",
    "inode/directory",
)


def desktop_entry(program: str) -> str:
    """The entry's text; files dropped on it or opened with it go to the program.

    In a terminal, so that the user sees what happens and what went wrong.

    Args:
        program: a full path, or a name to be found on PATH.
    """
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.0",
            "Name=Check performance self-evaluation",
            "Name[zh_CN]=绩效自评表校验",
            "Comment=Check, annotate and open the workbooks dropped here",
            "Comment[zh_CN]=把自评表拖到这里：校验、标注、打开结果",
            f"Exec={_quoted(program)} %F",
            "Icon=x-office-spreadsheet",
            "Terminal=true",
            "Categories=Office;Spreadsheet;",
            f"MimeType={';'.join(_TYPES)};",
            "",
        )
    )


def _quoted(program: str) -> str:
    """A word of Exec: quoted for the command, then escaped as every value of the file is."""
    if _PLAIN.fullmatch(program):
        return program
    for letter in '\\"`$':
        program = program.replace(letter, "\\" + letter)
    return '"' + program.replace("\\", "\\\\").replace("%", "%%") + '"'
