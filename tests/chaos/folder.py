"""A folder as it comes in: some 300 returns with every mishap, and the truth about each unit."""

import io
import os
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from perfxl.batch.model import Issued, ReturnState, Unit, UnitState
from tests.chaos.making import DUE, IN_TIME, ISSUED, LATE, LATER, Making, Truth
from tests.chaos.old_mishaps import (
    copies_in_the_old_format,
    old_format,
    old_format_by_another_name,
    old_format_cut_off,
    old_format_of_wps,
    resubmitted_in_the_old_format,
)
from tests.chaos.workbooks import SCHEME, VERSION, answered_bytes, form_bytes

SEED = 20250331
# How each district hands in: a folder, one zip, or a zip of zips.
DISTRICTS = {
    "甲区": "folder", "乙区": "folder", "丙区": "zip", "丁区": "zips", "戊县": "folder",
}  # fmt: skip
_TRADES = (
    "教育", "民政", "水务", "应急管理", "农业农村", "文化旅游", "交通运输", "卫生健康", "统计",
    "审计", "司法", "生态环境", "住房建设", "自然资源", "市场监管", "退役军人事务", "医疗保障",
    "信访", "档案管理", "林业园林", "商务", "科技工信", "人力资源", "政务服务", "城市管理",
    "投资促进", "海洋渔业", "乡村振兴", "体育", "气象", "地震", "供销", "邮政管理", "粮食储备",
    "国防动员", "港务", "会展", "机关事务", "民族宗教", "侨务", "外事", "金融", "国有资产",
    "烟草", "盐业", "通信", "消防", "反恐", "禁毒", "慈善", "公积金", "测绘", "计量", "标准",
    "质量检验", "知识产权",
)  # fmt: skip


@dataclass
class Chaos:
    """A folder, what was sent out before, and the truth."""

    root: Path
    units: list[Unit]
    issued: list[Issued]
    truth: dict[str, Truth]
    strangers: dict[str, str]  # file's own name → what must be said of it
    passed_over: Counter[str]
    register: Path
    mishaps: Counter[str]
    files: int = 0

    @property
    def points(self) -> Decimal:
        """All points that count."""
        return sum((one.total for one in self.truth.values() if one.total), Decimal(0))


Mishap = Callable[[Making, Unit], None]


def plain(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_{unit.name}_自评表.xlsx"
    m.put(unit, name, m.stamped(unit, total))
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def unstamped(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"final ({unit.code[-3:].lstrip('0')}).xlsx"
    m.put(unit, name, form_bytes(f" {unit.name} ", total))
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def by_path(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"报送材料/{unit.name}/汇总后.xlsx"
    m.put(unit, name, form_bytes("", total))
    m.settle(unit, Truth(ReturnState.RECEIVED, name, says="按文件名认出"), total)


def late(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_迟.xlsx"
    m.put(unit, name, m.stamped(unit, total), LATE)
    says = "2025-03-31截止，2025-04-03收到"
    m.settle(unit, Truth(ReturnState.LATE, name, is_late=True, says=says), total)


def late_though_file_is_old(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_登记.xlsx"
    m.put(unit, name, m.stamped(unit, total), IN_TIME)
    m.note(unit=unit.code, day="2025/4/2")
    says = "2025-04-02收到（按登记）"
    m.settle(unit, Truth(ReturnState.LATE, name, is_late=True, says=says), total)


def in_time_though_file_is_new(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_复制.xlsx"
    m.put(unit, name, m.stamped(unit, total), LATE)
    m.note(file=name, day="2025年3月30日")
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def copies(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.name}自评表.xlsx"
    data = m.stamped(unit, total)
    for other in (name, f"{unit.name}自评表 (1).xlsx", f"{unit.name}自评表 - 副本.xlsx"):
        m.put(unit, other, data)
    first = min(name, f"{unit.name}自评表 (1).xlsx")
    m.settle(unit, Truth(ReturnState.RECEIVED, first, others=2, says="2份内容相同"), total)


def resubmitted(m: Making, unit: Unit) -> None:
    total = m.total()
    for turn, day in ((0, LATER), (1, LATER), (2, IN_TIME)):  # file times lie
        name = f"{unit.code}_{'复报' + str(turn) if turn else '初报'}.xlsx"
        data = m.stamped(unit, total - 3 * (2 - turn) if total > 86 else total + 3 * (2 - turn))
        m.put(unit, name, data, day)
    says = "有3份，取次数最大的复报2"
    truth = Truth(ReturnState.RECEIVED, f"{unit.code}_复报2.xlsx", others=2, says=says)
    m.settle(unit, truth, total)


def second_is_damaged(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_第一次.xlsx"
    data = m.stamped(unit, total)
    m.put(unit, name, data)
    m.put(unit, f"{unit.code}_第一次复报.xlsx", data[: len(data) // 2], LATER)
    truth = Truth(ReturnState.RECEIVED, name, others=1, says="打不开，没有取")
    m.settle(unit, truth, total)


def later_counts(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_最终版.xlsx"
    m.put(unit, f"{unit.code}_最终版2.xlsx", m.stamped(unit, total - 1), IN_TIME)
    m.put(unit, name, m.stamped(unit, total), LATER)
    truth = Truth(ReturnState.RECEIVED, name, others=1, says="取最晚的2025-03-25")
    m.settle(unit, truth, total)


def undecided(m: Making, unit: Unit) -> None:
    for number, total in ((1, Decimal("90.25")), (2, Decimal("95.75"))):
        m.put(unit, f"{unit.code}_v{number}.xlsx", m.stamped(unit, total))
    m.settle(unit, Truth(ReturnState.UNDECIDED, others=2, says="90.25分"))


def chosen_by_hand(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}_甲稿.xlsx"
    m.put(unit, name, m.stamped(unit, total))
    m.put(unit, f"{unit.code}_乙稿复报3.xlsx", m.stamped(unit, total - 2), LATER)
    m.note(file=name, chosen="是")
    m.settle(unit, Truth(ReturnState.RECEIVED, name, others=1, says="人工选定"), total)


def other_version(m: Making, unit: Unit) -> None:
    stamp = replace(m.stamp(unit), version="2")
    m.put(unit, f"{unit.code}.xlsx", form_bytes(unit.name, m.total(), stamp=stamp))
    says = "是第2版的表，下发的是第3版"
    m.settle(unit, Truth(ReturnState.WRONG_VERSION, others=1, is_late=True, says=says))


def other_issue(m: Making, unit: Unit) -> None:
    stamp = replace(m.stamp(unit), issue=f"2023-{unit.code}")
    m.put(unit, f"{unit.code}去年.xlsx", form_bytes(unit.name, m.total(), stamp=stamp))
    says = "不是本轮发的那份"
    m.settle(unit, Truth(ReturnState.WRONG_VERSION, others=1, is_late=True, says=says))


def other_unit(m: Making, unit: Unit) -> None:
    """The copy of one unit comes back filled in by another whose own never came."""
    missing = next(u for u in reversed(m.units) if m.truth.get(u.code) == _MISSING)
    data = form_bytes(missing.name, m.total(), stamp=m.stamp(unit))
    m.put(unit, f"{unit.code}_转.xlsx", data)
    m.settle(unit, Truth(ReturnState.WRONG_UNIT, others=1, is_late=True, says=missing.name))
    m.truth[missing.code] = replace(_MISSING, says=f"{unit.code}_转.xlsx")


def unreadable(m: Making, unit: Unit) -> None:
    data = m.stamped(unit, m.total())
    spoilt = m.random.choice(
        [data[: len(data) // 2], b"", b"%PDF-1.7 is no workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 600]
    )
    m.put(unit, f"{unit.name}.xlsx", spoilt)
    m.settle(unit, Truth(ReturnState.UNREADABLE, others=1, is_late=True, says="读不出"))


_MISSING = Truth(ReturnState.MISSING, is_late=True, says="没有收到，2025-03-31截止，已超10天")


def missing(m: Making, unit: Unit) -> None:
    m.settle(unit, _MISSING)


def scanned(m: Making, unit: Unit) -> None:
    m.put(unit, f"{unit.name}（盖章扫描件）{m.random.choice(['.pdf', '.jpg'])}", b"scan")
    m.settle(unit, Truth(ReturnState.SCAN_ONLY, others=1, is_late=True, says="只有扫描件"))


def with_scan(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"{unit.code}.xlsx"
    m.put(unit, name, m.stamped(unit, total))
    m.put(unit, f"{unit.code}盖章.pdf", b"scan")
    m.settle(unit, Truth(ReturnState.RECEIVED, name, others=1), total)


def answered(m: Making, unit: Unit) -> None:
    name = f"{unit.code}.annotated.xlsx"
    m.put(unit, f"{unit.code}.xlsx", form_bytes(unit.name, Decimal(99)))
    m.put(unit, name, answered_bytes(unit.name), LATER)
    m.settle(unit, Truth(ReturnState.RECEIVED, name, others=1), Decimal(99))


def by_short_name(m: Making, unit: Unit) -> None:
    short = unit.name.removeprefix(unit.district) + "（本级）"
    m.units[m.units.index(unit)] = replace(unit, aliases=(short,))
    total, name = m.total(), f"上报{unit.code[-3:]}.xlsx"
    m.put(unit, name, form_bytes(short.replace("（", "(").replace("）", ")"), total))
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def misspelt(m: Making, unit: Unit) -> None:
    name = f"未署名{unit.code[-3:]}.xlsx"
    m.put(unit, name, form_bytes(unit.name[:-1] + "局局", m.total()))
    m.settle(unit, _MISSING)
    m.strangers[name] = f"是不是“{unit.name}”"


def told_by_hand(m: Making, unit: Unit) -> None:
    total, name = m.total(), f"无名{unit.code[-3:]}.xlsx"
    m.put(unit, name, form_bytes("某某单位", total))
    m.note(file=name, unit=unit.name)
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def exempt(m: Making, unit: Unit) -> None:
    m.units[m.units.index(unit)] = replace(unit, state=UnitState.EXEMPT)
    m.settle(unit, Truth(ReturnState.EXEMPT))


def exempt_but_came(m: Making, unit: Unit) -> None:
    m.units[m.units.index(unit)] = replace(unit, state=UnitState.EXEMPT)
    m.put(unit, f"{unit.code}.xlsx", m.stamped(unit, m.total()))
    m.settle(unit, Truth(ReturnState.EXEMPT, others=1, says="没有计入"))


def merged(m: Making, unit: Unit) -> None:
    into = m.units[0]
    m.units[m.units.index(unit)] = replace(unit, state=UnitState.MERGED, into=into.code)
    m.settle(unit, Truth(ReturnState.MERGED, says=into.name))


def renamed(m: Making, unit: Unit) -> None:
    """The new unit's return came under its former name."""
    new = next(u for u in reversed(m.units) if m.truth.get(u.code) == _MISSING)
    m.units[m.units.index(unit)] = replace(unit, state=UnitState.RENAMED, into=new.code)
    total, name = m.total(), f"{unit.code}_旧名.xlsx"
    m.put(unit, name, m.stamped(unit, total))
    m.settle(unit, Truth(ReturnState.MERGED, says=new.name))
    m.settle(new, Truth(ReturnState.RECEIVED, name, says=f"原名称“{unit.name}”"), total)


# Each mishap with how many units meet it; those that need a missing unit come after `missing`.
_PLAN: tuple[tuple[Mishap, int], ...] = (
    (missing, 14), (unstamped, 25), (by_path, 12), (late, 12), (late_though_file_is_old, 6),
    (in_time_though_file_is_new, 6), (copies, 8), (resubmitted, 9), (second_is_damaged, 4),
    (later_counts, 8), (undecided, 5), (chosen_by_hand, 5), (other_version, 6), (other_issue, 4),
    (other_unit, 3), (unreadable, 8), (scanned, 6), (with_scan, 5), (answered, 4),
    (by_short_name, 6), (misspelt, 4), (told_by_hand, 3), (exempt, 4), (exempt_but_came, 2),
    (merged, 3), (renamed, 3), (old_format, 4), (old_format_of_wps, 3),
    (old_format_by_another_name, 2), (resubmitted_in_the_old_format, 2),
    (copies_in_the_old_format, 1), (old_format_cut_off, 2),
)  # fmt: skip
_JUNK = {
    "~$自评表.xlsx": "Office临时文件（~$）",
    "Thumbs.db": "系统附带文件",
    "关于报送自评表的通知.docx": "Word文档",
    "活动照片.png": "图片",
    "说明.txt": "文本",
}
PLAIN = 80
_SENT = (UnitState.DUE, UnitState.RENAMED)  # renamed after the copies went out


def make_chaos(root: Path, seed: int = SEED) -> Chaos:
    """Write the folder and the register of what came; the same for the same seed."""
    making = Making(Random(seed))
    count = PLAIN + sum(number for _, number in _PLAN)
    for number in range(count):
        district = list(DISTRICTS)[number % len(DISTRICTS)]
        trade = _TRADES[number // len(DISTRICTS)]
        making.units.append(Unit(f"10{number:04d}", f"{district}{trade}局", district))
    order = making.units[1:]  # the first is whom others file with
    making.random.shuffle(order)
    plain(making, making.units[0])
    for mishap, number in _PLAN:
        for _ in range(number):
            mishap(making, order.pop())
            making.mishaps[mishap.__name__] += 1
    for unit in order:
        plain(making, unit)
    making.issued = [_line(unit) for unit in making.units if unit.state in _SENT]
    passed = _write(making, root / "回收")
    register = root / "回收登记.csv"
    text = "\r\n".join(["文件,单位,收到日期,采用", *making.lines]) + "\r\n"
    register.write_bytes(text.encode("gb18030"))
    return Chaos(
        root / "回收", making.units, making.issued, making.truth, making.strangers, passed,
        register, making.mishaps, sum(len(files) for files in making.files.values()),
    )  # fmt: skip


def _line(unit: Unit) -> Issued:
    return Issued(
        unit.code, unit.name, unit.district, f"{unit.code}.xlsx", "", f"2024-{unit.code}",
        SCHEME, VERSION, "", ISSUED, DUE,
    )  # fmt: skip


def _write(making: Making, root: Path) -> Counter[str]:
    """Each district in its own way; what is no return is strewn about."""
    passed: Counter[str] = Counter()
    for district, files in sorted(making.files.items()):
        for name, kind in _JUNK.items():
            files.append((name, b"junk", IN_TIME))
            passed[kind] += 1
        passed["图片"] += sum(name.endswith(".jpg") for name, _, _ in files)
        passed["PDF或OFD"] += sum(name.endswith(".pdf") for name, _, _ in files)
        root.mkdir(parents=True, exist_ok=True)
        match DISTRICTS[district]:
            case "folder":
                for name, data, day in files:
                    _write_file(root / district / name, data, day)
            case "zip":
                _write_file(root / f"{district}.zip", _zipped(files), IN_TIME)
            case "zips":
                half = len(files) // 2
                packed = [
                    (f"第{n}批.zip", _zipped(part), LATER)
                    for n, part in ((1, files[:half]), (2, files[half:]))
                ]
                _write_file(root / f"{district}.zip", _zipped(packed), IN_TIME)
    return passed


def _write_file(path: Path, data: bytes, day: date) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    noon = datetime(day.year, day.month, day.day, 12) + timedelta(0)
    os.utime(path, (noon.timestamp(), noon.timestamp()))


def _zipped(files: list[tuple[str, bytes, date]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data, day in files:
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0)), data)
    return stream.getvalue()
