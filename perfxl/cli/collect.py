"""`collect`: what came back of a round, whose it is, and which return of each unit counts."""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource

from perfxl.batch.cache import cache_beside
from perfxl.batch.collect import Drive
from perfxl.batch.collect import collect as collect_files
from perfxl.batch.collection_json import collection_json
from perfxl.batch.collection_text import collection_text
from perfxl.batch.dates import REGISTER_FILE, ReceivedRegister, lines_of_units, read_register
from perfxl.batch.model import Collection, ReturnState
from perfxl.batch.pool import Look
from perfxl.batch.sources import CACHE_FOLDER
from perfxl.cli.chinese import ChineseCommand
from perfxl.cli.collect_outputs import (
    Outputs,
    advised_on,
    check_outputs,
    latest_day,
    read_below,
    typed_before,
    with_summaries,
    write_outputs,
)
from perfxl.cli.collect_progress import Told, shown_progress
from perfxl.cli.console import DONE, FAILED, FINDINGS, emit, say
from perfxl.cli.options import judging_round, tell_waivers
from perfxl.cli.settings import beside
from perfxl.errors import UsageError
from perfxl.model.finding import Severity
from perfxl.pipeline import Options
from perfxl.scheme.find import get_scheme

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
RESULTS_FOLDER = "逐份结果"  # in the folder of Parquet: what a cluster's workers found
_NOT_SETTLED = {
    ReturnState.UNREADABLE,
    ReturnState.WRONG_VERSION,
    ReturnState.WRONG_UNIT,
    ReturnState.UNDECIDED,
}


@click.command(cls=ChineseCommand)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="文件夹…")
@click.option("--ledger", type=_FILE, metavar="台账", help="下发时写的 台账.xlsx")
@click.option("--units", type=_FILE, metavar="文件", help="没有台账时：单位名单，Excel或CSV")
@click.option("--round", "round_file", type=_FILE, metavar="文件", help="本轮设置 round.toml")
@click.option(
    "--received", type=_FILE, metavar="文件",
    help=f"{REGISTER_FILE}：文件或单位、收到日期、采用（默认用所收文件夹里或旁边的）",
)  # fmt: skip
@click.option(
    "-o", "--output", "summary", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
    help="另写汇总表（.xlsx）；已有的汇总表里填的复核得分、复核意见会带入",
)  # fmt: skip
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
    help="另写看板：一个网页文件，不联网",
)  # fmt: skip
@click.option(
    "--csv", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
    help="汇总的各张表另存为CSV",
)  # fmt: skip
@click.option(
    "--parquet", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
    help="汇总的各张表另存为Parquet",
)  # fmt: skip
@click.option(
    "--from-summary", "summaries", type=_FILE, multiple=True, metavar="汇总表",
    help="下级的汇总表，可写多个：合起来与逐份收表一样",
)  # fmt: skip
@click.option(
    "--reminders", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
    help="另写催报名单，按区县，可粘贴到群里（含联系人，只供本单位用）",
)  # fmt: skip
@click.option(
    "--notices", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
    help="另写退回单：每家一页Word、一段文字、一份标注表，按区县分文件夹",
)  # fmt: skip
@click.option(
    "--notice-template", type=_FILE, metavar="文件", help="退回单的Word模板（默认用自带的）"
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="个数", help="同时用几个进程（默认按处理器个数）"
)
@click.option(
    "--dask", "scheduler", metavar="地址",
    help="在Dask集群上校验：调度器的地址，如 tcp://10.0.0.1:8786（文件和输出放共享文件夹）",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text",
    help="text 给人看（默认），json 给程序",
)  # fmt: skip
@judging_round
@click.pass_context
def collect(
    ctx: click.Context,
    paths: tuple[Path, ...],
    ledger: Path | None,
    units: Path | None,
    round_file: Path | None,
    received: Path | None,
    summary: Path | None,
    page: Path | None,
    csv: Path | None,
    parquet: Path | None,
    summaries: tuple[Path, ...],
    reminders: Path | None,
    notices: Path | None,
    notice_template: Path | None,
    jobs: int | None,
    scheduler: str | None,
    format_: str,
    options: Options,
    fail_on: str,
) -> None:
    """收表：逐份校验，认出是哪家的，多份时说明取哪一份，列出未报、迟报和要人工处理的。"""
    if not paths and not summaries:
        raise UsageError("缺少参数：文件夹…；只合并下级汇总表的，写 --from-summary")
    if scheduler is not None and jobs is not None:
        raise UsageError("--jobs 管本机的进程，--dask 的进程由集群定：请去掉一个")
    outputs = Outputs(summary, page, csv, parquet, reminders, notices, notice_template)
    check_outputs(outputs)
    typed = typed_before(outputs.summary)
    beginning = [*paths, *summaries][0].absolute()
    register = received or (beside(paths[0], REGISTER_FILE) if paths else None)
    if register and not received:
        say(f"回收登记：{register}")
    if not ledger and not units and not summaries:
        say("没有台账也没有单位名单：只能按表上写的单位归类，不知道谁没报")
    drive = _drive(ledger, units, round_file, register, options)
    below = read_below(summaries)
    if below and not paths and ctx.get_parameter_source("as_of") is ParameterSource.DEFAULT:
        drive = replace(drive, as_of=latest_day(below))
    given = [path for path in (ledger, units, round_file, register, *summaries) if path]
    told, home = Told(), _cache_home(outputs, ledger or beginning)
    with _looking(scheduler, outputs, home) as look, shown_progress(told) as watch:
        collection = collect_files(
            paths,
            drive,
            options,
            workers=jobs or _processors(),
            look=look,
            cache=cache_beside(home, options),
            leave_out=[*given, *outputs.no_returns],
            started=watch.started,
            watch=watch.done,
        )
    collection, reviews = with_summaries(collection, below, drive.units)
    advised = None
    if outputs.tells_advice or format_ == "json":
        advised = advised_on(collection, options)
        collection = replace(collection, failures=(*collection.failures, *advised.failures))
    write_outputs(collection, outputs, options, reviews, advised, typed)
    if format_ == "json":
        emit(collection_json(collection, advised), utf8=True)
    else:
        emit(collection_text(collection))
    tell_waivers(options, told.checked)
    for failure in collection.failures:
        say(f"{failure.code} {failure.detail}")
    ctx.exit(_exit_status(collection, fail_on))


def _drive(
    ledger: Path | None,
    units: Path | None,
    round_file: Path | None,
    register: Path | None,
    options: Options,
) -> Drive:
    """What the returns are held against, out of the files given."""
    from perfxl.batch.ledger import read_ledger, read_ledger_round
    from perfxl.batch.round import load_round
    from perfxl.batch.units import load_units, read_units

    if ledger and (later := _later_ledger(ledger)):
        say(f"{ledger} 旁边还有后写的 {later.name}：名单添过单位的请用它，否则新添的不在应报之列")
    listed = load_units(units or ledger).units if units or ledger else ()  # type: ignore[arg-type]
    issued = read_ledger(ledger) if ledger else ()
    schemes = {one.scheme_id for one in issued}
    scheme_id = options.scheme_id or (next(iter(schemes)) if len(schemes) == 1 else "")
    version = ""
    if options.scheme_id:
        version = get_scheme(options.scheme_id, options.schemes_folder).version
    round_ = load_round(round_file) if round_file else None
    if round_ is None and ledger:
        round_ = read_ledger_round(ledger)
    lines = read_register(register).lines if register else ()
    noted = [*listed, *(read_units(ledger).units if ledger and units else ())]
    assert options.as_of is not None
    return Drive(
        options.as_of,
        listed,
        scheme_id,
        version,
        issued,
        round_,
        ReceivedRegister((*lines, *lines_of_units(noted))),
    )


def _later_ledger(ledger: Path) -> Path | None:
    """The last of the ledgers that `distribute` wrote beside this one instead of over it."""
    stem, _, number = ledger.stem.rpartition("-")
    if not number.isdecimal():
        stem, number = ledger.stem, "1"
    later = {
        int(path.stem[len(stem) + 1 :]): path
        for path in ledger.parent.glob(f"*{ledger.suffix}")
        if path.stem.startswith(f"{stem}-") and path.stem[len(stem) + 1 :].isdecimal()
    }
    last = max(later, default=0)
    return later[last] if last > int(number) else None


def _cache_home(outputs: Outputs, given: Path) -> Path:
    """A file beside which the cache lies: the first output, else what was given."""
    first = next(iter(outputs.files), given)
    if not first.parent.is_dir():
        raise UsageError(f"文件夹不存在：{first.parent}")
    return first


def _looking(
    scheduler: str | None, outputs: Outputs, home: Path
) -> AbstractContextManager[Look | None]:
    """How files are looked at where not by processes of this machine."""
    if scheduler is None:
        return nullcontext()
    from perfxl.batch.cluster import dask_cluster

    if outputs.parquet:
        return dask_cluster(scheduler, outputs.parquet / RESULTS_FOLDER, is_kept=True)
    return dask_cluster(scheduler, home.parent / CACHE_FOLDER)


def _processors() -> int:
    """Processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _exit_status(collection: Collection, fail_on: str) -> int:
    """3 when the tool itself failed; 1 with findings in what counts, or files nobody could place.

    Units that sent nothing are no fault of what came.
    """
    if collection.failures:
        return FAILED
    if fail_on == "never":
        return DONE
    if collection.strangers or any(o.state in _NOT_SETTLED for o in collection.outcomes):
        return FINDINGS
    worst = Severity(fail_on).rank
    entries = (e for o in collection.outcomes if o.chosen for e in o.chosen.entries)
    found = any(
        entry.count(severity)
        for entry in entries
        for severity in Severity
        if severity.rank <= worst
    )
    return FINDINGS if found else DONE
