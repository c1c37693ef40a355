"""The 退回单 of a round as files: a folder for each district, Word, text and annotated copy."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from perfxl.batch.model import Collection, Received, UnitOutcome
from perfxl.batch.names import Names
from perfxl.batch.notices import FORM_NAME, Attachment, notice_of
from perfxl.batch.sources import gather
from perfxl.document.notice import Notice, NoticeKind, notice_text
from perfxl.errors import OutputError, RefusedFile, UsageError
from perfxl.scheme.find import get_scheme

Load = Callable[[Received], bytes]
_FORM_NAMES = {"project": "项目支出绩效自评表"}
_LISTED = ("标注表", "问题清单")


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A unit's 退回单 and its files; `word` and `copy` are None where there is none."""

    code: str
    notice: Notice
    text: Path
    word: Path | None = None
    copy: Path | None = None


def write_notices(
    collection: Collection,
    folder: Path,
    *,
    with_copies: bool = True,
    with_receipts: bool = False,
    template: Path | None = None,
    schemes: Path | None = None,
    load: Load | None = None,
) -> tuple[WrittenNotice, ...]:
    """Write what each unit is told; a different file of a name stays, ours gets -2, -3 ….

    Args:
        collection: the round.
        folder: made where it is missing; a folder for each district below it.
        with_copies: write the annotated copies that the units are to correct, too.
        with_receipts: a short text for units with nothing to change, too.
        template: the Word page in the bureau's own words; that which came with perfxl when None.
        schemes: where to look for schemes first.
        load: the bytes of a return; read from where it lies when None.

    Raises:
        UsageError: the template is wrong.
        OutputError: a file cannot be written.
    """
    from perfxl.document.word import notice_docx
    from perfxl.writer.output import write_new

    names: dict[Path, Names] = defaultdict(Names)
    districts = Names()
    folders = {
        district: folder / districts.give(district, district) if district else folder
        for district in dict.fromkeys(o.unit.district.strip() for o in collection.outcomes)
    }
    form_name = _form_name(collection.scheme_id, schemes)
    load = load or Returns().load
    written = []
    for outcome in collection.outcomes:
        home = folders[outcome.unit.district.strip()]
        copied = _copied(outcome, load) if with_copies else None
        attachment = Attachment.NONE
        if copied:
            attachment = Attachment.ANNOTATED if copied[1] else Attachment.LIST
        notice = notice_of(
            outcome,
            collection.round,
            as_of=collection.as_of,
            attachment=attachment,
            form_name=form_name,
        )
        if notice is None or (notice.kind is NoticeKind.RECEIVED and not with_receipts):
            continue
        _make(home)
        stem = f"{outcome.unit.code}_{outcome.unit.name}_"
        give = names[home].give
        name = give(f"{stem}{_TITLES[notice.kind]}", outcome.unit.code)
        text = write_new(home / f"{name}.txt", (notice_text(notice) + "\n").encode())
        if notice.kind is NoticeKind.RECEIVED:
            written.append(WrittenNotice(outcome.unit.code, notice, text))
            continue
        word = write_new(home / f"{name}.docx", notice_docx(notice, template))
        copy = None
        if copied and notice.kind is NoticeKind.CORRECT:
            data, is_annotated, suffix = copied
            kind = _LISTED[0] if is_annotated else _LISTED[1]
            copy = write_new(home / give(f"{stem}{kind}", outcome.unit.code, suffix), data)
        written.append(WrittenNotice(outcome.unit.code, notice, text, word, copy))
    return tuple(written)


_TITLES = {
    NoticeKind.CORRECT: "退回单", NoticeKind.RESEND: "退回单", NoticeKind.RECEIVED: "收悉",
}  # fmt: skip


def _form_name(scheme_id: str, schemes: Path | None) -> str:
    """What the round's form is called; the usual name where its scheme is not known."""
    try:
        kind = get_scheme(scheme_id, schemes).kind if scheme_id else ""
    except UsageError:
        kind = ""
    return _FORM_NAMES.get(kind, FORM_NAME)


def _copied(outcome: UnitOutcome, load: Load) -> tuple[bytes, bool, str] | None:
    """The annotated copy, or the list in its stead, with its suffix; None without a return."""
    from perfxl.pipeline.returning import annotated_copy

    received = outcome.chosen
    if received is None or not received.entries:
        return None
    try:
        data = load(received)
    except (OSError, RefusedFile):  # moved since, or the zip was changed
        return None
    copy, is_annotated = annotated_copy(data, received.entries)
    named = PurePosixPath(received.member or Path(received.path).name)
    return copy, is_annotated, named.suffix.lower() if is_annotated else ".xlsx"


class Returns:
    """The bytes of returns from where they lie; each zip is walked once."""

    def __init__(self) -> None:
        self._members: dict[Path, dict[str, Callable[[], bytes]]] = {}

    def load(self, received: Received) -> bytes:
        """The bytes of a return.

        Raises:
            OSError: it is there no more.
            RefusedFile: the zip does not give it.
        """
        path = Path(received.path)
        if received.member is None:
            return path.read_bytes()
        if path not in self._members:
            self._members[path] = _members(path)
        if received.member not in self._members[path]:
            raise FileNotFoundError(received.shown)
        return self._members[path][received.member]()


def _members(path: Path) -> dict[str, Callable[[], bytes]]:
    try:
        with closing(gather([path])) as gathered:
            return {one.member: one.load for one in gathered.sources if one.member and one.load}
    except UsageError:  # the zip is gone
        return {}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"无法建立文件夹 {folder}：{error.strerror or '写入失败'}") from None


def told_of(written: Sequence[WrittenNotice]) -> str:
    """What was written, in a sentence for the console."""
    kinds = [one.notice.kind for one in written]
    counts = [(kind.value, kinds.count(kind)) for kind in NoticeKind if kind in kinds]
    told = "，".join(f"{label}{n}家" for label, n in counts)
    return f"退回单：{told}" if told else "没有要退回的单位"
