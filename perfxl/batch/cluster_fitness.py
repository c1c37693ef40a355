"""Whether the machines of a cluster have what a job needs: asked before any work is given out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from perfxl.batch.cache import judged_by
from perfxl.batch.cluster_task import About, about, digests, version
from perfxl.batch.pool import Job
from perfxl.errors import UsageError

_INSTALL = 'pip install "perfxl[cluster]"'
_SAMPLES = 5  # files that each machine must read as we do
_WORKERS = 30  # seconds in which the first worker must be there


def check_fitness(client: Any, job: Job, paths: Sequence[Path], folder: Path) -> None:
    """Ask the scheduler and every worker for their version, schemes, files and folder.

    Args:
        client: a `distributed.Client`.
        job: what is to be done.
        paths: the files to look at, absolute.
        folder: where the results are to pass.

    Raises:
        UsageError: there are no workers, or one of them lacks something; names it.
        SchemeError: the folder of schemes does not exist or holds none here.
    """
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
    except TimeoutError:
        raise UsageError(
            f"Dask调度器在，但{_WORKERS}秒内没有工作进程。"
            "请先在各台机器上启动：dask worker 调度器地址"
        ) from None
    samples = _spread(paths)
    answers: Mapping[str, object] = client.run(about, job, samples, folder, on_error="return")
    try:
        _check_scheduler(client)
        expected = (judged_by(job.options), digests(samples))
        for worker, answer in sorted(answers.items()):
            trouble = _trouble(answer, *expected, samples, folder)
            if trouble:
                raise UsageError(f"工作进程{worker}：{trouble}")
    finally:
        for answer in answers.values():
            if isinstance(answer, About) and answer.left:
                (folder / answer.left).unlink(missing_ok=True)


def _spread(paths: Sequence[Path]) -> list[Path]:
    """The first, the last and some between."""
    last = len(paths) - 1
    return list(dict.fromkeys(paths[last * i // (_SAMPLES - 1)] for i in range(_SAMPLES)))


def _check_scheduler(client: Any) -> None:
    """The scheduler unpacks what it hands on, so that it needs perfxl too."""
    try:
        there = client.run_on_scheduler(version)
    except Exception as error:
        raise UsageError(f"调度器：{_no_perfxl(error)}") from None
    if there != version():
        raise UsageError(f"调度器：{_other_version(there)}")


def _trouble(
    answer: object, judged: str, digests: Sequence[str], samples: Sequence[Path], folder: Path
) -> str:
    """What a worker lacks, in Chinese; "" when nothing."""
    if not isinstance(answer, About):
        return _no_perfxl(answer)
    if answer.version != version():
        return _other_version(answer.version)
    if not answer.has_parquet:
        return f"没有装pyarrow，请在那台机器上运行：{_INSTALL}"
    for path, ours, theirs in zip(samples, digests, answer.samples, strict=True):
        if ours and not theirs:
            return f"读不到 {path}。请把要收的文件放在各台机器都能用同一路径打开的共享文件夹里"
        if ours and ours != theirs:
            return f"{path} 的内容与本机不同：同一路径须是同一个共享文件夹"
    if not answer.left or not (folder / answer.left).exists():
        return (
            f"写不了 {folder}。结果经由输出旁边的文件夹传回，"
            "请把输出（-o 或 --parquet）放在各台机器都能用同一路径读写的共享文件夹里"
        )
    if answer.judged_by != judged:
        return (
            "评分方案与本机不同。请用 --schemes 指明共享文件夹里的方案；"
            "当前文件夹里有 templates 的，换一个文件夹运行"
        )
    return ""


def _no_perfxl(answer: object) -> str:
    # As an error of its own, or told by a transport in words.
    if isinstance(answer, ModuleNotFoundError) or "No module named 'perfxl" in str(answer):
        name = getattr(answer, "name", None) or "perfxl"
        return f"没有安装perfxl（缺{name}），请在那台机器上运行：{_INSTALL}"
    return f"没有答出它的版本，perfxl可能没有装，或版本不同（{type(answer).__name__}: {answer}）"


def _other_version(there: str) -> str:
    return f"perfxl是{there}，本机是{version()}，请装成同一版本"
