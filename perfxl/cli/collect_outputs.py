"""What `collect` writes besides what it says: summary, page, tables, reminders, notices."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.batch.collect import NOTHING_CAME
from perfxl.batch.model import Collection, Unit
from perfxl.cli.console import say
from perfxl.cli.targets import write_target
from perfxl.errors import UsageError
from perfxl.pipeline import Options

if TYPE_CHECKING:
    from perfxl.batch.advice.model import Advised
    from perfxl.batch.model import Overtyped
    from perfxl.batch.summary.reviews import Review
    from perfxl.batch.summary.rollup import Earlier

_TOLD = 20  # cells that are told one by one


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is asked for; None for what nobody asked for."""

    summary: Path | None = None
    page: Path | None = None
    csv: Path | None = None  # a folder
    parquet: Path | None = None  # a folder
    reminders: Path | None = None
    notices: Path | None = None  # a folder
    template: Path | None = None  # of the notices

    @property
    def files(self) -> list[Path]:
        """The files that are written, those in folders of their own aside."""
        return [path for path in (self.summary, self.page, self.reminders) if path]

    @property
    def tells_advice(self) -> bool:
        """Whether one of the outputs tells what a look across units suggests."""
        return bool(self.summary or self.page or self.csv or self.parquet)

    @property
    def no_returns(self) -> list[Path]:
        """All that is or was written here, so that no output is ever taken for a return."""
        folders = [one for one in (self.notices, self.csv, self.parquet) if one and one.is_dir()]
        return [*self.files, *(path for folder in folders for path in folder.rglob("*"))]


def check_outputs(outputs: Outputs) -> None:
    """Refuse what could not be written, before any work is done."""
    if outputs.summary and outputs.summary.suffix.lower() != ".xlsx":
        raise UsageError(f"“{outputs.summary.name}”：汇总表只能存为 .xlsx 文件")
    for path in outputs.files:
        if not path.absolute().parent.is_dir():
            raise UsageError(f"文件夹不存在：{path.absolute().parent}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What people typed into the summary that lies where the new one goes."""

    sha256: str  # of the file it was read from
    reviews: tuple["Review", ...]
    overtyped: tuple["Overtyped", ...]


def typed_before(path: Path | None) -> Typed | None:
    """What to carry over into a summary at the path; None where there is no file yet.

    Raises:
        UsageError: another workbook lies there, or one that cannot be read.
    """
    if path is None or not path.exists():
        return None
    from perfxl.batch.summary.rollup import read_summary

    sha256 = _digest(path)
    try:
        earlier = read_summary(path)
    except UsageError as wrong:
        raise UsageError(f"{wrong}；已有的文件不覆盖，汇总表请换个文件名") from None
    return Typed(sha256, earlier.reviews, earlier.overtyped)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def read_below(summaries: Sequence[Path]) -> list["Earlier"]:
    """The summaries of lower bureaus.

    Raises:
        UsageError: one cannot be read or was changed.
    """
    if not summaries:
        return []
    from perfxl.batch.summary.rollup import read_summary

    return [read_summary(path) for path in summaries]


def latest_day(below: Sequence["Earlier"]) -> date:
    """The day of an account of nothing but summaries, which is told: the latest of theirs.

    Args:
        below: one at least.
    """
    day = max(part.collection.as_of for part in below)
    older = [
        f"{part.name}（{part.collection.as_of.isoformat()}）"
        for part in below
        if part.collection.as_of < day
    ]
    more = f"；较早的：{'、'.join(older)}" if older else ""
    say(f"没有写 --as-of，按汇总表里最晚的日期，截至{day.isoformat()}{more}")
    return day


def with_summaries(
    collection: Collection, below: Sequence["Earlier"], units: Sequence[Unit]
) -> tuple[Collection, tuple["Review", ...]]:
    """The round with what lower bureaus have collected already, each unit counted once.

    A unit that a summary tells of is that summary's, unless a return of it came here.
    """
    if not below:
        return collection, ()
    from perfxl.batch.summary.rollup import SILENT, Earlier, rolled_up

    for part in below:
        if part.other_version:
            say(
                f"{part.name}：由另一版本（{part.other_version}）的程序写成，按数据页计，"
                "页面上有没有改过数没有核对"
            )
        _tell_overtyped(part.name, part.overtyped, "按数据页计，“对账”页列出")
    told = {outcome.unit.code for part in below for outcome in part.collection.outcomes}
    own = tuple(
        outcome
        for outcome in collection.outcomes
        if outcome.unit.code not in told or outcome.state not in SILENT
    )
    parts = [Earlier("本级", replace(collection, outcomes=own)), *below]
    whole = rolled_up([part for part in parts if part.collection.outcomes] or parts, units)
    remarks = tuple(one for one in collection.remarks if one != NOTHING_CAME)  # summaries did
    total = replace(whole.collection, as_of=collection.as_of, remarks=remarks)
    return total, whole.reviews


def _tell_overtyped(name: str, cells: Sequence["Overtyped"], what: str) -> None:
    """Say which figures of a summary were typed over, the first of very many."""
    if not cells:
        return
    say(f"{name}：{len(cells)}处与数据页不符，{what}")
    for each in cells[:_TOLD]:
        at = f"{each.sheet}!{each.cell}" if each.cell else each.sheet
        say(f"  {at}：页面上是“{each.shows}”，数据页是“{each.counts}”")
    if len(cells) > _TOLD:
        say(f"  另有{len(cells) - _TOLD}处")


def write_outputs(
    collection: Collection,
    outputs: Outputs,
    options: Options,
    reviews: Sequence["Review"] = (),
    advised: "Advised | None" = None,
    typed: Typed | None = None,
) -> None:
    """Write what was asked for; the one place where outputs of a collection hang on."""
    if outputs.summary:
        if typed is None or _digest(outputs.summary) != typed.sha256:
            typed = typed_before(outputs.summary)  # somebody saved it meanwhile
        reviews = (*reviews, *(typed.reviews if typed else ()))
        _write_summary(collection, outputs.summary, reviews, advised, typed)
    if outputs.page:
        from perfxl.batch.dashboard.page import dashboard_html

        write_target(outputs.page, dashboard_html(collection, advised))
    _write_tables(collection, outputs, reviews, advised)
    if outputs.reminders:
        from perfxl.batch.reminders import reminders

        write_target(outputs.reminders, reminders(collection) or "没有要催报的单位。")
    if outputs.notices:
        from perfxl.batch.notice_files import told_of, write_notices

        written = write_notices(
            collection, outputs.notices, template=outputs.template, schemes=options.schemes_folder
        )
        say(f"{told_of(written)}，写在：{outputs.notices}")


def advised_on(collection: Collection, options: Options) -> "Advised":
    """The advice on the round, once for all outputs."""
    from perfxl.batch.advice.advise import advise
    from perfxl.batch.summary.counted import counted
    from perfxl.batch.summary.slim import slim

    return advise(counted(slim(collection)), options.round_rules)


def _write_summary(
    collection: Collection,
    path: Path,
    reviews: Sequence["Review"],
    advised: "Advised | None",
    typed: Typed | None,
) -> None:
    """The summary; what reviewers typed into the one that lies there is carried over."""
    from perfxl.batch.summary.workbook import summary_workbook
    from perfxl.writer.output import replace_in_place

    home = path.absolute().parent
    if typed is None:
        write_target(path, summary_workbook(collection, reviews, home, advised))
        return
    _tell_overtyped(path.name, typed.overtyped, "不带入新的汇总表")
    data = summary_workbook(collection, reviews, home, advised)
    if data != path.read_bytes():
        kept = replace_in_place(path, data)
        say(f"已写入：{path}（复核意见{len(typed.reviews)}条已带入；原来的留作 {kept.name}）")


def _write_tables(
    collection: Collection,
    outputs: Outputs,
    reviews: Sequence["Review"],
    advised: "Advised | None",
) -> None:
    if not (outputs.csv or outputs.parquet):
        return
    from perfxl.batch.summary.frames import write_frames
    from perfxl.batch.summary.workbook import summary_tables

    tables = summary_tables(collection, reviews, advised)
    if outputs.csv:
        say(f"已写入：{outputs.csv}（CSV {len(write_frames(tables, outputs.csv, 'csv'))}个）")
    if outputs.parquet:
        written = write_frames(tables, outputs.parquet, "parquet")
        say(f"已写入：{outputs.parquet}（Parquet {len(written)}个）")
