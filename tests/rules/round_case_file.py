"""Cases of the rules over a round: small tables of what several units filed.

A file holds `## pass: …` and `## fail: …` sections as those of other rules do. A row of a table
is about the unit in its first column; the heads say what the table holds:

    | 单位 | 指标 | 分值 | 得分 | 原因 | 措施 |     an indicator; a blank 得分 is a blank
    | 单位 | 指标 | 目标 | 实际 |                  a target and what was reached
    | 单位 | 方案 | 满分 | 总分 |                  the sums, where the rows above do not give them

The nth row of a unit stands in row n of its sheet, the indicator's name in A, the actual value in
D; the total is in H1. What must be seen stands in a block

    ```expect
    BT101 @ 甲局!A1 乙局!A2
    ```

one sighting a line, the most telling first: code, then each unit with its cell. `skip: BT105`
before the tables says that a rule must be listed as not run; no others may be.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from perfxl.model.address import Place
from perfxl.model.finding import Shortfall
from perfxl.model.report import (
    Entry,
    GradeSummary,
    LeafScore,
    Outcome,
    SchemeRef,
    StatedResult,
    TotalSummary,
)

_FOLDER = Path(__file__).parent
SHEET = "自评表"


@dataclass
class RoundCase:
    """A section: what each unit filed, and what must be seen in it."""

    code: str
    title: str
    is_pass: bool
    filed: dict[str, Entry] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.code}::{'pass' if self.is_pass else 'fail'} {self.title}"


def round_case_files() -> list[Path]:
    return sorted(_FOLDER.glob("bt*.md"))


def read_round_cases(path: Path) -> list[RoundCase]:
    """The cases of a file, in order."""
    code = path.stem.partition("_")[0].upper()
    sections = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_read_case(code, section) for section in sections]


def _read_case(code: str, section: str) -> RoundCase:
    heading, _, body = section.partition("\n")
    kind, _, title = heading.partition(": ")
    assert kind in ("pass", "fail"), heading
    text, _, block = body.partition("```expect\n")
    lines, _, after = block.partition("```")
    assert not after.strip(), after
    case = RoundCase(code, title.strip(), kind == "pass")
    case.expected = [line for line in lines.splitlines() if line.strip()]
    heads: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            heads = []
            key, _, value = line.partition(": ")
            assert not line.strip() or key == "skip", line
            case.skipped += value.split()
        elif not heads:
            heads = cells
        elif not set(line) <= set("|-: "):
            row = dict(zip(heads, cells, strict=True))
            unit = row["单位"]
            case.filed[unit] = _with_row(case.filed.get(unit) or _blank(unit), row)
    return case


def _blank(unit: str) -> Entry:
    nothing = TotalSummary(None, Decimal(0), Decimal(0), None, place=Place(SHEET, "H1"))
    return Entry(
        f"{unit}.xlsx", None, SHEET, "0" * 64, (), None, unit, "2024", Outcome.PASS, nothing,
        GradeSummary(None, None), (), (), (), (), (),
    )  # fmt: skip


def _with_row(entry: Entry, row: dict[str, str]) -> Entry:
    if "总分" in row:
        scheme = SchemeRef(row["方案"], "1", "stamp") if row["方案"] else None
        total = replace(entry.total, max_score=Decimal(row["满分"]), computed=_number(row["总分"]))
        return replace(entry, scheme=scheme, total=total)
    path = ("一级", row["指标"])
    if "目标" in row:
        place = Place(SHEET, f"D{len(entry.results) + 1}")
        result = StatedResult(path, place, row["目标"], row["实际"])
        return replace(entry, results=(*entry.results, result))
    place = Place(SHEET, f"A{len(entry.scores) + 1}")
    cap, score = Decimal(row["分值"]), _number(row["得分"])
    shortfalls = entry.shortfalls
    if score is not None and score < cap:
        reason, action = row.get("原因"), row.get("措施")
        shortfalls = (*shortfalls, Shortfall(path, place, cap, score, reason, action))
    so_far = entry.total
    assert so_far.max_score is not None
    computed = None if score is None or so_far.computed is None else so_far.computed + score
    return replace(
        entry,
        scores=(*entry.scores, LeafScore(path, place, cap, score)),
        shortfalls=shortfalls,
        total=replace(so_far, max_score=so_far.max_score + cap, computed=computed),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
