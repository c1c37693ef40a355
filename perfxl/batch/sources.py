"""Which files are meant by the paths typed: files, folders and zips, searched for workbooks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from perfxl.batch.shelf import Chain, Shelf
from perfxl.errors import RefusedFile, UsageError
from perfxl.pipeline import Checked, Options, check_file, check_member
from perfxl.reader.archive import MAX_ARCHIVE_BYTES, MAX_ENTRIES, Archive, Item
from perfxl.reader.gate import open_regular
from perfxl.reader.kinds import ZIP_START

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv"}
CACHE_FOLDER = ".perfxl-cache"  # ours, wherever it lies
MAX_DEPTH = 3  # a zip in a zip in a zip
MAX_INFLATED = 1024 * 1024 * 1024  # of all that is taken out of one outermost zip
ARCHIVE = "rar、7z等压缩包（请先解压）"  # what is in it nobody knows
_OTHER_KINDS = {
    "图片": ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic",
    "Word文档": ".doc .docx .wps .rtf",
    "PDF或OFD": ".pdf .ofd",
    "演示文稿": ".ppt .pptx .dps",
    "文本": ".txt .md",
    ARCHIVE: ".rar .7z .gz .tar .tgz .bz2 .xz",
}
_KIND_OF = {ending: kind for kind, endings in _OTHER_KINDS.items() for ending in endings.split()}
_LOCK = "Office临时文件（~$）"
_LEFTOVER = "系统附带文件"
_OTHER = "其他文件"


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to check: a file, or a file inside a zip with its path there.

    `load` gives the member's bytes, or raises the RefusedFile that stands for it; it is None for
    a file of its own. `modified` is the day the zip's directory gives for a member. It can be
    sent to another process or machine.
    """

    path: Path
    member: str | None = None
    load: Callable[[], bytes] | None = None
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is no workbook, and what kind of file it is by its name."""

    path: Path
    member: str | None
    kind: str
    modified: date | None = None


@dataclass(slots=True)
class Gathered:
    """What the paths lead to: workbooks in a stable order, and how many of what else."""

    sources: list[Source] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    others: list[PassedOver] = field(default_factory=list)  # what `passed_over` counts, one by one
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def remark(self) -> str:
        """One line on what was passed over; "" when nothing was."""
        told = "、".join(f"{kind}{count}个" for kind, count in self.passed_over.items())
        return f"不是电子表格，没有校验：{told}" if told else ""

    def close(self) -> None:
        """Let go of the archives; members can still be loaded."""
        self.shelf.close()

    def pass_over(
        self, path: Path, member: str | None, kind: str, modified: date | None = None
    ) -> None:
        """Note a file that is no workbook."""
        self.passed_over[kind] += 1
        self.others.append(PassedOver(path, member, kind, modified))


def check_source(source: Source, options: Options) -> Checked:
    """Check one workbook, wherever it lies."""
    if source.load is None:
        return check_file(source.path, options)
    return check_member(source.path, source.member, source.load, options)


def gather(paths: Iterable[Path], *, may_be_empty: bool = False) -> Gathered:
    """Files named one by one, and every workbook below the folders and inside the zips.

    A file that was named itself is always a source, whatever it is: the gate says what it is.
    Close what is returned when the sources have been read.

    Raises:
        UsageError: a path that does not exist, or a folder without any workbook (allowed where
            it `may_be_empty`).
    """
    gathered = Gathered()
    for path, is_named in _files(paths, gathered, may_be_empty=may_be_empty):
        if _is_zip_of_files(path):
            if not _Walk(path, gathered).add_all() and is_named:
                nothing = RefusedFile("FL101", "压缩包里没有电子表格")
                gathered.sources.append(Source(path, None, partial(_refuse, nothing)))
        else:
            _sort_in(path, gathered, is_named=is_named)
    return gathered


def plain_files(paths: Iterable[Path], verb: str) -> Gathered:
    """As `gather`, for commands that write beside the file and so take no zips.

    Raises:
        UsageError: a zip was named, a path does not exist, or a folder has no workbook.
    """
    gathered = Gathered()
    for path, is_named in _files(paths, gathered):
        if is_named and _is_zip_of_files(path):
            raise UsageError(
                f"{path} 是压缩包，不能{verb}里面的表。请先解压到一个文件夹，再对那个文件夹{verb}"
            )
        _sort_in(path, gathered, is_named=is_named)
    return gathered


def _files(
    paths: Iterable[Path], gathered: Gathered, *, may_be_empty: bool = False
) -> Iterator[tuple[Path, bool]]:
    """Each file once, and whether it was named itself; a folder without workbooks is an error."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"找不到：{path}")
        is_folder = path.is_dir()
        files = _below(path) if is_folder else [path]
        for file in files:
            if file not in seen:
                seen.add(file)
                yield file, not is_folder
        if (
            is_folder
            and not may_be_empty
            and not {source.path for source in gathered.sources}.intersection(files)
        ):
            raise UsageError(f"文件夹里没有电子表格：{path}{_bracketed(gathered.remark)}")


def _below(folder: Path) -> list[Path]:
    """The files below a folder by path, what we keep there for ourselves aside."""
    files = (file for file in folder.rglob("*") if CACHE_FOLDER not in file.parts)
    return sorted(file for file in files if not file.is_dir())


def _bracketed(remark: str) -> str:
    return f"（{remark}）" if remark else ""


def _sort_in(path: Path, gathered: Gathered, *, is_named: bool) -> None:
    kind = None if is_named else _kind_of(PurePosixPath(path.name))
    if kind is None:
        gathered.sources.append(Source(path))
    else:
        gathered.pass_over(path, None, kind)


def _kind_of(path: PurePosixPath) -> str | None:
    """What a file is that is no workbook, by its name; None for a workbook."""
    name, ending = path.name, path.suffix.lower()
    if name.startswith("~$"):
        return _LOCK
    if name.startswith(".") or "__MACOSX" in path.parts or name.lower() == "thumbs.db":
        return _LEFTOVER
    if ending == ".zip":
        return "zip压缩包（请先解压）"
    return None if ending in WORKBOOKS else _KIND_OF.get(ending, _OTHER)


def _is_zip_of_files(path: Path) -> bool:
    """By its name, for every .xlsx is a zip too; a wrong .zip goes to the gate, which names it."""
    if path.suffix.lower() != ".zip" or path.name.startswith(("~$", ".")):
        return False
    try:
        with open_regular(path, MAX_ARCHIVE_BYTES) as file:
            return file.read(len(ZIP_START)) == ZIP_START
    except (RefusedFile, OSError):
        return False


class _OverLimit(RefusedFile):
    """The outermost archive as a whole is too much; none of it is checked."""


@dataclass(slots=True)
class _Walk:
    """One pass through an outermost zip."""

    path: Path
    gathered: Gathered
    entries: int = 0
    inflated: int = 0

    def add_all(self) -> bool:
        """Add what is inside; whether anything came of it."""
        found = Gathered()
        try:
            self._walk((), found)
        except RefusedFile as refusal:
            found = Gathered([Source(self.path, None, partial(_refuse, refusal))])
        self.gathered.sources += found.sources
        self.gathered.passed_over += found.passed_over
        self.gathered.others += found.others
        return bool(found.sources)

    def _walk(self, chain: Chain, found: Gathered) -> None:
        archive = self.gathered.shelf.archive(self.path.absolute(), chain)
        items = archive.items
        if any(item.name.lower() == "xl/workbook.xml" for item in items):
            self._add(found, chain, self._loader(chain))  # a workbook by another name
            return
        self._count(items)
        if archive.is_encrypted:
            raise RefusedFile("FL102", "压缩包设了密码，请解压后再校验")
        for item in items:
            self._item(archive, (*chain, item), found)

    def _count(self, items: list[Item]) -> None:
        self.entries += len(items)
        if self.entries > MAX_ENTRIES:
            raise _OverLimit("FL104", f"压缩包里的文件超过上限{MAX_ENTRIES}个")

    def _item(self, archive: Archive, chain: Chain, found: Gathered) -> None:
        path = PurePosixPath(chain[-1].name)
        is_inner = path.suffix.lower() == ".zip" and not path.name.startswith(("~$", "."))
        kind = None if is_inner and "__MACOSX" not in path.parts else _kind_of(path)
        if kind is not None:
            found.pass_over(self.path, _member_name(chain), kind, chain[-1].modified)
            return
        try:
            archive.check(chain[-1])
            self._spend(chain[-1].size)
            if not is_inner:
                self._add(found, chain, self._loader(chain))
            elif len(chain) >= MAX_DEPTH:
                raise RefusedFile("FL104", f"压缩包套了{MAX_DEPTH}层以上，请先解压")
            else:
                self._walk(chain, found)
        except _OverLimit:
            raise
        except RefusedFile as refusal:
            self._add(found, chain, partial(_refuse, refusal))

    def _spend(self, size: int) -> None:
        self.inflated += size
        if self.inflated > MAX_INFLATED:
            raise _OverLimit("FL104", f"压缩包解压后超过上限{MAX_INFLATED // 2**20}MB")

    def _loader(self, chain: Chain) -> Callable[[], bytes] | None:
        # Absolute: another process or machine stands in a folder of its own.
        path = self.path.absolute()
        return partial(_member, self.gathered.shelf, path, chain) if chain else None

    def _add(self, found: Gathered, chain: Chain, load: Callable[[], bytes] | None) -> None:
        modified = chain[-1].modified if chain else None
        found.sources.append(Source(self.path, _member_name(chain), load, modified))


def _member_name(chain: Chain) -> str | None:
    return "/".join(item.name for item in chain) or None


def _member(shelf: Shelf, path: Path, chain: Chain) -> bytes:
    return shelf.archive(path, chain[:-1]).read(chain[-1])


def _refuse(refusal: RefusedFile) -> bytes:
    raise refusal
