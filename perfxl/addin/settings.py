r"""The add-in's settings: a few lines `key=value` that VBA and Python both read.

The file is `perfxl.ini`, looked for in this order, the first one found being the only one read:

1. beside the add-in (for a folder that is carried about as a whole);
2. in the user's folder: `%APPDATA%\perfxl` on Windows, else `$XDG_CONFIG_HOME/perfxl` or
   `~/.config/perfxl`. The installer writes this one.

Never in XLSTART: a spreadsheet program opens whatever lies there. ASCII, values escaped as
`perfxl.addin.escapes` says, CRLF or LF; lines without `=` and those beginning with `#` are passed
over; keys are compared without case, an unknown key is kept; the last line of a key wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from perfxl.addin.escapes import escaped, unescaped

SETTINGS_FILE = "perfxl.ini"
TIMEOUT = 120  # seconds a button waits for the program
_SHORTEST, _LONGEST = 5, 3600
_HEAD = "# perfxl"


class Mode(StrEnum):
    """How a button's work reaches the open book."""

    AUTO = "auto"
    LIVE = "live"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class AddinSettings:
    """What the file says.

    Attributes:
        program: the program to start, a full path; "" means that it is looked for.
        mode: how the open book is written to.
        timeout: seconds to wait for the program.
        others: keys that this version does not know, kept as they are.
        wrong: what stands there and cannot be used, a sentence each.
    """

    program: str = ""
    mode: Mode = Mode.AUTO
    timeout: int = TIMEOUT
    others: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def read_settings(path: Path | None) -> AddinSettings:
    """The settings of a file; what holds anyway where there is none or it cannot be read."""
    if path is None:
        return AddinSettings()
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return AddinSettings()
    except OSError as error:
        return AddinSettings(wrong=(f"设置文件读不了：{error.strerror or error}",))
    return parse_settings(text)


def parse_settings(text: str) -> AddinSettings:
    """The settings of a file's text; a value that cannot be used is told and passed over."""
    read = AddinSettings()
    others: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for line in text.splitlines():
        key, sign, raw = line.partition("=")
        key, value = key.strip().lower(), unescaped(raw.strip())
        if not sign or key.startswith("#"):
            continue
        wrong.pop(key, None)
        if key == "program":
            read = replace(read, program=value)
        elif key == "mode" and value.lower() in set(Mode):
            read = replace(read, mode=Mode(value.lower()))
        elif key == "mode":
            wrong[key] = f"mode 只能是 auto、live、file，现为“{value}”"
        elif key == "timeout" and _is_time(value):
            read = replace(read, timeout=int(value))
        elif key == "timeout":
            wrong[key] = f"timeout 要写成 {_SHORTEST} 至 {_LONGEST} 的整数（秒），现为“{value}”"
        else:
            others[key] = value
    return replace(read, others=others, wrong=tuple(wrong.values()))


def settings_text(settings: AddinSettings) -> str:
    """The file's text: ASCII, CRLF; keys that say the same as no line are left out."""
    lines = [_HEAD]
    if settings.program:
        lines.append(f"program={escaped(settings.program)}")
    if settings.mode is not Mode.AUTO:
        lines.append(f"mode={settings.mode}")
    if settings.timeout != TIMEOUT:
        lines.append(f"timeout={settings.timeout}")
    lines += [f"{key}={escaped(value)}" for key, value in sorted(settings.others.items())]
    return "".join(f"{line}\r\n" for line in lines)


def _is_time(value: str) -> bool:
    return value.isascii() and value.isdecimal() and _SHORTEST <= int(value) <= _LONGEST
