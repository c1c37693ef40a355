"""Our annotation taken out of a copy again."""

from dataclasses import dataclass
from pathlib import Path

from perfxl.pipeline.own import write_beside_original
from perfxl.reader.workbook import read_book


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The outcome of cleaning one file; `written` is None when there was nothing of ours in it."""

    written: Path | None


def clean_file(path: Path, *, in_place: bool = False) -> Cleaned:
    """Take our annotation out of a copy and write what is left beside it.

    Raises:
        RefusedFile: the gate refuses the file.
        RefusedEdit: the file cannot be edited safely.
        OutputError: the copy cannot be written.
    """
    from perfxl.writer import output
    from perfxl.writer.clean import clean

    read_book(path)  # nothing is edited that the gate would not let in
    before = path.read_bytes()
    after = clean(before)
    if after == before:
        return Cleaned(None)
    if in_place:
        output.replace_in_place(path, after)
        return Cleaned(path)
    return Cleaned(write_beside_original(path, "clean", after))
