"""Collect a round: every file checked, each unit's return known, chosen and explained."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as Some
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from perfxl.batch.cache import Cache
from perfxl.batch.choosing import resubmission_in
from perfxl.batch.dates import Line, ReceivedRegister
from perfxl.batch.deciding import Came, Expected, decide
from perfxl.batch.matching import Clues, Directory, Match, folded
from perfxl.batch.model import Collection, Issued, Received, Round, Unit
from perfxl.batch.pool import Job, Look, Seen, Watch, look_at_all
from perfxl.batch.sources import ARCHIVE, Gathered, PassedOver, Source, gather
from perfxl.pipeline import Options

_SCANS = {"图片", "PDF或OFD"}
_OWN = "本工具生成的工作簿"
NOTHING_CAME = "没有收到一份电子表格，请看文件夹写得对不对"


@dataclass(frozen=True, slots=True)
class Drive:
    """What a collection is held against.

    Attributes:
        units: the units of the round; those that the forms name where there are none.
        scheme_id: the scheme that was sent out, "" where it is not known.
        version: its version; what the ledger says of a unit wins over both.
        issued: the ledger's lines.
        round: the round's own particulars.
        register: what a person wrote down of the files that came.
        as_of: the day of the account.
    """

    as_of: date
    units: Sequence[Unit] = ()
    scheme_id: str = ""
    version: str = ""
    issued: Sequence[Issued] = ()
    round: Round | None = None
    register: ReceivedRegister = field(default_factory=ReceivedRegister)


def collect(
    paths: Sequence[Path],
    drive: Drive,
    options: Options,
    *,
    workers: int = 1,
    look: Look | None = None,
    cache: Cache | None = None,
    leave_out: Some[Path] = (),
    started: Callable[[int], None] = lambda _: None,
    watch: Watch = lambda _: None,
) -> Collection:
    """What came, whose it is, and which return of each unit counts.

    The same for the same files, whatever their order, where and by how many workers they are
    looked at, and what the cache holds.

    Args:
        paths: files, folders and zips.
        drive: what they are held against.
        options: how each return is checked.
        workers: processes to use.
        look: another way to look at all files; the processes of this machine where None.
        cache: results to go on from and to add to.
        leave_out: files that are no returns, such as the ledger and the outputs.
        started: is told how many files there are.
        watch: is told of each file as it is done.

    Raises:
        UsageError: a path does not exist, or the scheme to check by does not or is broken.
    """
    gathered = gather(paths, may_be_empty=True)
    try:
        sources = _sources(gathered, leave_out)
        started(len(sources))
        job = Job(options, cache)
        if look is None:
            seen = look_at_all(sources, job, workers=workers, watch=watch)
        else:
            seen = look(sources, job, watch)
    finally:
        gathered.close()
    return _Collecting(paths, drive).whole(gathered, sources, seen)


def _sources(gathered: Gathered, leave_out: Some[Path]) -> list[Source]:
    aside = {path.resolve() for path in leave_out}
    kept = [source for source in gathered.sources if source.path.resolve() not in aside]
    return sorted(kept, key=lambda source: (str(source.path), source.member or ""))


class _Collecting:
    """One collection: what is known of the units, and the files laid beside it."""

    def __init__(self, paths: Sequence[Path], drive: Drive) -> None:
        self.paths, self.drive = paths, drive

    def whole(
        self, gathered: Gathered, sources: Sequence[Source], seen: Sequence[Seen]
    ) -> Collection:
        drive = self.drive
        returns = [(s, one) for s, one in zip(sources, seen, strict=True) if not _is_own(one)]
        own = len(seen) - len(returns)
        units = tuple(drive.units) or _units_of(drive.issued) or _units_named(returns)
        directory = Directory(units, drive.issued)
        expected = Expected(
            drive.as_of,
            drive.round,
            {one.code: one for one in drive.issued},
            drive.scheme_id,
            drive.version,
            frozenset(one.issue_id for one in drive.issued),
        )
        came = [self._came(directory, source, one) for source, one in returns]
        came += self._scans(directory, gathered.others)
        passed = gathered.passed_over.copy()
        if own:
            passed[_OWN] += own
        return Collection(
            round=drive.round,
            scheme_id=drive.scheme_id,
            as_of=drive.as_of,
            outcomes=tuple(decide(units, directory, came, expected)),
            strangers=tuple(
                one.received for one in came if not one.received.code and not one.is_scan
            ),
            passed_over=tuple(sorted(passed.items())),
            failures=tuple(f for one in seen for f in one.returned.checked.failures),
            remarks=tuple(self._remarks(gathered, sources, directory)),
        )

    def _remarks(
        self, gathered: Gathered, sources: Sequence[Source], directory: Directory
    ) -> Iterator[str]:
        """What would be lost without a word: packed files, lines of the register."""
        if not sources:
            yield NOTHING_CAME
        packed = [(str(o.path), o.member or "") for o in gathered.others if o.kind == ARCHIVE]
        for path, member in sorted(packed):
            shown = f"{path}!{member}" if member else path
            yield f"{shown}：压缩包没有解开，里面可能有报送的表，请解压后再收"
        ways = [_full_steps(source.path, source.member) for source in sources]
        ways += [_full_steps(other.path, other.member) for other in gathered.others]
        yield from self.drive.register.unheeded(ways, lambda name: len(directory.named(name)))

    def _came(self, directory: Directory, source: Source, seen: Seen) -> Came:
        """A file as it came: whose, when, and for which time."""
        returned, checked = seen.returned, seen.returned.checked
        steps = self._steps(source.path, source.member)
        line = self.drive.register.of_file(_full_steps(source.path, source.member))
        stated = checked.entries[0].unit if checked.entries else ""
        clues = Clues(returned.stamp, stated, _stems(steps))
        match = _by_register(directory, line) or directory.match(clues)
        code = directory.goes_by(match.code)
        remark = match.remark
        if code != match.code:
            old = directory.units[match.code].name
            remark = "；".join(filter(None, (remark, f"按原名称“{old}”认出")))
        turn = _turn(line, steps, seen)
        day, dated_by = self._date(directory, source, line, code, turn)
        received = Received(
            path=str(source.path),
            member=source.member,
            sha256=seen.sha256,
            code=code,
            how=match.how,
            received=day,
            dated_by=dated_by,
            resubmission=turn,
            entries=checked.entries,
            answers=len(checked.answers),
            remark=remark,
        )
        return Came(
            received,
            content=returned.content,
            stamp=returned.stamp,
            is_chosen=line is not None and line.is_chosen,
            is_other_unit=match.is_other_unit,
            likely=tuple(map(directory.goes_by, match.likely)),
        )

    def _scans(self, directory: Directory, others: Sequence[PassedOver]) -> Iterator[Came]:
        """Scans and PDFs of units known by their names."""
        for other in sorted(others, key=lambda one: (str(one.path), one.member or "")):
            code = directory.in_path(_stems(self._steps(other.path, other.member)))
            if other.kind not in _SCANS or not code:
                continue
            code = directory.goes_by(code)
            source = Source(other.path, other.member, None, other.modified)
            line = self.drive.register.of_file(_full_steps(other.path, other.member))
            day, dated_by = self._date(directory, source, line, code, 0)
            received = Received(
                str(other.path), other.member, "", code, "path", day, dated_by, remark=other.kind
            )
            yield Came(received, is_scan=True)

    def _date(
        self, directory: Directory, source: Source, line: Line | None, code: str, turn: int
    ) -> tuple[date | None, str]:
        """When it came and who says so; file times lie after copying, so they come last."""
        if line is not None and line.day:
            return line.day, "register"
        unit = directory.units.get(code)
        if unit is not None:
            of_unit = self.drive.register.of_unit((unit.code, unit.name, *unit.aliases), turn)
            if of_unit is not None and of_unit.day:
                return of_unit.day, "register"
        if source.member is not None and source.modified is not None:
            return source.modified, "zip"
        try:
            return date.fromtimestamp(source.path.stat().st_mtime), "file"
        except (OSError, ValueError, OverflowError):
            return None, ""

    def _steps(self, path: Path, member: str | None) -> tuple[str, ...]:
        """The names on the way from the folder that was named to the file."""
        roots = [root for root in self.paths if root != path and path.is_relative_to(root)]
        # The longest way: the same whichever of two nested folders was named first.
        below = path.relative_to(min(roots, key=lambda r: len(r.parts))) if roots else None
        own = below.parts if below else (path.name,)
        return (*own, *(PurePosixPath(member).parts if member else ()))


def _is_own(seen: Seen) -> bool:
    return seen.returned.is_own


def _units_of(issued: Sequence[Issued]) -> tuple[Unit, ...]:
    return tuple(Unit(one.code, one.name, one.district) for one in issued)


def _units_named(returns: Sequence[tuple[Source, Seen]]) -> tuple[Unit, ...]:
    """Without a list of units, those that the forms name are all there are."""
    names: dict[str, str] = {}
    for _, one in returns:
        for entry in one.returned.checked.entries:
            if entry.unit.strip():
                names.setdefault(folded(entry.unit), entry.unit.strip())
    return tuple(Unit(name, name) for _, name in sorted(names.items()))


def _by_register(directory: Directory, line: Line | None) -> Match | None:
    """A person's word on whose it is."""
    if line is None or not line.unit:
        return None
    codes = directory.named(line.unit)
    return Match(next(iter(codes)), "register") if len(codes) == 1 else None


def _turn(line: Line | None, steps: Sequence[str], seen: Seen) -> int:
    """0 for the 初报, n for 复报n: as registered, else by file name, folders, titles, sheets."""
    if line is not None and line.turn is not None:
        return line.turn
    returned = seen.returned
    said = [*reversed(_stems(steps)), *returned.titles]
    said += [entry.sheet for entry in returned.checked.entries]
    said += [returned.stamp.issue] if returned.stamp else []
    return next((turn for text in said if (turn := resubmission_in(text)) is not None), 0)


def _stems(steps: Sequence[str]) -> tuple[str, ...]:
    """The names without the file's suffix and those of zips."""
    return tuple(
        PurePosixPath(step).stem if at == len(steps) - 1 or step.lower().endswith(".zip") else step
        for at, step in enumerate(steps)
    )


def _full_steps(path: Path, member: str | None) -> tuple[str, ...]:
    return (*path.absolute().parts, *(PurePosixPath(member).parts if member else ()))
