"""`distribute`: a copy of the form for each unit, by district, with a ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.console import progress_of, say
from perfxl.cli.shared_options import SCHEMES

if TYPE_CHECKING:
    from perfxl.batch.distribute import Distribution

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_DAY = click.DateTime(["%Y-%m-%d"])
_TOLD = 10  # lines of a kind


@click.command(cls=ChineseCommand)
@click.argument("scheme_id", metavar="方案")
@click.option(
    "--units", required=True, type=_FILE, metavar="文件",
    help="单位名单：Excel或CSV，要有单位代码、单位名称两栏，可有主管区县、状态、联系人等",
)  # fmt: skip
@click.option("--due", type=_DAY, metavar="日期", help="报送截止日，如 2025-03-31")
@click.option("--round", "round_file", type=_FILE, metavar="文件", help="本轮设置 round.toml")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年度", help="评价年度")
@click.option("--as-of", type=_DAY, metavar="日期", help="下发日期（默认今天）")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("下发"),
    metavar="文件夹", help="写到哪里（默认 下发）",
)  # fmt: skip
@click.option(
    "--prefill", type=_FILE, metavar="文件",
    help="批复目标：Excel或CSV，写进绩效指标完成情况页并锁定，改了校验时会发现",
)  # fmt: skip
@click.option(
    "--previous", multiple=True, type=click.Path(path_type=Path, exists=True), metavar="路径",
    help="上年收回的自评表：文件、文件夹或zip；带出指标名称和上年的问题，不带目标",
)  # fmt: skip
@SCHEMES
def distribute(
    scheme_id: str,
    units: Path,
    due: datetime | None,
    round_file: Path | None,
    year: int | None,
    as_of: datetime | None,
    output: Path,
    prefill: Path | None,
    previous: tuple[Path, ...],
    schemes: Path | None,
) -> None:
    """下发：每个单位一份自评表，按区县分文件夹、打包，附台账；再次运行不会覆盖已有文件。"""
    from perfxl.batch.approved import load_approved
    from perfxl.batch.distribute import copies
    from perfxl.batch.distribute import distribute as write_all
    from perfxl.batch.model import UnitState
    from perfxl.batch.previous import load_previous
    from perfxl.batch.round import load_round, settled
    from perfxl.batch.units import load_units
    from perfxl.scheme.find import get_scheme, scheme_folder
    from perfxl.scheme.load import load_layout

    scheme = get_scheme(scheme_id, schemes)
    listed = load_units(units)
    round_ = settled(
        load_round(round_file) if round_file else None,
        year=year, scheme_year=scheme.year, due=due.date() if due else None,
    )  # fmt: skip
    _list("单位名单里请留意", [str(one) for one in listed.remarks])
    folder = scheme_folder(scheme_id, schemes)
    approved = None
    if prefill:
        approved = load_approved(prefill, listed.units, scheme, load_layout(folder))
        _list(
            "没有批复目标，未预填",
            [
                f"{unit.code} {unit.name}"
                for unit in listed.units
                if unit.state is UnitState.DUE and unit.code not in approved
            ],
        )
    past = load_previous(previous, listed.units, schemes) if previous else None
    if past:
        _list("上年的表", past.remarks)
    made = copies(folder, scheme, round_, listed.units, approved, past.years if past else None)
    day = as_of.date() if as_of else date.today()
    count = sum(unit.state is UnitState.DUE for unit in listed.units)
    with progress_of(made, count, "下发") as counted:
        done = write_all(counted, scheme, round_, listed.units, output, day)
    _tell(done, {unit.code: unit.name for unit in listed.units})


def _tell(done: "Distribution", names: Mapping[str, str]) -> None:
    """What was done; `names` are those of all units by code."""
    _list(
        "不下发",
        [
            f"{unit.code} {unit.name}：{unit.state.value}"
            + (f"，由{unit.into} {names.get(unit.into, '')}报送" if unit.into else "")
            for unit in done.without
        ],
    )
    _list("单位名单里这几栏，自评表上没有位置，没有写进去", list(done.unplaced))
    _list("预填的项目请留意", list(done.remarks))
    _list(
        "已有同名但内容不同的文件，没有覆盖，另存为",
        [f"{wanted} → {got}" for wanted, got in done.aside],
    )
    click.echo(
        f"下发{len(done.issued)}份（新写{done.new}份，原有{done.kept}份），"
        f"{len(done.zips)}个压缩包，台账：{done.ledger}"
    )


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        say(f"{title}：{len(lines)}项")
        for line in lines[:_TOLD]:
            say(f"  {line}")
        if len(lines) > _TOLD:
            say(f"  …另有{len(lines) - _TOLD}项")
