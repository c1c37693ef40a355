"""回收登记.csv: when files came, which one counts, and whose it is, as a person wrote it down."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath

from perfxl.batch.choosing import resubmission_in
from perfxl.batch.days import parse_day
from perfxl.batch.model import Unit
from perfxl.errors import UsageError

REGISTER_FILE = "回收登记.csv"
_HEADS = {
    "file": ("文件", "文件名", "文件名称", "路径"),
    "unit": ("单位代码", "代码", "单位", "单位名称"),
    "day": ("收到日期", "收表日期", "接收日期", "日期", "收到时间", "报送日期"),
    "chosen": ("采用", "采用哪份", "选定"),
    "turn": ("报次", "初报复报", "次数"),
}
_YES = {"是", "采用", "√", "✓", "☑", "y", "yes", "1", "对", "true"}
_NO = {"", "否", "不采用", "×", "n", "no", "0", "false"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register; `turn` is None where it does not say 初报 or 复报n."""

    number: int
    file: str
    unit: str
    day: date | None
    is_chosen: bool = False
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedRegister:
    """What a person wrote down of the files that came."""

    lines: tuple[Line, ...] = ()
    _by_name: dict[str, list[Line]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for line in self.lines:
            if line.file:
                self._by_name.setdefault(_steps(line.file)[-1], []).append(line)

    def of_file(self, steps: Sequence[str]) -> Line | None:
        """The line about a file: the one that names most of the end of its path."""
        whole = [_folded(step) for step in steps]
        fitting = [
            (len(named), line)
            for line in self._by_name.get(whole[-1], ())
            if whole[-len(named := _steps(line.file)) :] == named
        ]
        return max(fitting, key=lambda pair: (pair[0], pair[1].number))[1] if fitting else None

    def of_unit(self, names: Sequence[str], turn: int) -> Line | None:
        """The line that names the unit and no file; a line without 报次 is about the 初报."""
        wanted = {_folded(name) for name in names}
        for line in self.lines:
            if not line.file and _folded(line.unit) in wanted and (line.turn or 0) == turn:
                return line
        return None

    def unheeded(
        self, files: Iterable[Sequence[str]], units_of: Callable[[str], int]
    ) -> tuple[str, ...]:
        """What is said of files that did not come and of units nobody knows, a sentence each.

        Args:
            files: the ways to all files that came.
            units_of: how many units go by a name or code.
        """
        ways: dict[str, list[list[str]]] = {}
        for steps in files:
            whole = [_folded(step) for step in steps]
            ways.setdefault(whole[-1], []).append(whole)
        told = []
        for line in self.lines:
            where = f"回收登记第{line.number}行" if line.number else f"台账里{line.unit}的“采用”"
            if line.file:
                named = _steps(line.file)
                if not any(way[-len(named) :] == named for way in ways.get(named[-1], ())):
                    told.append(f"{where}：没有收到叫“{line.file}”的文件")
            if line.unit and (count := units_of(line.unit)) != 1:
                why = "有几家同名，请写单位代码" if count else "名单里没有"
                told.append(f"{where}：单位“{line.unit}”{why}")
        return tuple(told)


def read_register(path: Path) -> ReceivedRegister:
    """Read 回收登记.csv, in UTF-8 or GBK, with commas, tabs or semicolons.

    Raises:
        UsageError: it cannot be read, lacks a column or holds what is no date; names the line.
    """
    rows = _rows(path)
    heads = _heads(path, rows[0] if rows else [])
    lines = []
    for number, row in enumerate(rows[1:], 2):
        told = {key: row[at].strip() for key, at in heads.items() if at < len(row)}
        if any(told.values()):
            lines.append(_line(path, number, told))
    return ReceivedRegister(tuple(lines))


def _rows(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"回收登记打不开：{path}（{error.strerror}）") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UsageError(f"{path}：不是 UTF-8 或 GBK 的文本，请从 Excel 另存为 CSV")
    first = text.partition("\n")[0]
    mark = max(",\t;，", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _heads(path: Path, row: Sequence[str]) -> dict[str, int]:
    known = {name: key for key, names in _HEADS.items() for name in names}
    found: dict[str, int] = {}
    for at, text in enumerate(row):
        key = known.get(_folded(text))
        if key:
            found.setdefault(key, at)
    has_whom = bool({"file", "unit"} & found.keys())
    says_something = {"day", "chosen"} & found.keys() or {"file", "unit"} <= found.keys()
    if not has_whom or not says_something:
        raise UsageError(
            f"{path}：第1行要有表头“文件”或“单位”，以及“收到日期”“采用”，现为："
            f"{'、'.join(row) or '空'}"
        )
    return found


def _line(path: Path, number: int, told: Mapping[str, str]) -> Line:
    chosen = _folded(told.get("chosen", ""))
    if chosen not in _YES | _NO:
        raise UsageError(f"{path}：第{number}行“采用”要写“是”或留空，现为“{told['chosen']}”")
    file, unit = told.get("file", ""), told.get("unit", "")
    if not file and not unit:
        raise UsageError(f"{path}：第{number}行没有写文件，也没有写单位")
    if chosen in _YES and not file:
        raise UsageError(f"{path}：第{number}行写了“采用”，要同时写明是哪个文件")
    day = told.get("day", "")
    read = parse_day(unicodedata.normalize("NFKC", day))
    if day and read is None:
        raise UsageError(f"{path}：第{number}行的日期看不懂：“{day}”，请写成 2025-03-28")
    turn = resubmission_in(told.get("turn", ""))
    return Line(number, file, unit, read, chosen in _YES, turn)


def lines_of_units(units: Iterable[Unit]) -> tuple[Line, ...]:
    """What a person added to the ledger beside the units: 收到日期, and the file under 采用.

    Raises:
        UsageError: a date that is none; names the unit.
    """
    lines = []
    for unit in units:
        told = {_folded(head): text.strip() for head, text in unit.particulars.items()}
        file = next((told[head] for head in _HEADS["chosen"] if told.get(head)), "")
        if file:
            lines.append(Line(0, file, unit.code, None, is_chosen=True))
        text = next((told[head] for head in _HEADS["day"][:3] if told.get(head)), "")
        if text:
            day = parse_day(text)
            if day is None:
                raise UsageError(
                    f"台账里“{unit.name}”的收到日期看不懂：“{text}”，请写成 2025-03-28"
                )
            lines.append(Line(0, "", unit.code, day))
    return tuple(lines)


def _steps(path: str) -> list[str]:
    return [_folded(part) for part in PurePath(path.replace("\\", "/").replace("!", "/")).parts]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
