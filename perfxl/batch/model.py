"""A round of returns: units, what was sent to them, what came back, and which return counts."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from perfxl.model.finding import Failure
from perfxl.model.report import Entry


class UnitState(Enum):
    """Whether a unit has to file."""

    DUE = "应报"
    EXEMPT = "免报"
    MERGED = "合并上报"  # files with another unit, `Unit.into`
    RENAMED = "更名撤并"  # goes by another unit now, `Unit.into`

    @property
    def goes_elsewhere(self) -> bool:
        """Whether what the unit has to say comes with another unit's return."""
        return self in (UnitState.MERGED, UnitState.RENAMED)


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit of the round.

    `into` is the code of the unit it files with or goes by now; `aliases` are former and short
    names. `contact` and `phone` appear only in what the bureau uses itself.
    """

    code: str
    name: str
    district: str = ""
    state: UnitState = UnitState.DUE
    into: str = ""
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    particulars: dict[str, str] = field(default_factory=dict)  # the list's other columns


@dataclass(frozen=True, slots=True)
class Round:
    """What every ledger and 退回单 of a round cites (`round.toml`); "" or None where unknown.

    `file_name` is a pattern with {code}, {name}, {year}.
    """

    year: int
    doc_no: str = ""
    notice: str = ""  # 通知标题
    due: date | None = None  # 报送
    resubmission_due: date | None = None  # 复报
    reply_due: date | None = None  # 反馈
    office: str = ""  # 科室
    bureau: str = ""  # 落款
    contact: str = ""
    phone: str = ""
    file_name: str = "{code}_{name}_自评表"


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of 台账: a copy sent to a unit. `file` is relative to the ledger's folder."""

    code: str
    name: str
    district: str
    file: str
    sha256: str
    issue_id: str
    scheme_id: str
    version: str
    fingerprint: str
    issued: date
    due: date | None


class ReturnState(Enum):
    """What became of a unit's return."""

    RECEIVED = "已报"
    LATE = "迟报"
    MISSING = "未报"
    SCAN_ONLY = "仅有扫描件"
    UNREADABLE = "无法读取"
    WRONG_VERSION = "版本不符"
    WRONG_UNIT = "单位不符"
    UNDECIDED = "待人工选定"
    EXEMPT = "免报"
    MERGED = "合并上报"


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came: where it lies, whose it is and how that is known, when it came.

    `how` is register (a person said so), stamp, unit (the name in the form), path (file or folder
    name) or "" (unknown);
    `dated_by` is register, zip or file; `resubmission` counts from 0 (初报). `entries` are the
    tables of its check; `answers` counts the 单位说明 read. `is_copy_of` is the path of an equal
    file that came before it.
    """

    path: str
    member: str | None
    sha256: str
    code: str
    how: str
    received: date | None
    dated_by: str
    resubmission: int = 0
    entries: tuple[Entry, ...] = ()
    answers: int = 0
    is_copy_of: str = ""
    remark: str = ""

    @property
    def shown(self) -> str:
        """The file as it is named to people."""
        return f"{self.path}!{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """A unit's state, the return that counts, and why it and not the others.

    Only 已报 and 迟报 have a `chosen`; in every other state nothing counts, and what came lies in
    `others`, copies and scans among them. `likely` are the files, as shown, that may be a return of
    the unit all the same where nothing counts: nobody could tell whose they are, or they were sent
    to another unit.
    """

    unit: Unit
    state: ReturnState
    chosen: Received | None = None
    others: tuple[Received, ...] = ()
    is_late: bool = False
    why: str = ""
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overtyped:
    """A cell of a lower bureau's summary that says something else than what counts of it.

    `cell` is "" for what stands nowhere; `shows` is what stands there, `counts` what is counted.
    """

    file: str
    sheet: str
    cell: str
    shows: str
    counts: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A round as collected: every unit in the ledger's order, and files that are nobody's.

    `passed_over` counts by kind what is no return (pictures, documents, lock files); `failures`
    are the tool's own (PX000); `overtyped` is of the summaries that were added up; `remarks` are
    sentences on what else a person should see to.
    """

    round: Round | None
    scheme_id: str
    as_of: date
    outcomes: tuple[UnitOutcome, ...]
    strangers: tuple[Received, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()
    failures: tuple[Failure, ...] = ()
    overtyped: tuple[Overtyped, ...] = ()
    remarks: tuple[str, ...] = ()
